"""How far the second coder agrees with the first, over time: events found, and alpha for each field."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

import msgspec

from rallybook.evaluation.agreement import Reliability, by_field
from rallybook.evaluation.labelled import as_labelled
from rallybook.evaluation.records_score import prf
from rallybook.model.record import Record
from rallybook.ports import Book
from rallybook.reviewing.ruling import TwoCodings, two_codings

Period = Literal["week", "month"]


class Agreement(msgspec.Struct, frozen=True, kw_only=True):
    """How far two coders of some articles agree.

    `period` is the week ("2024-W20") or month ("2024-05") in which the second coder was done, empty for all. `found` is
    the F1 of the events that either has; `disputed` how many of the articles go to an adjudicator.
    """

    period: str
    articles: int
    disputed: int
    events: tuple[int, int]
    both: int
    found: float
    fields: dict[str, Reliability]


def agreement(book: Book, *, by: Period = "month") -> tuple[Agreement, ...]:
    """Give how far blind second coders agree with the first: over all, then by week or month, the oldest first."""
    told = list(two_codings(book, blind=True))
    periods: dict[str, list[TwoCodings]] = {}
    for one in told:
        periods.setdefault(_period(one.second.at, by), []).append(one)
    return (_agreement("", told), *(_agreement(name, periods[name]) for name in sorted(periods)))


def _period(at: dt.datetime, by: Period) -> str:
    if by == "month":
        return f"{at:%Y-%m}"
    year, week, _ = at.isocalendar()
    return f"{year}-W{week:02}"


def _agreement(period: str, told: Sequence[TwoCodings]) -> Agreement:
    pairs = list(_pairs(told))
    first, second = sum(len(one.first.events) for one in told), sum(len(one.second.events) for one in told)
    return Agreement(
        period=period,
        articles=len(told),
        disputed=sum(bool(one.disputed) for one in told),
        events=(first, second),
        both=len(pairs),
        found=round(prf(len(pairs), second, first).F1, 4),
        fields=by_field((as_labelled(one), as_labelled(other)) for one, other in pairs),
    )


def _pairs(told: Iterable[TwoCodings]) -> Iterator[tuple[Record, Record]]:
    for one in told:
        yield from ((pair.first, pair.second) for pair in one.pairs if pair.first and pair.second)
