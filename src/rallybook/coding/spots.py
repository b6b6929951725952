"""Mentions of places and of spots in them, with the marks of the words around each."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from rallybook.coding.scene import Scene
from rallybook.coding.setting import AGENT_AFTER
from rallybook.coding.tagged import steps
from rallybook.grounding.sentences import Sentence
from rallybook.model.mention import Toponym
from rallybook.model.values import FINE, Place

Identity = tuple[bool, str, str]
_PREPOSITION = re.compile(
    r"\b(in|at|near|outside|around|across|throughout|through|inside|within|along|over|on|off|before|of|"
    r"toward|towards|to|into|from|via|between|beside|under|opposite|with|against|by|for)\s+"
    r"(?:(?:the|a|an|downtown|central|northern|southern|eastern|western|capital|city|town|of|its|"
    r"north|south|east|west|district|province|state|village|port|suburb|,)\s+){0,4}$",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"['’]s?\b|['’]\s")
_SITE_NOUN = re.compile(
    r"\s+(?:Square|Street|Road|Avenue|Park|Bridge|Station|Boulevard|Lane|Plaza|Gate|Hall|Ground|University|Airport|"
    r"Hospital|Stadium|Cathedral|Church|Mosque|Market|Company|Group|Club|District|County|Province|Region)\b"
)
_WORD = re.compile(r"[\w'’-]+")
_LOOK_BACK, _LOOK_ON = 50, 30
_TAGGED = (-5.0, -4.0, -3.0, -2.0, -1.0, 0.0, 1.0, 2.0)


class Spot(msgspec.Struct, frozen=True):
    """A mention of a place or of a site in it."""

    start: int
    end: int
    place: Place
    is_site: bool
    sentence: Sentence
    preposition: str
    agent: bool
    marks: tuple[str, ...] = ()


def identity(place: Place) -> Identity:
    """Give what makes two places one: a site is its city."""
    return place.precision in FINE, place.name, place.country


def all_spots(scene: Scene) -> Iterator[Spot]:
    """Give all mentions of places that the gazetteer knows, and of spots in populated ones."""
    for toponym in scene.toponyms:
        if toponym.place:
            # a landmark is its own place; what else is a spot in a city has the city's
            inside = toponym.place.precision == "site" and toponym.place.feature != "LMK"
            spot = _spot(scene, toponym.start, toponym.end, toponym.place, is_site=inside)
            stands = f"stands for={_points_back(toponym)}"
            yield msgspec.structs.replace(spot, marks=(*spot.marks, stands))
    for site in scene.sites:
        place = site.toponym.place if site.toponym else None
        if place is not None and place.precision in FINE:
            yield _spot(scene, site.start, site.end, place, is_site=True)


def _points_back(toponym: Toponym) -> bool:
    """Tell a name from words that stand for a country told elsewhere ("nationwide", "general")."""
    return not toponym.text[:1].isupper() or toponym.text.lower() == "nationwide"


def _spot(scene: Scene, start: int, end: int, place: Place, *, is_site: bool) -> Spot:
    sentence = scene.sentence_at(start)
    before = scene.text[max(sentence.start, start - _LOOK_BACK) : start]
    after = scene.text[end : end + _LOOK_ON]
    preposition = _PREPOSITION.search(before)
    word = preposition[1].lower() if preposition else "comma" if before.rstrip().endswith(",") else "none"
    led = _WORD.findall(before.lower())[-3:]
    marks: tuple[str, ...] = (
        *(f"led {n} {word}" for n, word in enumerate(reversed(led))),
        f"possessive={bool(_POSSESSIVE.match(after))}",
        f"before site noun={bool(_SITE_NOUN.match(after))}",
        f"opens={start - sentence.start < 3} short={sentence.end - sentence.start < 40}",
        f"colon={bool(re.match(r'[^.]{0,12}[:–—-]', after))}",
    )
    if scene.tagged:
        marks += steps("tagged", scene.tagged.role("place", start, end), _TAGGED)
    return Spot(start, end, place, is_site, sentence, word, bool(AGENT_AFTER.search(after)), marks)
