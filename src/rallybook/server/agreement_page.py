"""What the page of agreement shows: alpha of each field as a row with its interval, and how it went over time."""

from __future__ import annotations

import msgspec

from rallybook.server.agreements import Agreements
from rallybook.server.drawing import Drawing, Line, curves
from rallybook.server.rendering import label, words

# Krippendorff's own bounds: below the first nothing can be concluded, from the second on data are reliable
TENTATIVE, RELIABLE = 0.667, 0.8
# the fields whose course is drawn; as many as colours stay apart
_DRAWN = ("form", "status", "date", "place", "size")


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """The agreement on a field: figures as shown, `grade` in words, and where alpha and its interval lie, 0 to 100."""

    field: str
    alpha: str
    interval: str
    same: str
    units: int
    grade: str = ""
    at: float | None = None
    low: float = 0.0
    width: float = 0.0
    periods: tuple[str, ...] = ()


def agreement_rows(found: Agreements) -> tuple[Row, ...]:
    """Give a row for each field."""
    return tuple(_row(found, field) for field in found.total.fields)


def drawn(found: Agreements) -> Drawing | None:
    """Give the course of the chief fields over time; None where there are fewer than two periods."""
    if len(found.periods) < 2:
        return None
    lines = [
        Line(label(field), tuple(period.fields[field].alpha for period in found.periods)) for field in _DRAWN
    ]
    return curves([period.period for period in found.periods], lines, bounds=(TENTATIVE, RELIABLE))


def _row(found: Agreements, field: str) -> Row:
    told = found.total.fields[field]
    shown = Row(
        field=field,
        alpha="–" if told.alpha is None else f"{told.alpha:.2f}",
        interval="" if told.low is None or told.high is None else f"{told.low:.2f} – {told.high:.2f}",
        same=f"{told.same:.0%}" if told.units else "–",
        units=told.units,
        periods=tuple(
            "–" if one.fields[field].alpha is None else f"{one.fields[field].alpha:.2f}"
            for one in found.periods
        ),
    )
    if told.alpha is None or told.low is None or told.high is None:
        return msgspec.structs.replace(shown, grade=words("agreement.unvaried") if told.units > 1 else "")
    low, high = _at(told.low), _at(told.high)
    return msgspec.structs.replace(
        shown, grade=_grade(told.alpha), at=_at(told.alpha), low=low, width=round(max(high - low, 0.6), 2)
    )


def _at(alpha: float) -> float:
    return round(min(max(alpha, 0.0), 1.0) * 100, 2)


def _grade(alpha: float) -> str:
    if alpha >= RELIABLE:
        return words("agreement.reliable")
    return words("agreement.tentative") if alpha >= TENTATIVE else words("agreement.low")
