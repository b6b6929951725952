"""Two sides of one book, such as what was read and the rows of ACLED: which events both have, and where they differ."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Literal, NamedTuple, get_args

import msgspec

from rallybook.codebook.tables import table_names
from rallybook.codebook.vocabulary import kind
from rallybook.errors import InputError
from rallybook.model.distance import distance_km
from rallybook.model.edtf import bounds
from rallybook.model.event import Event, Telling
from rallybook.model.record import EventDate, EventPlace, Size
from rallybook.model.values import FINE, Range

By = Literal["form", "country", "week"]
BYS: tuple[By, ...] = get_args(By)
# the records that were read in texts; the other sides are the tables
OURS = "rallybook"
# a city and its suburbs, as everywhere in the evaluation
_SAME_KM = 25.0
_GATHERINGS = frozenset(("gathering", "march", "occupation"))


class Share(msgspec.Struct, kw_only=True):
    """How many events both sides have, and how many the left or the right one only."""

    both: int = 0
    left: int = 0
    right: int = 0


class Agreement(msgspec.Struct, kw_only=True):
    """Of the events that both have: in how many a field agrees, differs, or is told by one of them only."""

    agree: int = 0
    differ: int = 0
    left_only: int = 0
    right_only: int = 0


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """An event that one side or both have: as each tells it, and the fields on which they differ."""

    event: Event
    left: Event | None
    right: Event | None
    differ: tuple[str, ...] = ()

    @property
    def side(self) -> str:
        """Who has it: "both", "left" or "right"."""
        return "both" if self.left and self.right else "left" if self.left else "right"


class Compared(msgspec.Struct, kw_only=True):
    """The comparison of two sides: how many events they have, by form, country and week; how their fields agree."""

    left: str
    right: str
    events: Share
    by: dict[By, dict[str, Share]]
    fields: dict[str, Agreement]


class _Field(NamedTuple):
    """A field as it is compared: whether an event tells it, and whether two tell the same."""

    told: Callable[[Event], bool]
    same: Callable[[Event, Event], bool]


def side_of(telling: Telling) -> str:
    """Give the side that a record is on."""
    return telling.imported.table if telling.imported else OURS


class Comparison:
    """Goes through some events, each with what each side tells of it alone, and gives those that a side has as pairs.

    When they have passed, `found` says what they come to.
    """

    def __init__(self, events: Iterable[tuple[Event, dict[str, Event]]], sides: tuple[str, str]) -> None:
        """Take the events and the names of two sides; raises `InputError` for sides that are none, or the same."""
        self._events = events
        self._left, self._right = sides
        allowed = [OURS, *table_names()]
        for thing, side in zip(("left", "right"), sides, strict=True):
            if side not in allowed:
                raise InputError(thing, side, allowed)
        if self._left == self._right:
            raise InputError("right", self._right, f"another side than the left one, of {', '.join(allowed)}")
        self._counted = Share()
        self._by: dict[By, dict[str, Share]] = {name: {} for name in BYS}
        self._fields = {name: Agreement() for name in FIELDS}

    def __iter__(self) -> Iterator[Pair]:
        for event, told in self._events:
            one, other = told.get(self._left), told.get(self._right)
            if one or other:
                differ = tuple(_differing(one, other)) if one and other else ()
                pair = Pair(event=event, left=one, right=other, differ=differ)
                self._count(pair)
                yield pair

    def found(self) -> Compared:
        """Give what the events so far come to."""
        ordered = {
            name: dict(sorted(found.items(), key=partial(_order, name))) for name, found in self._by.items()
        }
        return Compared(
            left=self._left, right=self._right, events=self._counted, by=ordered, fields=self._fields
        )

    def _count(self, pair: Pair) -> None:
        groups = (self._by[name].setdefault(group_of(pair.event, name), Share()) for name in BYS)
        for share in (self._counted, *groups):
            setattr(share, pair.side, getattr(share, pair.side) + 1)
        if pair.left and pair.right:
            _agree(self._fields, pair.left, pair.right)


def _order(by: By, one: tuple[str, Share]) -> tuple[int, str]:
    """Weeks in their order, forms and countries by their number."""
    share = one[1]
    return (0 if by == "week" else -(share.both + share.left + share.right), one[0])


def group_of(event: Event, by: By) -> str:
    """Give the group of an event, empty where it is not known; a week as in "2021-W06"."""
    if by == "form":
        return event.form
    if by == "country":
        return event.place.country
    first = (bounds(event.date.edtf) or (None, None))[0]
    return _week(first) if first else ""


def _week(day: dt.date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def _differing(one: Event, other: Event) -> Iterator[str]:
    for name, field in FIELDS.items():
        if field.told(one) and field.told(other) and not field.same(one, other):
            yield name


def _agree(fields: dict[str, Agreement], one: Event, other: Event) -> None:
    for name, field in FIELDS.items():
        told = (field.told(one), field.told(other))
        found = fields[name]
        if all(told):
            same = field.same(one, other)
            found.agree += same
            found.differ += not same
        else:
            found.left_only += told[0]
            found.right_only += told[1]


def _same_days(one: EventDate, other: EventDate) -> bool:
    """Tell whether two dates have a day in common; an open end reaches all days."""
    (first, last), (start, end) = (bounds(date.edtf) or (None, None) for date in (one, other))
    return (first or dt.date.min) <= (end or dt.date.max) and (start or dt.date.min) <= (last or dt.date.max)


def _same_place(one: EventPlace, other: EventPlace) -> bool:
    """Tell whether two places are one: within 25 km where both are in a city, else in one country."""
    if one.precision in FINE and other.precision in FINE:
        km = distance_km(one, other)
        return km <= _SAME_KM if km is not None else (one.name, one.country) == (other.name, other.country)
    return one.country == other.country


def _same_range(one: Range | Size, other: Range | Size) -> bool:
    """Tell whether two counts may be one number."""
    lows = [count.low or 0 for count in (one, other)]
    highs = [count.high for count in (one, other)]
    return all(high is None or low <= high for low, high in zip(lows, reversed(highs), strict=True))


def _same_kind(one: Event, other: Event) -> bool:
    """Tell whether two forms may be called by each other's name; a rally may be any gathering, told less closely."""
    forms = (one.form, other.form)
    kinds = {kind(form) for form in forms}
    return len(kinds) == 1 or ("rally" in forms and kinds <= _GATHERINGS)


def _known(count: Range | Size) -> bool:
    return count.low is not None or count.high is not None


FIELDS: dict[str, _Field] = {
    "form": _Field(lambda _: True, lambda a, b: a.form == b.form),
    "kind": _Field(lambda _: True, _same_kind),
    "status": _Field(lambda _: True, lambda a, b: a.status == b.status),
    "date": _Field(lambda e: bounds(e.date.edtf) is not None, lambda a, b: _same_days(a.date, b.date)),
    "place": _Field(lambda e: e.place.precision != "unknown", lambda a, b: _same_place(a.place, b.place)),
    "size": _Field(lambda e: _known(e.size), lambda a, b: _same_range(a.size, b.size)),
    "response": _Field(
        lambda e: bool(e.response.actions),
        lambda a, b: not set(a.response.actions).isdisjoint(b.response.actions),
    ),
    "arrests": _Field(
        lambda e: _known(e.response.arrests), lambda a, b: _same_range(a.response.arrests, b.response.arrests)
    ),
    "killed": _Field(lambda e: _known(e.harm.killed), lambda a, b: _same_range(a.harm.killed, b.harm.killed)),
}
