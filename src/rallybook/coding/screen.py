"""The cheap gate before coding: may this text hold a protest at all?

Each mention of an act is weighed by the marks that it bears: its words, the words around it, the other mentions
beside it. The weights are data, fitted by logistic regression (`python -m rallybook.training.screen`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

import msgspec

from rallybook.codebook.signs import claim_stems, crowd_words
from rallybook.coding.linear import Weights, weighed
from rallybook.coding.triggers import lowered, triggers
from rallybook.model.mention import Trigger

# a single sentence or a brief has no room for two acts and a claim, so that less is asked of it
BRIEF = 700
# an article of this length that tells a protest has room to call it one
LONG = 2000
_WORD = re.compile(r"[a-z]+")
_BESIDE = 120  # characters on either side of a mention whose words are marks: a clause or two
_NEAR = 400  # characters within which another mention speaks for this one: three sentences
_AROUND = 300  # characters on either side in which signs of a claim or a crowd are looked for
_CLOSE = 3  # words right beside the mention, which are marks of their own
_STEM = 6  # letters by which words further off are told apart
_AT = ((150, "title"), (400, "lead"), (1000, "early"), (2500, "late"))


class Bars(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The log odds that a mention must reach.

    In an article, in a long one in which no word says protest by itself, in a brief.
    """

    article: float
    unnamed: float
    brief: float

    def bar(self, length: int, *, named: bool) -> float:
        """Give what a mention in a text of this length must reach; `named`: some word in it says protest by itself."""
        if length < BRIEF:
            return self.brief
        return self.article if named or length < LONG else self.unnamed


class Gate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The fitted gate: the bars and the weights of the marks."""

    bars: Bars
    weights: Weights


@cache
def gate() -> Gate:
    """Give the gate that rallybook ships."""
    data = files("rallybook.coding").joinpath("data/screen_weights.json").read_bytes()
    return msgspec.json.decode(data, type=Gate)


def worth_reading(text: str) -> bool:
    """Tell whether a text should be coded: whether one mention of an act in it may well tell a protest."""
    found = triggers(text)
    if not found:
        return False
    low, shipped = lowered(text), gate()
    bar = shipped.bars.bar(len(text), named=any(mention.strong for mention in found))
    # the strong ones first: most texts about protests are told by the first look
    for number in sorted(range(len(found)), key=lambda n: not found[n].strong):
        odds = weighed(shipped.weights, marks(low, found, number))
        if odds >= bar:
            return True
    return False


def marks(low: str, found: Sequence[Trigger], number: int) -> set[str]:
    """Give the marks of one of the mentions found in a text; `low` is the text in lower case."""
    mention = found[number]
    strong, form = mention.strong, mention.form
    before = _WORD.findall(low, max(0, mention.start - _BESIDE), mention.start)[1:]
    after = _WORD.findall(low, mention.end, mention.end + _BESIDE)[:-1]
    return {
        "bias",
        f"strong={strong}",
        f"form={form}",
        f"form={form} strong={strong} verbal={mention.verbal}",
        f"definite={mention.definite} strong={strong}",
        f"at={next((name for bound, name in _AT if mention.start < bound), 'far down')}",
        *(f"act {word}" for word in _WORD.findall(mention.text.lower())),
        *(f"before {word}" for word in before[-_CLOSE:]),
        *(f"after {word}" for word in after[:_CLOSE]),
        *(f"by {word[:_STEM]}" for word in before),
        *(f"by {word[:_STEM]}" for word in after),
        *_company(found, number),
        *_signs(low, mention),
    }


def _company(found: Sequence[Trigger], number: int) -> Iterator[str]:
    """Give the marks that tell of the other mentions close by."""
    mention = found[number]
    near = [other for other in _close_to(found, number) if other is not mention]
    yield f"near={min(len({other.text.lower() for other in near} - {mention.text.lower()}), 4)}"
    yield f"near strong={min(sum(other.strong for other in near), 2)}"
    yield f"near forms={min(len({other.form for other in near} | {mention.form}), 4)}"
    for other in near:
        yield f"near form={other.form} strong={other.strong}"


def _close_to(found: Sequence[Trigger], number: int) -> Sequence[Trigger]:
    """Give the mentions that start near one; the outward walk keeps a text of a million mentions linear."""
    at, first, last = found[number].start, number, number + 1
    while first and at - found[first - 1].start < _NEAR:
        first -= 1
    while last < len(found) and found[last].start - at < _NEAR:
        last += 1
    return found[first:last]


def _signs(low: str, mention: Trigger) -> Iterator[str]:
    """Give the marks that tell of a claim, an organiser or a crowd around a mention."""
    around = low[max(0, mention.start - _AROUND) : mention.end + _AROUND]
    held = [stem for stem in claim_stems() if stem in around]
    yield f"signs={min(len(held), 6)}"
    yield from (f"sign {stem}" for stem in held)
    beside = _WORD.findall(low, max(0, mention.start - _BESIDE), mention.end + _CLOSE * 15)
    yield f"crowd={not crowd_words().isdisjoint(beside)}"
