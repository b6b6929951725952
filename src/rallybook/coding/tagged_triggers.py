"""Acts that the tagger names beside those of the lexicon."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rallybook.coding.columns import ACT
from rallybook.coding.tagged import Tagged
from rallybook.coding.triggers import is_definite, is_verbal, lowered
from rallybook.model.mention import Trigger
from rallybook.model.record import Form

# log odds from which words that the lexicon does not know name an act: the model of acts weighs them again
NAMES = -1.0
_INSIDE = re.compile(r"[\w’'-]")
_MOST = 60  # characters of a name of an act
# within so many characters, with nothing between that begins anew, two mentions are of one act
_BESIDE = 15
_PARTS = re.compile(r"[,.;:!?\n–—]|\b(?:and|or|but|then|while|before|after)\b", re.IGNORECASE)


def with_tagged(text: str, found: Sequence[Trigger], tagged: Tagged) -> tuple[Trigger, ...]:
    """Give the lexicon's mentions of acts, and in between those that the tagger alone names.

    The lexicon's forms stand: of its triggers that are not strong they are right on .80 to .87, the tagger's on .57 to
    .64, and no share of both is better than the lexicon alone.
    """
    own = [t for t in _own(text, tagged) if all(_apart(text, t, other) for other in found)]
    return tuple(sorted([*found, *own], key=lambda trigger: trigger.start))


def _apart(text: str, one: Trigger, other: Trigger) -> bool:
    """Tell whether two mentions are more than one: "crowds that had filled whole avenues" tell one act."""
    if one.start < other.end and other.start < one.end:
        return False
    gap = text[min(one.end, other.end) : max(one.start, other.start)]
    return len(gap) > _BESIDE or _PARTS.search(gap) is not None


def _own(text: str, tagged: Tagged) -> Iterator[Trigger]:
    low = lowered(text)
    for start, end in _stretches(text, tagged):
        form = _likeliest(tagged, start, end)
        verbal = is_verbal(low, start, end)
        yield Trigger(
            start=start,
            end=end,
            text=text[start:end],
            form=form,
            verbal=verbal,
            definite=not verbal and is_definite(low, start),
            strong=False,
        )


def _likeliest(tagged: Tagged, start: int, end: int) -> Form:
    forms = tagged.forms(start, end)
    return max(forms, key=lambda form: forms[form])


def _stretches(text: str, tagged: Tagged) -> Iterator[tuple[int, int]]:
    """Give the whole words side by side whose pieces the tagger takes for the name of an act."""
    inside = [n for n, odds in enumerate(tagged.scores[:, ACT].tolist()) if odds >= NAMES]
    open_ = -1, -1
    for n in inside:
        start, end = whole_words(text, tagged.starts[n], tagged.ends[n])
        if start <= open_[1] + 1 and open_[0] >= 0 and end - open_[0] <= _MOST:
            open_ = open_[0], max(end, open_[1])
            continue
        if open_[0] >= 0:
            yield open_
        open_ = start, end
    if open_[0] >= 0:
        yield open_


def whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Give a stretch with the whole of the words in which it begins and ends."""
    while start > 0 and _INSIDE.match(text[start - 1]) and _INSIDE.match(text[start]):
        start -= 1
    while end < len(text) and _INSIDE.match(text[end]) and _INSIDE.match(text[end - 1]):
        end += 1
    return start, end
