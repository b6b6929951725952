"""Fits the weights by which head counts, responses and casualties are given to acts.

    python -m rallybook.training.measures DATA [--tagged FILE [--reader FOLDER]] [--write]

The coder's acts, with `--tagged` those that it finds with the tagger, with `--reader` as the reader of acts sees them
(`rallybook.training.act_reader` writes FOLDER; articles of parts that are not there are left out), are paired with the
labelled records of the same article; a mention belongs to an act where its record tells that value. Prints, for each
measure, how often it is right over the pairs whose record or act tells it, in a five-fold cross-validation (folds by
article), and how often it could be with the mentions that are found; `--write` puts the models fitted on everything
into the coder.
"""

from __future__ import annotations

import itertools
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec
import numpy as np

from rallybook.coding.act_reader import ActReader
from rallybook.coding.assemble import Act
from rallybook.coding.coreference import acts_of
from rallybook.coding.estimates import all_joined
from rallybook.coding.linear import Weights, weighed
from rallybook.coding.measure_marks import Surroundings, Told
from rallybook.coding.measures import Held, counted, measured, measures_of, winners
from rallybook.coding.records import likely, read_alone, recorded
from rallybook.coding.weighing import (
    MEASURES,
    Bounds,
    Measure,
    Models,
    bounds_name,
    measure_models,
    section,
)
from rallybook.evaluation.counts import counts_of, tells
from rallybook.evaluation.fields import fields
from rallybook.evaluation.labelled import Labelled, as_labelled
from rallybook.evaluation.pairing import pairs
from rallybook.model.record import Harm, Record, Response, Size
from rallybook.training.corpus import FOLDS, Lesson
from rallybook.training.fitting import fitted_on, mean, options, readers, store
from rallybook.training.parts import part_of
from rallybook.training.regression import Floats, Table

FILE = "measures.json"
MEASURED = ("train", "written", "articles")
PULL = 2.0
_ABOVE, _BESIDE = (-2.5, -2.0, -1.5, -1.0, -0.7, -0.4, 0.0, 0.5), (0.0, 0.5, 1.0, 2.0, 4.0)
_AT_BEST = Bounds(0.5, 99.0)
Limits = dict[Measure, Bounds]


class Link(NamedTuple):
    """A mention and one act that it may belong to; `right` is None where the act stands for no record."""

    told: Told
    act: int
    marks: tuple[str, ...]
    right: dict[Measure, bool] | None


class Case(NamedTuple):
    """An article: the coder's acts, their records, the gold one of each, and for each mention its links."""

    lesson: Lesson
    acts: tuple[Act, ...]
    records: tuple[Record, ...]
    gold: dict[int, Labelled]
    links: tuple[tuple[Link, ...], ...]

    def all_links(self) -> Iterator[Link]:
        """Give the links of all mentions."""
        return itertools.chain.from_iterable(self.links)


def main() -> None:
    """Read the arguments, fit, print."""
    asked = options(__doc__, reader=True)
    models, read = measure_models(), bool(asked.reader)
    if read:
        _begin(models)
    cases = list(cases_of(fitted_on(asked), readers(asked)))
    limits: Limits = dict.fromkeys(MEASURES, Bounds(0.0, 2.0))
    for measure in MEASURES:
        limits[measure], weights = fitted(cases, measure, limits)
        models.bounds[bounds_name(measure, read=read)] = limits[measure]
        models.weights[section(measure, read=read)] = weights
    if asked.write:
        store(FILE, models)


def _begin(models: Models[Bounds]) -> None:
    """Let models for acts that were read, where they were never fitted, begin as those for others."""
    for measure in MEASURES:
        models.bounds.setdefault(bounds_name(measure, read=True), models.bounds[measure])
        plain = models.weights[section(measure, read=False)]
        models.weights.setdefault(section(measure, read=True), plain)


def cases_of(corpus: Iterable[Lesson], asked: Mapping[int, ActReader]) -> Iterator[Case]:
    """Give the articles in which something is told, each as the reader tells it that did not learn from it, if any."""
    for lesson in corpus:
        if (case := case_of(lesson, asked.get(part_of(lesson.scene.reading.article.id)))).links:
            yield case


def case_of(lesson: Lesson, reader: ActReader | None = None) -> Case:
    """Give an article with the links of its mentions; `reader` is one that did not learn from it."""
    scene = lesson.scene
    kept = likely(scene, acts_of(scene), None)
    if reader:
        read_alone(scene, [act for act, _ in kept], reader)
    acts, told = tuple(act for act, _ in kept), recorded(scene, kept)
    paired = pairs(lesson.gold, [as_labelled(record) for record in told])
    gold = {act: lesson.gold[n] for n, act in paired if not lesson.gold[n].optional}
    around = Surroundings(scene, acts)
    mentions = all_joined(scene.text, scene.head_counts, scene.responses) if acts else []
    links = tuple(
        tuple(
            Link(mention, act, marks, right(mention, gold[act]) if act in gold else None)
            for act, marks in around.pairs(mention)
        )
        for mention in mentions
    )
    return Case(lesson, acts, told, gold, links)


def right(told: Told, gold: Labelled) -> dict[Measure, bool]:
    """Tell for each measure that a mention may give whether the gold record has it."""
    found: dict[Measure, bool] = {}
    for measure in measures_of(told):
        if measure in ("response", "presence"):
            actions = (gold.response and gold.response.actions) or ()
            found[measure] = getattr(told, "action", "") in actions
        else:
            found[measure] = tells(told.count, counts_of(gold)[measure])
    return found


def table_of(cases: Sequence[Case], measure: Measure) -> tuple[Table, Floats]:
    """Give the links of some articles that may tell a measure, or one that shares its weights, and the fold of each."""
    alike = [other for other in MEASURES if section(other, read=False) == section(measure, read=False)]
    known = [
        (case.lesson, link, link.right[other])
        for case in cases
        for link in case.all_links()
        for other in alike
        if link.right is not None and other in link.right
    ]
    table = Table((link.marks, y, lesson.scene.reading.article.id) for lesson, link, y in known)
    return table, np.array([lesson.fold for lesson, _, _ in known])


def fitted(cases: Sequence[Case], measure: Measure, limits: Limits) -> tuple[Bounds, Weights]:
    """Give the bounds that are best in cross-validation, and the weights from everything; print what they give.

    Measures that share their weights are fitted together.
    """
    table, folds = table_of(cases, measure)
    models = [table.fit(folds != fold, pull=PULL) for fold in range(FOLDS)]
    odds = {
        id(link): weighed(models[case.lesson.fold], link.marks) for case in cases for link in case.all_links()
    }
    return _best(cases, odds, measure, limits), table.fit(pull=PULL)


def _best(cases: Sequence[Case], odds: dict[int, float], measure: Measure, limits: Limits) -> Bounds:
    shown = [case for case in cases if case.lesson.file in MEASURED]
    tried = itertools.starmap(Bounds, itertools.product(_ABOVE, _BESIDE))
    found = {pair: mean(figures(shown, odds, measure, {**limits, measure: pair})) for pair in tried}
    best = max(found, key=found.__getitem__)
    alike = [other for other in MEASURES if section(other, read=False) == section(measure, read=False)]
    known = {
        id(link): float(any((link.right or {}).get(other, False) for other in alike))
        for case in shown
        for link in case.all_links()
    }
    most = mean(figures(shown, known, measure, dict.fromkeys(MEASURES, _AT_BEST)))
    by_file = {file: [case for case in shown if case.lesson.file == file] for file in MEASURED}
    at_best = {**limits, measure: best}
    each = "  ".join(
        f"{file} {mean(figures(held, odds, measure, at_best)):.3f}" for file, held in by_file.items()
    )
    sys.stdout.write(f"{measure:9} {tuple(best)}  {each}  at best {most:.3f}\n")
    sys.stdout.flush()
    return best


def figures(cases: Sequence[Case], odds: dict[int, float], measure: Measure, limits: Limits) -> list[float]:
    """Give how right the measure is for each pair that tells it, where `odds` are those of the links by their id."""
    field = "response" if measure == "presence" else measure
    alike = [other for other in MEASURES if other == measure or {other, measure} == {"response", "presence"}]
    values: list[float] = []
    for case in cases:
        held: dict[int, Held] = defaultdict(dict)
        for mention in case.links:
            for other in set(alike) & set(measures_of(mention[0].told)):
                for act, score in winners([(link.act, odds[id(link)]) for link in mention], limits[other]):
                    held[act].setdefault(other, []).append((score, mention[0].told))
        for act, gold in case.gold.items():
            told = measured(held[act], counted(held[act]))
            shown = msgspec.structs.replace(
                case.records[act],
                size=Size("", told.size.low, told.size.high),
                response=Response(told.actions, told.arrests),
                harm=Harm(told.injured, told.killed),
            )
            value = fields(gold, as_labelled(shown)).get(field)
            if value is not None:
                values.append(value)
    return values


if __name__ == "__main__":
    main()
