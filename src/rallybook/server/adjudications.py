"""What two coders read differently, and what an adjudicator decides of it."""

from __future__ import annotations

import datetime as dt
from http import HTTPStatus
from typing import Annotated

import msgspec
from fastapi import APIRouter, Depends, Request, Response
from fastapi.concurrency import run_in_threadpool

from rallybook.model.decision import Decision
from rallybook.reviewing import ruling
from rallybook.reviewing.codings import Told, told_of
from rallybook.reviewing.ruling import Side, TwoCodings
from rallybook.server.access import AdjudicatorsWish, role
from rallybook.server.answers import stored
from rallybook.server.articles import ArticleId
from rallybook.server.bodies import read_body
from rallybook.server.callers import Caller
from rallybook.server.codings import ToCode, to_code
from rallybook.server.decisions import shown
from rallybook.server.problems import found
from rallybook.server.shelf import Here, Shelf

router = APIRouter(prefix="/api/v1", tags=["adjudication"])


class Dispute(msgspec.Struct, frozen=True, kw_only=True):
    """An article that two coders read differently, and of how many of its events there is something to decide."""

    article: str
    title: str
    published: dt.date | None
    source: str
    disputed: int
    events: int


class Disputes(msgspec.Struct, frozen=True):
    """What waits for an adjudicator, the oldest first."""

    disputes: tuple[Dispute, ...]


class ToldTwice(msgspec.Struct, frozen=True, kw_only=True):
    """One event as either coder has it, None where one has it not; the fields in which they differ.

    `record` goes along with the event where a ruling keeps it: the record of the book that it is.
    """

    first: Told | None
    second: Told | None
    differing: tuple[str, ...]
    record: str


class BothCodings(msgspec.Struct, frozen=True, kw_only=True):
    """An article as two coders read it. `yours`: which of them the caller was, if any."""

    article: ToCode
    events: tuple[ToldTwice, ...]
    first_at: dt.datetime
    second_at: dt.datetime
    second_blind: bool
    yours: tuple[str, ...]
    settled: bool


class Ruling(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All events that an article tells, as an adjudicator decides; who decides is who asks."""

    article: Annotated[str, msgspec.Meta(min_length=1, max_length=500)]
    events: Annotated[tuple[Told, ...], msgspec.Meta(max_length=100)] = ()
    why: Annotated[str, msgspec.Meta(max_length=2_000)] = ""


@router.get("/adjudications", dependencies=[Depends(role("adjudicator"))])
def disputes(here: Here) -> Response:
    """Give the articles that two coders read differently and nobody has decided on yet."""
    return stored(Disputes(tuple(_dispute(one) for one in ruling.waiting(here.opened.book))))


@router.get("/adjudications/{name:path}", dependencies=[Depends(role("adjudicator"))])
def dispute(request: Request, name: ArticleId, here: Here) -> Response:
    """Give an article as two coders read it, event by event."""
    with found():
        both = ruling.dispute(here.opened.book, name)
    return stored(_both(here, both, here.caller(request)))


@router.post("/adjudications", status_code=HTTPStatus.CREATED)
async def rule(request: Request, here: Here, caller: AdjudicatorsWish) -> Response:
    """Keep a ruling: it outranks what coders decide, and the events follow at once."""
    told = await read_body(request, Ruling)
    made = await run_in_threadpool(_rule, here, told, caller)
    return stored(shown(made), HTTPStatus.CREATED)


def _rule(here: Shelf, told: Ruling, caller: Caller) -> tuple[Decision, ...]:
    made = ruling.ruling(here.opened.book, told.article, told.events, by=caller.name, why=told.why)
    here.opened.book.decide(made)
    return made


def _dispute(one: TwoCodings) -> Dispute:
    article = one.article
    return Dispute(
        article=article.id,
        title=article.title,
        published=article.published,
        source=article.source,
        disputed=one.disputed,
        events=len(one.pairs),
    )


def _both(here: Shelf, both: TwoCodings, caller: Caller) -> BothCodings:
    book = here.opened.book
    reports = book.reports_of(book.read_in(both.article.id))
    records = ruling.records_of(both, {name: one.record for name, one in reports.items()})
    sides: tuple[tuple[str, Side], ...] = (("first", both.first), ("second", both.second))
    return BothCodings(
        article=to_code(both.article),
        events=tuple(
            ToldTwice(
                first=told_of(pair.first, known=False) if pair.first else None,
                second=told_of(pair.second, known=False) if pair.second else None,
                differing=pair.differing,
                record=record,
            )
            for pair, record in zip(both.pairs, records, strict=True)
        ),
        first_at=both.first.at,
        second_at=both.second.at,
        second_blind=both.second.blind,
        yours=tuple(name for name, side in sides if caller.name in side.by),
        settled=both.article.id in ruling.settled(book),
    )
