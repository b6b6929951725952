"""Several estimates of one crowd ("police counted 300, the union 900") told as one count, from lowest to highest."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from typing import TypeVar

import msgspec

from rallybook.coding.linear import weighed
from rallybook.coding.phrases import word_lists, words_of
from rallybook.model.mention import HeadCount, ResponseMention
from rallybook.model.values import Range

Told = HeadCount | ResponseMention
T = TypeVar("T", HeadCount, ResponseMention)
# characters between two estimates: 95 % of the labelled ones are this close
_CLOSE = 260
_WORD = re.compile(r"[a-z]+|[;:.!?–—]")
_BARE = re.compile(r"(?:\d|thousand|hundred|million|dozen|odd)\W*$", re.IGNORECASE)
_OF_ANOTHER = re.compile(
    r"\b(?:out of|not|a (?:staff|high|record|peak|total|low) of|compared (?:with|to)|last (?:year|month|week|time)"
    r"|a year (?:ago|earlier|before)|expected|had been)\W*\Z",
    re.IGNORECASE,
)
_IN_A_PLACE = re.compile(r"\s(?:people\s)?in\s[A-ZÀ-Þ]")
_RATIOS = ((1.001, "1"), (1.5, "1.5"), (3.0, "3"), (8.0, "8"), (30.0, "30"))
_GAPS = ((25, "25"), (60, "60"), (120, "120"))


def estimates_joined(text: str, counts: Sequence[T]) -> list[T]:
    """Give the counts in their order, those that estimate the same crowd as one with the range of all."""
    given: list[T] = []
    for count in counts:
        if given and given[-1].end <= count.start and same_crowd(text, given[-1], count):
            given[-1] = _both(text, given[-1], count)
        else:
            given.append(count)
    return given


def same_crowd(text: str, one: Told, other: Told) -> bool:
    """Tell whether the later of two counts is another estimate of what the first counts."""
    if not may_be_same(one, other) or _set_apart(text, one, other):
        return False
    known = _weights()
    return weighed(known, estimate_marks(text, one, other)) > _bound()


def _set_apart(text: str, one: Told, other: Told) -> bool:
    """Tell whether words say that two counts are of two crowds: of two cities, of a staff, of another time."""
    between = text[one.end : other.start]
    # "20,000 in Podgorica and 6,500 in Nikšić"
    listed = _IN_A_PLACE.search(between) and _IN_A_PLACE.match(text, other.end)
    return bool(listed or _OF_ANOTHER.search(between))


def may_be_same(one: Told, other: Told) -> bool:
    """Tell whether two counts are close and alike enough to be asked about."""
    alike = getattr(one, "action", "") == getattr(other, "action", "")
    return alike and one.count.known and other.count.known and 0 <= other.start - one.end <= _CLOSE


def estimate_marks(text: str, one: Told, other: Told) -> tuple[str, ...]:
    """Give the marks by which the later of two counts estimates the same crowd."""
    between = _WORD.findall(text[one.end : other.start].lower())
    after = _WORD.findall(text[other.end : other.end + 40].lower())[:5]
    gap = next((name for bound, name in _GAPS if other.start - one.end <= bound), ">")
    stops = sum(word in ".!?" for word in between)
    claims = f"{_claimed(one)}{_claimed(other)}"
    bare = bool(_BARE.search(other.text))
    counters, counting = (words_of("estimates", name) for name in ("counters", "counting"))
    told = f"{any(w in counters for w in between)} {any(w in counting for w in between)}"
    later = f"{any(w in counters for w in after)} {any(w in counting for w in after)}"
    against = any(word in words_of("estimates", "setting_against") for word in between)
    kind = "size" if isinstance(one, HeadCount) else "response"
    return (
        "bias",
        kind,
        f"gap={gap}",
        f"stops={min(stops, 2)}",
        f"stops={min(stops, 2)} bare={bare}",
        f"claims={claims}",
        f"claims={claims} bare={bare}",
        f"bare={bare} first={bool(_BARE.search(one.text))}",
        f"ratio={_ratio(one.count, other.count)}",
        f"told={told}",
        f"told={told} bare={bare}",
        f"told={told} claims={claims}",
        f"later={later}",
        f"later={later} bare={bare}",
        f"against={against}",
        f"against={against} bare={bare}",
        f"short={len(between) < 9} told={told}",
        f"kinds={_exact(one)} {_exact(other)}",
    )


def joined(ranges: Sequence[Range]) -> Range:
    """Give the range that holds all: the lowest low and the highest high; an open end stays open."""
    known = [r for r in ranges if r.known]
    if not known:
        return Range()
    lows = [r.low for r in known if r.low is not None]
    highs = [r.high for r in known if r.high is not None]
    return Range(min(lows) if lows else None, max(highs) if highs else None)


def all_joined(text: str, counts: Sequence[HeadCount], responses: Sequence[ResponseMention]) -> list[Told]:
    """Give head counts and responses in the order of the text, each with the other estimates of the same."""
    by_action: dict[str, list[ResponseMention]] = defaultdict(list)
    for response in responses:
        by_action[response.action].append(response)
    told: list[Told] = list(estimates_joined(text, counts))
    for group in by_action.values():
        told += estimates_joined(text, group)
    return sorted(told, key=lambda one: one.start)


def _both(text: str, one: T, other: T) -> T:
    return msgspec.structs.replace(
        one,
        end=other.end,
        text=text[one.start : other.end],
        count=joined((one.count, other.count)),
        score=max(one.score, other.score),
    )


def _claimed(told: Told) -> str:
    return "C" if isinstance(told, HeadCount) and told.claimed_by else "-"


def _exact(told: Told) -> str:
    low, high = told.count.low, told.count.high
    return "exact" if low == high else "open" if low is None or high is None else "vague"


def _ratio(one: Range, other: Range) -> str:
    first, second = (one.high or one.low or 1), (other.high or other.low or 1)
    ratio = max(first, second) / max(min(first, second), 1)
    return next((name for bound, name in _RATIOS if ratio <= bound), ">30")


@cache
def _weights() -> dict[str, float]:
    return {str(mark): float(value) for mark, value in word_lists("estimate_weights")["weights"].items()}


@cache
def _bound() -> float:
    return float(word_lists("estimate_weights")["bound"])
