"""All places that an act may have happened at, each with the marks that speak for and against it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

import msgspec

from rallybook.coding.act_columns import WHERE
from rallybook.coding.clauses import distance
from rallybook.coding.reach import Scale, scale_of
from rallybook.coding.read_marks import mentioned, read_marks
from rallybook.coding.scene import Scene
from rallybook.coding.setting import home_city, setting
from rallybook.coding.spots import Identity, Spot, all_spots, identity
from rallybook.coding.tagged import Tagged, reach_marks
from rallybook.grounding.gazetteer import fold
from rallybook.grounding.sentences import Sentence
from rallybook.model.mention import Trigger
from rallybook.model.values import FINE, Place

_WIDE = re.compile(
    r"\b(nationwide|national|across|general|countrywide|country-wide|throughout|several|many|cities)\b", re.I
)
_POINTS = re.compile(
    r"\b(?:the|this|that|our|their) (city|town|village|capital|district|province|region|country|state|island|nation|"
    r"campus|square|port)\b|\b(there|here|elsewhere|abroad)\b",
    re.I,
)
_WORD = re.compile(r"[\w'’-]+")
# a place told further away than this is only known as one of the article's
_NEAR_SENTENCES = 3
# "in the capital, Dili": the name says more than the words for it
_VAGUE = 0.2


class PlaceChoice(msgspec.Struct, frozen=True):
    """A place that an act may have: None where the article does not say. `spot` is its nearest mention."""

    place: Place | None
    spot: Spot | None
    marks: tuple[str, ...]


class Whereabouts:
    """The places of a scene, and the choices among them for each trigger."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        found: dict[Identity, list[Spot]] = defaultdict(list)
        for spot in sorted(all_spots(scene), key=lambda s: s.start):
            found[identity(spot.place)].append(spot)
        self.spots = {key: tuple(told) for key, told in found.items()}
        self._city = home_city(scene)
        self._standing = {key: _standing_marks(self, key) for key in self.spots}
        self._divisions = tuple(_implied(self.spots, scene.divisions))

    def choices(self, trigger: Trigger) -> tuple[PlaceChoice, ...]:
        """Give the choices of place for the act that a trigger names; the last is: not said."""
        scene = self.scene
        sentence = scene.sentence_at(trigger.start)
        told = {key: _nearest(scene, sentence, trigger, found) for key, found in self.spots.items()}
        finest = _finest_beside(sentence, told)
        here = setting(scene, trigger.start)
        context = _context(scene, sentence, trigger)
        choices: list[PlaceChoice] = []
        ranks: Counter[tuple[str, bool]] = Counter()
        for rank, key in enumerate(sorted(told, key=lambda key: told[key][0])):
            cost, spot = told[key]
            own = [*_position_marks(scene, sentence, trigger, spot, (cost, rank)), *self._standing[key]]
            own += self._roles(key, here)
            if not key[0] and key[2] in finest:
                own.append(f"finer beside {spot.place.precision}")
            level = _level(spot.place)
            before = spot.start < trigger.start
            own.append(f"rank in level={min(ranks[level, before], 3)} before={before}")
            ranks[level, before] += 1
            choices.append(PlaceChoice(spot.place, spot, _crossed(own, spot.place, context)))
        for place in dict.fromkeys(scene.titled):
            if identity(place) not in told:
                alone = ["in title alone", f"in title alone of={min(len(told), 3)}"]
                choices.append(PlaceChoice(place, None, _crossed(alone, place, context)))
        if scene.nation and identity(scene.nation) not in told:
            marks = _crossed(["implied nation"], scene.nation, context)
            choices.append(PlaceChoice(scene.nation, None, marks))
        for place, named, marks in self._divisions:
            roles = self._divided(place, here)
            if named or roles:
                own = ["implied division", *roles, *marks]
                choices.append(PlaceChoice(place, None, _crossed(own, place, context)))
        nothing = ["unknown", f"unknown places={min(len(told), 4)}", *(f"unknown {mark}" for mark in context)]
        choices.append(PlaceChoice(None, None, tuple(nothing)))
        scales = scene.tagged.scales(trigger.start, trigger.end) if scene.tagged else {}
        choices = [_scaled(choice, scales) for choice in choices] if scales else choices
        choices = list(map(_lone, choices)) if len(scene.sentences) == 1 else choices
        read = scene.read_at(trigger)
        return tuple(self._read(read, trigger, choices) if read else choices)

    def _read(self, read: Tagged, trigger: Trigger, choices: list[PlaceChoice]) -> Iterator[PlaceChoice]:
        """Give choices with what the reader of acts says of their names, and of the scale of the act."""
        told_by = [mentioned(_level(c.place), c.spot, self._mentions(c.place)) for c in choices]
        scales = read.scales(trigger.start, trigger.end)
        for choice, told in zip(choices, read_marks(read, WHERE, told_by), strict=True):
            known = msgspec.structs.replace(choice, marks=(*choice.marks, *told))
            yield _scaled(known, scales, "read scale")

    def _mentions(self, place: Place | None) -> tuple[Spot, ...]:
        return self.spots.get(identity(place), ()) if place else ()

    def _divided(self, division: Place, here: Place | None) -> list[str]:
        towns = {"setting": here, "home city": self._city}
        return [
            f"implied division of {role}" for role, town in towns.items() if town and _lies_in(town, division)
        ]

    def _roles(self, key: Identity, here: Place | None) -> list[str]:
        roles = {"setting": here, "home city": self._city, "home nation": self.scene.nation}
        return [role for role, place in roles.items() if place and identity(place) == key]


def _implied(
    spots: dict[Identity, tuple[Spot, ...]], divisions: tuple[Place, ...]
) -> Iterator[tuple[Place, bool, tuple[str, ...]]]:
    """Give the divisions that are told by their towns alone, whether one bears its name, and what speaks for each.

    Its name may be meant by that of the town, or all of it beside the town.
    """
    told = sum(map(len, spots.values()))
    for division in divisions:
        if identity(division) in spots:
            continue
        towns = [found for found in spots.values() if _lies_in(found[0].place, division)]
        named = any(fold(found[0].place.name) == fold(division.name) for found in towns)
        share = round(4 * sum(map(len, towns)) / told)
        own = f"implied division named={named} towns={min(len(towns), 3)}"
        yield division, named, (own, f"implied division share={share}/4")


def _lies_in(place: Place, division: Place) -> bool:
    return bool(place.admin1) and (place.country, place.admin1) == (division.country, division.admin1)


def _scaled(choice: PlaceChoice, scales: dict[Scale, float], name: str = "scale") -> PlaceChoice:
    """Give a choice with the marks that say how likely an act has the scale of its place."""
    scale = scale_of(choice.place.precision if choice.place else "unknown")
    told = reach_marks(name, scale, scales[scale])
    return msgspec.structs.replace(choice, marks=(*choice.marks, *told))


def _lone(choice: PlaceChoice) -> PlaceChoice:
    """Give the marks of a choice again as those of a text of one sentence, which nothing before or after explains."""
    lone = tuple(f"lone {mark}" for mark in choice.marks)
    return msgspec.structs.replace(choice, marks=(*choice.marks, *lone))


def _nearest(
    scene: Scene, sentence: Sentence, trigger: Trigger, found: tuple[Spot, ...]
) -> tuple[float, Spot]:
    """Give the mention of a place that is nearest to a trigger: in its sentence, else before, else after."""
    return min(((_cost(scene, sentence, trigger, spot), spot) for spot in found), key=lambda pair: pair[0])


def _cost(scene: Scene, sentence: Sentence, trigger: Trigger, spot: Spot) -> float:
    if spot.sentence.number == sentence.number:
        base = sentence.start
        gap = distance(
            scene.words(sentence),
            (trigger.start - base, trigger.end - base),
            (spot.start - base, spot.end - base),
        )
        described = _VAGUE if scene.text[spot.start : spot.end].islower() else 0.0
        return gap + (2.0 if spot.agent else 0.0) - (0.3 if spot.is_site else 0.0) + described
    away = sentence.number - spot.sentence.number
    return 20.0 + (3 * away if away > 0 else -4 * away)


def _finest_beside(sentence: Sentence, told: dict[Identity, tuple[float, Spot]]) -> frozenset[str]:
    """Give the countries of which a populated place is told in the sentence."""
    return frozenset(
        key[2] for key, (_, spot) in told.items() if key[0] and spot.sentence.number == sentence.number
    )


def _context(scene: Scene, sentence: Sentence, trigger: Trigger) -> tuple[str, ...]:
    before = scene.text[max(sentence.start, trigger.start - 60) : trigger.start].lower()
    after = scene.text[trigger.end : min(sentence.end, trigger.end + 60)].lower()
    wide = _WIDE.search(before[-40:] + " @ " + after[:40])
    points = _POINTS.search(before + " @ " + after)
    low = trigger.text.lower()
    plural = not trigger.verbal and low.endswith("s") and not low.endswith("ss")
    loose = any(
        s.toponym is None and sentence.start <= s.start < sentence.end and s.start != trigger.start
        for s in scene.sites
    )
    return (
        f"form={trigger.form}",
        f"word {low}",
        f"plural={plural}",
        f"wide={wide[1].lower() if wide else ''}",
        f"verbal={trigger.verbal} strong={trigger.strong}",
        f"definite={trigger.definite}",
        f"points={(points[1] or points[2]) if points else ''}",
        f"loose site={loose}",
        *(f"before {word}" for word in _WORD.findall(before)[-2:]),
        *(f"after {word}" for word in _WORD.findall(after)[:2]),
        f"sentence={min(sentence.number, 3)}",
    )


def _position_marks(
    scene: Scene, sentence: Sentence, trigger: Trigger, spot: Spot, standing: tuple[float, int]
) -> list[str]:
    cost, rank = standing
    away = sentence.number - spot.sentence.number
    if away:
        same = spot.sentence.paragraph == sentence.paragraph
        side = "before" if away > 0 else "after"
        far = str(abs(away)) if abs(away) <= _NEAR_SENTENCES else "4-6" if abs(away) < 7 else "7+"
        return [
            f"{side} {far}",
            f"{side} {far} paragraph={same}",
            f"apart {spot.preposition}",
            f"apart rank={min(rank, 4)}",
            *(f"apart {mark}" for mark in spot.marks),
        ]
    side = "after" if spot.start >= trigger.end else "before"
    near = _bucket(cost + 0.3 * spot.is_site)
    others = sum(1 for t in scene.triggers if _between(t, trigger, spot))
    gap = scene.text[min(spot.end, trigger.end) : max(spot.start, trigger.start)]
    return [
        f"here {side} {near}",
        f"here {side} {spot.preposition}",
        f"here {side} {spot.preposition} {'near' if near <= 2 else 'far'}",
        f"here rank={min(rank, 4)}",
        f"here rank={min(rank, 4)} {side}",
        f"here agent={spot.agent}",
        f"here others={min(others, 2)} {side}",
        *(f"here {side} over {word}" for word in dict.fromkeys(_WORD.findall(gap.lower()))),
        *(f"here {mark}" for mark in spot.marks),
    ]


def _between(other: Trigger, trigger: Trigger, spot: Spot) -> bool:
    low, high = min(trigger.end, spot.end), max(trigger.start, spot.start)
    return other is not trigger and low <= other.start and other.end <= high


def _bucket(cost: float) -> int:
    return next((n for n, bound in enumerate((0.4, 0.9, 1.5, 2.5, 4.0, 6.0)) if cost < bound), 6)


def _standing_marks(whereabouts: Whereabouts, key: Identity) -> list[str]:
    """How the place stands in the article as a whole."""
    scene, every = whereabouts.scene, whereabouts.spots
    told = every[key]
    most = max(len(found) for other, found in every.items() if other[0] == key[0])
    marks = [
        f"count={min(len(told), 5)}",
        f"most told={len(told) == most}",
        f"first in sentence={min(told[0].sentence.number, 4)}",
        f"agents={sum(s.agent for s in told) * 2 > len(told)}",
        f"only place={len(every) == 1}",
        f"feature={told[0].place.feature}",
        f"population={len(str(told[0].place.population))}",
        f"nation share={_nation_share(every, key)}",
        f"only fine={key[0] and sum(other[0] for other in every) == 1}",
    ]
    if scene.dateline and scene.dateline.place and identity(scene.dateline.place) == key:
        marks.append(f"dateline alone={len(told) == 1}")
    if told[0].place.name.lower() in scene.reading.article.title.lower():
        marks.append("in title")
    return marks


def _nation_share(every: dict[Identity, tuple[Spot, ...]], key: Identity) -> str:
    """How much of the article's mentions of places lie in the country of this one."""
    total = sum(len(found) for found in every.values())
    own = sum(len(found) for other, found in every.items() if other[2] == key[2])
    return f"{round(4 * own / total)}/4 alone={own == len(every[key])}"


def _level(place: Place | None) -> str:
    return "unknown" if place is None else "fine" if place.precision in FINE else place.precision


def _crossed(own: list[str], place: Place, context: tuple[str, ...]) -> tuple[str, ...]:
    level = _level(place)
    crossed = [f"{level} {mark}" for mark in (*own, *context)]
    where = "here" if any(mark.startswith("here") for mark in own) else "apart"
    return (*own, level, *crossed, *(f"{level} {where} {mark}" for mark in context))
