"""Resolution: the one place that each name of an article stands for, from size, words around and the other names.

Scores count in powers of ten of people: one point outweighs ten times the population. The weights were set by
hand and then tried on LGL, TR-News and our own articles (bench/places.py).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from functools import cache
from itertools import pairwise

import msgspec

from rallybook.grounding.gazetteer import fold
from rallybook.grounding.outlets import Home
from rallybook.grounding.place_rules import place_rules
from rallybook.grounding.priors import is_state, prior, priors
from rallybook.grounding.support import Support, within
from rallybook.grounding.surroundings import Named
from rallybook.model.values import Place

# an outlet's home speaks as loud as a name told four times; "Paris" in the Paris News is that paper's town
_HOME_VOICE, _HOME_TOWN = 1.7, 3.0
_CONTAINED, _WANTED, _OUTER = 5.0, 3.0, 1.0
# "CÁDIZ" is no Cadiz of the Philippines
_UNMARKED = -1.0
_LISTED = 1.5
# in a list ("Topeka, Miami, Oklahoma, Boise") a place in the next one must be nearly as large as its namesake
_LISTED_PENALTY = 2.0
# what lies around another place is not a thousand times smaller than its namesakes
_LIKELY = 3.0
_MOST_CANDIDATES = 24
_ROUNDS = 3
_DIVISIONS = ("ADM1", "ADM2")
# softmax over the scores: with 2.0 a candidate one point behind keeps an eighth of the vote
_SHARPNESS = 2.0

_AND = re.compile(r",?\s(?:and|or|&)\s|,\s")


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
    voice: float = 1.0

    @property
    def weight(self) -> float:
        """The weight of the name's vote: mentions count less and less."""
        return self.voice * (1.0 + 0.5 * math.log(self.count))

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


def senses_of(
    text: str, names: list[Named], context: Iterable[Named], homes: Iterable[Home] = ()
) -> dict[SenseKey, Sense]:
    """Give the senses of the names of a text, scored with each other's support and that of the outlet's homes."""
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
        senses[key].trusted |= name.anchored
    _add_containers(text, names, senses)
    for at, home in enumerate(homes):
        _add_home(home, senses, at)
    for sense in senses.values():
        sense.scores = [p + h for p, h in zip(sense.priors, sense.hints, strict=True)]
    for _ in range(_ROUNDS):
        _rescore(senses)
    for (_, wanted), sense in senses.items():
        if wanted in _DIVISIONS:
            _prefer_division(sense, wanted)
    return senses


def _prefer_division(sense: Sense, wanted: str) -> None:
    """Let the division that the words ask for ("Surat district") stand where the city of its name in it would."""
    scores = sense.scores
    for at in (n for n, place in enumerate(sense.places) if _is_wanted(place, wanted)):
        for other, city in enumerate(sense.places):
            if city.precision == "city" and within(city, sense.places[at]) and scores[other] > scores[at]:
                scores[at], scores[other] = scores[other], scores[at]


def sense_key(name: Named) -> SenseKey:
    """Give the key under which the mentions of a name share one sense."""
    return fold(name.text), "demonym" if name.veto == "demonym" else name.wanted


def _sense(name: Named) -> Sense:
    key = fold(name.text)
    ranked = sorted(((prior(p, key, name.wanted), -i) for i, p in enumerate(name.places)), reverse=True)
    ranked = ranked[:_MOST_CANDIDATES]
    places = [name.places[-i] for _, i in ranked]
    scores = [p for p, _ in ranked] if name.wanted else priors(places, key)
    hints = [
        _WANTED * _is_wanted(place, name.wanted) + _UNMARKED * _is_unmarked(place, name.text)
        for place in places
    ]
    return Sense(key=key, places=places, priors=scores, hints=hints, scores=[])


def _add_home(home: Home, senses: dict[SenseKey, Sense], number: int) -> None:
    """Let an outlet's home speak for its surroundings, and its town for the article's names that are the same."""
    kept = list(home.places[:_MOST_CANDIDATES])
    zeros = [0.0] * len(kept)
    senses["", f"home {number}"] = Sense(
        key=home.key, places=kept, priors=priors(kept, home.key), hints=zeros, scores=[], voice=_HOME_VOICE
    )
    for (key, _), sense in senses.items():
        if key == home.key:
            own = [place.precision == "city" and place in home.places for place in sense.places]
            sense.hints = [hint + _HOME_TOWN * is_own for hint, is_own in zip(sense.hints, own, strict=True)]


def _is_unmarked(place: Place, text: str) -> bool:
    """Tell whether a name is written with marks on its letters that its country's names are written without."""
    return not text.isascii() and place.country in place_rules().unmarked_names


def _is_wanted(place: Place, wanted: str) -> bool:
    if wanted == "PPL":
        return place.precision == "city"
    if wanted == "ADM1":
        provinces = place.feature == "ADM2" and place.country in place_rules().second_level_provinces
        return provinces or place.feature in ("ADM1", "RGN")
    if wanted == "ADM2" and place.feature == "ADM1":
        return place.country in place_rules().first_level_counties
    return bool(wanted) and place.feature == wanted


def _add_containers(text: str, names: list[Named], senses: dict[SenseKey, Sense]) -> None:
    """Let a name and the one after it ("Topeka, Kansas") help each other, unless they stand in one list."""
    pairs = [_next_to(text, left, right) for left, right in pairwise(names)]
    ended_pair = -1
    for at, beside in enumerate(pairs):
        left, right = names[at], names[at + 1]
        if _in_one_list(text, left, right):
            _add_states(senses[sense_key(left)], senses[sense_key(right)])
        if not beside:
            continue
        sense, outer = senses[sense_key(left)], senses[sense_key(right)]
        listed = at > 0 and pairs[at - 1] and at != ended_pair + 1
        goes_on = at + 1 < len(pairs) and pairs[at + 1]
        if _siblings(sense, outer, among=listed or goes_on):
            continue
        around = _likely(outer)
        fits = _fitting(sense.places, around)
        least = max(sense.priors) - _LISTED_PENALTY
        if not any(f and (not listed or p > least) for f, p in zip(fits, sense.priors, strict=True)):
            continue
        ended_pair = at
        sense.trusted = sense.trusted or text[left.end] in ",( c"
        sense.hints = [h + _CONTAINED * f for h, f in zip(sense.hints, fits, strict=True)]
        inner = [any(within(p, wide) or _is_in_town(p, wide) for p in sense.places) for wide in outer.places]
        outer.hints = [h + _OUTER * f for h, f in zip(outer.hints, inner, strict=True)]


def _is_in_town(spot: Place, town: Place) -> bool:
    """Tell whether a landmark is one of this town: it stands where that does."""
    known = spot.country, spot.lat, spot.lon
    return spot.feature == "LMK" and town.precision == "city" and known == (town.country, town.lat, town.lon)


def _fitting(places: list[Place], around: list[Place]) -> list[bool]:
    """Tell which places lie in one of several; a city does, too, where the division of its name does."""
    inside = [any(within(place, wide) for wide in around) for place in places]
    divisions = {
        (p.country, p.admin1) for p, fits in zip(places, inside, strict=True) if fits and p.feature == "ADM1"
    }
    return [
        fits or (place.precision == "city" and (place.country, place.admin1) in divisions)
        for place, fits in zip(places, inside, strict=True)
    ]


def _in_one_list(text: str, left: Named, right: Named) -> bool:
    near = not (left.veto or right.veto) and right.start - left.end < len(" and the ")
    return near and _AND.fullmatch(text, left.end, right.start) is not None


def _add_states(left: Sense, right: Sense) -> None:
    """Let a state speak for the states of its country beside it ("Maryland and Georgia")."""
    for one, other in ((left, right), (right, left)):
        top = other.places[_top(other)]
        if top.feature == "ADM1":
            also = [place.feature == "ADM1" and place.country == top.country for place in one.places]
            one.hints = [min(h + _LISTED * a, _CONTAINED) for h, a in zip(one.hints, also, strict=True)]


def _next_to(text: str, left: Named, right: Named) -> bool:
    if left.veto or right.veto or right.start - left.end > 30:
        return False
    return _between().fullmatch(text, left.end, right.start) is not None


@cache
def _between() -> re.Pattern[str]:
    """Give what stands between a place and the one around it: a kind or what a town has, then a comma or "in"."""
    sites = "|".join(sorted(place_rules().town_sites))
    return re.compile(
        rf"\s?(?:city|town|village|county|parish|district|province|prefecture|region|oblast|municipality|state|{sites})?"
        r"(?:,\s|\s\(|,?\sin\s(?:the\s)?|\s)(?:(?:the\s)?(?:state|province|region)\sof\s)?"
    )


def _likely(sense: Sense) -> list[Place]:
    least = max(sense.priors) - _LIKELY
    return [place for place, points in zip(sense.places, sense.priors, strict=True) if points > least]


def _siblings(left: Sense, right: Sense, *, among: bool) -> bool:
    """Tell whether two names are of one kind ("China, Japan"); states of one country only `among` others."""
    one, other = left.places[_top(left)], right.places[_top(right)]
    if one.precision == other.precision == "country":
        return True
    return among and one.feature == other.feature == "ADM1" and one.country == other.country


def _top(sense: Sense) -> int:
    return max(range(len(sense.priors)), key=sense.priors.__getitem__)


def support_of(senses: dict[SenseKey, Sense]) -> Support:
    """Give what all senses together speak for."""
    support = Support()
    for sense in senses.values():
        for place, share in zip(sense.places, sense.shares(), strict=True):
            support.add(place, share * sense.weight)
    return support


def _rescore(senses: dict[SenseKey, Sense]) -> None:
    support = support_of(senses)
    for (_, wanted), sense in senses.items():
        votes = [share * sense.weight for share in sense.shares()]
        # which of a city and the division of its name a bare name means the prior knows: the city does not speak for it
        others = [
            sum(votes) if not wanted and _divides(place) else vote
            for place, vote in zip(sense.places, votes, strict=True)
        ]
        sense.contexts = [
            support.context(place, own) for place, own in zip(sense.places, others, strict=True)
        ]
        sense.scores = [sum(parts) for parts in zip(sense.priors, sense.hints, sense.contexts, strict=True)]


def _divides(place: Place) -> bool:
    return place.feature in _DIVISIONS and not is_state(place)
