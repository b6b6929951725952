"""A few words of a quote, with what matters in sight."""

from __future__ import annotations


def around(quote: str, trigger: str, room: int) -> tuple[str, int]:
    """Give at most `room` characters of a quote, its trigger in sight, and where the trigger starts in them.

    The trigger's place is -1 where it is empty or not to be found. What is left out is marked by "…".
    """
    at = quote.find(trigger) if trigger else -1
    if len(quote) <= room:
        return quote, at
    start = 0 if at < 0 else max(0, min(at + len(trigger) // 2 - room // 2, len(quote) - room))
    if start > at >= 0:
        start = at
    end = start + room
    if start:
        start = _word_start(quote, start + 1, limit=at if at >= 0 else end)
    if end < len(quote):
        end = _word_end(quote, end - 1, limit=at + len(trigger) if at >= 0 else start)
    shown = ("…" if start else "") + quote[start:end] + ("…" if end < len(quote) else "")
    return shown, at - start + bool(start) if at >= 0 else -1


def _word_start(quote: str, start: int, *, limit: int) -> int:
    space = quote.find(" ", start - 1, limit)
    return space + 1 if space >= 0 else min(start, limit)


def _word_end(quote: str, end: int, *, limit: int) -> int:
    space = quote.rfind(" ", limit, end + 1)
    return space if space >= 0 else max(end, limit)
