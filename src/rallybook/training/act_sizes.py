"""Fits the trees that tell whether a number is the head count of an act.

    python -m rallybook.training.act_sizes DATA [--without PREFIX] [--write]

DATA is the folder of labelled sets. Articles that may decide weights, of our own the newer parts, are coded with the
networks that ship, and their acts paired with the labelled records. Of each number near an act is asked whether the
record tells it, or has it as one end of what it tells. Prints the mean precision in a five-fold cross-validation (folds
by article), beside the share of what is asked for; `--write` puts the trees fitted on everything into the coder.
"""

from __future__ import annotations

from collections.abc import Iterator

from rallybook.coding.act_numbers import standings
from rallybook.coding.act_sizes import NAMES, compared
from rallybook.coding.coreference import acts_of
from rallybook.coding.measure_marks import Surroundings
from rallybook.coding.pipeline import reader
from rallybook.coding.records import likely, read_alone, recorded
from rallybook.coding.scene import Scene
from rallybook.coding.weighing import belonging
from rallybook.evaluation.counts import counts_of, tells
from rallybook.evaluation.labelled import as_labelled
from rallybook.evaluation.pairing import pairs
from rallybook.training.boosting import Ask, Question, fit
from rallybook.training.corpus import fold_of, labels_of
from rallybook.training.rows import Row

_SIZES = Ask("act_sizes", NAMES)


def main() -> None:
    """Read the arguments, fit, print."""
    fit(_SIZES, questions, about=__doc__)


def questions(scene: Scene, row: Row, weight: float) -> Iterator[Question]:
    """Ask of each number near an act that stands for a labelled record whether the record tells it."""
    kept = likely(scene, acts_of(scene), None)
    acts = [act for act, _ in kept]
    if not acts:
        return
    read_alone(scene, acts, reader())
    gold = labels_of(row)
    records = {act: gold[n] for n, act in pairs(gold, [as_labelled(one) for one in recorded(scene, kept)])}
    around = Surroundings(scene, acts)
    told = tuple(standings(around, "size", belonging("size", read=True)))
    for number, (standing, near) in enumerate(zip(told, compared(around, told), strict=True)):
        if number not in records:
            continue
        size = counts_of(records[number])["size"]
        for one, numbers in zip(standing, near, strict=True):
            right = tells(one.number.told.count, size)
            yield Question(numbers, right, fold_of(str(row["id"])), weight)


if __name__ == "__main__":
    main()
