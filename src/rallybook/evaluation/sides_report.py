"""A comparison of two sides, worded for people, and its events as CSV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rallybook.evaluation.sides import BYS, Compared, Pair, Share, group_of
from rallybook.model.event import Event
from rallybook.publishing.event_values import VALUES
from rallybook.publishing.table import Cell, Heading, Row, Table
from rallybook.publishing.tables import csv_lines

# what each side says, as in the columns of an event
_SAID = (
    "form", "status", "date", "place", "lat", "lon", "precision", "size_low", "size_high", "response", "arrests_low",
    "killed_low",
)  # fmt: skip


def compared_lines(found: Compared, by: str | None = None) -> Iterator[str]:
    """Give a comparison as text, line by line; with `by` how many there are of each form, country or week, too."""
    total = found.events.both + found.events.left + found.events.right
    yield f"{total:,} events\n"
    for name, number in (
        ("both", found.events.both),
        (f"{found.left} only", found.events.left),
        (f"{found.right} only", found.events.right),
    ):
        yield f"  {name:<18}{number:>9,}{_percent(number, total)}\n"
    if found.events.both:
        yield "\n"
        yield f"Of what both have{'agree':>12}{'differ':>9}{found.left + ' only':>18}{found.right + ' only':>18}\n"
    for name, field in found.fields.items():
        if field.agree or field.differ or field.left_only or field.right_only:
            counts = f"{field.agree:>9,}{field.differ:>9,}{field.left_only:>18,}{field.right_only:>18,}"
            yield f"  {name:<18}{counts}\n"
    if by:
        yield "\n"
        yield f"{by:<20}{'both':>9}{found.left + ' only':>18}{found.right + ' only':>18}\n"
        for value, share in next(found.by[name] for name in BYS if name == by).items():
            yield f"  {value or '(not known)':<18}{_counts(share)}\n"


def _counts(share: Share) -> str:
    return f"{share.both:>9,}{share.left:>18,}{share.right:>18,}"


def _percent(number: int, total: int) -> str:
    return f"  {100 * number / total:5.1f} %" if total else ""


def pair_lines(pairs: Iterable[Pair]) -> Iterator[str]:
    """Give the events of a comparison as CSV, one row each: who has it, on what they differ, what each side says."""
    names = (
        "event", "side", "form", "country", "week", "differ", *(f"{name}_left" for name in _SAID),
        *(f"{name}_right" for name in _SAID),
    )  # fmt: skip
    headings = tuple(Heading(name, "text") for name in names)
    rows = (Row(pair.event.id, _cells(pair)) for pair in pairs)
    return csv_lines(Table(headings, ("lat_left", "lon_left"), rows))


def _cells(pair: Pair) -> tuple[Cell, ...]:
    event = pair.event
    return (
        event.id, pair.side, event.form, event.place.country, group_of(event, "week"), pair.differ,
        *_said(pair.left), *_said(pair.right),
    )  # fmt: skip


def _said(side: Event | None) -> Iterator[Cell]:
    for name in _SAID:
        yield VALUES[name](side) if side else None
