"""Articles that people have coded whole, as labelled articles that `rallybook train` and `evaluate` read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from rallybook.errors import InputError
from rallybook.model.article import Article
from rallybook.model.coding import Coded
from rallybook.model.decision import WHOLE
from rallybook.model.outcome import Failure
from rallybook.model.proof import LISTS
from rallybook.model.record import Record
from rallybook.ports import Book
from rallybook.reviewing.codings import current, standing
from rallybook.reviewing.first import Reviewed, reviewed
from rallybook.reviewing.ruling import two_codings
from rallybook.reviewing.second import reviewed_articles

Row = dict[str, Any]
# what only the machine or only the book knows of a record
_NO_LABELS = ("id", "spans", "confidence", "own", "media", "imported", "coder")
_TEXTS = (("date", "text"), ("place", "text"), ("size", "text"))


def labelled(book: Book, *, whole: bool = False) -> Iterator[Row | Failure]:
    """Give the articles of a book that people have coded whole, by their ids, each with its events.

    An adjudicator's ruling holds, then what two coders have alike, then a coding of the article as a whole, then the
    review of all of its records: with `whole` such a review is not enough, because nobody looked for what the machine
    had missed. What cannot be a label is a `Failure` that says why: where two coders differ and nobody has decided,
    where an event cannot be verified, where a value is not in the text.
    """
    coded = dict(_whole(book))
    names = set(coded) if whole else set(coded) | reviewed_articles(book)
    for name in sorted(names):
        try:
            article = book.article(name)
        except InputError:  # taken down since
            continue
        yield _row(book, article, coded.get(name), whole=whole)


def _row(book: Book, article: Article, coded: Sequence[Record] | str | None, *, whole: bool) -> Row | Failure:
    if coded is None:
        found = None if whole else reviewed(book, article, finals=True)
        coded = _of_review(found) if found else "not every record of it was accepted or rejected"
    if isinstance(coded, str):
        return _left_out(article.id, coded)
    if problem := next((said for record in coded for said in _unsaid(record, article.text)), ""):
        return _left_out(article.id, problem)
    events = [_event(record, number) for number, record in enumerate(coded, start=1)]
    facts = {"id": article.id, "published": article.published.isoformat() if article.published else None}
    told = facts | {
        "title": article.title,
        "source": article.source,
        "url": article.url,
        "language": article.language,
    }
    return {key: value for key, value in told.items() if value} | {"text": article.text, "events": events}


def _whole(book: Book) -> Iterator[tuple[str, Sequence[Record] | str]]:
    """Give for each article that was coded whole its events, or why it has none that hold."""
    by_article: dict[str, list[Coded]] = {}
    for _, one in current(book, standing(book.decisions([WHOLE]))):
        by_article.setdefault(one.article, []).append(one)
    twice = {one.article.id: one for one in two_codings(book)}
    for name, told in by_article.items():
        finals = [one for one in told if one.final]
        if finals:
            yield name, finals[-1].coding.events
        elif name in twice and twice[name].disputed:
            yield name, "two coders differ, and nobody has decided"
        else:
            yield name, told[0].coding.events


def _of_review(found: Reviewed) -> Sequence[Record] | str:
    if found.doubts:
        return found.doubts[0]
    unsure = [name for name, reason in found.rejected.items() if reason == "unverifiable"]
    return f"record {unsure[0]} could not be verified" if unsure else found.kept


def _event(record: Record, number: int) -> Row:
    table: Mapping[str, Any] = msgspec.to_builtins(record)
    return {"id": f"e{number}"} | {name: value for name, value in table.items() if name not in _NO_LABELS}


def _unsaid(record: Record, text: str) -> Iterator[str]:
    """Tell which words of a record the text has not."""
    said = [("trigger", record.trigger), ("quote", record.quote)]
    said += [(f"{name}.{part}", getattr(getattr(record, name), part)) for name, part in _TEXTS]
    said += [(name, words) for name in LISTS for words in getattr(record, name)]
    if not record.trigger or record.trigger not in record.quote:
        yield f"record {record.id}: trigger: received {record.trigger!r}, allowed: words of the quote"
    for name, words in said:
        if words not in text:
            yield f"record {record.id}: {name}: received {words!r}, allowed: words of the text"


def _left_out(article: str, reason: str) -> Failure:
    return Failure(article, "label", f"{article}: {reason}")
