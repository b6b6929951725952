"""Recognition: which words of a text are names of places, and what the words around them say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import msgspec

from rallybook.grounding.gazetteer import CompiledGazetteer, fold
from rallybook.grounding.place_rules import PlaceRules, place_rules
from rallybook.model.values import Place

MAX_WORDS = 6
# shares of capitals that tell a text without small letters, or without capitals
_UPPER_FROM, _LOWER_TO = 0.6, 0.008
_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_]+(?:['’ʼ`][^\W\d_]+)*")
_POSSESSIVE = re.compile(r"['’`][sS]$")
_JOINS = frozenset((" ", "-", "‑", "–", "\n", " \n"))
_BEFORE_DOT = frozenset(("st", "ste", "mt", "ft", "n", "s", "e", "w", "pt"))
_SENTENCE_END = re.compile(r"[.!?…:;\n\"“”'‘’)(\]\[»«*•|–—-]")


class Word(msgspec.Struct, frozen=True):
    """One token: `text[start:end]`, without a possessive ending."""

    start: int
    end: int
    text: str
    capital: bool
    opens: bool


class Named(msgspec.Struct, frozen=True, kw_only=True):
    """A name that may be a place's: its words `first:last` of the tokens, its candidates and its surroundings.

    `veto` tells why it is no place (person, organisation, demonym); `wanted` the feature that the words around
    ask for; `container` the name that follows after a comma; `doubt` lowers the score.
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
    opens: bool = False


class Scan(msgspec.Struct, frozen=True):
    """What one pass over a text found: tokens, names in order, surnames of the people in it."""

    words: tuple[Word, ...]
    names: tuple[Named, ...]
    surnames: frozenset[str]
    flat: bool


def scan(text: str, gazetteer: CompiledGazetteer) -> Scan:
    """Find all names in a text that the gazetteer or the rules know."""
    rules = place_rules()
    flat = is_flat(text)
    words = tuple(_words(text))
    people = _people(text, words, rules) if not flat else {}
    names = []
    i = 0
    while i < len(words):
        found = _name_at(text, words, i, gazetteer, flat=flat)
        if found is None:
            i += 1
            continue
        names.append(_judge(text, words, found, people, flat=flat))
        i = found.last
    surnames = frozenset(fold(words[last].text) for last in people.values())
    return Scan(words, tuple(names), surnames, flat)


@lru_cache(maxsize=8)
def is_flat(text: str) -> bool:
    """Tell whether a text is written without capitals or all in capitals."""
    sample = text[:20_000]
    letters = sum(char.isalpha() for char in sample)
    upper = sum(char.isupper() for char in sample)
    return letters > 30 and not _LOWER_TO * letters <= upper <= _UPPER_FROM * letters


def _words(text: str) -> Iterator[Word]:
    last = 0
    for match in _TOKEN.finditer(text):
        start, end, word = match.start(), match.end(), match[0]
        if _POSSESSIVE.search(word):
            end, word = end - 2, word[:-2]
        gap = text[last:start]
        opens = not last or _SENTENCE_END.search(gap) is not None
        last = match.end()
        yield Word(start, end, word, word[0].isupper(), opens)


def _joined(text: str, left: Word, right: Word) -> bool:
    gap = text[left.end : right.start]
    return gap in _JOINS or (gap == ". " and left.text.lower() in _BEFORE_DOT)


def _people(text: str, words: tuple[Word, ...], rules: PlaceRules) -> dict[int, int]:
    """Give the people: the index of each token of a person's name, with the index of the surname."""
    people: dict[int, int] = {}
    i = 0
    while i < len(words):
        word = words[i]
        last = i
        titled = word.text in rules.titles
        if word.capital and (titled or word.text in rules.given_names):
            while last + 1 < len(words) and last - i < 3 and _in_person(text, words[last], words[last + 1]):
                last += 1
        if last > i and (words[last].text not in rules.organisation_words):
            people.update(dict.fromkeys(range(i, last + 1), last))
        i = last + 1
    return people


def _in_person(text: str, left: Word, right: Word) -> bool:
    gap = text[left.end : right.start]
    # initials and titles end in a dot: "Sen. John B. Smith"
    return (
        right.capital and not right.text.isupper() and (gap == " " or (gap == ". " and len(left.text) <= 4))
    )


def _name_at(
    text: str, words: tuple[Word, ...], i: int, gazetteer: CompiledGazetteer, *, flat: bool
) -> Named | None:
    rules = place_rules()
    word = words[i]
    if not (word.capital or flat) or len(word.text) < 2:
        return None
    last = i + 1
    while (
        last < len(words)
        and last - i < (4 if flat else MAX_WORDS)
        and _joined(text, words[last - 1], words[last])
    ):
        if not (flat or words[last].capital or words[last].text in rules.linkers):
            break
        last += 1
    for end in range(last, i, -1):
        if not (flat or words[end - 1].capital):
            continue
        name = text[word.start : words[end - 1].end]
        if end == i + 1 and not _may_be_name(name, word, rules, flat=flat):
            return None
        places = gazetteer.named(name)
        if end == i + 1 and not places:
            if gazetteer.demonym(name):
                return _found(name, words, (i, end), gazetteer.demonym(name), veto="demonym")
            return None
        if places and (end > i + 1 or _fits(name, places)):
            return _found(name, words, (i, end), places)
    return None


def _found(
    name: str, words: tuple[Word, ...], span: tuple[int, int], places: tuple[Place, ...], *, veto: str = ""
) -> Named:
    first, last = span
    return Named(
        start=words[first].start,
        end=words[last - 1].end,
        text=name,
        first=first,
        last=last,
        places=places,
        veto=veto,
    )


def _may_be_name(name: str, word: Word, rules: PlaceRules, *, flat: bool) -> bool:
    small = name.lower()
    if small in rules.linkers:
        return False
    if small in rules.common_words:
        return not flat and not word.opens
    return True


def _fits(name: str, places: tuple[Place, ...]) -> bool:
    # "us" and "car" are no countries; "US" is
    return len(name) > 3 or places[0].precision != "country" or name.replace(".", "").isupper()


def _judge(text: str, words: tuple[Word, ...], found: Named, people: dict[int, int], *, flat: bool) -> Named:
    rules = place_rules()
    before = words[found.first - 1] if found.first else None
    after = words[found.last] if found.last < len(words) else None
    if before and text[before.end : found.start].strip(" \n"):
        before = None
    tight_after = after if after and _joined(text, words[found.last - 1], after) else None
    veto = found.veto or _veto(text, words, found, people, tight_after)
    wanted = _wanted(before, words[found.first - 2] if found.first > 1 else None, tight_after)
    single = found.last == found.first + 1
    inside = bool(
        not flat
        and (
            (tight_after and tight_after.capital and tight_after.text not in rules.region_words)
            or (before and before.capital and not before.opens and text[before.end : found.start] == " ")
        )
    )
    return msgspec.structs.replace(
        found,
        veto=veto,
        wanted=wanted,
        placed=before is not None and before.text.lower() in rules.prepositions,
        inside=inside,
        common=single and found.text.lower() in rules.common_words,
        opens=words[found.first].opens,
    )


def _veto(
    text: str, words: tuple[Word, ...], found: Named, people: dict[int, int], after: Word | None
) -> str:
    rules = place_rules()
    if found.text in rules.metonyms:
        return "metonym"
    person = people.get(found.first)
    if person is not None and (found.last - 1 <= person) and not _is_country_or_large(found):
        return "person"
    if person is not None and found.first != min(i for i, last in people.items() if last == person):
        return "person"
    if after and after.text in rules.organisation_words:
        return "organisation"
    if found.first > 1 and words[found.first - 1].text == "of":
        head = words[found.first - 2]
        if head.text in rules.organisation_of and text[head.end : found.start] == " of ":
            return "organisation"
    return ""


def _is_country_or_large(found: Named) -> bool:
    return found.places[0].precision == "country" or found.places[0].population >= 1_000_000


def _wanted(before: Word | None, second_before: Word | None, after: Word | None) -> str:
    rules = place_rules()
    if after and (feature := rules.region_words.get(after.text.lower())):
        return feature
    if before is None:
        return ""
    head = before
    if before.text == "of" and second_before:
        head = second_before
        if feature := rules.region_words_before.get(head.text.lower()):
            return feature
    return "PPL" if head.text.lower() in rules.city_words else ""
