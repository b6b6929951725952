"""Who counted how many: the claims of an event's size, and the range that they span."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from rallybook.grounding.claimants import claimant
from rallybook.grounding.numbers import fold
from rallybook.linking.voices import Consolidated, Voice, choices, rules
from rallybook.model.event import SizeClaim
from rallybook.model.record import Record, Size, Status
from rallybook.model.values import Range


def claims_of_size(told: Sequence[Voice]) -> tuple[SizeClaim, ...]:
    """Give each head count that a voice tells, in the order of publication; a copy's is not told again.

    A copy that was cut tells one of two rival counts: the ends of a range that its voice has told already.
    """
    claims: list[SizeClaim] = []
    for voice in told:
        of_voice: list[tuple[int | None, int | None]] = []
        for report in voice.reports:
            size = report.record.size
            ends = {size.low, size.high}
            retold = any(ends <= {low, high} for low, high in of_voice)
            if ends != {None} and not retold:
                of_voice.append((size.low, size.high))
                claim = SizeClaim(
                    low=size.low,
                    high=size.high,
                    text=size.text,
                    by=counted_by(report.record),
                    article=report.article,
                )
                claims.append(claim)
    return tuple(claims)


def counted_by(record: Record) -> str:
    """Give who counted, as far as the words of the number or those around it in the quote say so.

    That is one of the counters, or several, or else the words for a source that is none of them.
    """
    number, quote = record.size.text, record.quote
    found = _counters(number)
    at = quote.find(number) if number else -1
    if found or at < 0:
        return ", ".join(found)
    source = claimant(quote, fold(quote), at, at + len(number))
    return ", ".join(_counters(source)) or source


def _counters(text: str) -> list[str]:
    low = text.lower()
    return [who for who, named in _named().items() if named.search(low)]


@cache
def _named() -> dict[str, re.Pattern[str]]:
    """Give for each counter the pattern of its names."""
    return {
        who: re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b")
        for who, names in rules().counters.items()
    }


def size(told: Sequence[Voice], event_status: Status) -> Consolidated:
    """Give the range of all head counts, from the lowest to the highest; of records with the event's status.

    How many were expected is no head count of what took place.
    """
    counted = [
        report
        for voice in told
        for report in voice.reports
        if report.record.status == event_status
        and Range(report.record.size.low, report.record.size.high).known
    ]
    if not counted:
        return Consolidated(Size(), ())
    spread = spanned(Range(report.record.size.low, report.record.size.high) for report in counted)
    texts = choices(told, lambda report: report.record.size.text or None if report in counted else None)
    value = Size(texts[0].value if texts else "", spread.low, spread.high)
    return Consolidated(value, tuple(report.record.id for report in counted))


def spanned(ranges: Iterable[Range]) -> Range:
    """Give the range from the lowest to the highest of some; an open side is as far as the others go."""
    known = [one for one in ranges if one.known]
    lows = [one.low for one in known if one.low is not None]
    highs = [one.high for one in known if one.high is not None]
    open_low, open_high = min(lows, default=None), max(highs, default=None)
    if any(one.high is None for one in known) and open_high is not None and lows and max(lows) > open_high:
        open_high = None
    return Range(open_low, open_high)
