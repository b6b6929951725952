"""Fits the weights by which numbers are given to acts that were read: how many were arrested, hurt, killed.

    python -m rallybook.training.act_counts DATA --tagged FILE --reader FOLDER [--write]

The coder's acts, as readers see them that did not learn from their articles (`rallybook.training.act_reader` writes
FOLDER; articles of parts that are not there are left out), are paired with the labelled records of the same article; a
number is right where the record tells it, or where it is one end of what the record tells. Prints for each measure how
often the range is right over the pairs whose record or act tells one, in a five-fold cross-validation (folds by
article), before and at the best bounds; `--write` puts the models fitted on everything into the coder.
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from rallybook.coding.act_counts import chosen_numbers, marked, told_count
from rallybook.coding.act_numbers import Number, standings
from rallybook.coding.linear import Weights, weighed
from rallybook.coding.measure_marks import Surroundings
from rallybook.coding.weighing import Counted, Models, Picks
from rallybook.evaluation.counts import counts_of, is_told, same, tells
from rallybook.evaluation.labelled import LabelledRange
from rallybook.model.mention import COUNTED_ACTIONS
from rallybook.training.corpus import FOLDS, fold_of
from rallybook.training.fitting import fitted_on, options, readers, store
from rallybook.training.measures import PULL, Case, cases_of, table_of
from rallybook.training.regression import Table

FILE = "act_counts.json"
MEASURED = ("train", "written", "articles")
_PULL = 1.0
# of bounds that are as good as the best the highest are taken: what is told can be corrected, what is invented misleads
_AS_GOOD = 0.005
_BEST, _EACH = (-1.5, -1.0, -0.75, -0.5, -0.25, 0.0, 0.5), (-1.0, -0.5, -0.25, 0.0, 0.25, 0.5, 1.0)


class Weighed(NamedTuple):
    """A number as it stands to an act: the marks that speak for and against its being the act's."""

    number: Number
    marks: tuple[str, ...]


class Row(NamedTuple):
    """An act that stands for a labelled record: its gold count, and the numbers that may tell it."""

    file: str
    article: str
    gold: LabelledRange
    numbers: tuple[Weighed, ...]


def main() -> None:
    """Read the arguments, fit, print."""
    asked = options(__doc__, reader=True)
    if asked.reader is None:
        raise SystemExit("--reader: received nothing, allowed: the folder of the cross-validated readers")
    cases = list(cases_of(fitted_on(asked), readers(asked)))
    models = fitted({measure: list(rows_of(cases, measure)) for measure in COUNTED_ACTIONS})
    if asked.write:
        store(FILE, models)


def rows_of(cases: Sequence[Case], measure: Counted) -> Iterator[Row]:
    """Give the acts of some articles with the numbers that may be a measure of them.

    How a number stands to an act is told by weights that were fitted on other articles, as it is of unknown ones.
    """
    table, parts = table_of(cases, measure)
    placed_by = [table.fit(parts != part, pull=PULL) for part in range(FOLDS)]
    for lesson, acts, _, gold, _ in cases:
        around = Surroundings(lesson.scene, acts)
        told = standings(around, measure, placed_by[lesson.fold])
        numbers = [
            tuple(
                Weighed(one.number, marks)
                for one, marks in zip(near, marked(lesson.scene, act, near), strict=True)
            )
            for act, near in zip(acts, told, strict=True)
        ]
        for act, record in gold.items():
            article = lesson.scene.reading.article.id
            yield Row(lesson.file, article, counts_of(record)[measure], numbers[act])


def fitted(told: dict[Counted, list[Row]]) -> Models[Picks]:
    """Give the models fitted on some rows; print how often they are right in cross-validation."""
    models: Models[Picks] = Models({}, {})
    for measure, rows in told.items():
        table = Table(
            (number.marks, tells(number.number.told.count, row.gold), row.article)
            for row in rows
            for number in row.numbers
        )
        parts = np.array([fold_of(row.article) for row in rows for _ in row.numbers])
        each = [table.fit(parts != part, pull=_PULL) for part in range(FOLDS)]
        models.bounds[measure] = _best(rows, each, measure)
        models.weights[measure] = table.fit(pull=_PULL)
    return models


def _best(rows: Sequence[Row], each: Sequence[Weights], measure: Counted) -> Picks:
    scores = [[weighed(each[fold_of(row.article)], number.marks) for number in row.numbers] for row in rows]
    shown = [(row, held) for row, held in zip(rows, scores, strict=True) if row.file in MEASURED]
    tried = {
        Picks(every, best): right(shown, Picks(every, best))
        for best, every in itertools.product(_BEST, _EACH)
    }
    as_good = [picks for picks, figure in tried.items() if figure >= max(tried.values()) - _AS_GOOD]
    best = max(as_good, key=lambda picks: (picks.best, picks.each))
    by_file = (f"{file} {right([x for x in shown if x[0].file == file], best):.3f}" for file in MEASURED)
    sys.stdout.write(f"{measure:8} {tuple(best)}  {tried[best]:.3f}  {'  '.join(by_file)}\n")
    sys.stdout.flush()
    return best


def right(shown: Iterable[tuple[Row, Sequence[float]]], picks: Picks) -> float:
    """Give how often the range of an act is that of its record, over the acts of which either has one."""
    answers: list[bool] = []
    for row, scores in shown:
        many = told_count(chosen_numbers([one.number for one in row.numbers], scores, picks)).many
        if many.known or is_told(row.gold):
            answers.append(same(many, row.gold))
    return sum(answers) / max(len(answers), 1)


if __name__ == "__main__":
    main()
