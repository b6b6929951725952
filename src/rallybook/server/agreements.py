"""How far two coders agree, in figures."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from rallybook.reviewing.agreement import Agreement, agreement
from rallybook.server.access import role
from rallybook.server.answers import fresh
from rallybook.server.shelf import Here

router = APIRouter(prefix="/api/v1", tags=["agreement"])


class Agreements(msgspec.Struct, frozen=True):
    """How far two coders agree: over all, then in each period, the oldest first."""

    total: Agreement
    periods: tuple[Agreement, ...]


class AgreementQuery(BaseModel):
    """In which periods."""

    model_config = ConfigDict(extra="forbid")

    by: Literal["week", "month"] = Field(
        "month", description="The periods, by when the second coder was done.", examples=["week"]
    )


@router.get("/agreement", dependencies=[Depends(role("coder"))])
def agreements(request: Request, query: Annotated[AgreementQuery, Query()], here: Here) -> Response:
    """Give Krippendorff's alpha of each field, and how many events both coders found, over time."""
    return fresh(request, lambda: in_figures(here, query.by))


def in_figures(here: Here, by: Literal["week", "month"]) -> Agreements:
    """Give the figures; they hold no value of any event."""
    total, *periods = agreement(here.whole.opened.book, by=by)
    return Agreements(total, tuple(periods))
