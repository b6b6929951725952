"""Sites: named and described spots within a place ("the Arbat in central Moscow", "outside the town hall")."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cache
from pathlib import Path

import msgspec

from rallybook.grounding.alternation import by_beginnings
from rallybook.model.mention import Site, Toponym
from rallybook.model.reading import Reading
from rallybook.model.values import Place
from rallybook.sheets import read_sheet

_DATA = Path(__file__).parent / "data" / "sites.yaml"
_WORD = r"[^\W\d_][\w.'’-]{0,30}"
_PROPER = r"[A-ZÀ-ÞŁŚŞİĀ-Ž\d][\w’'-]{0,30}"
_DETERMINER = r"(?:(?:the|a|an|its|their|his|her|our|this|that)\s)"
# "of the naval headquarters", then "in central Moscow"
_WHERE = re.compile(
    r"(?:,?\s(?:in|of|at|near|on|outside)|,)\s(?:(?:the|central|downtown|northern|southern|eastern|western|north|south|"
    r"east|west|city\sof|town\sof|village\sof|capital,?)\s){0,3}"
)
_FARTHEST = 45
_ORDER = {"site": 0, "city": 1, "region": 2, "country": 3, "unknown": 4}
_ROAD = (
    # "R9000" is money
    r"(?:the\s)?(?:(?!R\d{4})[AMNERB]{1,2}-?\d{1,4}|"
    r"(?i:interstate|national\shighway|highway|route|nh|km|kilomet(?:re|er))[\s-]\d{1,4})\b"
)


class _Patterns(msgspec.Struct, frozen=True):
    """The ways in which a spot is written, tried in this order; each has a group `site`."""

    finders: tuple[re.Pattern[str], ...]
    facing: re.Pattern[str]
    of: re.Pattern[str]
    guests: re.Pattern[str]


class Placed:
    """The toponyms with a place, found by position: a text may hold a hundred thousand."""

    def __init__(self, toponyms: list[Toponym]) -> None:
        """Take them in the order of the text."""
        self.toponyms = toponyms
        self._starts = [toponym.start for toponym in toponyms]

    def between(self, first: int, last: int) -> list[Toponym]:
        """Give the toponyms that start at one of the positions from first to last."""
        return self.toponyms[bisect_left(self._starts, first) : bisect_right(self._starts, last)]

    def beside(self, position: int) -> tuple[list[Toponym], list[Toponym]]:
        """Give the last toponym that starts before a position and the first that does not: one or none in each list."""
        at = bisect_left(self._starts, position)
        return self.toponyms[max(at - 1, 0) : at], self.toponyms[at : at + 1]


def as_site(city: Place) -> Place:
    """Give a populated place as the position of a spot in it."""
    if city.precision == "site":
        return city
    return msgspec.structs.replace(city, precision="site")


@cache
def _patterns() -> _Patterns:
    raw = read_sheet(_DATA.read_text(encoding="utf-8"))
    heads, before, facing = (by_beginnings(raw[key]) for key in ("heads", "prepositions", "facing"))
    leading, endings, guests = (by_beginnings(raw[key]) for key in ("leading", "endings", "guests"))
    verbs = by_beginnings(raw["verbs"])
    fit = rf"(?!(?i:{by_beginnings(raw['never_inside'])})\b)"
    modifier = rf"{fit}(?:{_WORD}|\d{{1,3}}(?:st|nd|rd|th)?)\s"
    last = rf"{fit}[^\W\d_][\w’'-]{{0,30}}"
    phrase = rf"{_DETERMINER}?(?:{modifier}){{0,5}}?(?i:{heads})(?:\s(?i:{heads}))*\b"
    linkers = r"(?:(?:de|del|da|do|di|du|la|los|las|des|of|al|el)\s|d['’]|l['’])*"
    return _Patterns(
        finders=(
            re.compile(rf"\b(?!(?i:to\s(?:{verbs}))\b)(?i:{before})\s(?P<site>{phrase})"),
            re.compile(
                rf"\b(?P<site>(?:[Tt]he\s)?{fit}(?:{_PROPER}\s){{1,4}}(?i:{heads})(?:\s(?i:{heads}))*)\b"
            ),
            re.compile(
                rf"\b(?P<site>(?:the\s)?(?i:{leading})\s{linkers}{_PROPER}(?:\s{linkers}{_PROPER}){{0,3}})"
            ),
            re.compile(rf"\b(?P<site>(?:the\s)?(?:{_PROPER}\s)?[A-ZÀ-ÞŞİ][\w-]{{2,30}}(?i:{endings}))\b"),
            re.compile(rf"\b(?P<site>{_ROAD})"),
        ),
        facing=re.compile(rf"\b(?i:{facing})\s(?P<site>{_DETERMINER}?(?:{modifier}){{0,4}}{last}\b)"),
        of=re.compile(rf"\sof\s(?:{phrase}|(?:the\s)?{_PROPER}(?:\s{_PROPER}){{0,3}}|(?:the\s)?{last})\b"),
        guests=re.compile(rf"(?i)\b(?:{guests})\b"),
    )


def sites(reading: Reading, toponyms: tuple[Toponym, ...]) -> tuple[Site, ...]:
    """Give the phrases for spots in order, each with the place that the phrase names, if any.

    A phrase does not overlap another one; landmarks that the gazetteer knows are sites by themselves.
    """
    text = reading.text
    placed = Placed([toponym for toponym in toponyms if toponym.place is not None])
    found: list[tuple[int, int]] = []
    for start, end in _spans(text, placed):
        if not found or start >= found[-1][1]:
            found.append(_widened(text, start, end, placed))
    return tuple(_site(text, start, end, placed) for start, end in found)


def _spans(text: str, placed: Placed) -> list[tuple[int, int]]:
    patterns = _patterns()
    spans = [match.span("site") for finder in patterns.finders for match in finder.finditer(text)]
    # any thing may stand after "outside", but a word for a spot ends the phrase sooner: "the town hall all day"
    starts = {start for start, _ in spans}
    facing = (match.span("site") for match in patterns.facing.finditer(text))
    spans.extend(span for span in facing if span[0] not in starts)
    for toponym in placed.toponyms:
        if toponym.place is not None and toponym.place.precision == "site":
            the = 4 if text[max(toponym.start - 4, 0) : toponym.start].lower() == "the " else 0
            spans.append((toponym.start - the, toponym.end))
    # of two that start together the longer one says more
    return sorted(spans, key=lambda span: (span[0], -span[1]))


def _widened(text: str, start: int, end: int, placed: Placed) -> tuple[int, int]:
    """Take in what follows: "of the naval headquarters", "in central Moscow"."""
    if of := _patterns().of.match(text, end):
        end = of.end()
    for toponym in placed.between(end + 1, end + _FARTHEST):
        if _WHERE.fullmatch(text, end, toponym.start):
            return start, toponym.end
    return start, end


def _site(text: str, start: int, end: int, placed: Placed) -> Site:
    phrase = text[start:end]
    within = [t for t in placed.between(start, end) if t.end <= end]
    if _patterns().guests.search(phrase):
        within = [t for t in within if t.place is not None and t.place.precision != "country"]
    toponym = min(within, key=_specific, default=None)
    return Site(start=start, end=end, text=phrase, toponym=toponym)


def _specific(toponym: Toponym) -> tuple[int, int]:
    return (_ORDER[toponym.place.precision] if toponym.place else 9, -toponym.start)
