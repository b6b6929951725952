"""Resolution: the one place that each name of an article stands for, from size, words around and the other names.

Scores count in powers of ten of people: one point outweighs ten times the population. The weights were set by
hand and then tried on LGL, TR-News and our own articles (bench/places.py).
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise

import msgspec

from rallybook.grounding.gazetteer import fold
from rallybook.grounding.place_rules import place_rules
from rallybook.grounding.toponyms import Named
from rallybook.model.mention import Toponym
from rallybook.model.values import Place

_BASE = {"PCLI": 9.0, "CONT": 8.5, "RGN": 6.0, "LMK": 5.0, "ADM1": 6.0, "PPLX": 4.5}
_CAPITAL = 1.0
_US_STATE = 0.8
_OTHER_NAME = 0.7
# a second-level division without its kind ("Clark" for Clark County) is rarely meant
_BARE_DIVISION = 3.0
_SAME_NAME_AS_CITY, _NAMESAKE_FROM, _STATES_FIRST = 3.0, 50_000, ("US", "CA")
_COUNTRY_WEIGHT, _DIVISION_WEIGHT, _NEAR_WEIGHT = 2.5, 2.5, 1.5
_HALF = 1.5
_CONTAINED, _WANTED, _OUTER = 5.0, 3.0, 1.0
# in a list ("Topeka, Miami, Oklahoma, Boise") a place in the next one must be nearly as large as its namesake
_LISTED_PENALTY = 2.0
_SMALL = 100_000
_MOST_CANDIDATES = 24
_ROUNDS = 3
# softmax over the scores: with 2.0 a candidate one point behind keeps an eighth of the vote
_SHARPNESS = 2.0
_SCORE_AT_HALF = 4.6
_MOST_CONTEXT = 2.5
LEAST_SCORE = 0.4

_BETWEEN = re.compile(
    r"\s?(?:city|town|village|county|parish|district|province|prefecture|region|oblast|municipality|state)?"
    r"(?:,\s|\s\(|,?\sin\s(?:the\s)?|\s)(?:(?:the\s)?(?:state|province|region)\sof\s)?"
)


class Sense(msgspec.Struct):
    """One name of the article: its candidates, their scores, and what its mentions say together."""

    key: str
    places: list[Place]
    priors: list[float]
    hints: list[float]
    scores: list[float]
    contexts: list[float] = []
    count: float = 1.0
    placed: int = 0
    trusted: bool = False

    @property
    def weight(self) -> float:
        """The weight of the name's vote: mentions count less and less."""
        return 1.0 + 0.5 * math.log(self.count)

    @property
    def best(self) -> int:
        """The candidate with the best score."""
        return max(range(len(self.scores)), key=self.scores.__getitem__)

    def shares(self) -> list[float]:
        """Give each candidate's share of the vote."""
        top = max(self.scores)
        weights = [math.exp(_SHARPNESS * (score - top)) for score in self.scores]
        total = sum(weights)
        return [weight / total for weight in weights]


SenseKey = tuple[str, str]


class Support(msgspec.Struct):
    """How much the names of an article speak for countries, divisions, one-degree cells and cities."""

    countries: dict[str, float]
    divisions: dict[tuple[str, str], float]
    cells: dict[tuple[int, int], float]
    cities: dict[tuple[str, float, float], float]


def senses_of(text: str, names: list[Named], context: Iterable[Named]) -> dict[SenseKey, Sense]:
    """Give the senses of the names of a text, scored with each other's support."""
    senses: dict[SenseKey, Sense] = {}
    for name in [*names, *context]:
        if name.veto not in ("", "demonym") or not name.places:
            continue
        key = sense_key(name)
        if key in senses:
            senses[key].count += 1
        else:
            senses[key] = _sense(name)
        senses[key].placed += name.placed
    _add_containers(text, names, senses)
    for sense in senses.values():
        sense.scores = [p + h for p, h in zip(sense.priors, sense.hints, strict=True)]
    for _ in range(_ROUNDS):
        _rescore(senses)
    return senses


def sense_key(name: Named) -> SenseKey:
    """Give the key under which the mentions of a name share one sense."""
    return fold(name.text), "demonym" if name.veto == "demonym" else name.wanted


def prior(place: Place, key: str, wanted: str = "") -> float:
    """Give how probable a place is before any context."""
    size = math.log10(place.population + 100)
    if place.feature == "ADM1":
        return _BASE["ADM1"] + (size - 6.0) * 0.4 + (_US_STATE if place.country == "US" else 0.0)
    if place.feature == "ADM2":
        bare = not wanted and len(fold(place.name)) > len(key)
        return size - 1.0 - (_BARE_DIVISION if bare else 0.0)
    if place.feature in _BASE:
        return _BASE[place.feature]
    score = size + (_CAPITAL if place.feature == "PPLC" else 0.0)
    return score if fold(place.name) == key else score - _OTHER_NAME


def _sense(name: Named) -> Sense:
    key = fold(name.text)
    ranked = sorted(((prior(p, key, name.wanted), -i) for i, p in enumerate(name.places)), reverse=True)
    ranked = ranked[:_MOST_CANDIDATES]
    places = [name.places[-i] for _, i in ranked]
    priors = [p for p, _ in ranked]
    if not name.wanted:
        for at, place in enumerate(places):
            if place.feature in ("ADM1", "ADM2") and _named_after_city(place, places, key):
                priors[at] -= _SAME_NAME_AS_CITY
    hints = [_WANTED if _is_wanted(place, name.wanted) else 0.0 for place in places]
    return Sense(key=key, places=places, priors=priors, hints=hints, scores=[], trusted=name.anchored)


def _named_after_city(division: Place, places: list[Place], key: str) -> bool:
    """Tell whether a bare name means the city rather than the division around it ("Irkutsk")."""
    own = fold(division.name) == key
    for place in places:
        if place.country != division.country or place.precision != "city":
            continue
        if place.feature == "PPLC" and fold(place.name) == key:
            return True
        # states and provinces of North America are named as often as their cities
        if division.country in _STATES_FIRST or place.admin1 != division.admin1:
            continue
        if place.population > _NAMESAKE_FROM and (fold(place.name) == key or not own):
            return True
    return False


def _is_wanted(place: Place, wanted: str) -> bool:
    if wanted == "PPL":
        return place.precision == "city"
    if wanted == "ADM1":
        return place.feature in ("ADM1", "RGN")
    return bool(wanted) and place.feature == wanted


def _add_containers(text: str, names: list[Named], senses: dict[SenseKey, Sense]) -> None:
    ended_list = ended_pair = -1
    for left, right in pairwise(names):
        if left.veto or right.veto or right.start - left.end > 30:
            continue
        if not _BETWEEN.fullmatch(text, left.end, right.start):
            continue
        listed = left.start == ended_list != ended_pair
        ended_list = right.start
        sense, outer = senses[sense_key(left)], senses[sense_key(right)]
        fits = [any(within(place, around) for around in outer.places[:6]) for place in sense.places]
        least = max(sense.priors) - _LISTED_PENALTY
        if not any(f and (not listed or p > least) for f, p in zip(fits, sense.priors, strict=True)):
            continue
        ended_pair = right.start
        sense.trusted = sense.trusted or text[left.end] in ",( c"
        sense.hints = [h + _CONTAINED * f for h, f in zip(sense.hints, fits, strict=True)]
        inner = [any(within(place, around) for place in sense.places) for around in outer.places]
        outer.hints = [h + _OUTER * f for h, f in zip(outer.hints, inner, strict=True)]


def within(place: Place, around: Place) -> bool:
    """Tell whether a place lies in a country or region, as far as codes and distances tell."""
    if around.precision not in ("country", "region") or place.precision == "country":
        return False
    if place.country != around.country or place == around:
        return False
    if around.feature == "PCLI":
        return True
    if around.feature == "ADM1" and around.admin1:
        return place.admin1 == around.admin1 and place.feature != "ADM1"
    if around.feature == "ADM2":
        near = abs(place.lat - around.lat) < 1.0 and abs(place.lon - around.lon) < 1.5
        return near and place.admin1 == around.admin1 and place.feature != "ADM2"
    return abs(place.lat - around.lat) + abs(place.lon - around.lon) < 12


def support_of(senses: dict[SenseKey, Sense]) -> Support:
    """Give what all senses together speak for."""
    support = Support(defaultdict(float), defaultdict(float), defaultdict(float), defaultdict(float))
    for sense in senses.values():
        for place, share in zip(sense.places, sense.shares(), strict=True):
            vote = share * sense.weight
            if vote < 0.02:
                continue
            support.countries[place.country] += vote
            if place.precision == "country" or place.feature in ("RGN", "CONT"):
                continue
            support.divisions[place.country, place.admin1] += vote
            if place.feature != "ADM1":
                support.cells[round(place.lat), round(place.lon)] += vote
            if place.feature not in ("LMK", "ADM1", "ADM2"):
                support.cities[place.country, place.lat, place.lon] += vote
    return support


def _rescore(senses: dict[SenseKey, Sense]) -> None:
    support = support_of(senses)
    for sense in senses.values():
        sense.contexts = [
            _context(place, share * sense.weight, support)
            for place, share in zip(sense.places, sense.shares(), strict=True)
        ]
        sense.scores = [sum(parts) for parts in zip(sense.priors, sense.hints, sense.contexts, strict=True)]


def _context(place: Place, own: float, support: Support) -> float:
    score = _COUNTRY_WEIGHT * _saturate(support.countries[place.country] - own)
    if place.precision == "country":
        return score
    if place.feature == "LMK" and support.cities.get((place.country, place.lat, place.lon), 0.0) > 0.3:
        score += 2.0
    if place.feature in ("RGN", "CONT"):
        return score
    score += _DIVISION_WEIGHT * _saturate(support.divisions.get((place.country, place.admin1), 0.0) - own)
    if place.feature != "ADM1":
        score += _NEAR_WEIGHT * _saturate(_around(support.cells, place) - own)
    return score


def _around(cells: dict[tuple[int, int], float], place: Place) -> float:
    lat, lon = round(place.lat), round(place.lon)
    return sum(cells.get((lat + i, lon + j), 0.0) for i in (-1, 0, 1) for j in (-1, 0, 1))


def _saturate(votes: float) -> float:
    return votes / (votes + _HALF) if votes > 0 else 0.0


def decide(name: Named, sense: Sense, surnames: frozenset[str], support: Support) -> Toponym:
    """Give a name with its place, or without one where the doubts are too strong."""
    best = sense.best
    place = sense.places[best]
    others = [score for at, score in enumerate(sense.scores) if at != best]
    margin = sense.scores[best] - max(others) if others else 5.0
    doubt = _doubt(name, sense, place, surnames, support)
    # the context chooses between places more than it tells whether there is one
    strength = sense.priors[best] + sense.hints[best] + min(sense.contexts[best], _MOST_CONTEXT)
    score = 1.0 / (1.0 + math.exp(-(min(strength, 9.0) - doubt - _SCORE_AT_HALF)))
    if score < LEAST_SCORE:
        return mention_of(name, None, score)
    return mention_of(name, place, score, 1.0 - math.exp(-max(margin, 0.0)))


def _doubt(name: Named, sense: Sense, place: Place, surnames: frozenset[str], support: Support) -> float:
    rules = place_rules()
    trusted = sense.trusted or name.wanted != ""
    doubt = -1.0 * name.placed - 3.0 * trusted - 1.0 * (sense.placed > 0.3 * sense.count)
    large = place.precision == "country" or place.feature in ("CONT", "RGN")
    if not large:
        doubt += 1.0 * name.inside
        own = sense.weight
        backed = _saturate(support.countries[place.country] - own)
        near = _saturate(support.divisions.get((place.country, place.admin1), 0.0) - own)
        if place.population < _SMALL and place.feature != "ADM1":
            doubt += 1.5 * (1.0 - backed) + 0.5 * (1.0 - near)
    doubt += 3.5 * name.common
    if name.lowered:
        doubt += 2.5 - 3.0 * _saturate(support.countries[place.country] - sense.weight)
    if not trusted and not large:
        doubt += 3.0 * (sense.key in surnames) + 1.5 * (name.text in rules.surnames and not name.placed)
        doubt += 1.5 * name.speaks
    if place.feature == "LMK":
        known = support.cities.get((place.country, place.lat, place.lon), 0.0) > 0.3
        if not known:
            own = sense.weight
            general = name.text.startswith(rules.everywhere) and " of " not in name.text
            doubt += 4.5 if general else 0.5 - 1.5 * _saturate(support.countries[place.country] - own)
            doubt += 1.0 * (name.last == name.first + 1)
    return doubt


def mention_of(name: Named, place: Place | None, score: float = 0.0, margin: float = 0.0) -> Toponym:
    """Give the mention of a name with its place."""
    return Toponym(
        start=name.start,
        end=name.end,
        text=name.text,
        place=place,
        score=round(score, 4),
        margin=round(margin, 4),
    )
