"""Recognition: which words of a text are names of places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import msgspec

from rallybook.grounding.gazetteer import CompiledGazetteer, fold
from rallybook.grounding.people import people_of
from rallybook.grounding.place_rules import place_rules
from rallybook.grounding.surroundings import Named, Surroundings
from rallybook.grounding.tokens import Tokens, shouts
from rallybook.model.values import Place

MAX_WORDS = 6
# no article is longer; what follows is not read for places, so that a file of one line fits the memory
MOST_CHARACTERS = 1_000_000
_MAX_WORDS_FLAT = 4
# no name of a place is longer; a longer one is not looked up
_LONGEST_NAME = 100
# a name without its capital must be a city's, after one of these words
_CONTRACTIONS = tuple(f"{mark}{end}" for mark in "'’" for end in ("ve", "ll", "re", "m", "d", "t"))
_GOES_ON = re.compile(r",?\s(?:[a-z]|[^\s\w])|['’]s\s|,\s")
_YEAR_BEFORE = re.compile(r"\d\s?$")
_BEFORE_LOWERED = frozenset(("in", "of", "to", "from", "near", "at", "outside", "around"))
_LOWERED_FROM, _SHORT_FROM = 100_000, 50_000
# no name without its capital starts with one of these
_NO_START = frozenset("the a an of and in on at by to for from with or as is was".split())


class Scan(msgspec.Struct, frozen=True):
    """What one pass over a text found: names in order, and the folded surnames of the people in it."""

    names: tuple[Named, ...]
    surnames: frozenset[str]


class _Scanner:
    """One text with its tokens; gives the names in it that the gazetteer knows."""

    def __init__(self, tokens: Tokens, gazetteer: CompiledGazetteer) -> None:
        self.text = tokens.text
        self.tokens = tokens
        self.words = tokens.words
        self.flat = tokens.flat
        self.gazetteer = gazetteer
        self.rules = place_rules()

    def names(self) -> Iterator[Named]:
        at, lowered = 0, -1
        while at < len(self.words):
            capital = self.flat or self.words[at].capital
            found = self._name_at(at) if capital else self._lowered_at(at, lowered)
            if found is None:
                at += 1
            else:
                yield found
                at = found.last
                lowered = at if found.lowered else lowered

    def _name_at(self, first: int) -> Named | None:
        word = self.words[first]
        if len(word.text) < 2 or word.text.endswith(_CONTRACTIONS):
            return None
        if self.flat and word.text.lower() in _NO_START:
            return None
        for last in range(self._run_end(first), first + 1, -1):
            if self.flat or self.words[last - 1].capital:
                name = self.text[word.start : self.words[last - 1].end]
                if len(name) > _LONGEST_NAME:
                    continue
                if places := self.gazetteer.named(name):
                    return self._found(first, last, places)
                if demonym := self.gazetteer.demonym(name):
                    return self._found(first, last, demonym, veto="demonym")
        return self._single(first) if len(word.text) <= _LONGEST_NAME else None

    def _lowered_at(self, first: int, after: int) -> Named | None:
        """Find a city written small after a preposition, or after another one and "and" ("oruro and potosi")."""
        word, rules = self.words[first], self.rules
        if not first or not 2 <= len(word.text) <= _LONGEST_NAME:
            return None
        if word.text in _NO_START:  # "in the northern" is no region called Northern
            return None
        before = self.words[first - 1]
        if before.text.lower() not in _BEFORE_LOWERED and not (before.text == "and" and after == first - 1):
            return None
        if word.start != before.end + 1 or self.text[before.end] not in " \n":
            return None
        for last in range(min(first + 2, len(self.words)), first, -1):
            if last == first + 1 and (len(word.text) < 4 or word.text in rules.common_words):
                return None
            second = self.words[last - 1]
            if second.capital or not self.tokens.joined(self.words[last - 2], second):
                continue
            if second.end - word.start > _LONGEST_NAME:
                continue
            places = self.gazetteer.named(self.text[word.start : second.end])
            if places and places[0].precision in ("city", "region") and places[0].population >= _LOWERED_FROM:
                return msgspec.structs.replace(self._found(first, last, places), lowered=True)
        return None

    def _run_end(self, first: int) -> int:
        last, most = first + 1, _MAX_WORDS_FLAT if self.flat else MAX_WORDS
        while last < len(self.words) and last - first < most:
            word = self.words[last]
            if not (self.flat or word.capital or word.text in self.rules.linkers):
                break
            left = self.words[last - 1]
            if not self.tokens.joined(left, word) and not self.tokens.owned(left, word):
                break
            last += 1
        return last

    def _single(self, first: int) -> Named | None:
        word, rules = self.words[first], self.rules
        name, small = word.text, word.text.lower()
        if name in rules.never and not self._the_region(first):
            return None
        if self.flat and (small in rules.common_words or small in _small_never() or small in rules.linkers):
            return None
        if small in rules.linkers or (self.flat and len(name) < 4):
            return None
        if self._abbreviated(first) and (codes := rules.after_comma.get(name.rstrip("."))):
            places = tuple(p for code in codes if (p := self.gazetteer.division(*code.split("."))))
            return self._found(first, first + 1, places)
        places = self._fitting(name)
        demonyms = self.gazetteer.demonym(name)
        if demonyms and not (places and _own_name(places[0], name) and places[0].population > 100_000):
            return self._found(first, first + 1, demonyms, veto="demonym")
        if not places:
            return None
        if small in rules.common_words and word.opens and not shouts(name):
            return None
        return self._found(first, first + 1, places)

    def _abbreviated(self, first: int) -> bool:
        """Tell whether a word is a state written short: with dots, or with one that does not end a sentence."""
        word = self.words[first]
        if "." in word.text:
            return word.text.rstrip(".") not in ("B.C", "A.D") or not _YEAR_BEFORE.search(
                self.text, max(0, word.start - 8), word.start
            )
        if word.text not in self.rules.dotted or not self.text.startswith(".", word.end):
            return False
        after_party = self.text[max(0, word.start - 2) : word.start] in ("D-", "R-")
        return after_party or _GOES_ON.match(self.text, word.end + 1) is not None

    def _the_region(self, first: int) -> bool:
        # "the Amazon" is a forest, "Amazon" a firm
        return (
            first > 0 and self.words[first - 1].text.lower() == "the" and self.words[first].text == "Amazon"
        )

    def _fitting(self, name: str) -> tuple[Place, ...]:
        """Give the places of a name; of a short one those that English news calls by it, if the first is large."""
        places = self.gazetteer.named(name)
        if len(name) > 3:
            return places
        loud = shouts(name)
        # "us" and "car" are no countries, "US" is. "Sol" is Seoul, "Mon" Mons in some language, not in English
        told = places if loud else tuple(place for place in places if self._is_called(place, name))
        if not told:
            return ()
        large = loud if told[0].precision == "country" else told[0].population > _SHORT_FROM
        return told if large else ()

    def _is_called(self, place: Place, name: str) -> bool:
        return name in self.rules.short_names or fold(name) in fold(place.name).split()

    def _found(self, first: int, last: int, places: tuple[Place, ...], *, veto: str = "") -> Named:
        start, end = self.words[first].start, self.words[last - 1].end
        return Named(
            start=start, end=end, text=self.text[start:end], first=first, last=last, places=places, veto=veto
        )


def scan(text: str, gazetteer: CompiledGazetteer) -> Scan:
    """Find all names in a text that the gazetteer or the rules know."""
    tokens, people = people_of(text[:MOST_CHARACTERS])
    around = Surroundings(tokens, people)
    names = tuple(around.judged(name) for name in _Scanner(tokens, gazetteer).names())
    return Scan(names, people.surnames())


@cache
def _small_never() -> frozenset[str]:
    return frozenset(word.lower() for word in place_rules().never)


def _own_name(place: Place, name: str) -> bool:
    return fold(place.name) == fold(name)
