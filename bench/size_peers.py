"""Readers of numbers to compare with: MPEDS-style digits, quantulum3 and text2num.

Each gives the ends of the first number it reads; none knows open ends or the range of a vague word.
"""

from __future__ import annotations

import re
from collections.abc import Callable

Ends = tuple[float | None, float | None]
Peer = Callable[[str], Ends]

# after MPEDS' size coder: digits with commas as one token, and a table of words multiplied where joined
_TOKEN = re.compile(r"[\s-]+")
_DIGITS = re.compile(r"\d*,*\d+")
_TABLE = {
    **dict(
        zip("two three four five six seven eight nine ten eleven twelve".split(), range(2, 13), strict=True)
    ),
    **dict(
        zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True)
    ),
    **{
        "thirteen": 13,
        "fourteen": 14,
        "fifteen": 15,
        "several": 2,
        "few": 2,
        "tens": 10,
        "dozen": 10,
        "dozens": 10,
    },
    **{
        "hundred": 100,
        "hundreds": 100,
        "thousand": 1000,
        "thousands": 1000,
        "million": 10**6,
        "millions": 10**6,
    },
}


def peers() -> dict[str, Peer]:
    """Give the peers that are installed (`pip install 'rallybook[bench]'`)."""
    found: dict[str, Peer] = {"MPEDS, digits and number table": _mpeds}
    try:
        from quantulum3 import classifier, parser  # noqa: PLC0415
    except ImportError:
        print("quantulum3 is not installed: left out")
    else:
        classifier.USE_CLF = False
        found["quantulum3"] = lambda text: _quantulum(parser.parse, text)
    try:
        from text_to_num import alpha2digit  # noqa: PLC0415
    except ImportError:
        print("text2num is not installed: left out")
    else:
        found["text2num"] = lambda text: _first_digits(alpha2digit(text, "en"))
    return found


def _mpeds(text: str) -> Ends:
    text = re.sub("tens of thousands", "10,000", text, flags=re.IGNORECASE)
    value: float | None = None
    for token in (part.strip(".,").lower() for part in _TOKEN.split(text)):
        if _DIGITS.fullmatch(token) and value is None:
            value = float(token.replace(",", ""))
        elif token in _TABLE:
            value = (value or 1) * _TABLE[token]
        elif value is not None:
            break
    return value, value


def _quantulum(parse: Callable[[str], list[object]], text: str) -> Ends:
    try:
        found = parse(text)
    except Exception:  # noqa: BLE001 - some expressions make it raise; it has then read nothing
        return None, None
    if not found:
        return None, None
    value = float(getattr(found[0], "value"))  # noqa: B009 - untyped
    unit = str(getattr(getattr(found[0], "unit", ""), "name", ""))
    value *= 12 if unit == "dozen" else 1
    spread = float(getattr(found[0], "uncertainty", 0) or 0)
    return value - spread, value + spread


def _first_digits(text: str) -> Ends:
    match = re.search(r"\d[\d,]*(?:\.\d+)?", text)
    value = float(match[0].replace(",", "").rstrip(".")) if match else None
    return value, value
