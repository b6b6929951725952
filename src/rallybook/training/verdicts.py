"""Fits the trees that tell whether an act is another one of its article told again, and whether it is an event at all.

    python -m rallybook.training.verdicts DATA [--without PREFIX] [--write]

DATA is the folder of labelled sets. Articles that may decide weights, of our own the newer parts, are coded with the
networks that ship. Of two acts one is the other told again where only one of them stands for a labelled record with
which both could be paired; an act is an event where a record is paired with it. Prints for both the mean precision in a
five-fold cross-validation (folds by article), beside the share of what is asked for; `--write` puts the trees fitted on
everything into the coder. `--without` leaves out those of our own articles whose id begins with PREFIX.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rallybook.coding import retellings
from rallybook.coding.confidence import event_probability
from rallybook.coding.coreference import acts_of
from rallybook.coding.records import event_odds, recorded
from rallybook.coding.retellings import Pairs, Weighed, compared, retold
from rallybook.coding.scene import Scene
from rallybook.coding.trees import Trees
from rallybook.coding.verdicts import NAMES, numbers
from rallybook.evaluation.assignment import Pairs as Paired
from rallybook.evaluation.assignment import assign
from rallybook.evaluation.labelled import as_labelled
from rallybook.evaluation.pairing import alike
from rallybook.training.boosting import Ask, Question, cross_fitted, grown, options_of, surveyed_articles
from rallybook.training.corpus import fold_of, labels_of
from rallybook.training.fitting import store
from rallybook.training.rows import Row

# acts fainter than this are seldom given, whatever else they are
_FAINTEST, _FAINTEST_OF_PAIR = 0.15, 0.3
# of two acts that may stand for one record the likelier does
_SURER = 0.2
# what can only speak for an event, and what only against one, whatever else is known: without that an act that is
# likely told again was found likelier an event than by itself
_SPEAKS_FOR = {
    "event": 1, "retold": -1, "named": 1, "read act": 1, "tagged act": 1, "place share": 1, "date share": 1,
    "read form": 1,
}  # fmt: skip
_RETELLINGS, _VERDICTS = Ask("retellings", retellings.NAMES), Ask("verdicts", NAMES, _SPEAKS_FOR)


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


def main() -> None:
    """Read the arguments, fit, print."""
    options = options_of(__doc__)
    cases = [case_of(*told) for told in surveyed_articles(options.data, options.without)]
    for name, trees in fitted(cases).items():
        if options.write:
            store(f"{name}.json", trees)


def fitted(cases: Sequence[Case]) -> dict[str, Trees]:
    """Give the trees for some articles; print how well each answers in cross-validation."""
    asked = [question for case in cases for question in retelling_questions(case)]
    by_fold = cross_fitted(_RETELLINGS, asked)
    acts = [question for case in cases for question in verdict_questions(case, by_fold[fold_of(case.name)])]
    cross_fitted(_VERDICTS, acts)
    return {_RETELLINGS.name: grown(_RETELLINGS, asked), _VERDICTS.name: grown(_VERDICTS, acts)}


def case_of(scene: Scene, row: Row, weight: float) -> Case:
    """Give a labelled article as it is coded."""
    acts = acts_of(scene)
    odds = event_odds(scene, acts)
    weighed = [Weighed(act, event_probability(scene, one)) for act, one in zip(acts, odds, strict=True)]
    records = [as_labelled(record) for record in recorded(scene, weighed)]
    return Case(
        str(row["id"]),
        weight,
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


if __name__ == "__main__":
    main()
