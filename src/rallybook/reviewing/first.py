"""What the first coder left of an article: its records as people judged and corrected them in the review of events."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import msgspec

from rallybook.model.article import Article
from rallybook.model.decision import Decision, accepts, by_weight, verdicts
from rallybook.model.proof import LISTS, spans_of
from rallybook.model.record import Record
from rallybook.ports import Book

# what is corrected in an event of several reports is so in each of them; what they may tell differently is not
_OF_THE_ACT = ("form", "umbrella", "date", "place")


class Reviewed(msgspec.Struct, frozen=True, kw_only=True):
    """An article of which people judged every record.

    `kept` are the records that tell an event, as they were corrected; `rejected` the ids of those that tell none, each
    with the reason, "" where none was given. `doubts` says what a person corrected without it being certain that this
    article says so.
    """

    article: str
    by: tuple[str, ...]
    at: dt.datetime
    kept: tuple[Record, ...]
    rejected: dict[str, str] = {}
    doubts: tuple[str, ...] = ()


def reviewed(
    book: Book,
    article: Article,
    *,
    until: dt.datetime | None = None,
    apart_from: str = "",
    finals: bool = False,
) -> Reviewed | None:
    """Give what people left of an article; None where they have not judged every record of it, or it has none.

    `until` and `apart_from` leave out what was decided later, or by a person; adjudications count with `finals` only.
    """
    ids = book.read_in(article.id)
    every = by_weight(book.decisions(ids) if ids else ())
    decided = [
        one
        for one in every
        if (until is None or one.at <= until) and one.by != apart_from and (finals or not one.final)
    ]
    # what was found later, or by somebody who does not count here
    later = _found(every) - _found(decided)
    ids = tuple(name for name in ids if name not in later)
    reports = book.reports_of(ids) if ids else {}
    said = {record: one for record, one in verdicts(decided).items() if record in reports}
    if not ids or len(said) < len(ids):
        return None
    kept: list[Record] = []
    doubts: list[str] = []
    for record in ids:
        if accepts(said[record]):
            now, doubt = corrected(reports[record].record, decided, article.text)
            kept.append(now)
            doubts += doubt
    return Reviewed(
        article=article.id,
        by=tuple(sorted({one.by for one in decided if one.kind != "skip"})),
        at=max(one.at for one in said.values()),
        kept=tuple(kept),
        rejected={name: one.value or "" for name, one in said.items() if one.kind == "reject"},
        doubts=tuple(doubts),
    )


def _found(decided: Sequence[Decision]) -> set[str]:
    return {record for one in decided if accepts(one) and one.kind == "found" for record in one.records}


def corrected(record: Record, decided: Sequence[Decision], text: str) -> tuple[Record, tuple[str, ...]]:
    """Give a record as corrections, the weightiest last, leave it, and what of them is in doubt."""
    table = msgspec.to_builtins(record)
    doubts: dict[str, str] = {}
    for one in decided:
        if one.kind != "correct" or record.id not in one.records:
            continue
        name, _, part = one.field.partition(".")
        value = msgspec.to_builtins(one.value)
        changed = {**table[name], part: value} if part else value
        doubts.pop(one.field, None)
        if len(one.records) == 1 or name in _OF_THE_ACT:
            table[name] = changed
        elif changed != table[name]:
            doubts[one.field] = (
                f"{one.field} of record {record.id} was corrected for an event of several reports"
            )
    now = msgspec.convert(table, Record)
    if now != record:
        now = msgspec.structs.replace(now, spans=_proofs(record, now, text))
    return now, tuple(doubts.values())


def _proofs(before: Record, now: Record, text: str) -> dict[str, tuple[tuple[int, int], ...]]:
    """Give the spans of a record; of what was corrected, where the new words stand in the text."""
    said = {path: words for path, words in _texts(now).items() if words != _texts(before)[path]}
    kept = {path: spans for path, spans in before.spans.items() if path not in said}
    found = spans_of(text, {path: words for path, words in said.items() if words} | {"quote": (now.quote,)})
    return kept | {path: spans for path, spans in found.items() if path in said}


def _texts(record: Record) -> dict[str, tuple[str, ...]]:
    single = {"date.text": record.date.text, "place.text": record.place.text, "size.text": record.size.text}
    return {path: (words,) if words else () for path, words in single.items()} | {
        name: getattr(record, name) for name in LISTS
    }
