"""Which of the article's places is this act's."""

from __future__ import annotations

from itertools import chain

import msgspec

from rallybook.coding.clauses import distance
from rallybook.coding.linear import score, shares
from rallybook.coding.place_choices import PlaceChoice, Whereabouts
from rallybook.coding.place_lists import listed
from rallybook.coding.scene import Scene
from rallybook.coding.spots import Spot, identity
from rallybook.grounding.sentences import Sentence
from rallybook.grounding.sites import as_site
from rallybook.model.mention import Site, Trigger
from rallybook.model.values import FINE, Place

# a site further from the trigger than two clauses is another act's
_SITE_REACH = 4.0


class Located(msgspec.Struct, frozen=True):
    """Where an act took place, the words for it, and the share of the choice among all choices.

    `here`: the sentence of the trigger tells it.
    """

    place: Place | None
    words: tuple[int, int] | None = None
    is_site: bool = False
    here: bool = False
    share: float = 0.0


def event_places(whereabouts: Whereabouts, trigger: Trigger) -> tuple[Located, ...]:
    """Give the places of the act named by `trigger`: one, or one for each member of a list of cities.

    Where a list of cities is given as part of a region or country ("across Russia, including Irkutsk and
    Omsk"), the whole comes first.
    """
    scene = whereabouts.scene
    sentence = scene.sentence_at(trigger.start)
    choices = whereabouts.choices(trigger)
    found = shares([score(scene.model("place"), choice.marks) for choice in choices])
    best = max(range(len(choices)), key=lambda n: found[n])
    site = _nearest_site(scene, sentence, trigger, choices[best].place)
    one = _located(sentence, choices[best], site, found[best])
    chosen = choices[best].spot
    if chosen is None or not one.here:
        return (one,)
    told = listed(scene, chain.from_iterable(whereabouts.spots.values()), chosen)
    return tuple(one if spot is chosen else _member(spot, one.share) for spot in told)


def _located(sentence: Sentence, choice: PlaceChoice, site: Site | None, share: float) -> Located:
    spot = choice.spot
    here = spot is not None and spot.sentence.number == sentence.number
    if choice.place is None:
        return Located(None, share=share)
    if site is not None and choice.place.precision in FINE:
        return Located(as_site(choice.place), (site.start, site.end), True, here, share)
    if spot is None:
        return Located(choice.place, share=share)
    place = as_site(choice.place) if spot.is_site else choice.place
    return Located(place, (spot.start, spot.end), spot.is_site, here, share)


def _nearest_site(scene: Scene, sentence: Sentence, trigger: Trigger, place: Place | None) -> Site | None:
    """Give the site that the sentence tells beside the trigger, unless it lies in another place."""
    if place is None or place.precision not in FINE:
        return None
    base, words = sentence.start, scene.words(sentence)
    ranked = sorted(
        (
            distance(words, (trigger.start - base, trigger.end - base), (s.start - base, s.end - base)),
            s.start,
        )
        for s in scene.within(scene.sites, sentence.start, sentence.end)
        if not (trigger.start <= s.start and s.end <= trigger.end) and _may_lie_in(s, place)
    )
    if not ranked or ranked[0][0] > _SITE_REACH:
        return None
    return next(s for s in scene.sites if s.start == ranked[0][1])


def _may_lie_in(site: Site, place: Place) -> bool:
    own = site.toponym.place if site.toponym else None
    return own is None or own.precision not in FINE or identity(own) == identity(place)


def _member(spot: Spot, share: float) -> Located:
    place = as_site(spot.place) if spot.is_site else spot.place
    return Located(place, (spot.start, spot.end), spot.is_site, True, share)
