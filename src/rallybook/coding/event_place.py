"""Which of the article's places is this act's."""

from __future__ import annotations

import re

import msgspec

from rallybook.coding.clauses import distance
from rallybook.coding.linear import score, shares
from rallybook.coding.place_choices import PlaceChoice, Whereabouts
from rallybook.coding.scene import Scene
from rallybook.coding.spots import Spot, identity
from rallybook.grounding.sentences import Sentence
from rallybook.grounding.sites import as_site
from rallybook.model.mention import Site, Trigger
from rallybook.model.values import FINE, Place

_VERBAL = re.compile(r"\b(?:was|were|is|are|had|has|said|says|will|would|did|\w{3,}ed)\b")
_A_VERB = re.compile(
    r"\b(?:was|were|is|are|be|been|had|has|have|said|says|will|would|did|do|does|can|may|\w{3,}(?:ed|ing))\b"
)
_INCLUDING = re.compile(r"\b(?:including|such as|among them|like|as well as|notably|particularly)\b")
# a site further from the trigger than two clauses is another act's
_SITE_REACH = 4.0
_LONGEST_GAP = 60
# a comma or "and", and at most five words before the next place ("and in the eastern city of")
_NEXT = r"\s*(?:[\w’'-]+\s+){0,5}\W{0,2}$"
_JOINS = re.compile(rf"(?:,|\band\b){_NEXT}")
# "from Egypt and Syria to Italy and Greece"; from city to city people march
_JOINS_COUNTRIES = re.compile(rf"(?:,|\band\b|\bto\b){_NEXT}")
# "the bandh was total in Mysore and Hubli while it was partial in Dharwad and Shimoga": one act, two lists
_GOES_ON = re.compile(
    r"\W*(?:(?:while|and|but|though|whereas)\s+)?(?:it\s+)?(?:(?:was|were|is|remained|evoked)\s+)?(?:only\s+|nearly\s+|an?\s+)?"
    r"(?:partial|total|complete|near[- ]total|peaceful|good|mixed|lukewarm|poor)\s+(?:response\s+)?in\s+",
    re.IGNORECASE,
)


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
    if not one.here or one.place is None:
        return (one,)
    return _listed(whereabouts, sentence, (one, choices[best].spot))


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


def _listed(
    whereabouts: Whereabouts, sentence: Sentence, first: tuple[Located, Spot | None]
) -> tuple[Located, ...]:
    """Give the members of the list of places in which the place of an act stands, with the whole that cities are of."""
    scene, (one, spot) = whereabouts.scene, first
    reach = _with_fragments(scene, sentence)
    here = sorted(
        (
            s
            for s in (s for found in whereabouts.spots.values() for s in found)
            if sentence.start <= s.start < reach
        ),
        key=lambda s: s.start,
    )
    for group in _groups(scene, [s for s in here if s.place.precision in FINE], _JOINS):
        whole = next(
            (s for s in here if s.place.precision not in FINE and _introduces(scene, s, group[0])), None
        )
        if spot in group or (spot is not None and spot == whole):
            members = [one if s is spot else _member(s, one.share) for s in group]
            return (_member(whole, one.share), *members) if whole else tuple(members)
    countries = [s for s in here if s.place.precision == "country" and not s.agent]
    for group in _groups(scene, countries, _JOINS_COUNTRIES):
        if spot in group:
            return tuple(one if s is spot else _member(s, one.share) for s in group)
    return (one,)


def _groups(scene: Scene, told: list[Spot], joins: re.Pattern[str]) -> list[list[Spot]]:
    """Give the lists of two and more places that stand side by side ("Bari in Apulia, Lecce and Brindisi")."""
    groups: list[list[Spot]] = []
    for other in told:
        gap = scene.text[groups[-1][-1].end : other.start] if groups else ""
        if groups and _GOES_ON.fullmatch(gap):
            groups[-1].append(other)
        elif not groups or len(gap) > _LONGEST_GAP or _VERBAL.search(gap):
            groups.append([other])
        elif joins.search(gap):
            groups[-1].append(other)
        # else: what the last one lies in or near ("in the Andes", "the largest city on the coast")
    return [group for group in groups if len(group) > 1]


def _with_fragments(scene: Scene, sentence: Sentence) -> int:
    """Give the end of a sentence and of what a stray stop cut off from it: words without a verb."""
    end = sentence.end
    for follower in scene.sentences[sentence.number + 1 :]:
        if follower.paragraph != sentence.paragraph or _A_VERB.search(scene.words(follower)):
            break
        end = follower.end
    return end


def _member(spot: Spot, share: float) -> Located:
    place = as_site(spot.place) if spot.is_site else spot.place
    return Located(place, (spot.start, spot.end), spot.is_site, True, share)


def _introduces(scene: Scene, whole: Spot, first: Spot) -> bool:
    return whole.end < first.start and bool(_INCLUDING.search(scene.text[whole.end : first.start]))
