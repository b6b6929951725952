"""Articles and the records read in them: texts as far as they may be shown, else the words that prove something."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Annotated

import msgspec
from fastapi import APIRouter, Path, Request, Response

from rallybook.errors import InputError
from rallybook.model.article import Article
from rallybook.model.event import Report
from rallybook.model.span import Span
from rallybook.server.answers import fresh
from rallybook.server.highlights import AROUND, joined
from rallybook.server.problems import found
from rallybook.server.settings import Texts
from rallybook.server.shelf import Here, Shelf
from rallybook.server.shown import ShownRecord, linkable, shown_record

router = APIRouter(prefix="/api/v1", tags=["articles"])
ArticleId = Annotated[str, Path(min_length=1, max_length=500, description="The id of an article.")]
RecordId = Annotated[str, Path(min_length=1, max_length=500, description="The id of a record.")]


class ShownArticle(msgspec.Struct, frozen=True, kw_only=True):
    """An article: its text where it may be shown, else None; always the words that prove something.

    Offsets count Unicode code points of the text as it was given.
    """

    id: str
    title: str
    published: dt.date | None
    url: str
    source: str
    language: str
    text: str | None
    excerpts: tuple[Span, ...]
    records: tuple[ShownRecord, ...]


class RecordAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A record, where it was read, the words of each of its spans, and the event that it tells (None: none)."""

    record: ShownRecord
    article: str
    published: dt.date | None
    source: str
    url: str
    words: dict[str, tuple[str, ...]]
    event: str | None


@router.get("/articles/{name:path}")
def article(request: Request, name: ArticleId, here: Here) -> Response:
    """Give an article with its records; its text only to whom it may be shown."""
    with found():
        here.opened.book.article(name)
    texts = texts_for(request, here)
    return fresh(request, lambda: article_answer(here, name, texts))


@router.get("/records/{name:path}")
def record(request: Request, name: RecordId, here: Here) -> Response:
    """Give a record with its words, and the event that it tells."""
    report = here.opened.book.reports_of([name]).get(name)
    with found():
        if report is None:
            raise InputError("record", name, "the id of a record in this book")
    return fresh(request, lambda: _record_answer(here, report))


def texts_of(reports: Iterable[Report], texts: Texts) -> Texts | None:
    """Give how much of an article may be seen, None for a row that may not be passed on to whoever is no coder."""
    closed = any(one.record.imported and not one.record.imported.republish for one in reports)
    return None if closed and texts != "all" else texts


def texts_for(request: Request, here: Shelf) -> Texts:
    """Tell how much of an article a caller may see: coders all, for they judge by it."""
    return "all" if here.caller(request).may("coder") else here.settings.texts


def article_answer(here: Shelf, name: str, texts: Texts) -> ShownArticle:
    """Give an article with as much of its text as `texts` says."""
    book = here.opened.book
    told = book.article(name)
    reports = book.reports_of(book.read_in(name))
    records = [reports[record].record for record in sorted(reports)]
    seen = texts_of(reports.values(), texts)
    around = AROUND if texts != "none" else 0
    spans = [span for record in records for spans in record.spans.values() for span in spans if seen]
    return ShownArticle(
        id=told.id,
        title=told.title,
        published=told.published,
        url=linkable(told.url),
        source=told.source,
        language=told.language,
        text=told.text if seen == "all" else None,
        excerpts=excerpts(told, spans, around),
        records=tuple(map(shown_record, records)),
    )


def excerpts(told: Article, spans: Iterable[tuple[int, int]], width: int) -> tuple[Span, ...]:
    """Give the stretches of a text about some spans, `width` characters on either side; those that touch as one."""
    wide = ((max(0, start - width), min(len(told.text), end + width)) for start, end in spans)
    return tuple(Span(first, last, told.text[first:last]) for first, last in joined(wide))


def _record_answer(here: Shelf, report: Report) -> RecordAnswer:
    book = here.opened.book
    closed = texts_of([report], "none") is None
    text = book.article(report.article).text
    try:
        event = book.event(report.record.id).id
    except InputError:  # it tells none
        event = None
    return RecordAnswer(
        record=shown_record(report.record),
        article=report.article,
        published=report.published,
        source=report.source,
        url=linkable(report.url),
        words={
            field: tuple(text[start:end] for start, end in spans)
            for field, spans in report.record.spans.items()
            if not closed
        },
        event=event,
    )
