"""The figures for each value of a field: which forms, places or countries are found."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

from rallybook.evaluation.labelled import Labelled
from rallybook.evaluation.records_score import Match

GROUPS: dict[str, Callable[[Labelled], str]] = {
    "form": lambda record: record.form or "",
    "status": lambda record: record.status or "",
    "focus": lambda record: record.focus or "",
    "umbrella": lambda record: "yes" if record.umbrella else "no",
    "place": lambda record: record.site.precision or "unknown",
    "country": lambda record: record.site.country or "",
    "date": lambda record: _date_kind(record.edtf),
}


class Group(msgspec.Struct, kw_only=True):
    """Gold records with one value of a field: how many were found, how many right; and what was invented."""

    value: str
    gold: int = 0
    found: int = 0
    right: int = 0
    invented: int = 0


def groups(articles: Iterable[Iterable[Match]], by: str) -> list[Group]:
    """Give the groups by a field of `GROUPS`, the largest first; an invented record counts by its value."""
    found: dict[str, Group] = {}
    for match in (match for article in articles for match in article):
        record = match.gold or match.predicted
        assert record is not None
        value = GROUPS[by](record) or "(none)"
        group = found.setdefault(value, Group(value=value))
        group.gold += match.gold is not None
        group.found += match.gold is not None and match.predicted is not None
        group.right += match.right
        group.invented += match.gold is None
    return sorted(found.values(), key=lambda group: (-group.gold, -group.invented, group.value))


def _date_kind(edtf: str) -> str:
    if not edtf:
        return "none"
    if "/" in edtf:
        return "interval"
    return "day" if len(edtf) == 10 and edtf[-1].isdigit() else "part of a date"
