"""Which predicted record stands for which gold record of the same article."""

from __future__ import annotations

from collections.abc import Sequence

from rallybook.evaluation import dates, places
from rallybook.evaluation.assignment import Pairs, assign
from rallybook.evaluation.fields import kind_right
from rallybook.evaluation.labelled import Labelled
from rallybook.evaluation.words import jaccard, words


def pairs(gold: Sequence[Labelled], predicted: Sequence[Labelled]) -> Pairs:
    """Give the pairs (gold, predicted) whose summed likeness is the highest; unlike records stay alone."""
    if not gold or not predicted:
        return []
    return assign([[alike(one, other) for other in predicted] for one in gold])


def alike(gold: Labelled, predicted: Labelled) -> float:
    """Give 0 where the two cannot be one event, else how alike they are, 5 at most."""
    place, date = places.likeness(gold, predicted), dates.likeness(gold, predicted)
    quote = jaccard(words(gold.quote), words(predicted.quote))
    if place == 0.0 or date == 0.0:
        return 0.0
    if place < 0.7 and date < 0.7 and quote < 0.3:
        return 0.0
    return (
        place
        + date
        + quote
        + 0.5 * kind_right(gold, predicted)
        + 0.5 * (gold.form == predicted.form)
        + 0.5 * (gold.status == predicted.status)
        + 0.25 * (gold.focus == predicted.focus)
        + 0.25 * (bool(gold.umbrella) == bool(predicted.umbrella))
    )
