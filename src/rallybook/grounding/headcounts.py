"""Head counts: how many people a text says were at a protest."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple

import yaml

from rallybook.grounding.claimants import claimant
from rallybook.grounding.conventions import Convention, recounted
from rallybook.grounding.numbers import Quantity, fold, quantities
from rallybook.grounding.passages import passages
from rallybook.model.mention import HeadCount
from rallybook.model.reading import Reading

Counted = Literal["crowd", "people", "pronoun", "force", "thing", "plural", "other", "none"]

# as far as the noun of a number, its verb, or the words that announce it can lie
_AHEAD, _BACK = 120, 90
_MOST_MODIFIERS = 6
_SIZES = ((3, "2"), (10, "few"), (100, "tens"), (1000, "hundreds"), (math.inf, "more"))
# kinds of nouns, if any, that do not tell people
_BARE = ("none", "other", "plural")
_DEFINITE = ("the ", "these ", "those ", "all ")
# Fitted on the training articles: the point of best F1 of recall and precision (bench/sizes.py --fit)
_ENOUGH = 0.3
_WORD = re.compile(r"[^\W_][\w’'-]*|[^\w\s]")
_LAST = re.compile(r"(?:[\w’']+|[^\w\s])(?=\s?\Z)")
_FIRST = re.compile(r"\s?([\w’']+|[^\w\s])")
_FIRST_WORD = re.compile(r"\s*([a-z'’-]+)")


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


class _Lexicon(NamedTuple):
    crowd: frozenset[str]
    people: frozenset[str]
    pronouns: frozenset[str]
    forces: frozenset[str]
    things: frozenset[str]
    stops: frozenset[str]
    not_person: frozenset[str]
    patterns: Mapping[str, re.Pattern[str]]
    cues_before: Mapping[str, re.Pattern[str]]
    cues_after: Mapping[str, re.Pattern[str]]
    weights: Mapping[str, float]


def head_counts(reading: Reading, *, convention: Convention = "codebook") -> tuple[HeadCount, ...]:
    """Give the numbers of people at protests, in the order of the text.

    `convention` names the rule set that turns their words into ranges: the codebook's or another project's.

    `score` is the probability that the number is one of a protest's size; only those above an even-handed
    threshold are given. The weights behind it were fitted on labelled articles (`bench/sizes.py --fit`).
    """
    text = reading.text
    low = fold(text)
    lexicon = _lexicon()
    found = []
    for candidate in candidates(text, low):
        chance = probability(candidate.features, lexicon.weights)
        if chance < _ENOUGH:
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
    protest = _lexicon().patterns["protest"]
    spans = passages(text)
    density = min(6, sum(1 for _ in zip(range(6), protest.finditer(low), strict=False)))
    number, told, place, people_at = 0, -1, None, -1
    for quantity in quantities(text):
        while number + 1 < len(spans) and spans[number].end <= quantity.core:
            number += 1
        if number != told or place is None:
            span = spans[number]
            before = place.protest if place and told == number - 1 else _tells(low, spans, number - 1)
            place = _Place(span.start, span.end, _tells(low, spans, number), before, density)
            told = number
        candidate = _candidate(low, quantity, place, follows=0 <= number - people_at <= 1 and people_at >= 0)
        if candidate:
            yield candidate
            if "noun:crowd" in candidate.features or "noun:people" in candidate.features:
                people_at = number


def _tells(low: str, spans: tuple[Any, ...], number: int) -> bool:
    return number >= 0 and bool(
        _lexicon()
        .patterns["protest"]
        .search(low, spans[number].start, min(spans[number].end, spans[number].start + 2000))
    )


def _candidate(low: str, quantity: Quantity, place: _Place, *, follows: bool) -> Candidate | None:
    patterns = _lexicon().patterns
    before = low[max(place.start, quantity.start - _BACK) : quantity.start]
    if patterns["money"].search(before) or quantity.count.high in (0, 1):
        return None
    if patterns["unit"].match(low, quantity.end):
        return None
    kind, end, modifiers = _noun(low, quantity.end, max(place.end, quantity.end))
    if kind in ("force", "thing") or (quantity.year and kind in _BARE):
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


def _own_features(quantity: Quantity, kind: Counted, place: _Place) -> Iterator[str]:
    """Give what the number, its noun and its sentence say."""
    yield "bias"
    yield f"noun:{kind}"
    size = _size(quantity)
    yield f"size:{size}"
    yield f"noun:{kind}&size:{size}"
    yield f"density:{place.density}"
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
    lexicon = _lexicon()
    for name, word in (("left", _LAST.search(before)), ("right", _FIRST.match(after))):
        yield f"{name}:{word[0].strip() if word else ''}"
    for side, words, cues in (("before", before, lexicon.cues_before), ("after", after, lexicon.cues_after)):
        for name, cue in cues.items():
            if cue.search(words):
                yield f"{side}:{name}"
                if kind in _BARE:
                    yield f"{side}:{name}&bare"


def _size(quantity: Quantity) -> str:
    if quantity.vague:
        return "vague"
    value = quantity.count.low or quantity.count.high or 0
    return next(name for below, name in _SIZES if value < below)


def _noun(low: str, at: int, last: int) -> tuple[Counted, int, int]:
    """Give what a number counts, where that noun ends, and how many words stand between."""
    lexicon = _lexicon()
    seen, thing = 0, False
    for word in _WORD.finditer(low, at, min(last, at + _AHEAD)):
        token = word[0]
        if not token[0].isalpha():
            break
        if seen == 0 and token in (
            "of",
            "more",
            "other",
            "the",
            "such",
            "its",
            "their",
            "our",
            "his",
            "her",
            "these",
            "those",
            "them",
            "us",
        ):
            if token in ("them", "us"):
                return "pronoun", word.end(), seen
            continue
        kind = _kind(token)
        if kind in ("crowd", "people", "pronoun", "force"):
            return kind, word.end(), seen
        if token in lexicon.stops or thing:
            break
        thing = kind == "thing"
        seen += 1
        if seen > _MOST_MODIFIERS:
            break
    if thing:
        return "thing", at, seen
    return _unknown(low, at, seen), at, seen


def _unknown(low: str, at: int, seen: int) -> Counted:
    """Give the kind of a number that no known noun follows: a verb, nothing, or a noun in no list."""
    word = _FIRST_WORD.match(low, at)
    if seen == 0 or not word:
        return "none"
    token = word[1]
    if token in ("and", "or", "odd") or token.endswith("ed"):
        return "none"
    return "plural" if token.endswith("s") else "other"


def _kind(token: str) -> Counted | None:
    lexicon = _lexicon()
    if token in lexicon.crowd:
        return "crowd"
    if token in lexicon.people:
        return "people"
    if token in lexicon.pronouns:
        return "pronoun"
    if token in lexicon.forces:
        return "force"
    if token in lexicon.things:
        return "thing"
    if (
        len(token) >= 6
        and token not in lexicon.not_person
        and lexicon.patterns["person_suffix"].search(token)
    ):
        return "people"
    return None


@cache
def _lexicon() -> _Lexicon:
    folder = files("rallybook.grounding") / "data"
    data: dict[str, Any] = yaml.safe_load((folder / "headcounts.yaml").read_text("utf-8"))
    words = {name: frozenset(text.split()) for name, text in data["words"].items()}
    return _Lexicon(
        patterns=_compiled(data["patterns"]),
        cues_before=_compiled(data["cues_before"]),
        cues_after=_compiled(data["cues_after"]),
        weights=yaml.safe_load((folder / "headcount_weights.yaml").read_text("utf-8")),
        **words,
    )


def _compiled(patterns: Mapping[str, str]) -> dict[str, re.Pattern[str]]:
    return {name: re.compile(pattern) for name, pattern in patterns.items()}
