"""How many were arrested, injured or killed: the number that goes with a trigger in its sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec

from rallybook.grounding.numbers import Quantity
from rallybook.model.values import Range

# "a number of officers were hurt": two at least; "several": as the codebook reads "several hundred"
_SOME, _SEVERAL = Range(2, None), Range(3, 9)
_BESIDE = re.compile(
    r"\s(?:of\s|of (?:them|whom|us)\s(?:with\s)?|more\s|people\s|persons\s|others\s|were\s|was\s|[\w-]+\swere\s)?"
    r"(?:\w+ly\s)?"
)
_OBJECT = re.compile(
    r"\s?(?:of|at|to|in|the|for|toll|:|all|as|by|are|were|number|numbered|reached|totalled)?\s?"
    r"(?:of\s|the\s|rose to\s|stood at\s|was\s|a total of\s)?"
)
# "It put the number of people taken to police stations at 287"
_NUMBER_OF = re.compile(r"\b(?:number|count|total|tally|toll|figure)\b[^.;]{0,40}\Z")
_PUT_AT = re.compile(r"[^.;\d]{0,40}\s(?:at|as|to|was|reached)\s")
# "… counted 110 detained; police still say 'over a hundred'": a second source, its number without a noun
_RIVAL = re.compile(
    r"\b(?:say|says|said|counts?|counted|at|as|spoke of|speaks of|gave|gives|reckons?|reckoned|claims?|claimed"
    r"|estimated?|estimates|lists|listed|reported|knew of|knows of|had)\s(?:\w+\s)?[\"“'‘]?\Z"
)
_ACCORDING = re.compile(r"[,;]\s(?:and\s|or\s|but\s)?\Z")
_RIVAL_END = re.compile(r"[\"”'’]?\s?(?:[.,;:)—–]|\Z|according\b|in the count\b)")
_CROWD = re.compile(
    r"\b(?:crowds?|turn-?out|attend\w*|march\w*|rall\w*|gather\w*|participants|joined|took part|strong)\b"
)
_ONE_OBJECT = re.compile(
    r"\s(?:at least |only )?(?:an?|one|another)\s"
    r"(?!number|few|group|dozen|score|total|crowd|lot|series|wave|couple|further)"
)
_VAGUE_OBJECT = re.compile(r"\s(several|a number of|some|many)\s")
_ASIDE_AFTER = re.compile(r"\s?(?:of (?:whom|them)|,)")
_JOINED = re.compile(r"(?:\s\(\d+\))?\s[\w-]+(?:\s[\w-]+)?\sand\s")
_AND_ONE = re.compile(r"\s(?:[\w-]+\s){1,2}and\s(?:an?|one)\s(?:[\w-]+\s){1,3}\Z")
_ONE_AND = re.compile(r"\b(?:an?|one)\s(?:[\w.-]+\s){1,4}and\s\Z")
# as far after a count as a second source's can stand, in characters
_RIVAL_AHEAD = 130


class Trigger(NamedTuple):
    """A trigger `low[start:end]` in its sentence `low[first:last]`, all in lower case."""

    low: str
    start: int
    end: int
    first: int
    last: int


def count(at: Trigger, near: Sequence[Quantity], cues: Mapping[str, re.Pattern[str]]) -> Range:
    """Give the number of people: within the phrase, right before or after it, or in its subject.

    `near` are the numbers around the trigger. The range is empty where no number goes with it.
    """
    usable = [_as_many(at, one) for one in near if _usable(at, one, cues)]
    inside = [one for one in usable if at.start <= one.core < at.end]
    if inside:
        return inside[0].count
    before = [one for one in usable if at.first <= one.start and one.end <= at.start]
    after = [one for one in usable if one.start >= at.end and one.end <= at.last]
    if cues["counts_things"].fullmatch(at.low, at.start, at.end):
        # "nine stitches" counts stitches: who has them is the subject
        before = [one for one in before if one.end < at.start - 1]
        return _subject(at, before, cues)
    if after and _NUMBER_OF.search(at.low, max(at.first, at.start - 60), at.start):
        put = _PUT_AT.fullmatch(at.low, at.end, after[0].start)
        if put:
            return after[0].count
    if before and _BESIDE.fullmatch(at.low[before[-1].end : at.start]):
        return _total(at, before, cues)
    if after and _OBJECT.fullmatch(at.low[at.end : after[0].start]):
        return (_joined(at.low, after[0], after[1], cues) if len(after) > 1 else None) or after[0].count
    right = at.low[at.end : min(at.last, at.end + 40)]
    if _ONE_OBJECT.match(right):
        return Range(1, 1)
    if vague := _VAGUE_OBJECT.match(right):
        return _SEVERAL if vague[1] == "several" else _SOME
    return _subject(at, before, cues)


def rivals(at: Trigger, near: Sequence[Quantity], cues: Mapping[str, re.Pattern[str]]) -> Iterator[Quantity]:
    """Give the numbers that other sources give for the same: "18 were held; the union speaks of 26"."""
    for one in near:
        if not at.end < one.start < at.end + _RIVAL_AHEAD or one.year:
            continue
        between = at.low[at.end : one.start]
        ends = _RIVAL_END.match(at.low, one.end)
        if not ends or _CROWD.search(between) or cues["measure"].match(at.low[one.end : one.end + 30]):
            continue
        told_by = _RIVAL.search(between) or ("according" in ends[0] and _ACCORDING.search(between))
        if told_by:
            yield one


def _as_many(at: Trigger, number: Quantity) -> Quantity:
    """Give "as many as 63 were arrested" its number: of a crowd that is an upper bound, of the arrested the count."""
    if number.count.low is None and at.low.startswith("as many as", number.start):
        return msgspec.structs.replace(number, count=Range(number.count.high, number.count.high))
    return number


def _usable(at: Trigger, number: Quantity, cues: Mapping[str, re.Pattern[str]]) -> bool:
    """Tell a number that can count people from a year, an age, a measure, or one in brackets after another."""
    low = at.low
    if number.year or (
        low[number.start - 1 : number.start] == "(" and low[number.end : number.end + 1] == ")"
    ):
        return False
    lead, tail = low[max(at.first, number.start - 16) : number.start], low[number.end : number.end + 30]
    return not cues["measure"].match(tail) and not (number.end <= at.start and cues["aside"].search(lead))


def _subject(at: Trigger, before: Sequence[Quantity], cues: Mapping[str, re.Pattern[str]]) -> Range:
    """Give the number in the subject of a passive or before a participle ("Nineteen were carried off")."""
    for last in range(len(before), 0, -1):
        one = before[last - 1]
        if cues["clause_end"].search(at.low, one.end, at.start) and not _AND_ONE.match(
            at.low[one.end : at.start]
        ):
            break
        comma = at.low[max(at.first, one.start - 2) : one.start] == ", "
        if comma and _ASIDE_AFTER.match(at.low[one.end : one.end + 12]):
            continue
        return _total(at, before[:last], cues)
    left = at.low[max(at.first, at.start - 100) : at.start]
    if many := cues["plural_many"].search(left):
        return _SEVERAL if many[1] == "several" else _SOME
    one_person = cues["singular"].search(left[-70:])
    return Range(1, 1) if one_person and _person(one_person[0], cues) else Range()


def _person(words: str, cues: Mapping[str, re.Pattern[str]]) -> bool:
    return bool(cues["persons"].search(words) or cues["force"].search(words))


def _total(at: Trigger, numbers: Sequence[Quantity], cues: Mapping[str, re.Pattern[str]]) -> Range:
    """Give the last number, or the sum where two are joined ("two officers and a passer-by")."""
    last = numbers[-1]
    if len(numbers) > 1 and (joined := _joined(at.low, numbers[-2], last, cues)):
        return joined
    one = _AND_ONE.match(at.low[last.end : at.start]) or _ONE_AND.search(
        at.low[max(at.first, last.start - 50) : last.start]
    )
    # "a curfew followed and 60 people were rounded up": no person, none more
    if one and _person(one[0], cues) and not cues["harmed"].search(one[0]):
        return _plus(last.count, Range(1, 1))
    return last.count


def _joined(low: str, first: Quantity, second: Quantity, cues: Mapping[str, re.Pattern[str]]) -> Range | None:
    """Give the sum of "five people and two officers"."""
    between = _JOINED.fullmatch(low[first.end : second.start])
    if not between or cues["harmed"].search(between[0]):
        return None
    return _plus(first.count, second.count)


def _plus(left: Range, right: Range) -> Range:
    low = None if left.low is None or right.low is None else left.low + right.low
    high = None if left.high is None or right.high is None else left.high + right.high
    return Range(low, high)
