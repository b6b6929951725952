"""Chooses how sure the reader of acts must be of a word to begin a participant, organiser, target or claim.

    python -m rallybook.training.read_roles DATA --tagged FILE --reader FOLDER [--write]

Each labelled record is read at its trigger by a reader that did not learn from its article
(`rallybook.training.act_reader` writes FOLDER; articles of parts that are not there are left out). Prints the word F1
of each role by file at the bound that is best for `train`, `written` and our own articles, and what other bounds give.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from rallybook.coding.act_reader import ActReader
from rallybook.coding.mentions_read import ask
from rallybook.coding.read_roles import role_runs
from rallybook.coding.tagged import Tagged
from rallybook.coding.weighing import ROLES, Role
from rallybook.training.corpus import Lesson, trigger_of
from rallybook.training.fitting import FOLDER, fitted_on, mean, options, readers
from rallybook.training.parts import part_of
from rallybook.training.rows import Row

FILE = "read_roles.json"
MEASURED = ("train", "written", "articles")
_BOUNDS = (-2.0, -1.5, -1.0, -0.5, 0.0, 0.5, 1.0)
_WORD = re.compile(r"\w+")


class Sample(NamedTuple):
    """A labelled record, the text that tells it, and what the reader says of its act."""

    file: str
    text: str
    event: Row
    read: Tagged


def main() -> None:
    """Read the arguments, choose, print."""
    asked = options(__doc__, reader=True)
    if asked.reader is None:
        raise SystemExit("--reader: received nothing, allowed: the folder of the cross-validated readers")
    samples = [sample for lesson in fitted_on(asked) for sample in _samples(lesson, readers(asked))]
    bounds = {role: _best(samples, role) for role in ROLES}
    if asked.write:
        (FOLDER / FILE).write_text(f"{json.dumps(bounds, sort_keys=True)}\n", "utf-8")


def _samples(lesson: Lesson, asked: Mapping[int, ActReader]) -> Iterator[Sample]:
    scene = lesson.scene
    reader = asked[part_of(scene.reading.article.id)]
    for event in lesson.events:
        if act := trigger_of(scene, event):
            yield Sample(lesson.file, scene.text, event, ask(scene, act, reader))


def _best(samples: Sequence[Sample], role: Role) -> float:
    shown = [sample for sample in samples if sample.file in MEASURED]
    figures = {bound: mean(_overlap(sample, role, bound) for sample in shown) for bound in _BOUNDS}
    best = max(figures, key=figures.__getitem__)
    each = {
        file: mean(_overlap(sample, role, best) for sample in samples if sample.file == file)
        for file in dict.fromkeys(sample.file for sample in samples)
    }
    words = "  ".join(f"{file} {figure:.3f}" for file, figure in each.items())
    others = " ".join(f"{bound:g}: {figure:.3f}" for bound, figure in figures.items())
    sys.stdout.write(f"{role:12} {best:g}  {words}  ({others})\n")
    sys.stdout.flush()
    return best


def _overlap(sample: Sample, role: Role, bound: float) -> float | None:
    """Give the F1 of the words of a role; None where there are none, nor any given."""
    (runs,) = role_runs(sample.text, sample.read, {role: bound}).values()
    got = {word for start, end in runs for word in _words(sample.text[start:end])}
    gold = {word for words in sample.event.get(role) or () for word in _words(words)}
    return 2 * len(got & gold) / (len(got) + len(gold)) if got or gold else None


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


if __name__ == "__main__":
    main()
