"""Values in a few words for people: dates, counts, places, what the police did."""

from __future__ import annotations

import re

from rallybook.model.record import EventPlace, Harm, Response

# C0, C1 and bidirectional controls: an article must not move the cursor or turn the line round
_CONTROLS = re.compile("[\\x00-\\x1f\\x7f-\\x9f\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069\\ud800-\\udfff]+")
_SPACES = re.compile(r"\s+")

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_LIMITS = {"..": "…", "": "…"}


def printable(text: str) -> str:
    """Give a text on one line, without characters that would steer the terminal."""
    return _SPACES.sub(" ", _CONTROLS.sub(" ", text)).strip()


def dates(edtf: str) -> str:
    """Word an EDTF string: an interval leaves out of its end what its start has said."""
    if "/" not in edtf:
        return edtf
    first, last = edtf.split("/", 1)
    if last in _LIMITS:
        return f"since {first}"
    if first in _LIMITS:
        return f"until {last}"
    if not (_DAY.match(first) and _DAY.match(last)):
        return f"{first} / {last}"
    shared = next((length for length in (8, 5) if first[:length] == last[:length]), 0)  # "2021-02-", "2021-"
    return f"{first}/{last[shared:]}" if shared else f"{first} / {last}"


def number(low: int | None, high: int | None) -> str:
    """Word a range of counts: "500", "24-99", "100+", "up to 300"; empty where nothing is known."""
    if low is None and high is None:
        return ""
    if high is None:
        return f"{low:,}+"
    if low is None:
        return f"up to {high:,}"
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"


def place(found: EventPlace) -> str:
    """Word a place: its name and country, or else the article's words for it."""
    if found.precision == "country" and found.name:
        return found.name
    return ", ".join(filter(None, (found.name, found.country))) or found.text


def response(done: Response) -> str:
    """Word what the authorities did, with the number of arrests."""
    arrests = number(done.arrests.low, done.arrests.high)
    if done.arrests.low == 0:
        # 0 and open above: "no large-scale arrests"
        arrests = "no arrests" if done.arrests.high == 0 else "no mass arrests"
    elif arrests or "arrests" in done.actions:
        arrests = f"arrests {arrests}".strip()
    words = [action for action in done.actions if action != "arrests" and not (action == "none" and arrests)]
    return ", ".join([*words, arrests] if arrests else words)


def harm(suffered: Harm) -> str:
    """Word how many were killed and hurt."""
    counts = (("killed", suffered.killed), ("injured", suffered.injured))
    return ", ".join(f"{name} {number(count.low, count.high)}" for name, count in counts if count.known)
