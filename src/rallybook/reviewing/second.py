"""Who codes what a second time without seeing what is known of it: a share of the articles, the same for all."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from rallybook.errors import InputError
from rallybook.model.article import Article
from rallybook.model.decision import WHOLE, Decision
from rallybook.ports import Book
from rallybook.reviewing.codings import standing, whole
from rallybook.reviewing.first import Reviewed, reviewed

# records are asked for so many at a time
_AT_ONCE = 500


def chosen(article: str, share: float) -> bool:
    """Tell whether an article is among the `share` (0 to 1) that are coded twice: by its id, so always the same."""
    digits = hashlib.sha256(f"coded twice {article}".encode("utf-8", "surrogatepass")).digest()[:8]
    return int.from_bytes(digits) < share * 2**64


def open_takes(decisions: Iterable[Decision]) -> dict[str, tuple[str, ...]]:
    """Give for each person the articles that they took and have neither handed in nor given back."""
    held: dict[str, dict[str, bool]] = {}
    for one in decisions:
        mine = held.setdefault(one.by, {})
        if one.kind == "take":
            mine[one.article] = one.value is not False
        elif one.kind == "code" and not one.final and one.article in mine:
            # what was handed in and is taken back is open again
            mine[one.article] = one.value is None
    found = {
        person: tuple(name for name, is_open in mine.items() if is_open) for person, mine in held.items()
    }
    return {person: articles for person, articles in found.items() if articles}


def taken_by(book: Book, person: str) -> tuple[str, ...]:
    """Give the articles that a person is coding blind now; one that is no longer in the book is not among them."""
    return tuple(name for name in open_takes(book.decisions([WHOLE])).get(person, ()) if _there(book, name))


def take_next(book: Book, person: str, share: float) -> Article | None:
    """Give the article that a person is to code blind, and keep that they took it; None where none waits.

    It is one that others have reviewed whole and this person has judged nothing of; one that was taken before and not
    handed in comes first.
    """
    if held := taken_by(book, person):
        return book.article(held[0])
    article = next(waiting(book, person, share), None)
    if article is not None:
        book.decide([whole(article.id, "take", by=person)])
    return article


def waiting(book: Book, person: str, share: float) -> Iterator[Article]:
    """Give the articles that wait for a second coder who is this person, in the order of their ids."""
    whole_ones = book.decisions([WHOLE])
    done = {one.article for one in standing(whole_ones)}
    theirs = {article for articles in open_takes(whole_ones).values() for article in articles}
    theirs |= {one.article for one in whole_ones if one.by == person}
    for name in sorted(reviewed_articles(book)):
        if not chosen(name, share) or name in done or name in theirs:
            continue
        article = book.article(name)
        found = reviewed(book, article)
        if found and person not in judges(book, found):
            yield article


def judges(book: Book, found: Reviewed) -> set[str]:
    """Give who judged anything of an article's records."""
    return {one.by for one in book.decisions(book.read_in(found.article)) if one.kind != "skip"}


def reviewed_articles(book: Book) -> set[str]:
    """Give the articles of which people accepted or rejected a record."""
    named = sorted(
        {
            record
            for one in book.decisions()
            if one.kind in ("reject", "restore", "found")
            for record in one.records
        }
    )
    return {
        report.article
        for start in range(0, len(named), _AT_ONCE)
        for report in book.reports_of(named[start : start + _AT_ONCE]).values()
    }


def _there(book: Book, article: str) -> bool:
    try:
        book.article(article)
    except InputError:
        return False
    return True
