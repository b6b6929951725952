"""Charts as shapes: where bars, cells and words of a picture stand, before they are written as SVG."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

import msgspec

WIDTH = 760
_LEFT, _RIGHT, _TOP, _AXIS = 48, 12, 8, 26
_PLOT = 220
# one line of a chart of lines
_ROW = 24
# colours that stay apart in print, on both grounds and for the colour-blind (after Okabe and Ito); the last is the rest
COLOURS = ("#9c3220", "#2467a3", "#c98a1b", "#3f7d53", "#8a5a9e", "#8d8f94")


class Box(msgspec.Struct, frozen=True, kw_only=True):
    """A filled rectangle; `said` is what a reader hears or sees when pointing at it."""

    x: float
    y: float
    width: float
    height: float
    colour: int = 0
    strength: float = 1.0
    said: str = ""


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """A line of text; `anchor` is where it stands on its point: start, middle or end."""

    x: float
    y: float
    text: str
    anchor: str = "start"
    strong: bool = False
    on_colour: bool = False


class Rule(msgspec.Struct, frozen=True):
    """A line across the chart at a height, from left to right."""

    y: float
    left: float = _LEFT
    right: float = WIDTH - _RIGHT


class Path(msgspec.Struct, frozen=True, kw_only=True):
    """A line through points."""

    points: str
    colour: int


class Dot(msgspec.Struct, frozen=True, kw_only=True):
    """A point on a line; `said` is what a reader hears or sees when pointing at it."""

    x: float
    y: float
    colour: int
    said: str


class Drawing(msgspec.Struct, frozen=True, kw_only=True):
    """The shapes of a picture, and its height; `key` names the colours that it uses."""

    height: float
    boxes: tuple[Box, ...] = ()
    words: tuple[Words, ...] = ()
    rules: tuple[Rule, ...] = ()
    paths: tuple[Path, ...] = ()
    dots: tuple[Dot, ...] = ()
    key: tuple[tuple[int, str], ...] = ()


def stacked(labels: Sequence[str], series: Mapping[str, Sequence[int]], said: Mapping[str, str]) -> Drawing:
    """Give bars side by side, one for each label, each of them the series one upon another."""
    step = (WIDTH - _LEFT - _RIGHT) / max(len(labels), 1)
    totals = [sum(column) for column in zip(*series.values(), strict=True)]
    most = nice(max(totals, default=0))
    boxes = []
    for at, name in enumerate(labels):
        heights = [values[at] / most * _PLOT for values in series.values()]
        tops = accumulate(heights)
        boxes += [
            Box(
                x=_LEFT + at * step, y=_TOP + _PLOT - top, width=max(step * 0.86, 0.6), height=height, colour=colour,
                said=f"{name}, {said[form]}: {series[form][at]:,}",
            )
            for colour, (form, height, top) in enumerate(zip(series, heights, tops, strict=True))
            if height
        ]  # fmt: skip
    return Drawing(
        height=_TOP + _PLOT + _AXIS,
        boxes=tuple(boxes),
        words=(*_scale(most), *_below(labels, step)),
        rules=tuple(Rule(_TOP + _PLOT * (1 - part / 2)) for part in range(3)),
        key=tuple((colour, said[form]) for colour, form in enumerate(series)) if len(series) > 1 else (),
    )


def lines(counted: Sequence[tuple[str, int]], *, margin: float = 220) -> Drawing:
    """Give one bar beneath another, each with its label and its number."""
    most = max((number for _, number in counted), default=0) or 1
    room = WIDTH - margin - 70
    boxes, words = [], []
    for at, (name, number) in enumerate(counted):
        y = at * _ROW
        width = number / most * room
        boxes.append(Box(x=margin, y=y + 4, width=width, height=_ROW - 8, said=f"{name}: {number:,}"))
        words.append(Words(x=margin - 8, y=y + 16, text=_cut(name, 32), anchor="end"))
        words.append(Words(x=margin + width + 6, y=y + 16, text=f"{number:,}"))
    return Drawing(height=len(counted) * _ROW, boxes=tuple(boxes), words=tuple(words))


def grid(
    columns: Sequence[str], rows: Sequence[tuple[str, int, Sequence[int]]], *, margin: float = 150
) -> Drawing:
    """Give a table of shares: for each row its label, its total, and how many of these each column has."""
    step = (WIDTH - margin - _RIGHT) / max(len(columns), 1)
    words = [
        Words(x=margin + (at + 0.5) * step, y=14, text=name, anchor="middle")
        for at, name in enumerate(columns)
    ]
    boxes = []
    for row, (name, total, counts) in enumerate(rows):
        y = _ROW + row * _ROW
        words.append(Words(x=margin - 8, y=y + 16, text=f"{name} ({total:,})", anchor="end"))
        for at, count in enumerate(counts):
            share = count / total if total else 0
            middle = margin + (at + 0.5) * step
            boxes.append(
                Box(
                    x=margin + at * step + 1, y=y + 1, width=step - 2, height=_ROW - 2, strength=round(share, 3),
                    said=f"{name}, {columns[at]}: {count:,} of {total:,}",
                )
            )  # fmt: skip
            words.append(
                Words(
                    x=middle,
                    y=y + 16,
                    text=f"{share:.0%}" if count else "–",
                    anchor="middle",
                    on_colour=share > 0.55,
                )
            )
    return Drawing(height=_ROW * (len(rows) + 1), boxes=tuple(boxes), words=tuple(words))


class Line(NamedTuple):
    """The course of something: a value from 0 to 1 for each label, None where there is none."""

    name: str
    values: tuple[float | None, ...]


def curves(labels: Sequence[str], told: Sequence[Line], *, bounds: Sequence[float] = ()) -> Drawing:
    """Give the course of some values from 0 to 1, each as dots that a line joins; `bounds` are lines across."""
    step = (WIDTH - _LEFT - _RIGHT) / max(len(labels), 1)
    paths, dots = [], []
    for colour, line in enumerate(told):
        points = [
            (_LEFT + (at + 0.5) * step, _TOP + _PLOT * (1 - min(max(value, 0.0), 1.0)))
            for at, value in enumerate(line.values)
            if value is not None
        ]
        paths.append(Path(colour=colour, points=" ".join(f"{x:.1f},{y:.1f}" for x, y in points)))
        said = [
            f"{line.name}, {labels[at]}: {value:.2f}"
            for at, value in enumerate(line.values)
            if value is not None
        ]
        dots += [Dot(x=x, y=y, colour=colour, said=words) for (x, y), words in zip(points, said, strict=True)]
    return Drawing(
        height=_TOP + _PLOT + _AXIS,
        paths=tuple(paths),
        dots=tuple(dots),
        words=(
            *(
                Words(x=_LEFT - 6, y=_TOP + _PLOT * (1 - at) + 4, text=f"{at:.3g}", anchor="end")
                for at in (0, 1, *bounds)
            ),
            *(
                Words(x=_LEFT + (at + 0.5) * step, y=_TOP + _PLOT + 18, text=labels[at], anchor="middle")
                for at in range(0, len(labels), max(1, round(90 / step)))
            ),
        ),
        rules=tuple(Rule(_TOP + _PLOT * (1 - at)) for at in (0, 1, *bounds)),
        key=tuple((colour, line.name) for colour, line in enumerate(told)),
    )


def nice(most: int) -> int:
    """Give a round number that is no less: 1, 2, 4, 6, 10, 20, 40, 60, 100, ..."""
    size = 1
    while True:
        for step in (1, 2, 4, 6):
            if step * size >= most:
                return step * size
        size *= 10


def _scale(most: int) -> Iterator[Words]:
    for part in range(3):
        if most * part % 2 == 0:
            text = f"{most * part // 2:,}"
            yield Words(x=_LEFT - 6, y=_TOP + _PLOT * (1 - part / 2) + 4, text=text, anchor="end")


def _below(labels: Sequence[str], step: float) -> Iterator[Words]:
    # a label has some 70 units of room
    every = max(1, round(70 / step))
    for at in range(0, len(labels), every):
        yield Words(x=_LEFT + (at + 0.43) * step, y=_TOP + _PLOT + 18, text=labels[at], anchor="middle")


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"
