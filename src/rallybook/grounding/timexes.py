"""Time expressions found by the patterns of `data/dates.yaml`, and what each stands for."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from rallybook.grounding import calendar_rules as rules
from rallybook.grounding.calendar_rules import NOTHING, Value
from rallybook.grounding.tense import looks_ahead
from rallybook.grounding.timex_tokens import OTHER, Token, lexicon, pieces, tokens

_EDGES = {"early": "early", "start": "early", "beginning": "early", "onset": "early", "late": "late", "end": "late",
          "close": "late", "mid": "mid", "middle": "mid"}  # fmt: skip
# nouns after a bare four-digit number say that it counts things
_COUNTED = re.compile(
    r"\s+(?:\w+\s+)?(?:people|protest[eo]rs|demonstrators|workers|students|marchers|police|officers|troops|soldiers|"
    r"women|men|children|members|residents|participants|supporters|farmers|teachers|doctors|nurses|employees|jobs|"
    r"miners|drivers|families|homes|houses|dollars|euros|pounds|rupees|metres|meters|feet|miles|kilomet\w+|acres|"
    r"tonnes|tons|signatures|seats|votes|others|arrests|strikers|activists|villagers|delegates)\b",
    re.IGNORECASE,
)
_SIGNS = "$€£#₹"


class Found(msgspec.Struct, frozen=True):
    """One match of a rule: the rule's name, its tokens, and the tokens of each named group."""

    rule: str
    start: int
    end: int
    groups: dict[str, tuple[Token, ...]]

    def value(self, *names: str) -> Any:
        """The value of the last token of the first named group that matched."""
        for name in names:
            if self.groups.get(name):
                return self.groups[name][-1].value
        return None

    def edge(self) -> str:
        """Early, mid, late or empty."""
        word = self.value("edge", "edge2")
        return _EDGES.get(word, "") if isinstance(word, str) else ""

    def word(self, name: str) -> str:
        """The words of a group."""
        return " ".join(token.word for token in self.groups.get(name, ()))


class State(msgspec.Struct):
    """What the reader of a text knows at one point: the day of writing and the day told last."""

    text: str
    base: dt.date | None
    previous: Value = NOTHING

    def ahead(self, found: Found) -> bool | None:
        """Whether the words around tell of the future."""
        return looks_ahead(self.text, found.start, found.end)


def find(text: str) -> Iterator[Found]:
    """Give the matches of the rules in their order; durations and sets of times are left out."""
    book = lexicon()
    letters = book.letters
    island = re.compile(f"[^{OTHER}]*[{letters['TIME']}][^{OTHER}]*")
    for start, end in pieces(text):
        words = tokens(text, start, end)
        classes = "".join([word.letter for word in words])
        for stretch in island.finditer(classes):
            yield from _matches(words, classes, stretch.start(), stretch.end())


def _matches(words: list[Token], classes: str, at: int, end: int) -> Iterator[Found]:
    while at < end:
        best: re.Match[str] | None = None
        name = ""
        for rule, pattern in lexicon().rules:
            match = pattern.match(classes, at, end)
            if match and match.end() > at and (best is None or match.end() > best.end()):
                best, name = match, rule
        if best is None:
            at += 1
            continue
        if name != "skip":
            groups = {
                key: tuple(words[best.start(key) : best.end(key)])
                for key in best.re.groupindex
                if best.start(key) >= 0
            }
            yield Found(name, words[best.start()].start, words[best.end() - 1].end, groups)
        at = best.end()


def resolve(found: Found, state: State) -> Value | None:
    """Give the value of a match; None where it is no time expression after all."""
    return _RESOLVERS[found.rule](found, state)


# ---------------------------------------------------------------- whole dates


def _year_told(found: Found, state: State) -> int | None:
    year = found.value("y")
    if isinstance(year, int):
        return year
    word = found.value("ry")
    if word and found.value("ru") == "year" and state.base:
        return state.base.year + {"last": -1, "past": -1, "next": 1}.get(word, 0)
    return None


def _placed(found: Found, state: State, month: int, day: int) -> dt.date | None:
    """Give the day of a month, in the year told or in the one that fits; YEARLESS where none is known."""
    year = _year_told(found, state)
    if year is not None:
        return rules.date_or_none(year, month, day)
    if state.base is None:
        return rules.date_or_none(rules.YEARLESS, month, day)
    weekday = found.value("w")
    if weekday is not None:
        near = [state.base.year + step for step in (0, -1, 1)]
        days = [each for year in near if (each := rules.date_or_none(year, month, day))]
        fitting = [each for each in days if each.weekday() == weekday]
        if fitting:
            return fitting[0]
    return rules.nearest_year(month, day, state.base, future=bool(state.ahead(found)))


def _date(found: Found, state: State) -> Value | None:
    placed = _placed(found, state, found.value("m"), found.value("d"))
    return rules.day(placed) if placed else None


def _iso(found: Found, _: State) -> Value | None:
    if found.end - found.start != 10:
        return None
    placed = rules.date_or_none(found.value("y"), found.value("m"), found.value("d"))
    return rules.day(placed) if placed else None


def _numeric(found: Found, state: State) -> Value | None:
    first, second, year = found.value("d"), found.value("m", "m2"), found.value("y")
    if any(character.isspace() for character in state.text[found.start : found.end]):
        return None
    if year < 100:
        year += 1900 if year > 40 else 2000
    slash = bool(found.groups.get("m2"))
    orders = ((second, first), (first, second)) if slash else ((first, second), (second, first))
    for day, month in orders:
        if placed := rules.date_or_none(year, month, day):
            return rules.day(placed)
    return None


def _days(found: Found, state: State) -> Value | None:
    month, first, last = found.value("m"), found.value("d"), found.value("d2")
    end = _placed(found, state, month, last)
    start = rules.date_or_none(end.year, month, first) if end else None
    if not start or not end or start >= end:
        return None
    return rules.days(start, end)


def _weekday_nth(found: Found, state: State) -> Value | None:
    day = found.value("d")
    anchor = state.base or (state.previous.first if not state.previous.yearless else None)
    if anchor is None:
        return NOTHING
    fitting = [
        each
        for step in (0, -1, 1, -2, 2)
        if (begin := rules.add_months(anchor.replace(day=1), step))
        and (each := rules.date_or_none(begin.year, begin.month, day))
        and each.weekday() == found.value("w")
    ]
    return rules.day(min(fitting, key=lambda each: abs((each - anchor).days))) if fitting else None


def _nth(found: Found, state: State) -> Value | None:
    day, unit = found.value("d"), found.value("u")
    word = state.text[found.groups["d"][0].start : found.end]
    if unit not in (None, "month") or _names_a_thing(state.text, found.end) or (not unit and word.isalpha()):
        return None
    base = state.previous.first or state.base
    if base is None:
        return NOTHING
    if unit and found.word("rel") != "that" and state.base:
        base = state.base
        step = {"last": -1, "next": 1}.get(found.word("rel"), 0)
        base = rules.add_months(base.replace(day=1), step) or base
        placed = rules.date_or_none(base.year, base.month, day)
        return rules.day(placed) if placed else None
    ahead = bool(state.ahead(found))
    months = [
        base.replace(day=1),
        *(each for step in (-1, 1) if (each := rules.add_months(base.replace(day=1), step))),
    ]
    near = [each for begin in months if (each := rules.date_or_none(begin.year, begin.month, day))]
    if state.base and not state.previous.yearless:
        sided = [each for each in near if (each >= state.base if ahead else each <= state.base)]
        near = sided or near
    return rules.day(min(near, key=lambda each: abs((each - base).days))) if near else None


# words that may follow "the 12th" where it is a day
_AFTER_NTH = re.compile(
    r"\s*(?:\Z|[^\w\s]|\n|(?:and|or|to|of|in|at|when|where|as|after|before|by|from|with|until|till|but|for|on|some|"
    r"about|around|police|the|a|an|they|we|he|she|it|which|who|that|there|was|is|were|are|will|saw|had|has|did|"
    r"marched|protested|rallied|then|because|while|over|against|through|outside|dockers|students|workers|women|no|not|"
    r"hundreds|thousands|dozens|between|during)\b)"
)


def _names_a_thing(text: str, end: int) -> bool:
    return not _AFTER_NTH.match(text, end)


# ---------------------------------------------------------------- months, seasons, years


def _month(found: Found, state: State) -> Value | None:
    number = found.value("m")
    token = found.groups["m"][0]
    alone = not found.value("y", "ry") and not found.edge() and not found.word("rel")
    if alone and not _month_stands_alone(state.text, token):
        return None
    year = _year_told(found, state)
    if year is None and state.base is None:
        return rules.month(rules.YEARLESS, number)
    if year is None and state.base is not None:
        year = _year_of_month(found, state, number, state.base)
    assert year is not None
    return rules.part_of_month(year, number, found.edge()) if found.edge() else rules.month(year, number)


def _year_of_month(found: Found, state: State, number: int, base: dt.date) -> int:
    relative = found.word("rel").split()
    if "next" in relative or "coming" in relative or "upcoming" in relative:
        return base.year + (number <= base.month)
    if "last" in relative or "past" in relative or "previous" in relative:
        return base.year - (number >= base.month)
    if "this" in relative:
        return base.year
    if state.ahead(found):
        return base.year + (number < base.month)
    return base.year - (number > base.month)


_BEFORE_MONTH = re.compile(
    r"(?:\b(?:in|since|until|till|by|of|from|to|during|through|throughout|between|and|before|after|around|next|last|"
    r"this|every|early|late|mid|for|on)|[(\-–—/,])\s*\Z",
    re.IGNORECASE,
)


def _month_stands_alone(text: str, token: Token) -> bool:
    """Tell a month from "may", "march", and a first name from "April"."""
    before = text[max(0, token.start - 12) : token.start]
    if len(token.word) < 4 and token.word != "may":
        return False
    if token.letter == lexicon().letters["month_word"] or token.word in ("april", "june", "august"):
        return (
            text[token.start].isupper()
            and bool(_BEFORE_MONTH.search(before))
            and not _capital_next(text, token.end)
        )
    return text[token.start].isupper() or bool(_BEFORE_MONTH.search(before))


def _capital_next(text: str, end: int) -> bool:
    return text[end : end + 1] == " " and text[end + 1 : end + 2].isupper()


def _season(found: Found, state: State) -> Value | None:
    code, year = found.value("s"), found.value("y")
    relative, edge = found.word("rel"), found.edge()
    token = found.groups["s"][0]
    before = state.text[max(0, token.start - 12) : token.start]
    if not year and not relative and not edge and not _BEFORE_SEASON.search(before):
        return None
    if (
        token.word == "fall"
        and not year
        and not relative
        and not re.search(r"\b(?:in|last|this) the\s*\Z", before)
    ):
        return None
    if year is None:
        if state.base is None:
            return NOTHING
        year = _year_of_season(code, relative, state.base, ahead=state.ahead(found))
    return rules.season(year, code)


_BEFORE_SEASON = re.compile(
    r"\b(?:in|since|until|till|by|during|over|throughout|of|from|through|before|after)\s+(?:the\s+)?\Z",
    re.IGNORECASE,
)


def _year_of_season(code: int, relative: str, base: dt.date, *, ahead: bool | None) -> int:
    start = (code - 21) * 3 + 3
    begun = base.year - (base.month < start)
    running = (base.year * 12 + base.month) - (begun * 12 + start) < 3
    if relative in ("next", "coming", "upcoming") or (ahead and not running):
        return begun + 1
    if relative in ("last", "past"):
        return begun - 1 if running else begun
    if relative == "this" and not running and ahead is not False:
        return base.year
    return begun


def _year(found: Found, state: State) -> Value | None:
    token = found.groups["y"][0]
    if found.edge():
        return rules.year(token.value, found.edge())
    if state.text[max(0, token.start - 1) : token.start] in (*_SIGNS, ",", ".", "-", "–") and token.start:
        return None
    after = state.text[token.end : token.end + 40]
    if token.value < 1900 or token.value > 2060 or _COUNTED.match(after) or re.match(r"[,.%]\d|%|-\w", after):
        return None
    return rules.year(token.value)


def _decade(found: Found, _: State) -> Value | None:
    number = found.value("y")
    if number < 100:
        number += 1900
    return rules.decade(number, found.edge())


# ---------------------------------------------------------------- days of the week


def _weekday(found: Found, state: State) -> Value | None:
    if state.base is None:
        return NOTHING
    weekday, words = found.value("w"), set(found.word("rel").split())
    week = found.value("week")
    if week:
        monday = rules.week_of(state.base, {"last": -1, "past": -1, "next": 1}.get(week, 0))
        placed = rules.shifted(monday[0], weekday) if monday else None
        return rules.day(placed) if placed else NOTHING
    if found.value("week2") == "week":
        placed = rules.weekday_after(state.base, weekday, same=False)
        placed = rules.shifted(placed, 7) if placed else None
        return rules.day(placed) if placed else NOTHING
    placed = _weekday_near(weekday, words, state, found)
    return rules.day(placed) if placed else NOTHING


def _weekday_near(weekday: int, words: set[str], state: State, found: Found) -> dt.date | None:
    base = state.base
    assert base is not None
    told = state.previous.last if state.previous.last and not state.previous.yearless else base
    if "that" in words or "same" in words:
        return rules.weekday_before(told, weekday)
    if "following" in words:
        return rules.weekday_after(told, weekday, same=False)
    if "previous" in words or "preceding" in words:
        return rules.weekday_before(told, weekday, same=False)
    if words & {"last", "past"}:
        return rules.weekday_before(base, weekday, same=False)
    if words & {"next", "coming", "upcoming"}:
        return rules.weekday_after(base, weekday, same=False)
    ahead = state.ahead(found)
    if "this" in words and ahead is None:
        week = rules.week_of(base)
        return rules.shifted(week[0], weekday) if week else None
    return rules.weekday_after(base, weekday) if ahead else rules.weekday_before(base, weekday)


def _weekday_ago(found: Found, state: State) -> Value | None:
    if state.base is None or found.value("u") != "week":
        return NOTHING if found.value("u") == "week" else None
    near = rules.weekday_before(state.base, found.value("w"))
    placed = rules.shifted(near, -7 * _count(found)) if near else None
    return rules.day(placed) if placed else NOTHING


def _weekday_by(found: Found, state: State) -> Value | None:
    told = state.previous.first or state.base
    if told is None or state.previous.yearless:
        return NOTHING
    move = rules.weekday_after if found.word("dir") == "after" else rules.weekday_before
    placed = move(told, found.value("w"), same=False)
    return rules.day(placed) if placed else NOTHING


def _weekday_nth_of(found: Found, state: State) -> Value | None:
    month, count = found.value("m"), found.value("n")
    year = found.value("y")
    if year is None:
        if state.base is None:
            return rules.month(rules.YEARLESS, month)
        year = _year_of_month(found, state, month, state.base)
    if isinstance(count, int):
        first = rules.weekday_after(dt.date(year, month, 1), found.value("w"))
        placed = rules.shifted(first, 7 * (count - 1)) if first else None
    else:
        end = rules.month(year, month).last
        placed = rules.weekday_before(end, found.value("w")) if end else None
    return rules.day(placed) if placed and placed.month == month else None


def _weekend(found: Found, state: State) -> Value | None:
    words = set(found.word("rel").split())
    if not words and not re.search(
        r"\b(?:over|at|of|on|second|third)\s+\Z", state.text[max(0, found.start - 10) : found.start]
    ):
        return None
    if state.base is None:
        return NOTHING
    before = rules.weekday_before(state.base, 5)
    after = rules.weekday_after(state.base, 5, same=False)
    told = state.previous.last if state.previous.last and not state.previous.yearless else state.base
    if words & {"following"}:
        start = rules.weekday_after(told, 5, same=False)
    elif words & {"that", "same"}:
        start = rules.weekday_before(told, 5)
    elif words & {"next", "coming", "upcoming"}:
        start = after
    elif words & {"last", "past", "previous"}:
        start = before if state.base.weekday() < 5 else rules.shifted(before, -7) if before else None
    else:
        start = after if state.ahead(found) and state.base.weekday() < 5 else before
    end = rules.shifted(start, 1) if start else None
    return rules.days(start, end) if start and end else NOTHING


# ---------------------------------------------------------------- days counted from the publication


def _relative_day(found: Found, state: State) -> Value | None:
    if state.base is None:
        return NOTHING
    step = found.value("r")
    if found.groups.get("dir"):
        if found.value("u") != "day":
            return None
        step += 1 if found.word("dir") == "after" else -1
    placed = rules.shifted(state.base, step)
    return rules.day(placed) if placed else NOTHING


def _this_part(found: Found, state: State) -> Value | None:
    if found.value("p") in ("lunch", "breakfast"):
        return None
    if state.base is None:
        return NOTHING
    placed = rules.shifted(state.base, -1 if found.word("rel") in ("last", "past") else 0)
    return rules.day(placed) if placed else NOTHING


def _last_night(found: Found, state: State) -> Value | None:
    token = found.groups["u"][0]
    if token.word != "night":
        return _relative_unit(found, state)
    if state.base is None:
        return NOTHING
    placed = rules.shifted(state.base, -1)
    return rules.day(placed) if placed else NOTHING


def _overnight(_: Found, state: State) -> Value | None:
    if state.base is None:
        return NOTHING
    before = rules.shifted(state.base, -1)
    return rules.days(before, state.base) if before else NOTHING


def _count(found: Found) -> int:
    total = 0
    for name in ("n", "n2"):
        value = found.value(name)
        total += value if isinstance(value, int) else 1 if value in ("a", "an") else 0
    return total or 1


def _moved(anchor: dt.date, unit: str, count: int) -> Value:
    """Give the day, month or year so many units from an anchor; weeks and months are approximate."""
    if unit in ("day", "week", "fortnight"):
        placed = rules.shifted(anchor, count * {"day": 1, "week": 7, "fortnight": 14}[unit])
        if placed is None:
            return NOTHING
        return rules.day(placed) if unit == "day" else Value(placed, placed, "day", f"{placed.isoformat()}~")
    if unit in ("month", "quarter"):
        near = rules.add_months(anchor, count * (3 if unit == "quarter" else 1))
        return rules.month(near.year, near.month) if near else NOTHING
    number = anchor.year + count * {"decade": 10, "century": 100}.get(unit, 1)
    return rules.year(number) if dt.MINYEAR < number < dt.MAXYEAR - 10 else NOTHING


def _ago(found: Found, state: State) -> Value | None:
    if state.base is None:
        return NOTHING
    token = found.groups["n"][-1]
    value = _moved(state.base, found.value("u"), -min(_count(found), 5000))
    if token.word in ("few", "several", "couple", "many", "some") and value.first:
        return value._replace(written=value.edtf.rstrip("~") + "~")
    return value


def _relative_unit(found: Found, state: State) -> Value | None:
    if state.base is None:
        return NOTHING
    words, unit, edge = set(found.word("rel").split()), found.value("u"), found.word("edge")
    step = -1 if words & {"last", "past", "previous"} else 1 if words & {"next", "coming", "upcoming"} else 0
    if unit == "day":
        return None
    if unit in ("week", "fortnight"):
        week = rules.week_of(state.base, step)
        if not week:
            return NOTHING
        if not step and edge == "earlier" and week[0] < state.base:
            return rules.days(week[0], state.base - rules.DAY, "week")
        if step < 0 and (found.edge() == "late"):
            return rules.days(week[0] + 3 * rules.DAY, week[1], "week", mark="~")
        return rules.days(*week, "week")
    if unit == "month":
        near = rules.add_months(state.base, step)
        if not near:
            return NOTHING
        if found.edge() and edge not in ("earlier", "later"):
            return rules.part_of_month(near.year, near.month, found.edge())
        if not step and edge == "earlier":
            return rules.days(near.replace(day=1), state.base, "month", mark="~")
        return rules.month(near.year, near.month)
    if unit == "year":
        if not step and edge == "earlier":
            return rules.days(dt.date(state.base.year, 1, 1), state.base, "year", mark="~")
        return rules.year(state.base.year + step, "" if edge in ("earlier", "later") else found.edge())
    return _moved(state.base, unit, step) if unit in ("decade", "century") else None


def _span_of_units(found: Found, state: State) -> Value | None:
    if state.base is None:
        return NOTHING
    count = _count(found)
    if not found.groups["n"][-1].value or count > 500:
        return None
    unit = found.value("u")
    forward = found.word("rel") in ("next", "coming", "upcoming")
    moved = _moved(state.base, unit, count if forward else -count)
    if not moved.first or not moved.last:
        return NOTHING
    if unit in ("day", "week", "fortnight"):
        edges = (state.base, moved.last) if forward else (moved.first, state.base)
        return rules.days(*edges, mark="~")
    start, end = (state.base, moved.last) if forward else (moved.first, state.base)
    return rules.days(start, end, mark="~")


# how far back "recent days, weeks, months, years" reach
_RECENT_DAYS = 5


def _recent(found: Found, state: State) -> Value | None:
    if state.base is None:
        return NOTHING
    base, unit = state.base, found.value("u")
    yesterday = rules.shifted(base, -1)
    before = rules.add_months(base, -2 if unit == "month" else -1)
    if not yesterday or not before:
        return NOTHING
    if unit == "day":
        start = rules.shifted(base, -_RECENT_DAYS)
        return rules.days(start, base, mark="~") if start else NOTHING
    if unit in ("year", "decade"):
        start_year = max(1, base.year - (10 if unit == "decade" else 3))
        return Value(dt.date(start_year, 1, 1), base, "interval", f"{start_year:04d}/{base.isoformat()}~")
    first = before.replace(day=1)
    return Value(first, yesterday, "interval", f"{first:%Y-%m}/{yesterday.isoformat()}~")


def _holiday(found: Found, state: State) -> Value | None:
    return None


# ---------------------------------------------------------------- days counted from the day told before


def _told(state: State) -> Value:
    return state.previous if state.previous.first else NOTHING


def _same_day(found: Found, state: State) -> Value | None:
    unit = found.value("u")
    if unit in ("lunch", "breakfast", "century", "decade", "quarter"):
        return None
    told = _told(state)
    if not told.first:
        return NOTHING
    if unit == "month":
        return rules.month(told.first.year, told.first.month)
    if unit == "year":
        return NOTHING if told.yearless else rules.year(told.first.year)
    if unit == "week":
        week = rules.week_of(told.first)
        return rules.days(*week, "week") if week and not told.yearless else NOTHING
    return told if told.first == told.last else rules.day(told.last) if told.last else told


def _shift(told: Value, unit: str, count: int) -> Value:
    anchor = told.last if count > 0 else told.first
    if not anchor or (told.yearless and unit not in ("day", "week", "fortnight")):
        return NOTHING
    moved = _moved(anchor, unit, count)
    if told.yearless and moved.first:
        return rules.day(moved.first)
    return moved


def _shifted_day(found: Found, state: State) -> Value | None:
    told, unit = _told(state), found.value("u")
    if unit in ("lunch", "breakfast"):
        return None
    step = -1 if found.word("rel") in ("previous", "preceding", "prior") else 1
    if unit not in ("week", "fortnight", "month", "year", "decade", "century", "quarter"):
        return _shift(told, "day", step) if told.first else NOTHING
    if not told.first or told.yearless:
        return NOTHING
    if unit == "week" and (week := rules.week_of(told.first, step)):
        return rules.days(*week, "week")
    return _shift(told, unit, step)


def _shifted(found: Found, state: State) -> Value | None:
    told = _told(state)
    if not told.first:
        return NOTHING
    step = 1 if found.word("dir") in ("later", "after") else -1
    return _shift(told, found.value("u"), step * min(_count(found), 5000))


def _shifted_by(found: Found, state: State) -> Value | None:
    unit = found.value("u")
    if unit in ("lunch", "breakfast", "noon", "midnight"):
        return None
    told = _told(state)
    if not told.first:
        return NOTHING
    unit = unit if unit in ("week", "month", "year", "decade", "fortnight") else "day"
    return _shift(told, unit, 1 if found.word("dir") == "after" else -1)


_RESOLVERS: dict[str, Callable[[Found, State], Value | None]] = {
    "iso": _iso, "numeric": _numeric, "date": _date, "days": _days, "weekday_nth": _weekday_nth, "month": _month,
    "season": _season, "year": _year, "decade": _decade, "weekday": _weekday, "weekday_ago": _weekday_ago,
    "weekday_by": _weekday_by, "weekday_nth_of": _weekday_nth_of, "weekend": _weekend,
    "relative_day": _relative_day, "this_part": _this_part, "last_night": _last_night, "overnight": _overnight,
    "ago": _ago, "relative_unit": _relative_unit, "span_of_units": _span_of_units, "recent": _recent, "nth": _nth,
    "holiday": _holiday, "same_day": _same_day, "shifted_day": _shifted_day, "shifted": _shifted,
    "shifted_by": _shifted_by,
}  # fmt: skip
