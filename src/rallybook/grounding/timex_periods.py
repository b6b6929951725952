"""Weeks, months, seasons, years: "in May", "late 2019", "last week", "in recent months"."""

from __future__ import annotations

import datetime as dt
import re

from rallybook.grounding import calendar_rules as rules
from rallybook.grounding.calendar_rules import NOTHING, Value
from rallybook.grounding.timex_days import COUNTED, year_of_sentence, year_pointed_at
from rallybook.grounding.timex_tokens import Token, lexicon
from rallybook.grounding.timexes import Found, State

# "In 1979 drivers struck": behind this word a number counts no drivers
_IN = re.compile(r"\bin\s\Z", re.IGNORECASE)
_BEFORE_PERIOD = re.compile(
    r"(?:\b(?:in|since|until|till|by|of|from|to|during|through|throughout|between|and|or|before|after|around|next|last|"
    r"this|late|early|for|on|over|into)(?:\s+the)?|[(/,–—])\s*\Z",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"\b(?:an?|the|last|its|their|his|her|this)\s+\Z", re.IGNORECASE)
_WORDS = frozenset({"march", "mar", "may", "august"})
_HEADING = re.compile(
    r"(?:(?:\A|\n)[\s#*•\d.)–—-]*(?i:then\s+)?|[.!?:]\s+(?i:and\s+|then\s+(?:came\s+)?|next\s+came\s+)?)\Z"
)
# "SEPTEMBER.", "Then June.", or a month that does something: "March brought the teachers"
_AFTER_HEADING = re.compile(
    r"(?:[.:?*]|\s+[–—-]\s|[ \t]*\n|\Z|\s(?:brought|saw|was|began|came|opened|ended|passed|started|belonged|gave|"
    r"turned|closed|meant)\b)"
)
_POSSESSIVE = re.compile(r"\s?(?:['’]|â€™)s\b")
# where a season is another one: countries and cities of the southern temperate zone, in the first characters
_SETTING = 1000
_SOUTHERN = re.compile(
    r"\b(?:Australia|Sydney|Melbourne|Brisbane|New Zealand|Auckland|South Africa|Johannesburg|Cape Town|Durban|"
    r"Argentin|Buenos Aires|Chile|Uruguay|Montevideo|Paraguay|Zimbabwe|Mozambique|Botswana|Lesotho|Eswatini|Madagascar)"
)


def month(found: Found, state: State) -> Value | None:
    """A month, or its early, middle or late part."""
    number, edge = found.number("m"), found.edge()
    alone = not found.word("y") and not found.word("ry") and not edge and not found.word("rel")
    if alone and not _month_stands_alone(state.text, found):
        return None
    token = found.groups["m"][0]
    lower = not found.word("y") and token.word in _WORDS and state.text[token.start].islower()
    if lower and (found.word("rel") or _has_capitals(state.text, token)):
        # "this august house", "the last march"; only a text without capitals writes months so
        return None
    year = _year(found, state, number)
    if not edge and _is_heading(state.text, token, found.end):
        state.heading = found.end
    return rules.part_of_month(year, number, edge) if edge else rules.month(year, number)


def _year(found: Found, state: State, number: int) -> int:
    if (told := found.year()) is not None:
        return told
    if pointed_at := year_pointed_at(found, state):
        return pointed_at
    known = state.base or state.told_day()
    if known is None:
        return year_of_sentence(found, state) or rules.YEARLESS
    base, step = known, found.step()
    if step:
        return base.year + (number <= base.month if step > 0 else -(number >= base.month))
    if found.word("rel") == "this":
        return base.year
    if inherited := year_of_sentence(found, state):
        return inherited
    return rules.year_around(base, number, ahead=state.ahead(found))


def _month_stands_alone(text: str, found: Found) -> bool:
    """Tell a month from "may" and "march", and from a first name ("April", "June")."""
    token = found.groups["m"][0]
    before = text[max(0, token.start - 14) : token.start]
    if _is_heading(text, token, token.end):
        return True
    if token.word != "may" and _POSSESSIVE.match(text, token.end):
        return _is_written_as_name(text, token)
    ambiguous = _is_word(token) or token.word in ("april", "june")
    if (
        token.word in ("april", "june")
        and _ATTRIBUTE.search(before)
        and re.match(r"\s+[a-z]", text[token.end :][:2])
    ):
        # "a June agreement"
        return text[token.start].isupper()
    if ambiguous:
        if not _BEFORE_PERIOD.search(before):
            return False
        if text[token.start : token.end].isupper() or not _has_capitals(text, token):
            # a text in capitals, or one without any
            return True
        capital_next = (
            text[token.end : token.end + 1] == " " and text[token.end + 1 : token.end + 2].isupper()
        )
        return text[token.start].isupper() and not capital_next
    if len(token.word) < 4:
        return text[token.start].isupper() and bool(_BEFORE_PERIOD.search(before))
    return _is_written_as_name(text, token) or bool(_BEFORE_PERIOD.search(before))


def _is_written_as_name(text: str, token: Token) -> bool:
    """Tell whether a month has its capital; in a text without any it is none that is a word, too."""
    return text[token.start].isupper() or not (_is_word(token) or _has_capitals(text, token))


def _has_capitals(text: str, token: Token) -> bool:
    around = text[max(0, token.start - 300) : token.end + 300]
    return around != around.lower()


def _is_heading(text: str, token: Token, end: int) -> bool:
    start = token.start
    if end - start < 3 or not _is_written_as_name(text, token) or not _AFTER_HEADING.match(text, end):
        return False
    return bool(_HEADING.search(text[max(0, start - 12) : start]))


def _is_word(token: Token) -> bool:
    return token.letter == lexicon().letters["month_word"]


def season(found: Found, state: State) -> Value | None:
    """A season of the northern half of the world."""
    code, year, edge = found.number("s"), found.year(), found.edge()
    if found.groups.get("ry"):
        year = year_pointed_at(found, state)
    token = found.groups["s"][0]
    before = state.text[max(0, token.start - 14) : token.start]
    told = bool(year or found.word("rel") or edge)
    if not told and not _BEFORE_PERIOD.search(before):
        return None
    if token.word == "fall" and not told and not re.search(r"\b(?:in|this)\s+the\s+\Z", before):
        return None
    southern = bool(_SOUTHERN.search(state.text, 0, _SETTING))
    if year is None:
        if state.base is None:
            return NOTHING
        # reckoned half a year on, the southern year has the seasons of the northern one
        base = (rules.add_months(state.base, -6) or state.base) if southern else state.base
        year = _year_of_season(found, code, base, ahead=state.ahead(found))
        year += southern and code >= 23
    return rules.season(year, code, southern=southern)


def _year_of_season(found: Found, code: int, base: dt.date, *, ahead: bool | None) -> int:
    start = (code - 21) * 3 + 3
    begun = base.year - (base.month < start)
    running = (base.year * 12 + base.month) - (begun * 12 + start) < 3
    if found.step() > 0 or (ahead and not running):
        return begun + 1
    if found.step() < 0:
        return begun - 1 if running else begun
    if found.word("rel") == "this" and not running and ahead is not False:
        return base.year
    return begun


def year(found: Found, state: State) -> Value | None:
    """A year, or its early, middle or late third."""
    token = found.groups["y"][-1]
    number = found.year()
    if found.groups.get("u") and found.name("u") != "year":
        return None
    if number is None or not 1900 <= number <= 2060:
        return None
    if found.edge():
        return rules.year(number, found.edge())
    before = state.text[max(0, found.start - 1) : found.start]
    if before in tuple("$€£#₹,.-–") and before:
        return None
    counted = COUNTED.match(state.text, token.end)
    if counted and counted[0][0].isspace() and _IN.search(state.text, max(0, found.start - 4), found.start):
        counted = None
    return None if counted else rules.year(number)


def year_end(found: Found, state: State) -> Value | None:
    """The last weeks of this year ("by year's end", "at year-end")."""
    if found.name("u") != "year" or found.groups["u"][0].word != "year":
        return None
    if state.base is None:
        return NOTHING
    if re.search(r"\bsince\s+\Z", state.text[max(0, found.start - 8) : found.start], re.IGNORECASE):
        return rules.day(dt.date(state.base.year - 1, 12, 31))
    return rules.part_of_month(state.base.year, 12, "late")


def quarter(found: Found, state: State) -> Value | None:
    """A quarter or half of a year ("the third quarter", "the first half of 2016")."""
    length = 3 if found.name("h") == "quarter" else 6
    of_year = found.groups.get("y") or found.groups.get("ry")
    many = found.given("n") or 1
    number = found.given("q") or 12 // length
    if number + many - 1 > 12 // length or (
        not of_year and (length == 6 or many > 1 or found.groups.get("last"))
    ):
        # halves without a year are those of a match
        return None
    begin = (number - 1) * length + 1
    length *= many
    year = found.year()
    if year is None:
        if state.base is None:
            return NOTHING
        # without a year, the last such quarter that has begun
        year = state.base.year + (found.step("ry") if found.groups.get("ry") else -(begin > state.base.month))
    first, last = rules.month(year, begin), rules.month(year, begin + length - 1)
    return Value(first.first, last.last, "interval", f"{first.written}/{last.written}")


def decade(found: Found, _state: State) -> Value | None:
    """Ten years ("the late 1990s", "the '90s")."""
    number = found.number("y")
    if found.groups["y"][-1].word.isalpha() and found.groups["y"][-1].start == found.start:
        # "in his sixties"
        return None
    return rules.decade(number + 1900 if number < 100 else number, found.edge())


def century(found: Found, _: State) -> Value | None:
    """A century ("the 20th century")."""
    if found.name("u") != "century" or not 10 < found.number("d") < 22:
        return None
    first = (found.number("d") - 1) * 100
    return Value(dt.date(first, 1, 1), dt.date(first + 99, 12, 31), "interval", f"{first // 100}XX")
