"""Seats of government: capitals and their spots that an article describes without the city's name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import msgspec

from rallybook.grounding.alternation import by_beginnings
from rallybook.grounding.gazetteer import CompiledGazetteer
from rallybook.grounding.sites import as_site
from rallybook.grounding.support import Support
from rallybook.grounding.surroundings import Named
from rallybook.model.mention import Toponym
from rallybook.model.values import Place
from rallybook.sheets import read_sheet

_DATA = Path(__file__).parent / "data" / "seats.yaml"
_CAPITAL = re.compile(
    r"(?:\b(?:the|its|their|his|her)\s)?\b(?:state\s|provincial\s|regional\s)?[Cc]apital\b(?:\scity\b)?"
)
_IN = re.compile(r"\s(?:in|at)\s(?:(?:central|downtown|the)\s){0,2}")
_OF = re.compile(r"\sof\s(?:the\s)?")
# the country of a whole article: it has more than half of all votes for countries
_DOMINANT = 0.55
_SCORE = 0.7


class _Rules(msgspec.Struct, frozen=True):
    not_after: frozenset[str]
    not_before: frozenset[str]
    seat: re.Pattern[str]
    divisional: frozenset[str]
    missions: frozenset[str]
    elsewhere: dict[str, str]


@cache
def _rules() -> _Rules:
    raw = read_sheet(_DATA.read_text(encoding="utf-8"))
    before = by_beginnings(raw["prepositions"])
    seats = [*raw["national"], *raw["divisional"], *raw["missions"]]
    names = by_beginnings(seats).replace("'", "['’]")
    return _Rules(
        not_after=frozenset(raw["not_a_city_after"]),
        not_before=frozenset(raw["not_a_city_before"]),
        seat=re.compile(rf"(?i:\b(?:{before})\s(?:the\s)?((?:[^\W\d_][\w’'.]*\s){{0,3}}?)({names})\b)"),
        divisional=frozenset(raw["divisional"]),
        missions=frozenset(raw["missions"]),
        elsewhere=raw["elsewhere"],
    )


def described(
    text: str, names: Sequence[Named], best: dict[int, Place], support: Support, gazetteer: CompiledGazetteer
) -> Iterator[Toponym]:
    """Give the capitals and seats that a text describes; `best` gives each resolved name's place by its start."""
    owners = {name.end: best[name.start] for name in names if name.start in best}
    starts = {name.start: best[name.start] for name in names if name.start in best}
    # most texts say the word nowhere; to look for it alone takes a hundredth of the time
    for match in _CAPITAL.finditer(text) if "apital" in text else ():
        if _is_city(text, match):
            place = _capital_of(text, match, owners, starts, support, gazetteer)
            if place is not None:
                yield _toponym(match.start(), match.end(), text, place)
    for match in _rules().seat.finditer(text):
        owner = _owner(text, match.start(2), owners)
        named = _IN.match(text, match.end())
        place = (
            None if named and named.end() in starts else _seat(match[2].lower(), owner, support, gazetteer)
        )
        if place is not None:
            yield _toponym(match.start(2), match.end(2), text, as_site(place))


def _toponym(start: int, end: int, text: str, place: Place) -> Toponym:
    return Toponym(start=start, end=end, text=text[start:end], place=place, score=_SCORE, margin=_SCORE)


def _is_city(text: str, match: re.Match[str]) -> bool:
    after = re.match(r"\s([\w’']+)", text[match.end() : match.end() + 30])
    before = re.search(r"([\w’']+)\s$", text[max(0, match.start() - 30) : match.start()])
    rules = _rules()
    if (after and after[1].lower() in rules.not_after) or (before and before[1].lower() in rules.not_before):
        return False
    # "capital" without an article or an owner is money
    return match[0][0] in "tihTIH" or bool(
        before and (before[1][0].isupper() or before[1].endswith(("’s", "'s")))
    )


def _capital_of(
    text: str,
    match: re.Match[str],
    owners: dict[int, Place],
    starts: dict[int, Place],
    support: Support,
    gazetteer: CompiledGazetteer,
) -> Place | None:
    of = _OF.match(text, match.end())
    if of:
        owner = starts.get(of.end())
        return _capital(owner, gazetteer) if owner else None
    if starts.get(match.end() + 1) or starts.get(match.end() + 2):
        # "the capital Tbilisi", "the capital, Tbilisi": the name is there
        return None
    owner = _owner(text, match.start(), owners)
    divisional = match[0].lower().split()[-2:-1] in (["state"], ["provincial"], ["regional"])
    if owner is None:
        owner = _dominant_division(support, gazetteer) if divisional else _dominant(support, gazetteer)
    return _capital(owner, gazetteer) if owner else None


def _owner(text: str, start: int, owners: dict[int, Place]) -> Place | None:
    """Give the place of the name that ends just before ("Georgia's parliament", "the Sudanese capital")."""
    for gap in ("", " ", "'s ", "’s ", "' ", "’ "):
        end = start - len(gap)
        if text[max(end, 0) : start] == gap and end in owners:
            return owners[end]
    return None


def _seat(kind: str, owner: Place | None, support: Support, gazetteer: CompiledGazetteer) -> Place | None:
    if kind in _rules().missions:
        # an embassy stands in the capital of another country than its own
        host = _dominant(support, gazetteer, other_than=owner) if owner else None
        return _capital(host, gazetteer) if host else None
    if kind in _rules().divisional:
        if owner is None or owner.feature != "ADM1":
            owner = _dominant_division(support, gazetteer)
        return gazetteer.capital(owner.country, owner.admin1) if owner else None
    if owner is None:
        owner = _dominant(support, gazetteer)
    if owner is None:
        return None
    return _capital(owner, gazetteer)


def _capital(owner: Place, gazetteer: CompiledGazetteer) -> Place | None:
    if owner.precision == "country":
        if name := _rules().elsewhere.get(owner.country):
            return next((p for p in gazetteer.named(name) if p.country == owner.country), None)
        return gazetteer.capital(owner.country)
    return gazetteer.capital(owner.country, owner.admin1) if owner.feature == "ADM1" else None


def _dominant(
    support: Support, gazetteer: CompiledGazetteer, *, other_than: Place | None = None
) -> Place | None:
    guest = other_than.country if other_than else ""
    votes = {code: vote for code, vote in support.countries.items() if code not in ("", guest)}
    if not votes:
        return None
    code = max(votes, key=votes.__getitem__)
    return gazetteer.country(code) if votes[code] > _DOMINANT * sum(votes.values()) else None


def _dominant_division(support: Support, gazetteer: CompiledGazetteer) -> Place | None:
    votes = {key: vote for key, vote in support.divisions.items() if key[1]}
    if not votes:
        return None
    key = max(votes, key=votes.__getitem__)
    return gazetteer.division(*key) if votes[key] > _DOMINANT * sum(votes.values()) else None
