"""The pictures of a book: events by week and form, response by form, sizes, sources."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

import msgspec

from rallybook.model.overview import Bin, BinWidth
from rallybook.model.question import Question
from rallybook.model.record import RESPONSE_ACTIONS
from rallybook.ports import Book
from rallybook.server.drawing import COLOURS, Drawing, grid, lines, stacked
from rallybook.server.rendering import label, words

# more bars than these are hairs
_MOST_WEEKS = 110
_SOURCES = 15
# decades, as the codebook has its words: "dozens", "hundreds", "thousands"
_DECADES = (
    (1, 9),
    (10, 99),
    (100, 999),
    (1_000, 9_999),
    (10_000, 99_999),
    (100_000, 999_999),
    (1_000_000, None),
)


class Picture(msgspec.Struct, frozen=True, kw_only=True):
    """A chart with its title, what its numbers count, what it leaves out, and the numbers themselves as a table."""

    name: str
    title: str
    unit: str
    drawing: Drawing
    note: str = ""
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def weeks(book: Book, asked: Question) -> Picture:
    """Give the events by week and form; by month where there are too many weeks."""
    by: BinWidth = "week"
    bins = book.timeline(asked, by=by)
    if len(bins) > _MOST_WEEKS:
        by = "month"
        bins = book.timeline(asked, by=by)
    days = _unbroken(bins, by)
    found = {one.first: one.forms for one in bins}
    totals: Counter[str] = Counter()
    for one in bins:
        totals.update(one.forms)
    chief = [form for form, _ in totals.most_common(len(COLOURS) - 1)]
    series = {form: [found.get(day, {}).get(form, 0) for day in days] for form in chief}  # type: ignore[call-overload]
    if rest := totals.keys() - set(chief):
        series[""] = [sum(found.get(day, {}).get(form, 0) for form in rest) for day in days]  # type: ignore[call-overload]
    said = {form: label(form) if form else words("weeks.rest") for form in series}
    names = [f"{day:%Y-%m}" if by == "month" else f"{day:%Y-%m-%d}" for day in days]
    undated = book.count(asked) - sum(totals.values())
    return Picture(
        name="weeks",
        title=words("weeks.month.title" if by == "month" else "weeks.title"),
        unit=words("weeks.axis"),
        drawing=stacked(names, series, said),
        note=words("weeks.undated", count=f"{undated:,}") if undated else "",
        columns=("", *said.values()),
        rows=_table(names, *series.values()),
    )


def responses(book: Book, asked: Question) -> Picture:
    """Give for each form the share of its events at which the authorities did each thing."""
    actions: tuple[str, ...] = RESPONSE_ACTIONS
    counts, seen = book.facets(asked)["form"], book.responses(asked)
    rows = [
        (label(form), counts[form], [seen.get(form, {}).get(action, 0) for action in actions])
        for form in sorted(counts, key=lambda form: -counts[form])
    ]
    columns = [label(action) for action in actions]
    return Picture(
        name="responses",
        title=words("responses.title"),
        unit=words("responses.axis"),
        drawing=grid(columns, rows),
        note=words("responses.note"),
        columns=("", words("weeks.axis"), *columns),
        rows=tuple((form, f"{total:,}", *(f"{count:,}" for count in told)) for form, total, told in rows),
    )


def sizes(book: Book, asked: Question) -> Picture:
    """Give how many events had tens, hundreds, thousands of people, by their lowest count."""
    found: Counter[int | None] = Counter()
    for (low, high), number in book.sizes(asked).items():
        found[low if low is not None else high] += number
    known = {size: number for size, number in found.items() if size}
    counted = [
        sum(number for size, number in known.items() if low <= size and (high is None or size <= high))
        for low, high in _DECADES
    ]
    names = [f"{low:,}–{high:,}" if high else f"{low:,}+" for low, high in _DECADES]
    return Picture(
        name="sizes",
        title=words("sizes.title"),
        unit=words("sizes.axis"),
        drawing=lines(list(zip(names, counted, strict=True)), margin=150),
        note=words("sizes.unknown", count=f"{found.total() - sum(known.values()):,}"),
        columns=("", words("sizes.axis")),
        rows=_table(names, counted),
    )


def sources(book: Book, asked: Question) -> Picture:
    """Give the outlets that told most of the events."""
    facet = book.facets(asked).get("source", {})
    counted = Counter({name or words("sources.unnamed"): number for name, number in facet.items()})
    chief = counted.most_common(_SOURCES)
    return Picture(
        name="sources",
        title=words("sources.title"),
        unit=words("sources.axis"),
        drawing=lines(chief),
        columns=("", words("sources.axis")),
        rows=tuple((name, f"{number:,}") for name, number in chief),
    )


PICTURES: dict[str, Callable[[Book, Question], Picture]] = {
    "weeks": weeks,
    "responses": responses,
    "sizes": sizes,
    "sources": sources,
}


def _unbroken(bins: Sequence[Bin], by: BinWidth) -> list[dt.date]:
    """Give the first days of all weeks or months from the first bin to the last, also of empty ones."""
    if not bins:
        return []
    days, last = [bins[0].first], bins[-1].first
    while days[-1] < last:
        day = days[-1]
        days.append(
            (day.replace(day=1) + dt.timedelta(32)).replace(day=1) if by == "month" else day + dt.timedelta(7)
        )
    return days


def _table(names: Sequence[str], *columns: Iterable[int]) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (name, *(f"{number:,}" for number in row)) for name, *row in zip(names, *columns, strict=True)
    )
