"""The rules about names of places, read from their data files once."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import msgspec

from rallybook.sheets import read_sheet

DATA = Path(__file__).parent / "data"


class PlaceRules(msgspec.Struct, frozen=True):
    """Word lists of `data/places.yaml`; words are in lower case unless case matters."""

    linkers: frozenset[str]
    titles: frozenset[str]
    organisation_words: frozenset[str]
    organisation_of: frozenset[str]
    city_words: frozenset[str]
    region_words: dict[str, str]
    region_words_before: dict[str, str]
    second_level_provinces: frozenset[str]
    first_level_counties: frozenset[str]
    unmarked_names: frozenset[str]
    short_names: frozenset[str]
    prepositions: frozenset[str]
    after_comma: dict[str, tuple[str, ...]]
    dotted: frozenset[str]
    initials: frozenset[str]
    compass: frozenset[str]
    generic: frozenset[str]
    town_sites: frozenset[str]
    town_owns: re.Pattern[str]
    metonyms: frozenset[str]
    saying: frozenset[str]
    never: frozenset[str]
    street_words: frozenset[str]
    street_words_before: frozenset[str]
    saints: frozenset[str]
    saints_own: frozenset[str]
    building_words: frozenset[str]
    money_words: frozenset[str]
    place_given_names: frozenset[str]
    everywhere: tuple[str, ...]
    given_names: frozenset[str]
    surnames: frozenset[str]
    common_words: frozenset[str]


@cache
def place_rules() -> PlaceRules:
    """Give the rules."""
    raw = read_sheet((DATA / "places.yaml").read_text(encoding="utf-8"))
    abbreviations: dict[str, list[str]] = {}
    for code, words in raw["after_comma"].items():
        for word in words:
            abbreviations.setdefault(word.rstrip("."), []).append(code)
    return PlaceRules(
        linkers=frozenset(raw["linkers"]),
        titles=frozenset(raw["titles"]),
        organisation_words=frozenset(raw["organisation_words"]),
        organisation_of=frozenset(raw["organisation_of"]),
        city_words=frozenset(raw["city_words"]),
        region_words=_by_word(raw["region_words"]),
        region_words_before=_by_word(raw["region_words_before"]),
        second_level_provinces=frozenset(raw["second_level_provinces"]),
        first_level_counties=frozenset(raw["first_level_counties"]),
        unmarked_names=frozenset(raw["unmarked_names"]),
        short_names=frozenset(raw["short_names"]),
        prepositions=frozenset(raw["prepositions"]),
        after_comma={word: tuple(codes) for word, codes in abbreviations.items()},
        dotted=frozenset(
            w.rstrip(".") for words in raw["after_comma"].values() for w in words if w[-1:] == "."
        ),
        initials=frozenset(raw["initials"]),
        compass=frozenset(raw["compass"]),
        generic=frozenset(raw["generic"]),
        town_sites=frozenset(raw["town_sites"]),
        town_owns=re.compile(rf"\s(?:{'|'.join(map(re.escape, raw['town_owns']))})\b"),
        metonyms=frozenset(raw["metonyms"]),
        saying=frozenset(raw["saying"]),
        never=frozenset(raw["never"]),
        street_words=frozenset(raw["street_words"]),
        street_words_before=frozenset(raw["street_words_before"]),
        saints=frozenset(raw["saints"]),
        saints_own=frozenset(raw["saints_own"]),
        building_words=frozenset(raw["building_words"]),
        money_words=frozenset(raw["money_words"]),
        place_given_names=frozenset(raw["place_given_names"]),
        everywhere=tuple(raw["everywhere"]),
        given_names=_words("given_names.txt"),
        surnames=_words("surnames.txt"),
        common_words=_words("common_words.txt"),
    )


def _by_word(lists: dict[str, list[str]]) -> dict[str, str]:
    return {word: feature for feature, words in lists.items() for word in words}


def _words(name: str) -> frozenset[str]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))
