"""What people judge: coders add decisions and take them back, everybody sees what was decided."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import urlencode

import msgspec
from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel, ConfigDict, Field

from rallybook.book.undoing import undoing
from rallybook.model.decision import Decision, Judgement
from rallybook.server.access import CodersWish, readable
from rallybook.server.answers import fresh, stored
from rallybook.server.bodies import read_body
from rallybook.server.callers import Caller
from rallybook.server.problems import ProblemError
from rallybook.server.queries import LONGEST_PAGE, PAGE, Words
from rallybook.server.shelf import Here, Shelf
from rallybook.server.shown import ShownDecision, shown_decision

router = APIRouter(prefix="/api/v1", tags=["decisions"])
# who skipped what, and what coders read in an article as a whole, with words of its text
_AMONG_CODERS = ("skip", "take", "code")
_Id = Annotated[str, msgspec.Meta(min_length=1, max_length=500)]
_Why = Annotated[str, msgspec.Meta(max_length=2_000)]


class NewDecision(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A judgement on events or records, by their ids; `field` and `value` go with "correct".

    "reject" may say why by `value`, "not_a_protest" or "unverifiable". "found" takes the id of an article, and as
    `value` an event as in a coding. Who judges is who asks.
    """

    kind: Judgement
    names: Annotated[tuple[_Id, ...], msgspec.Meta(min_length=1, max_length=200)]
    why: _Why = ""
    field: Annotated[str, msgspec.Meta(max_length=50)] = ""
    value: Any = None


class Undo(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Decisions that are taken back, by their ids."""

    ids: Annotated[tuple[_Id, ...], msgspec.Meta(min_length=1, max_length=200)]
    why: _Why = ""


class Decisions(msgspec.Struct, frozen=True):
    """Some decisions, and the URL of the page after them."""

    decisions: tuple[ShownDecision, ...]
    next: str | None = None


class DecisionsQuery(BaseModel):
    """Which decisions."""

    model_config = ConfigDict(extra="forbid")

    record: list[Words] = Field([], max_length=200, description="Records that they judge (default: all).")
    after: Words = Field("", description="The id of the last decision of the page before.")
    limit: int = Field(PAGE, ge=1, le=LONGEST_PAGE, description="The most decisions to give.")


@router.get("/decisions", dependencies=[Depends(readable)])
def decisions(request: Request, query: Annotated[DecisionsQuery, Query()], here: Here) -> Response:
    """Give the decisions, the newest first; who judged and why is for coders only."""
    to_coder = here.caller(request).may("coder")
    return fresh(request, lambda: _page(here, query, to_coder=to_coder))


@router.post("/decisions", status_code=HTTPStatus.CREATED)
async def decide(request: Request, here: Here, caller: CodersWish) -> Response:
    """Keep a judgement; the events follow from it at once."""
    told = await read_body(request, NewDecision)
    made = await run_in_threadpool(_decide, here, told, caller)
    return stored(shown(made), HTTPStatus.CREATED)


@router.post("/decisions/undo", status_code=HTTPStatus.CREATED)
async def undo(request: Request, here: Here, caller: CodersWish) -> Response:
    """Take decisions back by new ones that restore what was before; a coder one's own, an adjudicator any."""
    told = await read_body(request, Undo)
    made = await run_in_threadpool(_undo, here, told, caller)
    return stored(shown(made), HTTPStatus.CREATED)


def _decide(here: Shelf, told: NewDecision, caller: Caller) -> tuple[Decision, ...]:
    if told.kind == "found" and (blind := [name for name in told.names if name in here.hidden]):
        detail = "you are coding this article blind"
        raise ProblemError(HTTPStatus.CONFLICT, detail, parameter="names", received=blind[0])
    return here.opened.decide(
        told.kind,
        *told.names,
        by=caller.name,
        why=told.why,
        field=told.field,
        value=told.value,
        final=caller.may("adjudicator"),
    )


def _undo(here: Shelf, told: Undo, caller: Caller) -> tuple[Decision, ...]:
    book = here.opened.book
    if not caller.may("adjudicator"):
        others = {one.id for one in book.decisions() if one.by != caller.name}
        if theirs := [name for name in told.ids if name in others]:
            detail = "a coder takes back own decisions; this takes an adjudicator"
            raise ProblemError(HTTPStatus.FORBIDDEN, detail, parameter="ids", received=theirs[0])
    made = undoing(book, told.ids, by=caller.name, why=told.why)
    book.decide(made)
    return made


def shown(made: tuple[Decision, ...]) -> Decisions:
    """Give decisions as those who made them see them."""
    return Decisions(tuple(shown_decision(one, to_coder=True) for one in made))


def _page(here: Shelf, query: DecisionsQuery, *, to_coder: bool) -> Decisions:
    kept = here.opened.book.decisions(query.record or None)[::-1]
    if not to_coder:
        kept = tuple(one for one in kept if one.kind not in _AMONG_CODERS)
    start = next((place + 1 for place, one in enumerate(kept) if one.id == query.after), 0)
    shown = kept[start : start + query.limit]
    more = len(kept) > start + query.limit
    told = {"record": query.record, "after": shown[-1].id if more else "", "limit": query.limit}
    return Decisions(
        tuple(shown_decision(one, to_coder=to_coder) for one in shown),
        f"/api/v1/decisions?{urlencode(told, doseq=True)}" if more else None,
    )
