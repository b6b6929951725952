"""Names of places that the gazetteer does not hold: told by the words around them, placed by what they lie in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import msgspec

from rallybook.grounding.gazetteer import CompiledGazetteer
from rallybook.grounding.people import People, people_of
from rallybook.grounding.place_rules import place_rules
from rallybook.grounding.sites import Placed, as_site
from rallybook.grounding.tokens import Tokens, Word, shouts
from rallybook.grounding.toponyms import MOST_CHARACTERS
from rallybook.model.mention import Toponym
from rallybook.model.values import FINE, Place
from rallybook.sheets import read_sheet

_SCORE = 0.4
_MOST_WORDS = 4
# words between a name and the place around it: "Huriwaa district, in the south of the capital, Mogadishu"
_FARTHEST = 45
_ARTICLES = frozenset(("al", "el", "ad", "as", "az", "ash", "ar", "an", "ez"))
_AND = re.compile(r",\s|,?\sand\s")


class _Words(msgspec.Struct, frozen=True):
    kinds: frozenset[str]
    prepositions: frozenset[str]
    never: frozenset[str]
    after: re.Pattern[str]
    owner: re.Pattern[str]


@cache
def _words() -> _Words:
    raw = read_sheet(files("rallybook.grounding").joinpath("data/unlisted.yaml").read_text("utf-8"))
    kinds, around = "|".join(raw["kinds"]), "|".join(raw["around"])
    small = r"(?:[a-z0-9-]+\s){0,4}"
    return _Words(
        kinds=frozenset(raw["kinds"]),
        prepositions=frozenset(raw["prepositions"]),
        never=frozenset((*raw["never"], *raw["languages"])),
        after=re.compile(rf"(?:\s(?:{kinds}))?(?:,\s|,?\s{small}(?:{around})\s){small}"),
        owner=re.compile(rf"['’]s?\s{small}"),
    )


def with_unlisted(
    text: str, toponyms: tuple[Toponym, ...], gazetteer: CompiledGazetteer
) -> tuple[Toponym, ...]:
    """Give the toponyms with those added that the gazetteer does not hold, in text order.

    Such a place has the position of the city, region or country that the words beside it name ("the Huriwaa district
    of Mogadishu": a site in Mogadishu) or of which its own name is made ("Baghdad Airport"); where neither names one it
    has no position (`precision` unknown).
    """
    placed = Placed([toponym for toponym in toponyms if toponym.place is not None])
    taken = {at: toponym for toponym in placed.toponyms for at in range(toponym.start, toponym.end)}
    added: list[Toponym] = []
    for start, end in _names(text):
        inside = {id(t): t for t in map(taken.get, range(start, end)) if t is not None}
        parts = tuple(inside.values())
        if not parts and not gazetteer.demonym(text[start:end]):
            added.append(_toponym(text, start, end, _around(text, start, end, placed)))
        elif (
            len(parts) == 1
            and start <= parts[0].start
            and parts[0].end <= end
            and len(parts[0].text) < end - start
        ):
            added.append(_toponym(text, start, end, parts[0].place))
    spans = {at for toponym in added for at in range(toponym.start, toponym.end)}
    kept = (toponym for toponym in toponyms if spans.isdisjoint(range(toponym.start, toponym.end)))
    return tuple(sorted([*kept, *added], key=lambda toponym: toponym.start))


def _names(text: str) -> Iterator[tuple[int, int]]:
    tokens, people = people_of(text[:MOST_CHARACTERS])
    if tokens.flat:
        return
    at, told_until = 0, -1
    while at < len(tokens):
        # "In Lampung province": what opens a sentence is no part of a name for its capital
        last = at if _leads(tokens.words[at]) else _run_end(tokens, at)
        if last == at:
            at += 1
            continue
        start, end = tokens.words[at].start, tokens.words[last - 1].end
        # "in the villages of Durwa and Maforo"
        goes_on = told_until >= 0 and _AND.fullmatch(text, told_until, start) is not None
        told = _may_name(tokens, people, at, last) and (goes_on or _is_told(tokens, at, last))
        if told:
            yield start, end
        told_until, at = end if told else -1, last


def _leads(word: Word) -> bool:
    return word.opens and (word.text == "The" or word.text.lower() in _words().prepositions)


def _run_end(tokens: Tokens, first: int) -> int:
    """Give the end of the run of capitalised words that starts here; a small article joined by a hyphen is in it."""
    words, last = tokens.words, first
    while last < len(words) and last - first < _MOST_WORDS + 1:
        word = words[last]
        if last > first and not tokens.joined(words[last - 1], word):
            break
        article = word.text in _ARTICLES and tokens.text[word.end : word.end + 1] == "-"
        if not (word.capital or article):
            break
        last += 1
    return last if last - first <= _MOST_WORDS else first + 1


def _may_name(tokens: Tokens, people: People, first: int, last: int) -> bool:
    """Tell whether a run of words may be a place's name by itself."""
    rules, own = place_rules(), _words()
    words = [word.text for word in tokens.words[first:last]]
    if any(people.at(at) for at in range(first, last)) or own.never.intersection(words):
        return False
    if rules.organisation_words.intersection(words) or rules.titles.intersection(words):
        return False
    # "Airport" names nothing by itself, but "Baghdad Airport" does
    own_words = words[:-1] if len(words) > 1 and words[-1].lower() in own.kinds else words
    if rules.never.intersection(own_words) or rules.metonyms.intersection(own_words):
        return False
    if last > first + 1:
        return not shouts(" ".join(words))
    word = words[0]
    return (
        len(word) > 3
        and not shouts(word)
        and word.lower() not in rules.common_words
        and word not in rules.surnames
        and word not in rules.given_names
    )


def _is_told(tokens: Tokens, first: int, last: int) -> bool:
    """Tell whether the words around say that it is a place."""
    own = _words()
    if last > first + 1 and tokens.words[last - 1].text.lower() in own.kinds:
        return True
    after = tokens.words[last] if last < len(tokens) else None
    if after and after.text in own.kinds and tokens.text[tokens.words[last - 1].end : after.start] == " ":
        return True
    before = tokens.before(first)
    if before is None:
        return False
    if before.text.lower() in own.prepositions:
        return True
    head = tokens.words[first - 2] if before.text == "of" and first > 1 else None
    return head is not None and head.text.lower() in own.kinds and not _capital(head)


def _capital(word: Word) -> bool:
    return word.capital and not word.opens


def _toponym(text: str, start: int, end: int, around: Place | None) -> Toponym:
    words = text[start:end]
    if around is None:
        place = Place(name=words, country="", lat=0.0, lon=0.0, precision="unknown")
    else:
        place = as_site(around) if around.precision in FINE else around
    return Toponym(start=start, end=end, text=words, place=place, score=_SCORE)


def _around(text: str, start: int, end: int, placed: Placed) -> Place | None:
    """Give the place that a name lies in or near, as the words beside it tell."""
    earlier, later = placed.beside(end)
    beside = [(toponym, end, toponym.start, _words().after) for toponym in later]
    beside += [(toponym, toponym.end, start, _words().owner) for toponym in earlier]
    for toponym, first, last, between in beside:
        if last - first <= _FARTHEST and between.fullmatch(text, first, last):
            return toponym.place
    return None
