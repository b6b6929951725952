"""Recognition: which words of a text are names of places, and what the words around them say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

import msgspec

from rallybook.grounding.gazetteer import CompiledGazetteer, fold
from rallybook.grounding.place_rules import place_rules
from rallybook.model.values import Place

MAX_WORDS = 6
# no article is longer; what follows is not read for places, so that a file of one line fits the memory
_MOST_CHARACTERS = 1_000_000
_MAX_WORDS_FLAT = 4
# shares of capitals that tell a text without small letters, or without capitals
_UPPER_FROM, _LOWER_TO = 0.6, 0.008
_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_]+(?:['’ʼ`][^\W\d_]+)*")
_POSSESSIVE = re.compile(r"['’`][sS]$")
_JOIN = re.compile(r"[ \t]?[-‑–]?[ \t]?|[ \t]*\n[ \t]*")
_BEFORE_DOT = frozenset(("st", "ste", "mt", "ft", "n", "s", "e", "w", "pt"))
_SENTENCE_END = re.compile(r"[.!?…:;\n\"“”‘)(\]\[»«*•|–—]|'\s|\s-\s")
# a name without its capital must be a city's, after one of these words
_BEFORE_LOWERED = frozenset(("in", "of", "to", "from", "near", "at", "outside", "around"))
_LOWERED_FROM = 100_000
# no name starts with one of these in a text without capitals
_NO_START = frozenset("the a an of and in on at by to for from with or as is was".split())
_AGE = re.compile(r",\s\d{1,2}\s?,")
_DATELINE = re.compile(
    r"(?:,\s[A-Z][\w. ]{2,25})?\s*(?:\([A-Z][\w ./]{1,30}\)|[—–]|--?\s|,\s(?:[A-Z][a-z]{2,8}\.?\s\d))"
)


class Word(msgspec.Struct, frozen=True):
    """One token: `text[start:end]`, without a possessive ending; `opens` a sentence or a quotation."""

    start: int
    end: int
    text: str
    capital: bool
    opens: bool


class Named(msgspec.Struct, frozen=True, kw_only=True):
    """A name that may be a place's: its words `first:last` of the tokens, its candidates and its surroundings.

    `veto` tells why it is no place (person, organisation, demonym, metonym); `wanted` the feature that the
    words around ask for; `placed`: after a preposition of place; `inside`: beside another capitalised word;
    `common`: an English word as well; `speaks`: before a verb of saying; `anchored`: surely a place;
    `lowered`: written without a capital in a text that has them.
    """

    start: int
    end: int
    text: str
    first: int
    last: int
    places: tuple[Place, ...]
    veto: str = ""
    wanted: str = ""
    placed: bool = False
    inside: bool = False
    common: bool = False
    speaks: bool = False
    anchored: bool = False
    lowered: bool = False


class Scan(msgspec.Struct, frozen=True):
    """What one pass over a text found: names in order, and the folded surnames of the people in it."""

    names: tuple[Named, ...]
    surnames: frozenset[str]


class _Person(msgspec.Struct, frozen=True):
    """The tokens of a person's name, from the title or given name to the surname."""

    first: int
    last: int
    titled: bool


class _Scanner:
    """One text with its tokens and people."""

    def __init__(self, text: str, gazetteer: CompiledGazetteer) -> None:
        self.text = text
        self.gazetteer = gazetteer
        self.rules = place_rules()
        self.flat = is_flat(text)
        self.words = tuple(_words(text))
        self.people = {} if self.flat else self._people()

    def names(self) -> Iterator[Named]:
        at, lowered = 0, -1
        while at < len(self.words):
            found = self._name_at(at) or self._lowered_at(at, lowered)
            if found is None:
                at += 1
            else:
                yield self._judged(found)
                at = found.last
                lowered = at if found.lowered else lowered

    def _joined(self, left: Word, right: Word) -> bool:
        gap = self.text[left.end : right.start]
        return _JOIN.fullmatch(gap) is not None or (gap == ". " and left.text.lower() in _BEFORE_DOT)

    def _people(self) -> dict[int, _Person]:
        """Give the people by the index of each of their tokens."""
        people: dict[int, _Person] = {}
        words, at = self.words, 0
        while at < len(words):
            last, titled = at, words[at].text in self.rules.titles
            if words[at].capital and (titled or words[at].text in self.rules.given_names):
                while (
                    last + 1 < len(words) and last - at < 3 and self._in_person(words[last], words[last + 1])
                ):
                    last += 1
            if words[at].capital and not titled and self._doubtful_given(at):
                last = at + 1
            if last > at and words[last].text not in self.rules.organisation_words:
                person = _Person(at, last, titled)
                people.update(dict.fromkeys(range(at, last + 1), person))
            at = last + 1
        return people

    def _doubtful_given(self, at: int) -> bool:
        """Tell whether a place's name is a given name here: "Jordan Smith", but not "Jordan River"."""
        words = self.words
        if words[at].text not in self.rules.place_given_names or at + 1 >= len(words):
            return False
        return self._in_person(words[at], words[at + 1]) and words[at + 1].text in self.rules.surnames

    def _in_person(self, left: Word, right: Word) -> bool:
        gap = self.text[left.end : right.start]
        # initials and titles end in a dot: "Sen. John B. Smith"
        joined = gap == " " or (gap == ". " and len(left.text) <= 4)
        return joined and right.capital and not right.text.isupper() and right.text not in self.rules.never

    def _name_at(self, first: int) -> Named | None:
        word = self.words[first]
        if not (word.capital or self.flat) or len(word.text) < 2:
            return None
        if self.flat and word.text.lower() in _NO_START:
            return None
        for last in range(self._run_end(first), first + 1, -1):
            if self.flat or self.words[last - 1].capital:
                places = self.gazetteer.named(self.text[word.start : self.words[last - 1].end])
                if places:
                    return self._found(first, last, places)
                demonym = self.gazetteer.demonym(self.text[word.start : self.words[last - 1].end])
                if demonym:
                    return self._found(first, last, demonym, veto="demonym")
        return self._single(first)

    def _lowered_at(self, first: int, after: int) -> Named | None:
        """Find a city written small after a preposition, or after another one and "and" ("oruro and potosi")."""
        word, rules = self.words[first], self.rules
        if self.flat or word.capital or not first or len(word.text) < 2:
            return None
        before = self.words[first - 1]
        if self.text[before.end : word.start] not in (" ", "\n"):
            return None
        if before.text not in _BEFORE_LOWERED and not (before.text == "and" and after == first - 1):
            return None
        for last in range(min(first + 2, len(self.words)), first, -1):
            if last == first + 1 and (len(word.text) < 4 or word.text in rules.common_words):
                return None
            if self.words[last - 1].capital or not self._joined(self.words[last - 2], self.words[last - 1]):
                continue
            places = self.gazetteer.named(self.text[word.start : self.words[last - 1].end])
            if places and places[0].precision in ("city", "region") and places[0].population >= _LOWERED_FROM:
                return msgspec.structs.replace(self._found(first, last, places), lowered=True)
        return None

    def _run_end(self, first: int) -> int:
        last, most = first + 1, _MAX_WORDS_FLAT if self.flat else MAX_WORDS
        while last < len(self.words) and last - first < most:
            word = self.words[last]
            if not (self.flat or word.capital or word.text in self.rules.linkers):
                break
            if not self._joined(self.words[last - 1], word):
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
        if "." in name and (codes := rules.after_comma.get(name.rstrip("."))):
            places = tuple(p for code in codes if (p := self.gazetteer.division(*code.split("."))))
            return self._found(first, first + 1, places)
        places = self.gazetteer.named(name)
        demonyms = self.gazetteer.demonym(name)
        if demonyms and not (places and _own_name(places[0], name) and places[0].population > 100_000):
            return self._found(first, first + 1, demonyms, veto="demonym")
        if not places or not self._fits(name, places):
            return None
        if small in rules.common_words and word.opens and not _shouts(name):
            return None
        return self._found(first, first + 1, places)

    def _the_region(self, first: int) -> bool:
        # "the Amazon" is a forest, "Amazon" a firm
        return (
            first > 0 and self.words[first - 1].text.lower() == "the" and self.words[first].text == "Amazon"
        )

    def _fits(self, name: str, places: tuple[Place, ...]) -> bool:
        # "us" and "car" are no countries; "US" is
        if len(name) > 3:
            return True
        return _shouts(name) if places[0].precision == "country" else places[0].population > 50_000

    def _found(self, first: int, last: int, places: tuple[Place, ...], *, veto: str = "") -> Named:
        start, end = self.words[first].start, self.words[last - 1].end
        return Named(
            start=start, end=end, text=self.text[start:end], first=first, last=last, places=places, veto=veto
        )

    def _judged(self, found: Named) -> Named:
        before = self._before(found.first, found.start)
        after = self.words[found.last] if found.last < len(self.words) else None
        if after and not self._joined(self.words[found.last - 1], after):
            after = None
        single = found.last == found.first + 1
        tail = self.text[found.end : found.end + 60]
        speaks = bool(after and after.text in self.rules.saying) or _AGE.match(tail) is not None
        line_opens = not self.text[max(0, found.start - 300) : found.start].rpartition("\n")[2].strip(' *"“')
        return msgspec.structs.replace(
            found,
            veto=found.veto or self._veto(found, after),
            wanted=self._wanted(found, before, after),
            placed=before is not None and before.text.lower() in self.rules.prepositions,
            inside=self._inside(found, before, after),
            common=single and found.text.lower() in self.rules.common_words and not _shouts(found.text),
            speaks=speaks,
            anchored=line_opens
            and (_shouts(found.text) or found.start < 40)
            and _DATELINE.match(tail) is not None,
        )

    def _before(self, first: int, start: int) -> Word | None:
        before = self.words[first - 1] if first else None
        if before and self.text[before.end : start].strip(" \n"):
            return None
        return before

    def _inside(self, found: Named, before: Word | None, after: Word | None) -> bool:
        if self.flat or found.veto:
            return False
        if after and after.capital and after.text not in self.rules.never:
            return True
        return (
            bool(before and before.capital and not before.opens and before.text not in self.rules.never)
            and self.text[found.start - 1] == " "
        )

    def _veto(self, found: Named, after: Word | None) -> str:
        if after and after.text in self.rules.street_words and not _is_country(found):
            # "Marx Avenue", "Dublin Road": a street is in any town
            return "" if found.places[0].feature == "LMK" else "street"
        if found.text in self.rules.metonyms and not self._after_on(found):
            return "metonym"
        person = self.people.get(found.first)
        if person is not None and found.last - 1 <= person.last and self._is_person(found, person):
            return "person"
        if after and after.text in self.rules.organisation_words and after.start == found.end + 1:
            return "organisation"
        if found.first > 1 and self.words[found.first - 1].text == "of":
            head = self.words[found.first - 2]
            if head.text in self.rules.organisation_of and self.text[head.end : found.start] == " of ":
                return "organisation"
        return ""

    def _after_on(self, found: Named) -> bool:
        # "near Wall Street", "outside the White House" are spots
        before = self.words[max(0, found.first - 2) : found.first]
        return any(word.text.lower() in self.rules.prepositions for word in before)

    def _is_person(self, found: Named, person: _Person) -> bool:
        if found.first == person.first and found.last > found.first + 1 and found.last - 1 == person.last:
            # "Prince George" is a city
            return False
        if found.first > person.first and not (person.titled and person.last > found.last - 1):
            # "President Barack Obama of Kenya" ends before "of"; the surname stands last
            return not (person.titled and _is_country(found))
        if found.first > person.first or found.text in self.rules.place_given_names:
            return not _is_country(found) or found.first == person.first
        return not _is_country(found) and found.places[0].population < 1_000_000

    def _wanted(self, found: Named, before: Word | None, after: Word | None) -> str:
        if after and (feature := self.rules.region_words.get(after.text.lower())):
            return feature
        if before is None:
            return ""
        head = before.text.lower()
        if head == "of" and found.first > 1:
            head = self.words[found.first - 2].text.lower()
            if feature := self.rules.region_words_before.get(head):
                return feature
        return "PPL" if head in self.rules.city_words else ""


def scan(text: str, gazetteer: CompiledGazetteer) -> Scan:
    """Find all names in a text that the gazetteer or the rules know."""
    scanner = _Scanner(text[:_MOST_CHARACTERS], gazetteer)
    names = tuple(scanner.names())
    return Scan(names, frozenset(fold(scanner.words[p.last].text) for p in scanner.people.values()))


@lru_cache(maxsize=8)
def is_flat(text: str) -> bool:
    """Tell whether a text is written without capitals or all in capitals."""
    sample = text[:20_000]
    letters = sum(char.isalpha() for char in sample)
    upper = sum(char.isupper() for char in sample)
    return letters > 30 and not _LOWER_TO * letters <= upper <= _UPPER_FROM * letters


@cache
def _small_never() -> frozenset[str]:
    return frozenset(word.lower() for word in place_rules().never)


def _words(text: str) -> Iterator[Word]:
    last = 0
    for match in _TOKEN.finditer(text):
        start, end, word = match.start(), match.end(), match[0]
        if _POSSESSIVE.search(word):
            end, word = end - 2, word[:-2]
        opens = not last or _SENTENCE_END.search(text[last:start]) is not None
        last = match.end()
        yield Word(start, end, word, word[0].isupper(), opens)


def _shouts(name: str) -> bool:
    return name.replace(".", "").isupper()


def _own_name(place: Place, name: str) -> bool:
    return fold(place.name) == fold(name)


def _is_country(found: Named) -> bool:
    return found.places[0].precision == "country"
