"""Articles labelled by a codebook of one's own: read, checked, and what is wrong with them said."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from rallybook.codebook.own import OwnCodebook
from rallybook.errors import InputError
from rallybook.evaluation.labelled import lines, shortened
from rallybook.model.article import Article
from rallybook.model.outcome import Failure
from rallybook.model.record import STATUSES
from rallybook.sources.rows import from_row
from rallybook.training.labels import act_words
from rallybook.training.rows import Row

_FOCUS = ("focal", "background")


class OwnArticle(NamedTuple):
    """An article with the records that its codebook gives it, and what was wrong with others of its records."""

    article: Article
    events: tuple[Row, ...]
    problems: tuple[str, ...] = ()


def own_articles(data: Path, book: OwnCodebook) -> Iterator[OwnArticle | Failure]:
    """Give the labelled articles of a file of JSON lines, or of all such files (`*.jsonl`) in a folder.

    A line that is no article is a `Failure`; a record that breaks the codebook is left out and named among the
    problems. Raises `InputError` where there is no such file.
    """
    files = sorted(data.glob("*.jsonl")) if data.is_dir() else [data]
    if not files:
        raise InputError("labelled articles", str(data), "a file of JSON lines, or a folder with *.jsonl")
    for path in files:
        for number, line in lines(path):
            yield from _article(f"{path}, line {number}", line, book)


def _article(where: str, line: bytes, book: OwnCodebook) -> Iterator[OwnArticle | Failure]:
    try:
        row = msgspec.json.decode(line, type=dict[str, object])
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        yield Failure(where, "read", f"{where}: received {shortened(line)!r}, allowed: an article ({error})")
        return
    for item in from_row(row, where):
        if isinstance(item, Failure):
            yield item
            continue
        events = row.get("events")
        if not isinstance(events, list):
            yield Failure(
                item.id, "read", f"{where}: events: received {type(events).__name__}, allowed: a list"
            )
            continue
        kept: list[Row] = []
        problems: list[str] = []
        for count, event in enumerate(events, 1):
            wrong = list(_wrong(event, item.text, book))
            problems += [f"{where}, event {count}: {problem}" for problem in wrong]
            if not wrong:
                kept.append(event)
        yield OwnArticle(item, tuple(kept), tuple(problems))


def _wrong(event: object, text: str, book: OwnCodebook) -> Iterator[str]:
    """Tell what is wrong with a record."""
    if not isinstance(event, dict):
        yield f"received {type(event).__name__}, allowed: an object"
        return
    if event.get("form") not in book.forms:
        yield f"form: received {event.get('form')!r}, allowed: {', '.join(book.forms)}"
    for field, allowed in (("status", STATUSES), ("focus", _FOCUS)):
        if event.get(field) not in (None, *allowed):
            yield f"{field}: received {event[field]!r}, allowed: {', '.join(allowed)}, or none"
    for field in ("trigger", "quote"):
        if not isinstance(event.get(field), str) or not event[field]:
            yield f"{field}: received {event.get(field)!r}, allowed: words of the text"
            return
    if event["trigger"] not in event["quote"] or act_words(text, event) is None:
        yield f"trigger: received {event['trigger']!r}, allowed: words of the quote, the quote words of the text"
    for role in book.roles:
        yield from _wrong_role(role, event.get(role) or [], text)


def _wrong_role(role: str, words: object, text: str) -> Iterator[str]:
    if not isinstance(words, list) or not all(isinstance(one, str) for one in words):
        yield f"{role}: received {words!r}, allowed: a list of words of the text"
        return
    for one in words:
        if one not in text:
            yield f"{role}: received {one!r}, allowed: words of the text"
