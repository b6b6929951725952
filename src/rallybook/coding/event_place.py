"""Which of a sentence's places is this act's."""

from __future__ import annotations

import re

import msgspec

from rallybook.coding.clauses import distance
from rallybook.coding.scene import Scene
from rallybook.coding.setting import AGENT_AFTER, FINE
from rallybook.grounding.sentences import Sentence
from rallybook.model.mention import Site, Toponym, Trigger
from rallybook.model.values import Place

# What stands before a place where something happens, and before or after one that merely belongs to a phrase.
_LOCATIVE = re.compile(
    r"\b(?:in|at|near|outside|around|across|throughout|through|inside|within|along|over|on|off|before|"
    r"of|toward|towards|to|into|from|via|between|beside|under|opposite)\s+(?:[\w’'.-]+\s+){0,3}$",
    re.IGNORECASE,
)
_FOREIGN_BEFORE = re.compile(
    r"\b(?:from|to|with|against|by|for|between|president of|government of|ambassador (?:to|of)|relations with|"
    r"returned? (?:from|to)|flew to|fled (?:to|from)|born in|based in|lives? in|trade with)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_VERBAL = re.compile(r"\b(?:was|were|is|are|had|has|said|says|will|would|did|\w{3,}ed)\b")
_INCLUDING = re.compile(r"\b(?:including|such as|among them|like|as well as|notably|particularly)\b")

_LOCATIVE_BONUS = -1.0
_AGENT_COST = 2.5
_FOREIGN_COST = 1.5
_COARSE_COST = 0.7
# beyond this a place of the sentence says nothing about the act
_TOO_FAR = 6.0


class Located(msgspec.Struct, frozen=True):
    """Words that place an act: `place` is None for a site whose city the article tells elsewhere."""

    start: int
    end: int
    place: Place | None
    is_site: bool = False
    cost: float = 0.0

    @property
    def fine(self) -> bool:
        """Whether it is a spot or a populated place, not a region or country."""
        return self.is_site or (self.place is not None and self.place.precision in FINE)


def event_places(scene: Scene, sentence: Sentence, trigger: Trigger) -> tuple[Located, ...]:
    """Give the places of the act named by `trigger`: none, one, or one for each member of a list.

    Where a list of cities is given as part of a region or country ("across Russia, including Irkutsk and
    Omsk"), the whole comes first.
    """
    toponyms = [t for t in scene.within(scene.toponyms, sentence.start, sentence.end) if t.place]
    told = sorted((_located(scene, sentence, trigger, t) for t in toponyms), key=lambda p: p.cost)
    ranked = [p for p in told if p.cost < _TOO_FAR]
    site = _nearest_site(scene, sentence, trigger)
    best = _most_specific(scene, ranked)
    if site and (not best or site.cost <= best.cost + 1.0):
        return (_settled(site, best),)
    if not best:
        return ()
    members = _list_around(scene, best, told)
    if len(members) < 2:
        return (best,)
    whole = [p for p in ranked if not p.fine and _introduces(scene, p, members[0])]
    return (*whole[:1], *members)


def _located(scene: Scene, sentence: Sentence, trigger: Trigger, toponym: Toponym) -> Located:
    assert toponym.place is not None
    cost = _cost(scene, sentence, trigger, (toponym.start, toponym.end))
    if toponym.place.precision not in FINE:
        cost += _COARSE_COST
    return Located(toponym.start, toponym.end, toponym.place, cost=cost)


def _cost(scene: Scene, sentence: Sentence, trigger: Trigger, words: tuple[int, int]) -> float:
    base = sentence.start
    cost = distance(
        scene.words(sentence), (trigger.start - base, trigger.end - base), (words[0] - base, words[1] - base)
    )
    before = scene.text[max(sentence.start, words[0] - 50) : words[0]]
    after = scene.text[words[1] : min(sentence.end, words[1] + 30)]
    if _FOREIGN_BEFORE.search(before):
        cost += _FOREIGN_COST
    elif _LOCATIVE.search(before):
        cost += _LOCATIVE_BONUS
    if AGENT_AFTER.search(after):
        cost += _AGENT_COST
    return cost + sum(1.5 for t in scene.triggers if _between(t, trigger, words))


def _between(other: Trigger, trigger: Trigger, words: tuple[int, int]) -> bool:
    low, high = min(trigger.end, words[1]), max(trigger.start, words[0])
    return other is not trigger and low <= other.start and other.end <= high


def _nearest_site(scene: Scene, sentence: Sentence, trigger: Trigger) -> Located | None:
    located = [
        Located(
            s.start,
            s.end,
            s.toponym.place if s.toponym else None,
            is_site=True,
            cost=_cost(scene, sentence, trigger, (s.start, s.end)),
        )
        for s in scene.within(scene.sites, sentence.start, sentence.end)
        if not _is_whole_trigger(s, trigger)
    ]
    near = [p for p in located if p.cost < _TOO_FAR - 2.0]
    return min(near, key=lambda p: p.cost, default=None)


def _is_whole_trigger(site: Site, trigger: Trigger) -> bool:
    return trigger.start <= site.start and site.end <= trigger.end


def _settled(site: Located, best: Located | None) -> Located:
    """Give a site its city from the sentence where the site itself names none."""
    if site.place and site.place.precision in FINE:
        return site
    if best and best.fine:
        return Located(site.start, site.end, best.place, is_site=True, cost=site.cost)
    return Located(site.start, site.end, site.place, is_site=True, cost=site.cost)


def _most_specific(scene: Scene, ranked: list[Located]) -> Located | None:
    """Give the nearest place, or the city just beside it that lies in it ("Perote, Veracruz")."""
    if not ranked:
        return None
    best = ranked[0]
    if best.fine:
        return best
    for other in ranked[1:]:
        gap = scene.text[min(best.end, other.end) : max(best.start, other.start)]
        if other.fine and len(gap) < 25 and not _VERBAL.search(gap) and _inside(other, best):
            return other
    return best


def _inside(city: Located, region: Located) -> bool:
    return bool(city.place and region.place and city.place.country == region.place.country)


def _list_around(scene: Scene, best: Located, told: list[Located]) -> list[Located]:
    """Give the members of the list of cities that `best` stands in."""
    if not best.fine:
        return [best]
    ordered = sorted((p for p in told if p.fine and not p.is_site), key=lambda p: p.start)
    groups: list[list[Located]] = []
    for place in ordered:
        if groups and _listed(scene.text[groups[-1][-1].end : place.start]):
            groups[-1].append(place)
        else:
            groups.append([place])
    return next((g for g in groups if any(p.start == best.start for p in g)), [best])


def _listed(gap: str) -> bool:
    if len(gap) > 60 or _VERBAL.search(gap):
        return False
    return gap.lstrip().startswith(",") or bool(re.search(r"\band\b", gap))


def _introduces(scene: Scene, whole: Located, first: Located) -> bool:
    return whole.end < first.start and bool(_INCLUDING.search(scene.text[whole.end : first.start]))
