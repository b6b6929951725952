"""Places: every name of a place in an article with the one place that it stands for."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict

import msgspec

from rallybook.grounding.gazetteer import CompiledGazetteer, fold
from rallybook.grounding.place_rules import place_rules
from rallybook.grounding.toponyms import Named, scan
from rallybook.model.mention import Toponym
from rallybook.model.reading import Reading
from rallybook.model.values import Place

_DATELINE = re.compile(r"\A[^\n]{0,120}?(?:\([^)\n]{2,40}\)\s*)?(?:--|[-–—])\s")


class Geoparser:
    """Recognises and resolves names of places; keeps nothing between articles but the gazetteer's cache."""

    def __init__(self, gazetteer: CompiledGazetteer) -> None:
        self._gazetteer = gazetteer

    def toponyms(self, reading: Reading) -> tuple[Toponym, ...]:
        """Give all names of places in order; `place` is None where the name is no place or none is good enough."""
        found = scan(reading.text, self._gazetteer)
        names = [_with_division(name, self._gazetteer) for name in found.names]
        names = _with_abbreviations(reading.text, names, self._gazetteer)
        return resolve(reading.text, names, surnames=found.surnames, context=self._context(reading))

    def _context(self, reading: Reading) -> list[Named]:
        title = reading.article.title
        outside = (
            f"{title}\n{reading.article.source}"
            if title not in reading.text[:400]
            else reading.article.source
        )
        return list(scan(outside, self._gazetteer).names) if outside.strip() else []


def _with_division(name: Named, gazetteer: CompiledGazetteer) -> Named:
    """Add the division in which a city of this name lies, where the words ask for a division ("Irkutsk region")."""
    if name.wanted != "ADM1" or name.veto or any(p.feature == "ADM1" for p in name.places):
        return name
    divisions = tuple(
        division
        for place in name.places[:3]
        if place.population >= 50_000 and (division := gazetteer.division(place.country, place.admin1))
    )
    return msgspec.structs.replace(name, places=(*divisions, *name.places))


_AFTER_COMMA = re.compile(r",\s((?:[A-Z]\.\s?){2,3}|[A-Z][a-z]{1,4}\.|[A-Z]{2,3}\b|W\.\s?Va\.)")


def _with_abbreviations(text: str, names: list[Named], gazetteer: CompiledGazetteer) -> list[Named]:
    """Add the states written short after a comma ("Chico, Calif.")."""
    rules = place_rules()
    taken = {name.start for name in names}
    added = []
    for name in names:
        match = _AFTER_COMMA.match(text, name.end)
        if not match or match.start(1) in taken:
            continue
        codes = rules.after_comma.get(match[1].strip().rstrip("."), ())
        places = tuple(p for code in codes if (p := gazetteer.division(*code.split("."))))
        if places:
            end = match.start(1) + len(match[1].rstrip())
            added.append(
                Named(
                    start=match.start(1),
                    end=end,
                    text=text[match.start(1) : end],
                    first=-1,
                    last=-1,
                    places=places,
                )
            )
    kept = [n for n in names if not any(a.start <= n.start < a.end for a in added)] if added else names
    return sorted([*kept, *added], key=lambda n: n.start)


# Scores are in steps of ten of the population, so that one point is ten times the people.
_BASE = {"PCLI": 9.0, "CONT": 8.5, "RGN": 6.0, "LMK": 5.2, "ADM1": 6.0, "PPLX": 4.5}
_CAPITAL = 1.0
_US_STATE = 0.8
_OTHER_NAME = 0.7
_COUNTRY_WEIGHT, _DIVISION_WEIGHT, _NEAR_WEIGHT = 2.5, 2.0, 1.0
_CONTAINED, _WANTED = 5.0, 3.0
_SMALL = 100_000
_MOST_CANDIDATES = 24
_ROUNDS = 2


def prior(place: Place, key: str) -> float:
    """Give how probable a place is before any context, as a power of ten of people."""
    size = math.log10(place.population + 100)
    if place.feature == "ADM1":
        score = _BASE["ADM1"] + (size - 6.0) * 0.4 + (_US_STATE if place.country == "US" else 0.0)
    elif place.feature == "ADM2":
        score = size - 1.0
    elif place.feature in _BASE:
        score = _BASE[place.feature]
    else:
        score = size + (_CAPITAL if place.feature == "PPLC" else 0.0)
    return score if fold(place.name) == key or place.feature != "PPL" else score - _OTHER_NAME


class _Sense(msgspec.Struct):
    """One name of the article: its candidates, their scores, and what the mentions say together."""

    key: str
    places: list[Place]
    priors: list[float]
    hints: list[float]
    scores: list[float]
    count: int = 1
    trusted: bool = False

    def shares(self) -> list[float]:
        top = max(self.scores)
        weights = [math.exp(2.0 * (score - top)) for score in self.scores]
        total = sum(weights)
        return [weight / total for weight in weights]


def resolve(
    text: str, names: list[Named], *, surnames: frozenset[str], context: list[Named]
) -> tuple[Toponym, ...]:
    """Give the names with their places, one sense for each name and wanted kind."""
    senses: dict[tuple[str, str], _Sense] = {}
    for name in [*names, *context]:
        if name.veto not in ("", "demonym") or not name.places:
            continue
        key = _sense_key(name)
        if key in senses:
            senses[key].count += 1
        else:
            senses[key] = _sense(name)
    _add_containers(text, names, senses)
    for sense in senses.values():
        sense.scores = [p + h for p, h in zip(sense.priors, sense.hints, strict=True)]
    for _ in range(_ROUNDS):
        _rescore(senses)
    support = _support(senses, None)
    return tuple(_decide(name, senses.get(_sense_key(name)), surnames, support) for name in names)


def _sense_key(name: Named) -> tuple[str, str]:
    return fold(name.text), "demonym" if name.veto == "demonym" else name.wanted


def _sense(name: Named) -> _Sense:
    key = fold(name.text)
    ranked = sorted(((prior(p, key), i) for i, p in enumerate(name.places)), reverse=True)[:_MOST_CANDIDATES]
    places = [name.places[i] for _, i in ranked]
    hints = [_WANTED if _is_wanted(place, name.wanted) else 0.0 for place in places]
    priors = [p for p, _ in ranked]
    for at, place in enumerate(places):
        if place.feature in ("ADM1", "ADM2") and name.wanted == "":
            # the bare name is the city, not the region around it
            same = [
                p
                for p in places
                if p.precision == "city" and p.country == place.country and p.population > 5e4
            ]
            if any(p.admin1 == place.admin1 for p in same) and place.country != "US":
                priors[at] -= 3.0
    return _Sense(key=key, places=places, priors=priors, hints=hints, scores=[])


def _is_wanted(place: Place, wanted: str) -> bool:
    if wanted == "PPL":
        return place.precision == "city"
    if wanted == "ADM1":
        return place.feature in ("ADM1", "RGN")
    return bool(wanted) and place.feature == wanted


def _add_containers(text: str, names: list[Named], senses: dict[tuple[str, str], _Sense]) -> None:
    for left, right in zip(names, names[1:], strict=False):
        gap = text[left.end : right.start]
        if len(gap) > 4 or gap.strip() not in (",", "(", ", in"):
            continue
        sense, outer = senses.get(_sense_key(left)), senses.get(_sense_key(right))
        if left.veto or sense is None or outer is None or right.veto:
            continue
        fits = [any(_within(place, around) for around in outer.places[:6]) for place in sense.places]
        if any(fits):
            sense.trusted = True
            sense.hints = [h + _CONTAINED * f for h, f in zip(sense.hints, fits, strict=True)]
            inner = [any(_within(place, around) for place in sense.places) for around in outer.places]
            outer.hints = [h + 1.0 * f for h, f in zip(outer.hints, inner, strict=True)]


def _within(place: Place, around: Place) -> bool:
    if place == around or around.precision not in ("country", "region") or place.precision == "country":
        return False
    if place.country != around.country:
        return False
    if around.feature == "ADM1":
        return place.admin1 == around.admin1 and place.feature != "ADM1"
    if around.feature == "ADM2":
        near = abs(place.lat - around.lat) < 1.0 and abs(place.lon - around.lon) < 1.5
        return near and place.admin1 == around.admin1 and place.feature != "ADM2"
    return around.precision == "country" or (abs(place.lat - around.lat) + abs(place.lon - around.lon) < 12)


Support = tuple[dict[str, float], dict[tuple[str, str], float], dict[tuple[int, int], float]]


def _support(senses: dict[tuple[str, str], _Sense], _: None) -> Support:
    countries: dict[str, float] = defaultdict(float)
    divisions: dict[tuple[str, str], float] = defaultdict(float)
    cells: dict[tuple[int, int], float] = defaultdict(float)
    for sense in senses.values():
        weight = 1.0 + 0.5 * math.log(sense.count)
        for place, share in zip(sense.places, sense.shares(), strict=True):
            vote = share * weight
            if vote < 0.02:
                continue
            countries[place.country] += vote
            if place.precision == "country" or place.feature in ("RGN", "CONT"):
                continue
            divisions[place.country, place.admin1] += vote
            if place.feature != "ADM1":
                cells[round(place.lat), round(place.lon)] += vote
    return countries, divisions, cells


def _rescore(senses: dict[tuple[str, str], _Sense]) -> None:
    countries, divisions, cells = _support(senses, None)
    for sense in senses.values():
        weight = 1.0 + 0.5 * math.log(sense.count)
        scores = []
        for place, before, hint, share in zip(
            sense.places, sense.priors, sense.hints, sense.shares(), strict=True
        ):
            own = share * weight
            score = before + hint + _COUNTRY_WEIGHT * _saturate(countries[place.country] - own, 2.0)
            if place.precision != "country":
                score += _DIVISION_WEIGHT * _saturate(
                    divisions.get((place.country, place.admin1), 0.0) - own, 2.0
                )
                if place.feature not in ("ADM1", "RGN", "CONT"):
                    score += _NEAR_WEIGHT * _saturate(_around(cells, place) - own, 2.0)
            scores.append(score)
        sense.scores = scores


def _around(cells: dict[tuple[int, int], float], place: Place) -> float:
    lat, lon = round(place.lat), round(place.lon)
    return sum(cells.get((lat + i, lon + j), 0.0) for i in (-1, 0, 1) for j in (-1, 0, 1))


def _saturate(votes: float, half: float) -> float:
    return votes / (votes + half) if votes > 0 else 0.0


def _decide(name: Named, sense: _Sense | None, surnames: frozenset[str], support: Support) -> Toponym:
    if name.veto or sense is None:
        return _toponym(name, None)
    order = sorted(range(len(sense.scores)), key=sense.scores.__getitem__, reverse=True)
    best = order[0]
    place = sense.places[best]
    margin = sense.scores[best] - sense.scores[order[1]] if len(order) > 1 else 5.0
    countries, divisions, _ = support
    own = 1.0 + 0.5 * math.log(sense.count)
    backed = _saturate(countries[place.country] - own, 2.0)
    near = _saturate(divisions.get((place.country, place.admin1), 0.0) - own, 2.0)
    strength = sense.scores[best]
    doubt = 2.0 * name.common + 1.0 * (name.inside and place.precision != "country")
    doubt += 3.0 * (sense.key in surnames and not sense.trusted)
    doubt -= 1.0 * name.placed + 1.5 * (name.wanted != "") + 3.0 * sense.trusted
    if (
        place.precision != "country"
        and place.population < _SMALL
        and place.feature not in ("RGN", "ADM1", "CONT")
    ):
        doubt += 1.5 * (1.0 - backed) + 0.5 * (1.0 - near)
    score = 1.0 / (1.0 + math.exp(-(strength - doubt - 5.0)))
    if score < 0.35:
        return _toponym(name, None, score)
    return _toponym(name, place, score, 1.0 - math.exp(-max(margin, 0.0)))


def _toponym(name: Named, place: Place | None, score: float = 0.0, margin: float = 0.0) -> Toponym:
    return Toponym(
        start=name.start,
        end=name.end,
        text=name.text,
        place=place,
        score=round(score, 4),
        margin=round(margin, 4),
    )


def dateline(reading: Reading, toponyms: tuple[Toponym, ...]) -> Toponym | None:
    """Give the place in the dateline ("LONDON (Reuters) -"), None where the text has none."""
    match = _DATELINE.match(reading.text)
    if not match:
        return None
    for toponym in toponyms:
        if toponym.start >= match.end():
            break
        if (
            toponym.place is not None
            and toponym.start < 40
            and not reading.text[: toponym.start].strip(" \n*")
        ):
            return toponym
    return None


def context_place(reading: Reading, toponyms: tuple[Toponym, ...]) -> Place | None:
    """Give the place that the whole article is about, None where it names none."""
    votes: Counter[Place] = Counter()
    line = dateline(reading, toponyms)
    for toponym in toponyms:
        if toponym.place is None:
            continue
        place = toponym.place
        early = 2.0 if toponym.start < 300 else 1.0
        votes[place] += early * {"site": 1.0, "city": 1.2, "region": 0.8, "country": 0.6}[place.precision]
        if place.precision != "unknown" and fold(toponym.text) in fold(reading.article.title):
            votes[place] += 2
    if line is not None and line.place is not None:
        votes[line.place] += 2
    if not votes:
        return None
    return max(votes, key=lambda place: votes[place])
