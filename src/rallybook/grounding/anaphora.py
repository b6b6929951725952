"""Places named by pointing back: "the capital", "nationwide"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from functools import cache
from importlib.resources import files

from rallybook.grounding.gazetteer import CompiledGazetteer
from rallybook.model.mention import Toponym
from rallybook.model.values import Place
from rallybook.sheets import read_sheet

# such a phrase is as sure as the country that the article is about, which is told elsewhere
_SCORE = 0.5


def with_anaphora(
    text: str, toponyms: tuple[Toponym, ...], home: Place | None, gazetteer: CompiledGazetteer
) -> tuple[Toponym, ...]:
    """Give the toponyms with those added that stand for the home country or its capital, in text order."""
    code = home_country(toponyms, home)
    if not code:
        return toponyms
    standing_for = {"country": gazetteer.country(code), "capital": gazetteer.capital(code)}
    found, starts = list(toponyms), [toponym.start for toponym in toponyms]
    for phrase in _phrases().finditer(text):
        place = standing_for[phrase.lastgroup or ""]
        # toponyms stand in order and apart: only the last one that starts before the phrase's end may overlap it
        before = bisect_left(starts, phrase.end()) - 1
        if place and (before < 0 or toponyms[before].end <= phrase.start()):
            words = phrase[0]
            found.append(
                Toponym(start=phrase.start(), end=phrase.end(), text=words, place=place, score=_SCORE)
            )
    return tuple(sorted(found, key=lambda toponym: toponym.start))


def home_country(toponyms: tuple[Toponym, ...], home: Place | None) -> str:
    """Give the ISO code of the country that the article is about, empty where it names none."""
    if home and home.country:
        return home.country
    votes = Counter(t.place.country for t in toponyms if t.place and t.place.country)
    return max(votes, key=lambda code: votes[code], default="")


@cache
def _phrases() -> re.Pattern[str]:
    data = read_sheet(files("rallybook.grounding").joinpath("data/anaphora.yaml").read_text("utf-8"))
    groups = (f"(?P<{name}>{'|'.join(data[name])})" for name in ("country", "capital"))
    return re.compile(rf"\b(?:{'|'.join(groups)})\b", re.IGNORECASE)
