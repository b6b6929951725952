"""Outlets: where an article's newspaper or site is at home, as far as its name or address tells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from urllib.parse import urlsplit

import msgspec

from rallybook.grounding.gazetteer import CompiledGazetteer, fold
from rallybook.grounding.place_rules import DATA
from rallybook.grounding.towns import town_at
from rallybook.model.article import Article
from rallybook.model.values import Place
from rallybook.sheets import read_sheet

_HOST = re.compile(r"(?:[a-z0-9-]{1,63}\.){1,6}[a-z]{2,18}")
# parts of an address before the outlet's own
_SUBDOMAINS = frozenset(
    ("www", "m", "mobile", "amp", "edition", "feeds", "rss", "en", "news", "blog", "blogs")
)
_SECOND_LEVEL = frozenset(("co", "com", "org", "net", "gov", "ac", "edu", "or", "ne", "in", "info"))
# a label is cut into so many words at most, and longer ones are not cut at all
_LONGEST_LABEL = 30
_ENGLISH = frozenset(("US", "CA", "GB", "IE", "AU", "NZ"))
# an address names a town of some size; below it the match is rather a word ("view", "record")
_LEAST_PEOPLE, _LEAST_LETTERS = 5_000, 4


class _Rules(msgspec.Struct, frozen=True):
    words: tuple[str, ...]
    borrowed: frozenset[str]
    domains: dict[str, str]
    known: dict[str, str]


@cache
def _rules() -> _Rules:
    raw = read_sheet((DATA / "outlets.yaml").read_text(encoding="utf-8"))
    return _Rules(
        words=tuple(sorted(set(raw["words"]), key=len, reverse=True)),
        borrowed=frozenset(raw["borrowed"]),
        domains=raw["domains"],
        known={str(name): code for code, names in raw["known"].items() for name in names},
    )


class Home(msgspec.Struct, frozen=True):
    """Where an outlet is at home: the candidates for one place, under the name that its address or name gives."""

    key: str
    places: tuple[Place, ...]


def homes(article: Article, gazetteer: CompiledGazetteer) -> tuple[Home, ...]:
    """Give the outlet's town, region and country, as far as they are told; a post is at home where it was sent from."""
    if article.post:
        town = article.post.geotag and town_at(gazetteer, article.post.geotag)
        return (Home(fold(town.name), (town,)),) if town else ()
    hosts = {host for given in (article.url, article.source) if (host := _host(given))}
    found: list[tuple[Place, ...]] = []
    for host in sorted(hosts):
        found.extend(_of_host(host, gazetteer))
    if not hosts and article.source:
        found.extend(_of_name(article.source[:200], gazetteer))
    return tuple(Home(fold(places[0].name), places) for places in dict.fromkeys(found))


def _host(given: str) -> str:
    start = given[:300].strip().lower()
    try:
        host = urlsplit(start if "//" in start else f"//{start}").hostname or ""
    except ValueError:
        return ""
    return host if _HOST.fullmatch(host) else ""


def _of_host(host: str, gazetteer: CompiledGazetteer) -> Iterator[tuple[Place, ...]]:
    labels = [label for label in host.split(".") if label not in _SUBDOMAINS] or host.split(".")
    top, rest = labels[-1], labels[:-1]
    if len(rest) > 1 and rest[-1] in _SECOND_LEVEL:
        rest = rest[:-1]
    known = _rules().known
    names = [".".join(labels[-2:]), ".".join(labels[-3:]), *reversed(rest)]
    code = next((known[name] for name in names if name in known), "")
    if code:
        yield from _of_code(code, gazetteer)
        return
    own = _rules().domains.get(top, top.upper()) if len(top) == 2 and top not in _rules().borrowed else ""
    for label in rest[-1:]:
        if towns := _town(label, gazetteer):
            # a general domain with an English name: "parisnews.com" is read in Texas rather than in France
            near = (own,) if own else _ENGLISH
            likely = tuple(t for t in towns if t.country in near or t.precision == "country")
            yield likely or towns
    if own:
        yield from _of_code(own, gazetteer)


def _of_code(code: str, gazetteer: CompiledGazetteer) -> Iterator[tuple[Place, ...]]:
    country, _, division = code.partition(".")
    division, _, town = division.partition("/")
    place = gazetteer.division(country, division) if division else gazetteer.country(country)
    if town:
        inside = (p for p in gazetteer.named(town) if (p.country, p.admin1) == (country, division))
        place = next((p for p in inside if p.precision == "city"), place)
    if place:
        yield (place,)


def _town(label: str, gazetteer: CompiledGazetteer) -> tuple[Place, ...]:
    """Give the towns in one part of an address ("sacbee" has none, "chicagotribune" has Chicago)."""
    if len(label) > _LONGEST_LABEL:
        return ()
    for rest in _rests(label):
        for name in (rest, *(f"{rest[:at]} {rest[at:]}" for at in range(3, len(rest) - 2))):
            if len(rest) >= _LEAST_LETTERS and (places := _large(name, gazetteer) or gazetteer.demonym(name)):
                return places
    return ()


def _rests(label: str) -> Iterator[str]:
    """Give what is left of a label when words for newspapers are taken off its ends, the shortest cut first."""
    words, seen = _rules().words, {label}
    queue = [label]
    while queue:
        rest = queue.pop(0)
        bare = rest.strip("-0123456789")
        shorter = [bare.removesuffix(word) for word in words if bare.endswith(word) and bare != word]
        shorter += [bare.removeprefix(word) for word in words if bare.startswith(word) and bare != word]
        fresh = [cut.strip("-") for cut in shorter if cut.strip("-") not in seen]
        seen.update(fresh)
        queue.extend(fresh)
    yield from (rest.replace("-", " ") for rest in sorted(seen, key=lambda rest: (-len(rest), rest)))


def _of_name(source: str, gazetteer: CompiledGazetteer) -> Iterator[tuple[Place, ...]]:
    words = re.findall(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*", source)
    code = _rules().known.get("".join(words).lower())
    if code:
        yield from _of_code(code, gazetteer)
        return
    # a city's own name may hold a newspaper's word ("Kansas City Star"): the longest name wins
    for length in range(min(4, len(words)), 0, -1):
        for at in range(len(words) - length + 1):
            rest = words[at : at + length]
            if all(word.lower() in _rules().words for word in rest) or not rest[0][0].isupper():
                continue
            name = " ".join(rest)
            if places := _large(name, gazetteer) or gazetteer.demonym(name):
                yield places
                return


def _large(name: str, gazetteer: CompiledGazetteer) -> tuple[Place, ...]:
    places = tuple(
        place
        for place in gazetteer.named(name)
        if place.population >= _LEAST_PEOPLE
        and place.feature not in ("LMK", "ADM2")
        # another spelling or an old name is rather a word: the "Savanna Wire" is not from Savannah
        and fold(place.name).startswith(fold(name))
    )
    return places if places and places[0].precision in ("city", "region", "country") else ()
