"""Head counts: how many people a text says were at a protest."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import NamedTuple

from rallybook.grounding.claimants import claimant
from rallybook.grounding.conventions import Convention, recounted
from rallybook.grounding.headcount_nouns import Counted, lexicon, noun
from rallybook.grounding.numbers import Quantity, fold, quantities
from rallybook.grounding.passages import Passage, passages
from rallybook.model.mention import HeadCount
from rallybook.model.reading import Reading

# as far as the verb of a number, or the words that announce it can lie
_AHEAD, _BACK = 120, 90
# an age has two digits
_AGE = 2
_SIZES = ((3, "2"), (10, "few"), (100, "tens"), (1000, "hundreds"), (math.inf, "more"))
# kinds of nouns, if any, that do not tell people
_BARE = ("none", "other", "plural")
_DEFINITE = ("the ", "these ", "those ", "all ")
# Fitted on the training articles: the point of best F1 of recall and precision (bench/sizes.py --fit)
ENOUGH = 0.3
_LAST = re.compile(r"(?:[\w’']+|[^\w\s])(?=\s?\Z)")
_FIRST = re.compile(r"\s?([\w’']+|[^\w\s])")


class Candidate(NamedTuple):
    """A number that may be a head count: where its phrase ends and the features that speak for or against."""

    quantity: Quantity
    end: int
    features: tuple[str, ...]


class _Place(NamedTuple):
    """Where a number stands: its sentence in lower case and whether that and the one before tell of a protest."""

    start: int
    end: int
    protest: bool
    protest_before: bool
    density: int
    number: int


def head_counts(
    reading: Reading, *, convention: Convention = "codebook", at_least: float = ENOUGH
) -> tuple[HeadCount, ...]:
    """Give the numbers of people at protests, in the order of the text.

    `convention` names the rule set that turns their words into ranges: the codebook's or another project's.

    `score` is the probability that the number is one of a protest's size; only those that reach `at_least` are given,
    by default an even-handed threshold. The weights behind it were fitted on labelled articles
    (`bench/sizes.py --fit`).
    """
    text = reading.text
    low = fold(text)
    known = lexicon()
    found = []
    for candidate in candidates(text, low):
        chance = probability(candidate.features, known.weights)
        if chance < at_least:
            continue
        start, end = candidate.quantity.start, candidate.end
        found.append(
            HeadCount(
                start=start,
                end=end,
                text=text[start:end],
                count=recounted(text[start:end], candidate.quantity.count, convention),
                claimed_by=claimant(text, low, start, end),
                score=round(chance, 3),
            )
        )
    return tuple(found)


def probability(features: tuple[str, ...], weights: Mapping[str, float]) -> float:
    """Give the logistic of the sum of the features' weights."""
    total = sum(weights.get(feature, 0.0) for feature in features)
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def candidates(text: str, low: str) -> Iterator[Candidate]:
    """Give the numbers of a text that do not plainly count something else than people."""
    protest = lexicon().patterns["protest"]
    spans = passages(text)
    density = min(6, sum(1 for _ in zip(range(6), protest.finditer(low), strict=False)))
    number, told, place, people_at = 0, -1, None, -1
    told_numbers = quantities(text)
    for quantity, follower in zip_longest(told_numbers, told_numbers[1:]):
        if quantity.year and follower and low[quantity.end : follower.start].isspace():
            # "on 15 July 2004 twelve women": the women are twelve
            continue
        while number + 1 < len(spans) and spans[number].end <= quantity.core:
            number += 1
        if number != told or place is None:
            span = spans[number]
            before = place.protest if place and told == number - 1 else _tells(low, spans, number - 1)
            place = _Place(span.start, span.end, _tells(low, spans, number), before, density, number)
            told = number
        candidate = _candidate(low, quantity, place, follows=0 <= number - people_at <= 1 and people_at >= 0)
        if candidate:
            yield candidate
            if "noun:crowd" in candidate.features or "noun:people" in candidate.features:
                people_at = number


def _tells(low: str, spans: Sequence[Passage], number: int) -> bool:
    return number >= 0 and bool(
        lexicon()
        .patterns["protest"]
        .search(low, spans[number].start, min(spans[number].end, spans[number].start + 2000))
    )


def _candidate(low: str, quantity: Quantity, place: _Place, *, follows: bool) -> Candidate | None:
    patterns = lexicon().patterns
    before = low[max(place.start, quantity.start - _BACK) : quantity.start]
    if patterns["money"].search(before) or quantity.count.high in (0, 1):
        return None
    if patterns["unit"].match(low, quantity.end):
        return None
    kind, end, modifiers = noun(low, quantity.end, max(place.end, quantity.end))
    if kind in ("force", "thing") or (kind in _BARE and _names(low, quantity, before)):
        return None
    definite = low.startswith(_DEFINITE, quantity.start) and quantity.start < quantity.core
    features = [
        *_own_features(quantity, kind, place),
        *_cue_features(kind, before, low[end : min(max(place.end, end), end + _AHEAD)]),
        f"modifiers:{min(modifiers, 2)}",
        *(("definite",) if definite else ()),
        *(("follows", f"follows&noun:{kind}") if follows else ()),
    ]
    return Candidate(quantity, end, tuple(features))


def _names(low: str, quantity: Quantity, before: str) -> bool:
    """Tell a year, the number of a thing ("Local 589") or an age ("Costa, 50, said") from a count."""
    if quantity.year or lexicon().patterns["name"].search(before):
        return True
    plain = not quantity.bounded and low[quantity.start : quantity.end].isdigit()
    return (
        plain
        and quantity.end - quantity.start == _AGE
        and before.endswith(", ")
        and low[quantity.end :][:1] == ","
    )


def _own_features(quantity: Quantity, kind: Counted, place: _Place) -> Iterator[str]:
    """Give what the number, its noun and its sentence say."""
    yield "bias"
    yield f"noun:{kind}"
    size = _size(quantity)
    yield f"size:{size}"
    yield f"noun:{kind}&size:{size}"
    yield f"density:{place.density}"
    yield f"sentence:{min(place.number, 6)}"
    context = "in" if place.protest else "before" if place.protest_before else "out"
    yield f"protest:{context}"
    yield f"protest:{context}&noun:{kind}"
    if quantity.bounded:
        yield "bounded"
        yield f"bounded&noun:{kind}"
    if quantity.start - place.start < 3:
        yield "first"


def _cue_features(kind: Counted, before: str, after: str) -> Iterator[str]:
    """Give what the words before the number and after its noun say."""
    known = lexicon()
    for name, word in (("left", _LAST.search(before)), ("right", _FIRST.match(after))):
        yield f"{name}:{word[0].strip() if word else ''}"
    told: list[str] = []
    for side, words, cues in (("before", before, known.cues_before), ("after", after, known.cues_after)):
        for name, cue in cues.items():
            if cue.search(words):
                told.append(name)
                yield f"{side}:{name}"
                yield f"{side}:{name}&{'bare' if kind in _BARE else 'people'}"
    if "alone" in told:
        yield from (f"alone&{name}" for name in told if name != "alone")


def _size(quantity: Quantity) -> str:
    if quantity.vague:
        return "vague"
    value = quantity.count.low or quantity.count.high or 0
    return next(name for below, name in _SIZES if value < below)
