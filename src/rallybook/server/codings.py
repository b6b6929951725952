"""What coders read in articles as a whole: the second coder's blind turn, and any coder's on an article."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from http import HTTPStatus
from itertools import islice
from typing import Annotated, Literal

import msgspec
from fastapi import APIRouter, Depends, Request, Response
from fastapi.concurrency import run_in_threadpool

from rallybook.model.article import Article
from rallybook.model.decision import Decision
from rallybook.model.record import Record
from rallybook.reviewing import second
from rallybook.reviewing.codings import Told, coding_of, decided, told_of, whole
from rallybook.reviewing.first import reviewed
from rallybook.reviewing.ruling import agreed
from rallybook.server.access import CodersWish, role
from rallybook.server.answers import stored
from rallybook.server.articles import ArticleId
from rallybook.server.bodies import read_body
from rallybook.server.callers import Caller
from rallybook.server.decisions import shown
from rallybook.server.problems import ProblemError, found
from rallybook.server.shelf import Here, Shelf
from rallybook.server.shown import linkable

router = APIRouter(prefix="/api/v1", tags=["second coder"])
_Name = Annotated[str, msgspec.Meta(min_length=1, max_length=500)]
_Why = Annotated[str, msgspec.Meta(max_length=2_000)]
_Events = Annotated[tuple[Told, ...], msgspec.Meta(max_length=100)]
# nobody needs to know how many more wait
_MOST_COUNTED = 100


class NewCoding(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All events that an article tells, none: it tells no protest. Who read it, and whether blind, is not said here."""

    article: _Name
    events: _Events = ()
    why: _Why = ""


class GivenBack(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An article that was taken to be coded blind and is given back, and why."""

    article: _Name
    why: Annotated[str, msgspec.Meta(min_length=1, max_length=2_000)]


class Taking(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which article is taken: the next one that waits; nobody chooses what to code blind."""

    take: Literal["next"]


class ToCode(msgspec.Struct, frozen=True, kw_only=True):
    """An article to be coded, as it was given."""

    id: str
    title: str
    published: dt.date | None
    source: str
    url: str
    text: str


class Turn(msgspec.Struct, frozen=True, kw_only=True):
    """The article that the caller codes blind now, if any, and how many more wait (100: or more)."""

    article: ToCode | None
    waiting: int


class Begun(msgspec.Struct, frozen=True, kw_only=True):
    """An article to be coded as a whole, with the events to begin with: as people and the machine have left them."""

    article: ToCode
    events: tuple[Told, ...]


@router.get("/second", dependencies=[Depends(role("coder"))])
def turn(request: Request, here: Here) -> Response:
    """Give the article that the caller codes blind now, without what is known of it."""
    return stored(_turn(here, here.caller(request)))


@router.post("/second", status_code=HTTPStatus.CREATED)
async def take(request: Request, here: Here, caller: CodersWish) -> Response:
    """Take the next article that waits for a second coder; until it is handed in, nothing known of it is shown."""
    await read_body(request, Taking)
    await run_in_threadpool(second.take_next, here.whole.opened.book, caller.name, here.settings.second_share)
    return stored(await run_in_threadpool(_turn, here.whole, caller), HTTPStatus.CREATED)


@router.post("/second/back", status_code=HTTPStatus.CREATED)
async def give_back(request: Request, here: Here, caller: CodersWish) -> Response:
    """Give an article back to others without coding it."""
    told = await read_body(request, GivenBack)
    if told.article not in here.whole.taken().get(caller.name, ()):
        raise ProblemError(
            HTTPStatus.CONFLICT, "not taken by you", parameter="article", received=told.article
        )
    made = (whole(told.article, "take", by=caller.name, why=told.why, value=False),)
    await run_in_threadpool(here.whole.opened.book.decide, made)
    return stored(shown(made), HTTPStatus.CREATED)


@router.get("/codings/{name:path}", dependencies=[Depends(role("coder"))])
def begun(name: ArticleId, here: Here) -> Response:
    """Give an article to be coded as a whole, beginning with its events as they stand."""
    with found():
        article = here.opened.book.article(name)
    if name in here.hidden:
        raise ProblemError(
            HTTPStatus.CONFLICT, "you are coding this article blind", parameter="name", received=name
        )
    left = reviewed(here.opened.book, article, finals=True)
    records = left.kept if left else tuple(_known(here, name).values())
    return stored(Begun(article=to_code(article), events=tuple(told_of(one, known=True) for one in records)))


@router.post("/codings", status_code=HTTPStatus.CREATED)
async def hand_in(request: Request, here: Here, caller: CodersWish) -> Response:
    """Keep all events that the caller read in an article; of a second coder's turn it is the end."""
    told = await read_body(request, NewCoding)
    made = await run_in_threadpool(_hand_in, here.whole, told, caller)
    return stored(shown(made), HTTPStatus.CREATED)


def _hand_in(here: Shelf, told: NewCoding, caller: Caller) -> tuple[Decision, ...]:
    book = here.opened.book
    with found():
        article = book.article(told.article)
    blind = told.article in here.taken().get(caller.name, ())
    coding = coding_of(article, told.events, known={} if blind else _known(here, article.id), blind=blind)
    made = decided(article, coding, by=caller.name, why=told.why)
    book.decide((made,))
    alike = agreed(book, (article.id,))
    book.decide(alike)
    return (made, *alike)


def _turn(here: Shelf, caller: Caller) -> Turn:
    book = here.whole.opened.book
    taken = second.taken_by(book, caller.name)
    more = islice(second.waiting(book, caller.name, here.settings.second_share), _MOST_COUNTED)
    return Turn(article=to_code(book.article(taken[0])) if taken else None, waiting=sum(1 for _ in more))


def _known(here: Shelf, article: str) -> Mapping[str, Record]:
    book = here.opened.book
    ids = book.read_in(article)
    reports = book.reports_of(ids)
    return {name: reports[name].record for name in ids if name in reports}


def to_code(article: Article) -> ToCode:
    """Give an article as one who codes it sees it."""
    return ToCode(
        id=article.id,
        title=article.title,
        published=article.published,
        source=article.source,
        url=linkable(article.url),
        text=article.text,
    )
