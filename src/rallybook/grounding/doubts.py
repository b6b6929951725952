"""Doubts: whether a name is a place at all, and whether its best candidate is good enough."""

from __future__ import annotations

import math

from rallybook.grounding.gazetteer import fold
from rallybook.grounding.place_rules import place_rules
from rallybook.grounding.senses import Sense
from rallybook.grounding.support import Support
from rallybook.grounding.surroundings import Named
from rallybook.model.mention import Toponym
from rallybook.model.values import Place

# "North Side", "Central Coast": the nearest one is rarely in the gazetteer
_GENERIC = 4.0
# but "West Bank" is in it
_WELL_KNOWN = 1_000_000
_SMALL = 100_000
# "Belmont" in an article that names five towns of Zimbabwe is none of the American ones: on TR-News and LGL the share
# of right ones among all names placed rises by .001 and .004, and of the names found .001 of LGL is lost
_FOREIGN = 2.5
_ALONE = 0.3
# votes of other names from which on what backs a small town is asked for in full: "Aunt Florence cried. The shoe
# factory in Bitola" names no other country. bench/record_places.py finds of our own labelled places .947 -> .951
_HEARD = 4.0
# a town's name that no other country's town bears is seldom anything else ("You ask what Akureyri thinks"): of our own
# labelled places .951 -> .953 are found, of LGL's names .842 -> .845 are right, precision .923 in both
_UNMISTAKABLE, _LEAST_KNOWN = 1.5, 1_000
# so is a smaller town, or one under another name, where one other name speaks for its country: of the places of 971
# unlearned articles .953 -> .955 are found, precision .923 on LGL as before
_COUNTRY_TOLD = 0.4
_SCORE_AT_HALF = 4.6
_MOST_CONTEXT = 2.5
LEAST_SCORE = 0.4
# most false names are small towns': this lifts the share of right ones among all names placed from 0.79 to 0.82
# on LGL for 1.4 points of recall; 1.2 costs twice that
_TOWN = 0.8


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
    words = fold(name.text).split()
    trusted = sense.trusted or name.wanted != "" or (len(words) > 1 and words[-1] in rules.region_words)
    doubt = -1.0 * name.placed - 3.0 * trusted - 1.0 * (sense.placed > 0.3 * sense.count)
    large = place.precision == "country" or place.feature in ("CONT", "RGN")
    if not large:
        doubt += 1.0 * name.inside + _TOWN * (place.precision == "city")
        backed, near = support.backing(place, sense.weight)
        lone_spot = place.feature == "LMK" and len(sense.places) == 1
        if place.population < _SMALL and place.feature != "ADM1" and not lone_spot:
            # where nothing else is named, nothing could have backed it
            others = 1.0 if _is_small(name) else min(1.0, support.others(sense.weight) / _HEARD)
            heard = _ALONE + (1.0 - _ALONE) * others
            doubt += heard * (1.5 * (1.0 - backed) + 0.5 * (1.0 - near))
        if place.population < _WELL_KNOWN and place.feature != "ADM1":
            doubt += _FOREIGN * support.foreign(place, sense.weight)
    doubt += 3.5 * name.common
    known = large or place.population > _WELL_KNOWN
    if not known and words[0] in rules.compass and rules.generic.issuperset(words[1:]):
        doubt += _GENERIC * (1.0 - support.backing(place, sense.weight)[1])
    if name.lowered:
        doubt += 2.5 - 3.0 * support.backing(place, sense.weight)[0]
    if not trusted and not large:
        doubt += 3.0 * (sense.key in surnames) + 1.5 * (name.text in rules.surnames and not name.placed)
        doubt += 1.5 * name.speaks
    if _is_unmistakable(name, sense, place, surnames, support):
        doubt -= _UNMISTAKABLE
    if place.feature == "LMK" and not support.holds_city(place):
        general = name.text.startswith(rules.everywhere) and " of " not in name.text
        doubt += 4.5 if general else 0.5 - 1.5 * support.backing(place, sense.weight)[0]
        # many a word is a spot somewhere; one that names nothing else is surer, if it has a capital ("the embankment")
        doubt += 1.0 * (name.last == name.first + 1 and (len(sense.places) > 1 or _is_small(name)))
        # "Heimat Mitte" is no quarter of Berlin
        doubt += 2.0 * name.inside
    return doubt


def _is_unmistakable(
    name: Named, sense: Sense, place: Place, surnames: frozenset[str], support: Support
) -> bool:
    """Tell whether a town's name is that of no other country's town, of no person and no English word."""
    if place.precision != "city":
        return False
    if name.common or name.lowered or name.speaks or name.inside or name.definite or sense.key in surnames:
        return False
    # what is another spelling of a large town is hardly anything else ("Hodeidah" for Al Hudaydah)
    known = (fold(place.name) == sense.key and place.population >= _LEAST_KNOWN) or place.population >= _SMALL
    # what is told of its country makes up for that
    known = known or support.backing(place, sense.weight)[0] >= _COUNTRY_TOLD
    if not known or (_is_small(name) and not name.houses):
        return False
    rules = place_rules()
    borne = name.text in rules.surnames or name.text in rules.given_names
    return not borne and all(other.country == place.country for other in sense.places)


def _is_small(name: Named) -> bool:
    """Tell whether a name stands in a text without capitals: nothing tells it from a word there."""
    return name.text.islower()


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
