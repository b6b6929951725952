"""What the coder would give with networks that never err: their scores replaced by the labels, stage by stage.

    RALLYBOOK_DATA=../shared/data python bench/ceiling.py [FILE ...]

Codes labelled articles (`dev` and `dev_written` where no FILE is given) as shipped, with the scores of the tagger
replaced by the tags that it should have given (of acts, forms, statuses, focus, reach and roles), with those of the
reader of acts, and with both. What is wrong in the last row the networks cannot mend: rules and linear models lost it. The
labels are read to measure here; nothing learns from them.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rallybook.api import read
from rallybook.coding import pipeline
from rallybook.coding.act_columns import READER
from rallybook.coding.act_reader import ActReader
from rallybook.coding.act_windows import MARKED
from rallybook.coding.columns import ACT, Columns
from rallybook.coding.pipeline import EventCoder
from rallybook.coding.tagged import Tagged
from rallybook.coding.tagger import Tagger
from rallybook.coding.windows import Window
from rallybook.evaluation.labelled import as_labelled, load
from rallybook.evaluation.records_score import score
from rallybook.training.corpus import Lesson
from rallybook.training.labels import Told
from rallybook.training.marked_acts import act_pages
from rallybook.training.page import (
    ACT_TAG,
    EXTENT_TAG,
    FOCUS_TAG,
    FORM_TAG,
    ROLE_TAG,
    SCALE_TAG,
    STATUS_TAG,
    UNTOLD,
    Tags,
)
from rallybook.training.rows import Row, rows
from rallybook.training.tags import sheet
from rallybook.training.unquoted import unquoted
from rallybook.training.whereabouts import whereabouts
from tags import inside, read_with

DATA = Path(os.environ.get("RALLYBOOK_DATA", "../shared/data")) / "protest_records"
SETS = ("dev", "dev_written")
SURE = 6.0  # log odds of what the labels say
SHOWN = (
    "place",
    "date",
    "form",
    "status",
    "focus",
    "size",
    "arrests",
    "response",
    "participants",
    "organisers",
    "claims",
)
Key = tuple[tuple[int, ...], tuple[int, ...]]
Marked = tuple[frozenset[int], Tags]


def main() -> None:
    paths = [Path(name) for name in sys.argv[1:]] or [DATA / f"{name}.jsonl" for name in SETS]
    print(f"| set | networks | detect | record | focal record | {' | '.join(SHOWN)} |")
    print("|---|---|---|---|---" + "|---" * len(SHOWN) + "|")
    for path in paths:
        tagger, reader = LabelledTagger(), LabelledReader()
        for row in rows(path):
            _learn(row, path.stem, tagger, reader)
        for name, tags, roles in (("as shipped", False, False), ("perfect tagger", True, False),
                                  ("perfect reader", False, True), ("both perfect", True, True)):  # fmt: skip
            tagger.asked, reader.asked = tags, roles
            print(f"| {path.stem} | {name} | {figures(path, tagger, reader)} |", flush=True)


class LabelledTagger(Tagger):
    """The tagger; where it is asked to be perfect its scores of known windows are those that the labels ask for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked, self.known = False, dict[Key, Tags]()

    def scored(self, cut: Sequence[Window]) -> Tagged:
        """Give the scores of the pieces of some windows."""
        found = super().scored(cut)
        return (
            _labelled(found, cut, [self.known.get(_key(window)) for window in cut]) if self.asked else found
        )


class LabelledReader(ActReader):
    """The reader of acts; where it is asked to be perfect it tells of labelled acts what the labels tell."""

    def __init__(self) -> None:
        super().__init__()
        self.asked, self.known = False, dict[Key, list[Marked]]()

    def scored(self, cut: Sequence[Window]) -> Tagged:
        """Give the scores of the pieces of some windows."""
        found = super().scored(cut)
        return _labelled(found, cut, list(map(self._tags, cut))) if self.asked else found

    def _tags(self, window: Window) -> Tags | None:
        """Give the tags of the labelled act whose words share most with those that are marked; None where none does."""
        marked = _marked(window)
        shared = [(len(marked & own), own, tags) for own, tags in self.known.get(_key(window), ())]
        most, own, tags = max(shared, key=lambda one: one[0], default=(0, frozenset[int](), None))
        if not most or tags is None:
            return None
        # what is told of the words that name the act is told of the words that were marked in their place
        moved, of_act = tags.copy(), tags[min(own)]
        for n in marked:
            moved[n, :ROLE_TAG] = of_act[:ROLE_TAG]
            moved[n, ROLE_TAG:] = np.where(
                tags[n, ROLE_TAG:] == UNTOLD, of_act[ROLE_TAG:], tags[n, ROLE_TAG:]
            )
        return moved


def _key(window: Window) -> Key:
    return tuple(window.pieces), tuple(window.starts)


def _marked(window: Window) -> frozenset[int]:
    return frozenset(n for n, shape in enumerate(window.shapes) if shape >= MARKED)


def _labelled(found: Tagged, cut: Sequence[Window], told: Sequence[Tags | None]) -> Tagged:
    """Put what the labels tell into the scores of some windows, which stand below each other without their heads."""
    at = 0
    for window, tags in zip(cut, told, strict=True):
        own = inside(window)
        if tags is not None:
            _put(found.scores[at : at + len(own)], tags[own], found.columns)
        at += len(own)
    return found


def _put(scores: NDArray[np.float32], tags: Tags, columns: Columns) -> None:
    either = {ACT: ACT_TAG, columns.focus: FOCUS_TAG}
    either |= {columns.role.start + n: ROLE_TAG + n for n in range(len(columns.roles))}
    for column, tag in either.items():
        told = tags[:, tag] != UNTOLD
        scores[told, column] = np.where(tags[told, tag] == 1, SURE, -SURE)
    one_of = (
        (columns.form, FORM_TAG),
        (columns.status, STATUS_TAG),
        (columns.scale, SCALE_TAG),
        (columns.extent, EXTENT_TAG),
    )
    for group, tag in one_of:
        told = np.nonzero(tags[:, tag] != UNTOLD)[0]
        scores[told, group] = -SURE
        scores[told, group.start + tags[told, tag]] = SURE


def figures(path: Path, tagger: LabelledTagger, reader: LabelledReader) -> str:
    """Give the figures of a labelled set that is coded with these networks."""
    # each process makes its networks once: here they are others
    pipeline._tagger, pipeline.reader = lambda: tagger, lambda: reader  # type: ignore[assignment]
    coder = EventCoder()
    found = score(load(path), {one.id: tuple(map(as_labelled, coder.code(one).events)) for one in read(path)})
    whole = (found.detect.F1, found.record.F1, found.focal_record.F1)
    return " | ".join(f"{value:.3f}" for value in (*whole, *(found.fields[name].mean for name in SHOWN)))


def _learn(row: Row, name: str, tagger: LabelledTagger, reader: LabelledReader) -> None:
    lesson, _ = read_with(tagger, row, name)
    known = sheet(lesson)
    tagger.known |= {_key(window): tags for window, tags in zip(known.windows, known.tags, strict=True)}
    for page in act_pages(lesson.scene, lesson.events, READER, also=partial(_beside, lesson)):
        if not page.is_none:
            reader.known.setdefault(_key(page.window), []).append((_marked(page.window), page.tags))


def _beside(lesson: Lesson, event: Row) -> Iterator[Told]:
    yield from unquoted(lesson, event)
    yield from whereabouts(lesson, event)


if __name__ == "__main__":
    main()
