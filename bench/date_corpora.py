"""Score date readers on TIMEX3 corpora: where the expressions stand, and which day they mean.

An expression of the corpus is one of type DATE or TIME whose value is not a mere reference ("now": PRESENT_REF).
A reader's expression counts as right where it overlaps one of these, each used once (exact: same first and
last character); what only overlaps a duration, a set of times or a reference is left aside, and counts as
wrong in the column "all". GUM marks no times of day, so they are left aside there, too. The day is right where the value is that day, written as a day, over the
expressions that the corpus gives a day: those found, and all of them. A stretch that a reader gives for two
expressions of the corpus ("from 3 May to Friday") counts as two; one that is open or bounded ("since 3 May")
is right by the end that is told, as TIMEX3 leaves "since" and "until" aside.
"""

from __future__ import annotations

import datetime as dt
import re
import resource
from typing import Any, NamedTuple

import msgspec

from date_peers import Reader, Spot
from rallybook.model.edtf import bounds

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_WEEK = re.compile(r"(\d{4})-W(\d\d)(-WE)?")


class Gold(NamedTuple):
    """An expression of the corpus."""

    start: int
    end: int
    value: str


class Score(msgspec.Struct):
    """What a reader did on a corpus."""

    gold: int = 0
    found: int = 0
    aside: int = 0
    hits: int = 0
    exact: int = 0
    days: int = 0
    days_found: int = 0
    days_right: int = 0
    values: int = 0
    values_right: int = 0
    seconds: float = 0.0
    articles: int = 0
    errors: list[str] = []

    def f1(self, hits: int, aside: int = 0) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * hits / max(1, self.gold + self.found + aside)

    def row(self, name: str) -> str:
        """Give the row of the table."""
        cells = [
            f"{self.hits / max(1, self.found):.3f}", f"{self.hits / max(1, self.gold):.3f}", f"{self.f1(self.hits):.3f}",
            f"{self.f1(self.exact):.3f}", f"{self.f1(self.hits, self.aside):.3f}",
            f"{self.days_right}/{self.days_found} = {self.days_right / max(1, self.days_found):.3f}",
            f"{self.days_right / max(1, self.days):.3f}", f"{self.values_right / max(1, self.values):.3f}",
            f"{self.articles / max(1e-9, self.seconds):,.1f}",
        ]  # fmt: skip
        return f"| {name} | " + " | ".join(cells) + " |"


HEAD = (
    "| reader | P | R | F1 | exact F1 | F1, all | day right, of found | day right, of all | value right, of found"
    " | articles per CPU second |\n|---|---|---|---|---|---|---|---|---|---|"
)


def gold_of(row: dict[str, Any]) -> tuple[list[Gold], list[tuple[int, int]]]:
    """Give the expressions that count, and the stretches that are left aside."""
    if "timex" not in row:
        return [Gold(each["start"], each["end"], _of_attrs(each["attrs"])) for each in row["dates"]], []
    gold, aside = [], []
    for each in row["timex"]:
        value = each["value"] or ""
        if each["type"] in ("DATE", "TIME") and not value.endswith("_REF"):
            gold.append(Gold(each["start"], each["end"], value))
        else:
            aside.append((each["start"], each["end"]))
    return gold, aside


def _of_attrs(attrs: dict[str, str]) -> str:
    return attrs.get("when") or f"{attrs.get('from', '')}/{attrs.get('to', '')}"


def score(rows: list[dict[str, Any]], reader: Reader, *, keep: bool = False) -> Score:
    """Give the score of a reader on a corpus; `keep`: with its errors in words."""
    total = Score(errors=[])
    for row in rows:
        published = dt.date.fromisoformat((row.get("dct") or row["date"])[:10])
        gold, aside = gold_of(row)
        start = _spent()
        found = reader(row["text"], published)
        total.seconds += _spent() - start
        total.articles += 1
        counted = [
            spot
            for spot in found
            if any(_overlap(spot, each) for each in gold)
            or not any(spot[0] < end and at < spot[1] for at, end in aside or _clocks(row, spot))
        ]
        total.gold += len(gold)
        total.found += len(counted)
        total.aside += len(found) - len(counted)
        _pairs(total, gold, counted, row if keep else None)
    return total


def _spent() -> float:
    """Processor time, that of helper programs included (HeidelTime's tagger): the machine may be shared."""
    both = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return sum(each.ru_utime + each.ru_stime for each in both)


def _clocks(row: dict[str, Any], spot: Spot) -> list[tuple[int, int]]:
    return [(spot.start, spot.end)] if spot.clock and "timex" not in row else []


def _overlap(spot: Spot, gold: Gold) -> bool:
    return spot.start < gold.end and gold.start < spot.end


def _pairs(total: Score, gold: list[Gold], found: list[Spot], row: dict[str, Any] | None) -> None:
    free = list(found)
    rest = dict.fromkeys(free, 0)
    for each in gold:
        near = sorted((spot for spot in free if _overlap(spot, each)), key=lambda spot: spot[:2] != each[:2])
        spot = near[0] if near else None
        day = bool(_DAY.fullmatch(each.value))
        total.days += day
        if spot is None:
            _note(total, row, "missed", each, None)
            continue
        rest[spot] += 1
        if "/" not in spot.value or rest[spot] == 2 or not _covers_two(spot, gold):
            free.remove(spot)
        total.found += rest[spot] == 2
        total.hits += 1
        total.exact += spot[:2] == each[:2]
        right = same_value(each.value, spot.value)
        if each.value[:4].isdigit():
            total.values += 1
            total.values_right += right
        if day:
            total.days_found += 1
            total.days_right += _same_day(each.value, spot.value)
        if not right:
            _note(total, row, "day" if day else "value", each, spot)
        elif spot[:2] != each[:2]:
            _note(total, row, "span", each, spot)
    for spot in free:
        if not rest[spot]:
            _note(total, row, "extra", None, spot)


def _covers_two(spot: Spot, gold: list[Gold]) -> bool:
    return sum(spot.start <= each.start and each.end <= spot.end for each in gold) > 1


def _same_day(value: str, told: str) -> bool:
    if "/" in told:
        return value in told.split("/")
    return value == told[:10] and (len(told) == 10 or "T" in told)


def _note(total: Score, row: dict[str, Any] | None, kind: str, gold: Gold | None, spot: Spot | None) -> None:
    if row is None:
        return
    at = gold or spot
    assert at
    text, words = row["text"], lambda one: repr(row["text"][one.start : one.end]) if one else "-"
    around = text[max(0, at.start - 60) : at.end + 40].replace("\n", " ")
    told = f"{words(gold)} {gold.value if gold else ''} | {words(spot)} {spot.value if spot else ''}"
    total.errors.append(f"{kind} {(row.get('dct') or row.get('date'))[:10]} {told} …{around}…")


def same_value(value: str, told: str) -> bool:
    """Whether a TIMEX3 value and the one told (EDTF or TIMEX3) mean the same days."""
    if not told:
        return False
    if value == told or ("T" in value and value[:10] == told[:10]):
        return True
    gold, found = _bounds(value), _bounds(told)
    if gold is None or found is None:
        return False
    if "~" in told and None not in found:
        return None not in found and max(found[0], gold[0]) <= min(found[1], gold[1])
    if "/" in told and (gold[0] == gold[1] or None not in (*found, *gold)):
        return gold[0] == found[0] or gold[1] == found[1]
    # the value of a TIMEX3 leaves "since" and "until" aside: the first day decides where ours is open
    return found == gold or (None in found and (gold[0] in found or gold[1] in found))


def _bounds(value: str) -> Any:  # noqa: ANN401
    if week := _WEEK.fullmatch(value):
        first = dt.date.fromisocalendar(int(week[1]), min(52, max(1, int(week[2]))), 1)
        return (first + dt.timedelta(5 if week[3] else 0), first + dt.timedelta(6))
    if quarter := re.fullmatch(r"(\d{4})-Q([1-4])", value):
        last = int(quarter[2]) * 3
        value = f"{quarter[1]}-{last - 2:02d}/{quarter[1]}-{last:02d}"
    if half := re.fullmatch(r"(\d{4})-H([12])", value):
        value = f"{half[1]}-{int(half[2]) * 6 - 5:02d}/{half[1]}-{int(half[2]) * 6:02d}"
    for short, code in (("-SP", "-21"), ("-SU", "-22"), ("-FA", "-23"), ("-WI", "-24")):
        value = value.replace(short, code)
    value = (
        f"{value}X"
        if re.fullmatch(r"\d{3}", value)
        else f"{value}XX"
        if re.fullmatch(r"\d{2}", value)
        else value
    )
    return bounds(value if "/" in value else value[:10])
