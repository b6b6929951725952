"""Numbers of things in a text: digits, words, ranges, bounds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import msgspec

from rallybook.grounding.number_words import Number, lexicon, number
from rallybook.model.values import Range

# ASCII only: a full lower-case can change the length of a text ("İ"), and with it every position
_CAPITALS = re.compile("[A-Z]+")
# Word limit of what may stand before a number ("nearly all of the 1,200")
_MOST_WORDS_BEFORE = 6
_LOOK_BACK = 60
_BEFORE_WORD = re.compile(r"[^\s(\[\"“‘'—–]+\s{0,3}\Z")
# "Jan 23 - Two hundred": what stands behind the dash of a dateline is another number
_DATELINE = re.compile(r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)(?:[a-z]{1,7}|\.)?\s\d\d?\Z")
_YEARS = range(1900, 2101)
_YEAR_DIGITS = 4


class Quantity(msgspec.Struct, frozen=True, kw_only=True):
    """A number with the words that bound it: `text[start:end]`, its range, and where its digits begin.

    `vague` tells "dozens" and "several hundred" from a number; `year` a bare 1900 to 2100 in digits;
    `bounded` whether a word before or after says how the number is meant ("about", "up to", "or so").
    """

    start: int
    end: int
    core: int
    count: Range
    vague: bool = False
    year: bool = False
    bounded: bool = False


# one text is asked for thrice, and letter by letter is slow
@lru_cache(maxsize=8)
def fold(text: str) -> str:
    """Give the text with A to Z in lower case and every position kept."""
    return _CAPITALS.sub(_lowered, text)


def _lowered(capitals: re.Match[str]) -> str:
    return capitals[0].lower()


@lru_cache(maxsize=8)
def quantities(text: str) -> tuple[Quantity, ...]:
    """Give the numbers of a text in their order, the longest phrase of each; they do not overlap."""
    return tuple(_found(fold(text)))


def _found(low: str) -> Iterator[Quantity]:
    known = lexicon()
    at = told = 0
    while start := known.opening.search(low, at):
        match = known.number.match(low, start.start())
        if match is None:
            at = start.end()
            continue
        at = match.end()
        if _glued(low, match):
            told = at
            continue
        quantity = _quantity(low, match, max(told, match.start() - _LOOK_BACK))
        if quantity:
            at = max(quantity.end, match.end())
            yield quantity
        told = at


def _glued(low: str, match: re.Match[str]) -> bool:
    """Tell a part of a longer sign ("A4", "1.2.3", "24/7", "10:30") and "no one" from a number."""
    start, end = match.span()
    if match[0] == "one" and low[max(0, start - 3) : start] in ("no ", "no-"):
        return True
    if start and (
        low[start - 1] in "/:.,_&#" and (low[start - 1] == "/" or low[start - 2 : start - 1].isdigit())
    ):
        return True
    if low[start].isdigit() and start > 1 and low[start - 1] == "-" and low[start - 2].isalpha():
        return True
    signs = "/:." if "." in match[0] else "/:"
    return end + 1 < len(low) and low[end] in signs and low[end + 1].isdigit()


def _quantity(low: str, match: re.Match[str], floor: int) -> Quantity | None:
    known = lexicon()
    start, kind = _before(low, match.start(), floor)
    between = low[floor:start].endswith(("between ", "from "))
    if between:
        match = known.plain.match(low, match.start()) or match
    first = number(match[0])
    if first is None:
        return None
    end, last = match.end(), first
    if second := _second(low, end, first, between=between):
        end, last = second[0].end(), second[1]
        first = _scaled(first, last)
        if between:
            start = low.rindex("between" if low[floor:start].endswith("between ") else "from", floor, start)
    tail, told = known.tail.match(low, end), ""
    if tail:
        end = tail.end()
        told = known.after[re.sub(r"\s+", " ", tail[0].strip(" ,\n"))]
        kind = told if kind in ("", "at") else kind
    return Quantity(
        start=start,
        end=end,
        core=match.start(),
        count=_range(first, last, kind, ranged=second is not None, open_end=bool(tail) and told == "low"),
        vague=first.vague,
        year=_year(match[0]) and (second is None or _year(second[0][0])),
        bounded=bool(kind),
    )


def _year(words: str) -> bool:
    return words.isdigit() and len(words) == _YEAR_DIGITS and int(words) in _YEARS


def _second(low: str, end: int, first: Number, *, between: bool) -> tuple[re.Match[str], Number] | None:
    """Give the upper end of a range that starts with `first`."""
    known = lexicon()
    join = known.join.match(low, end)
    if not join:
        return None
    word = join[0].strip()
    if (word == "and" and not between) or (word != join[0] and _DATELINE.search(low, max(0, end - 16), end)):
        return None
    match = known.plain.match(low, join.end())
    last = number(match[0]) if match else None
    if match is None or last is None or last.vague != first.vague or _glued(low, match):
        return None
    upper = last.high
    # "3000-3000+": the same number twice is a range where its end is open
    open_end = known.tail.match(low, match.end())
    least = _scaled(first, last).low
    return (match, last) if least < upper or (least == upper and open_end and not last.vague) else None


def _scaled(first: Number, last: Number) -> Number:
    """Give the lower end in the measure of the upper: "20-30,000", "two or three thousand"."""
    if not first.small or first.vague:
        return first
    for scale in (1_000_000, 100_000, 1000, 100, 12):
        if last.low % scale == 0 and last.low >= scale and not last.small and first.low * scale < last.low:
            return first._replace(low=first.low * scale, high=first.low * scale, small=False)
    return first


def _range(first: Number, last: Number, kind: str, *, ranged: bool, open_end: bool) -> Range:
    if first.vague or ranged:
        return Range(first.low, None if ranged and open_end else last.high if ranged else first.high)
    value = first.low
    sides = {
        "low": Range(value, None),
        "high": Range(None, value),
        "most": Range(value // 2, value),
    }
    return sides.get(kind, Range(value, value))


def _before(low: str, start: int, floor: int) -> tuple[int, str]:
    """Give where the words that bound a number begin, and their kind."""
    known = lexicon()
    words: list[tuple[int, str]] = []
    at = start
    while len(words) < _MOST_WORDS_BEFORE and at > floor:
        word = _BEFORE_WORD.search(low, max(floor, at - 20), at)
        if not word or (not words and word[0].strip() not in known.last_before):
            break
        words.append((word.start(), word[0].strip()))
        at = word.start()
    if not words:
        return start, ""
    kind, used = "", 0
    while used < len(words):
        for length in range(min(5, len(words) - used), 0, -1):
            phrase = " ".join(word for _, word in reversed(words[used : used + length]))
            found = known.before.get(phrase)
            if found:
                kind = kind if kind and kind != "at" else found
                used += length
                break
        else:
            break
    return (words[used - 1][0] if used else start), kind
