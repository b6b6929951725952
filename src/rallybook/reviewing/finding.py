"""What people find in an article and no machine has read: from what they write down to the decisions that keep it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from typing import Any

import msgspec

from rallybook.book.judging import identified
from rallybook.errors import InputError
from rallybook.evaluation.labelled import as_labelled
from rallybook.evaluation.pairing import alike
from rallybook.model.article import Article
from rallybook.model.coding import Coding, found_in
from rallybook.model.decision import WHOLE, Decision
from rallybook.model.record import FOCUSES, FORMS, STATUSES, Record
from rallybook.model.values import FINE, WIDE
from rallybook.ports import Book
from rallybook.reviewing.codings import Told, coding_of, standing

_ALLOWED = {"form": FORMS, "status": STATUSES, "focus": FOCUSES}


def finding(
    book: Book,
    names: Sequence[str],
    told: object,
    *,
    by: str,
    why: str = "",
    final: bool = False,
) -> tuple[Decision, ...]:
    """Give the decision that keeps an event which a person found in an article, the one that `names` has.

    `told` is the event as `Told` has it: a table, or JSON. Raises `InputError`, which names the field, for what is no
    event of the codebook and for words that the article has not, for an event that the book has from this article
    already, and without `final` for an article on which an adjudicator has decided.
    """
    if len(names) != 1:
        raise InputError("decision found", " ".join(names) or "no name", "the id of one article")
    if not by.strip():
        raise InputError("by", by, "the name of who decides")
    article = book.article(names[0])
    ruled = [one for one in standing(book.decisions([WHOLE])) if one.final and one.article == article.id]
    if ruled and not final:
        held = ruled[-1]
        allowed = (
            f"what was not adjudicated; {held.by} did so on {held.at.date()}, and an adjudicator may again"
        )
        raise InputError("decision found", article.id, allowed)
    event = _told(told)
    if event.record:
        raise InputError("record", event.record, "none: what no machine has read has no record yet")
    if event.place.name and event.place.precision == "unknown":
        # or else it would be on no map
        raise InputError("place.precision", "unknown", (*FINE, *WIDE))
    try:
        coding = coding_of(article, [event])
    except InputError as error:
        # there is but one
        thing = error.thing.removeprefix("event 1: ")
        raise InputError(thing, error.received, error.allowed) from None
    _refuse_known(book, article, coding.events[0])
    like = Decision(
        id="",
        kind="found",
        by=by,
        at=dt.datetime.now(dt.UTC),
        why=why,
        article=article.id,
        final=bool(ruled),
    )
    return found(like, coding.text, coding.events)


def found(like: Decision, text: str, events: Iterable[Record]) -> tuple[Decision, ...]:
    """Give the decisions that keep some events as found in the article of a decision, of the same moment and person.

    `text` is the hash of the text that was read.
    """
    told = {one.record.id: one for one in (found_in(like.article, text, event) for event in events)}
    return tuple(
        identified(
            msgspec.structs.replace(
                like, id="", kind="found", records=(name,), value=msgspec.to_builtins(one)
            )
        )
        for name, one in told.items()
    )


def known_again(article: Article, coding: Coding, known: Mapping[str, Record]) -> Coding:
    """Give a coding in which what was found before has the id of the record that it became."""
    again = {one.id: found_in(article.id, coding.text, one).record.id for one in coding.events}
    events = (
        msgspec.structs.replace(one, id=again[one.id])
        if one.id not in known and again[one.id] in known
        else one
        for one in coding.events
    )
    return msgspec.structs.replace(coding, events=tuple(events))


def _told(given: object) -> Told:
    """Give an event as a person writes it down from a table, or from JSON."""
    table: Any = given
    if isinstance(given, str):
        try:
            table = json.loads(given)
        except ValueError as error:
            raise InputError("value", given[:60], f"an event in JSON ({error})") from None
    if not isinstance(table, dict):
        raise InputError("value", given, f"an event with the fields {', '.join(Told.__struct_fields__)}")
    try:
        return msgspec.convert(table, Told)
    except msgspec.ValidationError as error:
        said, _, path = str(error).partition(" - at ")
        field = path.strip("`").removeprefix("$").lstrip(".")
        received = reduce(_part, filter(None, field.split(".")), table)
        raise InputError(field or "value", received, _ALLOWED.get(field, said)) from None


def _part(table: Any, name: str) -> Any:  # noqa: ANN401 - what was given
    return table.get(name) if isinstance(table, dict) else table


def _refuse_known(book: Book, article: Article, event: Record) -> None:
    """Raise `InputError` for an event of which the same words were read in this article already."""
    reports = book.reports_of(book.read_in(article.id))
    if any(one.record.imported for one in reports.values()):
        raise InputError("article", article.id, "one whose text was read; this one is a row of a table")
    mine = event.spans["trigger"]
    for name, report in reports.items():
        theirs = report.record.spans.get("trigger", ())
        shared = any(start < until and begin < end for start, end in mine for begin, until in theirs)
        if shared and not report.record.coder and alike(as_labelled(report.record), as_labelled(event)):
            raise InputError("trigger", event.trigger, f"words of which no event was read; record {name} was")
