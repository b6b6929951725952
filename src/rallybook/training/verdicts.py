"""Fits the trees that tell whether an act is another one of its article told again, and whether it is an event at all.

    python -m rallybook.training.verdicts DATA [--without PREFIX] [--write]

DATA is the folder of labelled sets. Articles that may decide weights, of our own the newer parts, are coded with the
networks that ship. Of two acts one is the other told again where only one of them stands for a labelled record with
which both could be paired; an act is an event where a record is paired with it. Prints for both the mean precision in a
five-fold cross-validation (folds by article), beside the share of what is asked for; `--write` puts the trees fitted on
everything into the coder. `--without` leaves out those of our own articles whose id begins with PREFIX.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import average_precision_score

from rallybook.coding import retellings
from rallybook.coding.assemble import assemble
from rallybook.coding.clues import clues
from rallybook.coding.confidence import event_probability
from rallybook.coding.pipeline import surveyed
from rallybook.coding.records import event_odds, recorded
from rallybook.coding.retellings import Pairs, Weighed, compared, retold
from rallybook.coding.screen import worth_reading
from rallybook.coding.trees import LEAF, Node, Trees
from rallybook.coding.verdicts import NAMES, numbers
from rallybook.evaluation.assignment import Pairs as Paired
from rallybook.evaluation.assignment import assign
from rallybook.evaluation.labelled import as_labelled
from rallybook.evaluation.pairing import alike
from rallybook.grounding.reading import read
from rallybook.model.article import Article
from rallybook.sources.rows import from_row
from rallybook.training.corpus import FOLDS, fold_of, labelled, labels_of
from rallybook.training.fitting import store
from rallybook.training.rows import Row

RETELLINGS, VERDICTS = "retellings.json", "verdicts.json"
# acts fainter than this are seldom given, whatever else they are
_FAINTEST, _FAINTEST_OF_PAIR = 0.15, 0.3
# the newer parts of our own articles: the networks have read the older ones for a dozen passes and err less there
_NEWER = tuple("klmnop")
_WEIGHT = {"train": 3.0, "written": 1.0, "articles": 1.0}
_OLDER = {"k": 0.7, "l": 0.7}
# of two acts that may stand for one record the likelier does
_SURER = 0.2
_SEED = 0
_GROWN = {
    "max_iter": 150,
    "learning_rate": 0.05,
    "max_leaf_nodes": 5,
    "min_samples_leaf": 30,
    "l2_regularization": 5.0,
}
# what can only speak for an event, and what only against one, whatever else is known: without that an act that is
# likely told again was found likelier an event than by itself
_SPEAKS_FOR = {
    "event": 1, "retold": -1, "named": 1, "read act": 1, "tagged act": 1, "place share": 1, "date share": 1,
    "read form": 1,
}  # fmt: skip


class Case(NamedTuple):
    """An article: how likely each of its acts is, what is weighed of it, how alike each two are, and the records.

    Of what is weighed it is not yet told how likely each act is another told again. `likeness` tells for each labelled
    record how alike each act is to it, 0 where they cannot be one.
    """

    name: str
    weight: float
    sure: Sequence[float]
    numbers: Sequence[tuple[float, ...]]
    pairs: Pairs
    likeness: Sequence[Sequence[float]]


class Question(NamedTuple):
    """Numbers, the right answer, the part of the corpus, and how much they count."""

    numbers: tuple[float, ...]
    right: bool
    fold: int
    weight: float


def main() -> None:
    """Read the arguments, fit, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--without", metavar="PREFIX", help="leave out articles of this prefix")
    parser.add_argument("--write", action="store_true", help="put the trees into the coder")
    options = parser.parse_args()
    cases = list(cases_of(options.data, options.without or "\0"))
    for name, trees in fitted(cases).items():
        if options.write:
            store(name, trees)


def fitted(cases: Sequence[Case]) -> dict[str, Trees]:
    """Give the trees for some articles; print how well each answers in cross-validation."""
    asked = [question for case in cases for question in retelling_questions(case)]
    by_fold = _cross_fitted("retellings", asked, retellings.NAMES)
    acts = [question for case in cases for question in verdict_questions(case, by_fold[fold_of(case.name)])]
    _cross_fitted("verdicts", acts, NAMES)
    return {RETELLINGS: grown(asked, retellings.NAMES), VERDICTS: grown(acts, NAMES)}


def cases_of(data: Path, without: str) -> Iterator[Case]:
    """Give the articles to learn from; of our own none whose id begins with `without`."""
    for file, row in labelled(data):
        name = str(row["id"])
        if file == "articles" and (name.startswith(without) or not name.startswith(_NEWER)):
            continue
        for article in from_row(row, file) if file in _WEIGHT else ():
            if isinstance(article, Article) and (case := case_of(article, row, _WEIGHT[file])):
                yield case


def case_of(article: Article, row: Row, weight: float) -> Case | None:
    """Give a labelled article as it is coded; None where it is not read."""
    reading = read(article)
    scene = surveyed(reading) if worth_reading(reading.text) else None
    if scene is None:
        return None
    acts = assemble(clues(scene))
    odds = event_odds(scene, acts)
    weighed = [Weighed(act, event_probability(scene, one)) for act, one in zip(acts, odds, strict=True)]
    records = [as_labelled(record) for record in recorded(scene, weighed)]
    return Case(
        article.id,
        weight * _OLDER.get(article.id[0], 1.0),
        [one.probability for one in weighed],
        list(numbers(scene, acts, odds, [0.0] * len(acts))),
        compared(scene, weighed),
        [[alike(gold, record) for record in records] for gold in labels_of(row)],
    )


def retelling_questions(case: Case) -> Iterator[Question]:
    """Ask of each two acts of which one stands for a record whether the other tells it again."""
    shown = [number for number, p in enumerate(case.sure) if p >= _FAINTEST_OF_PAIR]
    record = {shown[column]: row for row, column in _paired(case, shown, [1.0] * len(shown))}
    for (one, other), pair in case.pairs.items():
        if one in shown and other in shown and (one in record or other in record):
            alone = other if one in record else one
            right = alone not in record and case.likeness[record.get(one, record.get(other, 0))][alone] > 0.0
            yield Question(pair, right, fold_of(case.name), case.weight)


def verdict_questions(case: Case, by: Trees) -> Iterator[Question]:
    """Ask of each act whether a record is paired with it."""
    again = retold(case.sure, case.pairs, by)
    sure = [p * (1.0 - q) for p, q in zip(case.sure, again, strict=True)]
    shown = [number for number, p in enumerate(sure) if p >= _FAINTEST]
    right = {shown[column] for _, column in _paired(case, shown, [1.0 + _SURER * sure[n] for n in shown])}
    for number in shown:
        told = tuple(
            again[number] if name == "retold" else value
            for name, value in zip(NAMES, case.numbers[number], strict=True)
        )
        yield Question(told, number in right, fold_of(case.name), case.weight)


def _paired(case: Case, shown: Sequence[int], weigh: Sequence[float]) -> Paired:
    """Pair the labelled records with some acts, of which each counts as much as `weigh` tells."""
    if not shown:
        return []
    return assign(
        [[row[n] * weight for n, weight in zip(shown, weigh, strict=True)] for row in case.likeness]
    )


def _cross_fitted(name: str, asked: Sequence[Question], names: tuple[str, ...]) -> list[Trees]:
    """Give the trees for each part of the corpus that did not see it; print how well they answer there."""
    by_fold = [grown([one for one in asked if one.fold != fold], names) for fold in range(FOLDS)]
    odds = [by_fold[one.fold].log_odds(one.numbers) for one in asked]
    right = [one.right for one in asked]
    precision = average_precision_score(right, odds)
    sys.stdout.write(
        f"{name}: {len(asked)}, {np.mean(right):.3f} of them so, mean precision {precision:.3f}\n"
    )
    return by_fold


def grown(asked: Sequence[Question], names: tuple[str, ...]) -> Trees:
    """Give the trees for some questions."""
    speaks = [_SPEAKS_FOR.get(name, 0) for name in names]
    model = HistGradientBoostingClassifier(monotonic_cst=speaks, random_state=_SEED, **_GROWN)
    weigh = [one.weight for one in asked]
    model.fit(np.array([one.numbers for one in asked]), [one.right for one in asked], sample_weight=weigh)
    # it tells its trees no other way
    trees = tuple(_tree(step[0].nodes) for step in model._predictors)
    return Trees(names, round(float(model._baseline_prediction.item()), 4), trees)


def _tree(nodes: Any) -> tuple[Node, ...]:  # noqa: ANN401 - an array of records
    return tuple(
        Node(LEAF, round(float(node["value"]), 4))
        if node["is_leaf"]
        else Node(
            int(node["feature_idx"]),
            round(float(node["num_threshold"]), 6),
            int(node["left"]),
            int(node["right"]),
        )
        for node in nodes
    )


if __name__ == "__main__":
    main()
