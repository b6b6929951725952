"""The codes and names of countries: those of ISO 3166-1, and what data sets have in their place."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple, get_args

from rallybook.sheets import read_sheet

# how a data set says a country: ISO of three letters, ISO in digits, a name in English, FIPS 10-4, or a territory of
# the United States as the post has it
Scheme = Literal["alpha3", "numeric", "name", "fips", "territory"]
SCHEMES: tuple[Scheme, ...] = get_args(Scheme)

_TERRITORIES = ("AS", "GU", "MP", "PR", "VI")


class Country(NamedTuple):
    """The codes of a country in ISO 3166-1 and its name in English; empty where it has none."""

    alpha3: str = ""
    numeric: int | None = None
    name: str = ""


@cache
def countries() -> Mapping[str, Country]:
    """Give the countries by their ISO 3166-1 alpha-2 codes."""
    return {code: Country(*facts) for code, facts in _sheet()["countries"].items()}


def country_code(words: str, scheme: Scheme) -> str:
    """Give the ISO 3166-1 alpha-2 code of a country that is said in a scheme, empty where it is none.

    >>> country_code("UK", "fips"), country_code("Ivory Coast", "name"), country_code("826", "numeric")
    ('GB', 'CI', 'GB')
    """
    return _said(scheme).get(words.strip().casefold().lstrip("0"), "")


@cache
def _said(scheme: Scheme) -> Mapping[str, str]:
    known = countries()
    if scheme == "fips":
        other: dict[str, str] = _sheet()["fips"]
        same = {code: code for code in known if code not in other.values()}
        return {said.casefold(): code for said, code in (same | other).items()}
    if scheme == "territory":
        return {code.casefold(): code for code in _TERRITORIES}
    if scheme == "name":
        names: dict[str, str] = _sheet()["names"]
        own = {country.name: code for code, country in known.items()}
        spelt = {name.replace("&", "and").replace("St.", "Saint"): code for name, code in own.items()}
        return {said.casefold(): code for said, code in (own | spelt | names).items()}
    found = {str(getattr(country, scheme) or ""): code for code, country in known.items()}
    return {said.casefold(): code for said, code in found.items() if said}


@cache
def _sheet() -> dict[str, dict[str, str]]:
    sheet: dict[str, dict[str, str]] = read_sheet(
        files("rallybook.codebook").joinpath("data/countries.yaml").read_text("utf-8")
    )
    return sheet
