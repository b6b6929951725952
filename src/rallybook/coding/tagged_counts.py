"""Head counts as the tagger sees them: those that it is sure of, less those that it is sure are none."""

from __future__ import annotations

from collections.abc import Sequence

from rallybook.coding.tagged import Tagged
from rallybook.grounding.headcounts import ENOUGH
from rallybook.model.mention import HeadCount, ResponseMention

# a number less probable than this is not asked about
_FAINT = 0.02
# Log odds of the tagger from which a faint number counts, and below which a probable one does not. In
# cross-validation, with the rules alone and so: recall of train .896 and .948, of our own articles .696 and .793, of
# wire news .898 and .919; precision .589 and .631, .559 and .569, .753 and .861
_SURE, _NONE = 0.0, -4.0
# characters between the word for an arrest or a harm and its number ("arrested some", "of whom were hurt")
_BESIDE = 30


def told_counts(
    found: Sequence[HeadCount], tagged: Tagged, responses: Sequence[ResponseMention]
) -> tuple[HeadCount, ...]:
    """Give the head counts that the tagger and their own probability together speak for.

    A faint number that is told beside it of those who were arrested, hurt or killed is theirs.
    """
    asked = (count for count in found if count.score >= _FAINT)
    return tuple(count for count in asked if _is_told(count, tagged) and not _taken(count, responses))


def _is_told(count: HeadCount, tagged: Tagged) -> bool:
    odds = tagged.most("size", count.start, count.end)
    if odds is None:
        return count.score >= ENOUGH
    return odds >= _SURE or (count.score >= ENOUGH and odds >= _NONE)


def _taken(count: HeadCount, responses: Sequence[ResponseMention]) -> bool:
    return count.score < ENOUGH and any(
        told.count.known
        and told.count == count.count
        and max(count.start - told.end, told.start - count.end) < _BESIDE
        for told in responses
    )
