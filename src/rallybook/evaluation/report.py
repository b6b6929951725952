"""A comparison of two files, worded: figures with intervals, groups, errors."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import Any

import msgspec

from rallybook.evaluation.errors import CAUSES, described, errors, summary, texts
from rallybook.evaluation.groups import groups
from rallybook.evaluation.intervals import intervals
from rallybook.evaluation.labelled import load
from rallybook.evaluation.records_score import MEASURES, Match, matches, tally


def compare(gold: Path, predicted: Path) -> Comparison:
    """Compare two files of records; raises `InputError` for one that cannot be read."""
    labelled, coded = load(gold), load(predicted)
    return Comparison(matches(labelled, coded), absent=len(labelled.keys() - coded.keys()))


class Comparison:
    """The matches of a comparison, and what can be told of them."""

    def __init__(self, found: list[list[Match]], *, absent: int = 0) -> None:
        """Take the matches of each gold article; `absent` of these articles were not predicted."""
        self._matches = found
        self._absent = absent
        self.figures = tally(found).figures()
        self.intervals = intervals(found)

    def as_json(self, by: str | None = None) -> dict[str, Any]:
        """Give the figures as plain objects; each has its 95 % interval (of F1, or of the mean)."""
        plain: dict[str, Any] = msgspec.to_builtins(self.figures) | {"absent": self._absent}
        for name, figure in [*((name, plain[name]) for name in MEASURES), *plain["fields"].items()]:
            figure["interval"] = list(self.intervals.get(name, ()))
        plain["errors"] = {cause: summary(self._matches)[cause] for cause in CAUSES}
        if by:
            plain["by"] = {by: msgspec.to_builtins(groups(self._matches, by))}
        return plain

    def as_text(self, by: str | None = None) -> str:
        """Give the figures as a table for people."""
        lines = [f"{self.figures.articles} articles; [95 % interval of F1 or mean]"]
        if self._absent:
            lines.append(f"not in PRED: {self._absent} articles, whose records count as missed")
        for measure in MEASURES:
            figure = getattr(self.figures, measure)
            lines.append(
                f"{measure:13s} P {figure.P:.3f}  R {figure.R:.3f}  F1 {figure.F1:.3f} "
                f"{self._interval(measure)}  ({figure.tp} of {figure.gold} gold, {figure.pred} predicted)"
            )
        for name, mean in self.figures.fields.items():
            lines.append(f"  {name:13s} {mean.mean:.3f} {self._interval(name)}  n={mean.n}")
        counts = summary(self._matches)
        lines.append("errors by cause: " + ", ".join(f"{cause} {counts[cause]}" for cause in CAUSES))
        return "\n".join(lines + (self._groups(by) if by else []))

    def errors(self, most: int, *, cause: str | None = None, text: Path | None = None) -> str:
        """Give at most so many errors of each cause, or of one; the file `text` gives their context."""
        context = texts(text) if text else {}
        parts: list[str] = []
        counts = summary(self._matches)
        for name in [cause] if cause else CAUSES:
            parts.append(_heading(name, counts[name], most))
            parts += [f"{described(match, context)}\n" for match in islice(errors(self._matches, name), most)]
        return "\n".join(parts)

    def _interval(self, name: str) -> str:
        interval = self.intervals.get(name)
        return f"[{interval[0]:.3f}, {interval[1]:.3f}]" if interval else ""

    def _groups(self, by: str) -> list[str]:
        lines = ["", f"{by:20s} {'gold':>5s} {'found':>6s} {'right':>6s} {'invented':>9s}"]
        for group in groups(self._matches, by):
            counts = f"{group.gold:5d} {group.found:6d} {group.right:6d} {group.invented:9d}"
            lines.append(f"{group.value:20s} {counts}")
        return lines


def _heading(cause: str, count: int, most: int) -> str:
    """Head the errors of a cause, and tell how many of them follow where it is not all."""
    some = f", {most} of them below" if count > most else ""
    return f"\n== {cause}: {count} error{'' if count == 1 else 's'}{some}\n"
