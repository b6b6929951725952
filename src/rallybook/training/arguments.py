"""Fits the weights by which stretches of text play a role in an act: participants, organisers, targets, claims.

    python -m rallybook.training.arguments DATA [--write]

Each labelled record is read at its trigger. Prints the word F1 of a five-fold cross-validation (folds by article) at
the bounds that are best for `train`, `written` and our own articles; `--write` puts the models fitted on everything
into the coder.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from rallybook.coding.arguments import stretches
from rallybook.coding.linear import Weights
from rallybook.coding.weighing import ROLES, Candidate, Picks, Role, argument_models, picked
from rallybook.training.corpus import FOLDS, Lesson, trigger_of
from rallybook.training.fitting import fitted_on, mean, options, store
from rallybook.training.regression import Table

FILE = "arguments.json"
MEASURED = ("train", "written", "articles")
_EACH = (-1.0, -0.6, -0.3, 0.0, 0.3, 0.6)
_BEST = (-2.5, -2.0, -1.6, -1.3, -1.0, -0.6, -0.3, 0.0)
# of participants a pull of 1 keeps twice the marks for the same F1, one of 4 costs 0.01
_PULL = 2.0
_FREE = frozenset({"bias", "bias elsewhere", "here", "elsewhere"})
_WORD = re.compile(r"\w+")
Bag = frozenset[str]


class Sample(NamedTuple):
    """A gold record, the stretches that may play each role, and which of them are right."""

    lesson: Lesson
    gold: dict[Role, Bag]
    found: dict[Role, list[Candidate]]
    right: dict[Role, list[bool]]

    def bag(self, start: int, end: int) -> Bag:
        """Give the words of a stretch."""
        return _bag(self.lesson.scene.text[start:end])


def main() -> None:
    """Read the arguments, fit, print."""
    asked = options(__doc__)
    samples = [sample for lesson in fitted_on(asked) for sample in samples_of(lesson)]
    models = argument_models()
    for role in ROLES:
        models.bounds[role], models.weights[role] = fitted(samples, role)
    if asked.write:
        store(FILE, models)


def samples_of(lesson: Lesson) -> Iterator[Sample]:
    """Give a sample for each record of an article whose trigger stands in the text."""
    scene = lesson.scene
    for event in lesson.events:
        trigger = trigger_of(scene, event)
        if trigger is None:
            continue
        sentence = scene.sentence_at(trigger[0])
        found = stretches(scene.text, (sentence.start, sentence.end), trigger)
        values = {role: [_bag(words) for words in event.get(role) or ()] for role in ROLES}
        right = {
            role: [_matches(_bag(scene.text[c.start : c.end]), values[role]) for c in found[role]]
            for role in ROLES
        }
        yield Sample(lesson, {role: Bag().union(*values[role]) for role in ROLES}, found, right)


def _bag(words: str) -> Bag:
    return Bag(_WORD.findall(words.lower()))


def _matches(shown: Bag, gold: Sequence[Bag]) -> bool:
    return any(2 * len(shown & one) >= 0.5 * (len(shown) + len(one)) for one in gold if one)


def fitted(samples: Sequence[Sample], role: Role) -> tuple[Picks, Weights]:
    """Give the bounds that are best in cross-validation, and the weights from everything; print what they give."""
    rows = [
        (c.marks, y, s.lesson.scene.reading.article.id)
        for s in samples
        for c, y in zip(s.found[role], s.right[role], strict=True)
    ]
    folds = np.array([s.lesson.fold for s in samples for _ in s.found[role]])
    table = Table(rows)
    odds = np.zeros(len(rows))
    for fold in range(FOLDS):
        model = table.fit(folds != fold, pull=_PULL, free=_FREE)
        odds[folds == fold] = table.odds(model)[folds == fold]
    ends = np.cumsum([len(s.found[role]) for s in samples])[:-1]
    told = list(zip(samples, map(np.ndarray.tolist, np.split(odds, ends)), strict=True))
    return _best(told, role), table.fit(pull=_PULL, free=_FREE)


def _best(told: Sequence[tuple[Sample, list[float]]], role: Role) -> Picks:
    pairs = [Picks(each, best) for each in _EACH for best in _BEST if best <= each]
    shown = [pair for pair in told if pair[0].lesson.file in MEASURED]
    figures = {pair: mean(_overlap(s, role, odds, pair) for s, odds in shown) for pair in pairs}
    best = max(figures, key=figures.__getitem__)
    each = {
        file: mean(_overlap(s, role, odds, best) for s, odds in told if s.lesson.file == file)
        for file in dict.fromkeys(s.lesson.file for s, _ in told)
    }
    words = "  ".join(f"{file} {figure:.3f}" for file, figure in each.items())
    sys.stdout.write(f"{role:12} {tuple(best)}  {words}\n")
    sys.stdout.flush()
    return best


def _overlap(sample: Sample, role: Role, odds: Sequence[float], bounds: Picks) -> float | None:
    got = Bag().union(*(sample.bag(*span) for span in picked(sample.found[role], odds, bounds)))
    gold = sample.gold[role]
    return 2 * len(got & gold) / (len(got) + len(gold)) if got or gold else None


if __name__ == "__main__":
    main()
