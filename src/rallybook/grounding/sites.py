"""Sites: named and described spots within a place ("the Arbat in central Moscow", "outside the town hall")."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import yaml

from rallybook.model.mention import Site, Toponym
from rallybook.model.reading import Reading

_DATA = Path(__file__).parent / "data" / "sites.yaml"
_TAIL = re.compile(
    r"\s(?:in|of|at)\s(?:(?:the|central|downtown|northern|southern|eastern|western|north|south|east|west)\s)*$"
)


@cache
def _pattern() -> re.Pattern[str]:
    raw = yaml.safe_load(_DATA.read_text(encoding="utf-8"))
    heads = "|".join(re.escape(h).replace(r"\ ", r"\s") for h in sorted(raw["heads"], key=len, reverse=True))
    leading = "|".join(sorted(raw["leading"], key=len, reverse=True))
    before = "|".join(p.replace(" ", r"\s") for p in sorted(raw["prepositions"], key=len, reverse=True))
    name = r"[^\W\d_][\w.'’-]*"
    common = rf"(?:(?:the|a|an|its|their|his|her)\s)?(?:(?:{name}|\d+\w{{0,2}})[ ]){{0,5}}?(?:{heads})\b"
    word = r"[A-ZÀ-Þ\d][\w’-]*"
    linkers = r"(?:(?:de|del|da|do|di|la|los|of)\s|d['’])*"
    proper = rf"(?:the\s)?(?i:{leading})\s{linkers}{word}(?:\s{word}){{0,3}}"
    return re.compile(rf"(?i:\b(?:{before})\s)(?P<site>(?i:{common})|{proper})")


def sites(reading: Reading, toponyms: tuple[Toponym, ...]) -> tuple[Site, ...]:
    """Give the phrases for spots in order, each with the place that the phrase names, if any."""
    text = reading.text
    found = []
    at = 0
    for match in _pattern().finditer(text):
        start, end = match.span("site")
        if start < at:
            continue
        at = end
        start, end, toponym = _with_place(text, start, end, toponyms)
        found.append(Site(start=start, end=end, text=text[start:end], toponym=toponym))
        at = end
    return tuple(found)


def _with_place(
    text: str, start: int, end: int, toponyms: tuple[Toponym, ...]
) -> tuple[int, int, Toponym | None]:
    for toponym in toponyms:
        if toponym.place is None:
            continue
        if start <= toponym.start and toponym.end <= end:
            return start, end, toponym
        if end < toponym.start <= end + 24 and _TAIL.fullmatch(text[end : toponym.start]):
            return start, toponym.end, toponym
    return start, end, None
