"""Days told by their number and month: "12 June 2017", "2017-06-12", "March eighth", "twenty-fifth of June"."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from rallybook.grounding import calendar_rules as rules
from rallybook.grounding.calendar_rules import NOTHING, Value
from rallybook.grounding.timexes import Found, State

# what the reader pays for a day so many days away: told as past, told as coming, without a cue.
# A day and month without a year is as a rule near the day of writing; papers give the year of what is not.
_PAST_COST = {True: 4, False: 1, None: 1}
_COMING_COST = {True: 1, False: 12, None: 2}
# a story goes on within so many characters and days of the last day told; two days side by side belong together
CHAIN, CHAIN_DAYS, _BESIDE = 600, 75, 60
_YEARS_AGO = 400
# a year that fits a weekday is looked for in so many characters
_YEARS_TOLD = 5000
# a year told within so many characters before a month or day in the same sentence is its year
_SAME_CLAUSE = 70
# a weekday and day of the month that fit only a year farther off than this are an error of the text
_FITTING_DAYS = 250
# nouns after a bare four-digit number say that it counts things
COUNTED = re.compile(
    r"\s+(?:\w+\s+)?(?:people|protest[eo]rs|demonstrators|workers|students|marchers|police|officers|troops|soldiers|"
    r"women|men|children|members|residents|participants|supporters|farmers|teachers|doctors|nurses|employees|jobs|"
    r"miners|drivers|families|homes|houses|dollars|euros|pounds|rupees|metres|meters|feet|miles|kilomet\w+|acres|"
    r"tonnes|tons|signatures|seats|votes|others|arrests|strikers|activists|villagers|delegates|km|words|points)\b"
    r"|[,.%]\d|%|-\w",
    re.IGNORECASE,
)
# what may follow the "90" of "3 JAN 90"
_TWO_DIGITS = re.compile(r"\s*(?:[.,;:()\[\]–—-]|\n|\Z)")
# words that may follow "the 12th" where it is a day and not the twelfth of something
_AFTER_NTH = re.compile(
    r"\s*(?:\Z|[^\w\s'’-]|['’]s\b|\n|(?:and|or|to|of|in|at|when|where|as|after|before|by|from|with|until|till|but|for|on|"
    r"some|about|around|police|the|a|an|they|we|he|she|it|which|who|that|there|was|is|were|are|will|would|saw|had|has|"
    r"did|then|because|while|over|against|through|outside|no|not|hundreds|thousands|dozens|between|during|more|"
    r"nearly|several|both|all|if|so|unless|instead|too|also|again|still|never|only|just|even|may|might|could|should|"
    r"this|their|his|her|our|its|everyone|nobody|every|why|how|people|one|two|three|four|five|six|seven|eight|nine|ten|"
    r"eleven|twelve|[a-z]+teen|[a-z]+ty(?:-[a-z]+)?|[a-z]+ed)\b)"
)


def date(found: Found, state: State) -> Value | None:
    """A day and month, with or without a year."""
    if found.word("y2") and not (_TWO_DIGITS.match(state.text, found.end) and 50 <= found.number("y2") <= 99):
        # "on 12 June 90 people": no year
        return None
    month, number = found.number("m"), found.total("d")
    if number > rules.longest(month):
        # "31 June" is no day; "in June 31 people" is a month
        return None if COUNTED.match(state.text, found.end) else NOTHING
    placed = placed_day(found, state, month, number)
    return rules.day(placed) if placed else NOTHING


def spelled_date(found: Found, state: State) -> Value | None:
    """A month and a day in words ("March eighth")."""
    token = found.groups["m"][0]
    if names_a_thing(state.text, found) or state.text[token.start].islower():
        return None
    number = found.total("d")
    if number > rules.longest(found.number("m")):
        return None
    placed = placed_day(found, state, found.number("m"), number)
    return rules.day(placed) if placed else NOTHING


def ymd(found: Found, state: State) -> Value | None:
    """A day with the year first ("2021/02/14")."""
    if any(character.isspace() for character in state.text[found.start : found.end]):
        return None
    placed = rules.date_or_none(found.number("y"), found.number("m", "m2"), found.number("d"))
    return rules.day(placed) if placed else NOTHING


def _year_told(found: Found, state: State) -> int | None:
    if (year := found.given("y")) is not None:
        return year
    if (short := found.given("y2", "y2a")) is not None:
        return short + (1900 if short > 40 else 2000)
    return year_pointed_at(found, state) or year_of_sentence(found, state)


def year_pointed_at(found: Found, state: State) -> int | None:
    """The year of "of last year", "of that year"; None where no such words stand there, or none is known."""
    if found.name("ru") != "year":
        return None
    if found.word("ry") == "that":
        return state.that_year()
    return state.base.year + found.step("ry") if state.base else None


def year_of_sentence(found: Found, state: State) -> int | None:
    """The year that the same sentence told just before ("a boycott in 2011 went on from May to July")."""
    position, value = state.period
    if (
        value.granularity != "year"
        or not value.first
        or value.yearless
        or found.start - position > _SAME_CLAUSE
    ):
        return None
    between = state.text[position : found.start]
    opened = re.search(r"since\s+\d*\Z", state.text[max(0, position - 12) : position])
    if opened and not between.startswith(", when "):
        return None
    return None if re.search(r"[.!?;:]\s|\n", between) else value.first.year


def placed_day(found: Found, state: State, month: int, day: int) -> dt.date | None:
    """Give the day of a month, in the year told or in the one that fits; YEARLESS where none is known."""
    year = _year_told(found, state)
    if year is not None:
        return rules.date_or_none(year, month, day)
    chained = _in_chain(found, state, month, day)
    base = state.base or state.hint or state.told_day()
    if chained or base is None:
        return (
            chained or _by_weekday(found, state, month, day) or rules.date_or_none(rules.YEARLESS, month, day)
        )
    near = [each for step in (0, -1, 1) if (each := rules.date_or_none(base.year + step, month, day))]
    weekday = found.given("w")
    fitting = [each for each in near if each.weekday() == weekday]
    if len(fitting) == 1 and abs((fitting[0] - base).days) <= _FITTING_DAYS:
        return fitting[0]
    if not near:
        return None
    ahead = state.ahead(found)
    return likeliest(state.likely(near, ahead=ahead), base, ahead=ahead)


def _by_weekday(found: Found, state: State, month: int, day: int) -> dt.date | None:
    """Give the day in the one year told in the text in which it falls on the weekday told with it."""
    weekday = found.given("w")
    if weekday is None:
        return None
    placed = [rules.date_or_none(year, month, day) for year in _years_in(state.text[:_YEARS_TOLD])]
    fitting = [each for each in placed if each and each.weekday() == weekday]
    return fitting[0] if len(fitting) == 1 else None


@lru_cache(maxsize=16)
def _years_in(text: str) -> frozenset[int]:
    return frozenset(int(year) for year in re.findall(r"\b(?:19|20)\d\d\b", text))


def _in_chain(found: Found, state: State, month: int, day: int) -> dt.date | None:
    """Give the day that goes on from a day told just before, where that is not near the publication."""
    if not state.told or found.groups.get("w"):
        return None
    position, value = state.told[-1]
    told, distance = value.last, found.start - position
    if told is None or value.yearless or distance > CHAIN:
        return None
    if distance > CHAIN // 2 and "\n\n" in state.text[position : found.start]:
        return None
    far = state.base is None or abs((state.base - told).days) > CHAIN_DAYS
    if (distance > _BESIDE and not far) or (far and leaves_the_past(told, found, state)):
        return None
    near = [each for step in (0, -1, 1) if (each := rules.date_or_none(told.year + step, month, day))]
    return next((each for each in near if abs((each - told).days) <= CHAIN_DAYS), None)


def leaves_the_past(told: dt.date, found: Found, state: State) -> bool:
    """Tell whether a clause about the future follows a day of years ago: then it speaks of the present again."""
    return state.base is not None and abs((state.base - told).days) > _YEARS_AGO and bool(state.ahead(found))


def likeliest(near: list[dt.date], base: dt.date, *, ahead: bool | None) -> dt.date:
    """Give the day that a reader takes a day and month for: the nearest, past ones first."""

    def cost(each: dt.date) -> int:
        distance = (each - base).days
        return distance * _COMING_COST[ahead] if distance > 0 else -distance * _PAST_COST[ahead]

    return min(near, key=cost)


def iso(found: Found, _: State) -> Value | None:
    """A day as ISO 8601 writes it."""
    if found.end - found.start != 10:
        return None
    placed = rules.date_or_none(found.number("y"), found.number("m"), found.number("d"))
    return rules.day(placed) if placed else NOTHING


def numeric(found: Found, state: State) -> Value | None:
    """A day in numbers: with dots day first, with slashes month first where the calendar allows it."""
    first, second, year = found.number("d"), found.number("m", "m2"), found.number("y")
    if any(character.isspace() for character in state.text[found.start : found.end]):
        return None
    if year < 100:
        # "4/6/69" and "12.06.17": two-digit years of the last sixty years and the next forty
        year += 1900 if year > 40 else 2000
    orders = ((first, second), (second, first))
    for day, month in orders if found.groups.get("m") else orders[::-1]:
        if placed := rules.date_or_none(year, month, day):
            return rules.day(placed)
    return NOTHING if year > 31 else None


def names_a_thing(text: str, found: Found) -> bool:
    """Tell "the 12th floor", "the first anniversary" from a day of the month."""
    return not _AFTER_NTH.match(text, found.end)
