"""The words of numbers and what they are worth."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from rallybook.grounding.alternation import by_first_letter
from rallybook.sheets import read_sheet

# no number of people, votes or dollars in the news goes beyond
_COUNTLESS = 1e12


class Number(NamedTuple):
    """The value of a number phrase; `small`: below a thousand and without a magnitude of its own."""

    low: int
    high: int
    vague: bool
    small: bool
    last: str


class Lexicon(NamedTuple):
    """The words of numbers as `data/numbers.yaml` lists them, and the patterns made of them."""

    values: Mapping[str, int]
    magnitudes: Mapping[str, int]
    letters: Mapping[str, int]
    vague: Mapping[str, tuple[int, int]]
    several: Mapping[str, int]
    handful: Mapping[str, tuple[int, int]]
    before: Mapping[str, str]
    last_before: frozenset[str]
    after: Mapping[str, str]
    opening: re.Pattern[str]
    number: re.Pattern[str]
    plain: re.Pattern[str]
    join: re.Pattern[str]
    tail: re.Pattern[str]


def number(phrase: str) -> Number | None:
    """Give the value of a number phrase in lower case; None for what is none after all."""
    words_of = lexicon()
    phrase = re.sub(r"\s+", " ", phrase)
    if phrase in words_of.handful:
        low, high = words_of.handful[phrase]
        return Number(low, high, True, False, phrase)
    words = re.findall(r"\d[\d.,'’ \u00a0\u202f]*\d|\d|[a-z]+", phrase)
    if words[-1] in words_of.vague and not any(w[0].isdigit() or w in words_of.values for w in words):
        return _vague(words)
    several = max((words_of.several.get(word, 0) for word in words), default=0)
    if several:
        return _several(words, several)
    value = _value(words)
    if value is None:
        return None
    small = words[-1] not in words_of.magnitudes and value < 1000
    return Number(value, value, False, small, words[-1])


def _vague(words: Sequence[str]) -> Number:
    """Give "hundreds", "tens of thousands", "several hundreds"."""
    words_of = lexicon()
    low, high = words_of.vague[words[-1]]
    scale = 1
    for word in words[:-1]:
        if word in words_of.vague and word != words[-1]:
            scale *= words_of.vague[word][0] // 2
    times = max((words_of.several.get(word, 2) for word in words), default=2)
    times = times if words[-1] != "dozens" else 2
    unit = low // 2
    top = (unit * 10 if words[-1] not in ("dozens", "scores") else 100) * scale - 1
    return Number(unit * scale * times, max(top, high), True, False, words[-1])


def _several(words: Sequence[str], times: int) -> Number | None:
    """Give "several hundred", "a few dozen", "some thousand"; None where no magnitude follows."""
    words_of = lexicon()
    unit = 1
    for word in words:
        unit *= words_of.magnitudes.get(word.rstrip("s") if word != "lakhs" else "lakh", 1)
    if unit == 1:
        return None
    if unit in (12, 20):
        return Number(max(24, unit * 2), 99, True, False, words[-1])
    return Number(unit * times, unit * 10 - 1, True, False, words[-1])


def _value(words: Sequence[str]) -> int | None:
    words_of = lexicon()
    total, current, half = 0.0, 0.0, False
    for word in words:
        if word[0].isdigit():
            current += _digits(word)
        elif word in words_of.values:
            current += words_of.values[word]
        elif word == "half":
            half = True
        elif word in ("quarter", "quarters"):
            current = 0.25 * (current or 1)
        elif word in words_of.letters and current:
            current *= words_of.letters[word]
        elif word == "couple":
            current += 2
        elif (single := word if word in words_of.magnitudes else word.rstrip("s")) in words_of.magnitudes:
            size = words_of.magnitudes[single]
            current = (current + 0.5 if half else current or 1) * size
            half = False
            if size >= 1000:
                total, current = total + current, 0.0
    value = total + current
    # a number of hundreds of digits is infinite as a float, and counts nothing
    return round(value) if 1 <= value < _COUNTLESS else None


def _digits(word: str) -> float:
    """Give the value of "1,500", "1.5", "1 500", "10.000", "1,00,000"."""
    word = re.sub(r"[ '’\u00a0\u202f]", "", word)
    if re.fullmatch(r"[1-9]\d{0,2}(?:\.\d{3})+", word):
        word = word.replace(".", "")
    try:
        return float(word.replace(",", ""))
    except ValueError:
        return 0.0


@cache
def lexicon() -> Lexicon:
    """Give the words of numbers, read once."""
    data: dict[str, Any] = read_sheet(
        (files("rallybook.grounding") / "data" / "numbers.yaml").read_text("utf-8")
    )
    values = {**data["units"], **data["tens"]}
    magnitudes: dict[str, int] = data["magnitudes"]
    before = {word: kind for kind, words in data["bounds"].items() for word in words}
    before.update(dict.fromkeys(data["most"], "most"))
    after = {tail: kind for kind, tails in data["tails"].items() for tail in tails}
    return Lexicon(
        values=values,
        magnitudes=magnitudes,
        letters=data["letters"],
        vague={word: (low, high) for word, (low, high) in data["vague"].items()},
        several={word.split()[-1]: times for word, times in data["several"].items()},
        handful={word: (low, high) for word, (low, high) in data["handful"].items()},
        before=before,
        last_before=frozenset(phrase.split()[-1] for phrase in before),
        after=after,
        opening=_opening_pattern(data),
        number=_number_pattern(data, joined=True),
        plain=_number_pattern(data, joined=False),
        join=_join_pattern(data["joins"], data["joins_aside"]),
        tail=_tail_pattern(list(after)),
    )


def _opening_pattern(data: Mapping[str, Any]) -> re.Pattern[str]:
    """Give the pattern of the words and digits with which a number can begin."""
    single = [*data["units"], *data["tens"], *data["vague"], "handful", "half", "couple", "quarter"]
    followed = "|".join([*data["magnitudes"], *data["vague"], "tens"])
    several = "|".join(f"{word} (?:{followed})" for word in data["several"] if " " not in word)
    article = f"an? (?:{followed}|few|handful|small handful|couple|quarter|half)"
    words = by_first_letter([("word", "|".join(rf"{word}\b" for word in single) + f"|{several}|{article}")])
    words = words.replace(" ", r"[ \t\u00a0]?\s")
    return re.compile(rf"(?<!\w)(?:\d|{words})")


def _number_pattern(data: Mapping[str, Any], *, joined: bool) -> re.Pattern[str]:
    """Give the pattern of a number in lower-case text; `joined` takes "one hundred and fifty" as one."""
    gap = r"[ \t\u00a0]?\s"
    digits = (
        r"\d{1,3}(?:,\d{2})*(?:,\d{3})+(?!\d)|[1-9]\d{0,2}(?:[ \u00a0\u202f]000)+(?!\d)"
        r"|[1-9]\d{0,2}[\u00a0\u202f’']\d{3}(?!\d)|\d+(?:\.\d+)?"
    )
    tens, units = "|".join(data["tens"]), "|".join(data["units"])
    simple = rf"(?:{digits}|(?:{tens})(?:(?:-|{gap})(?:{units})\b)?|(?:{units})\b)"
    magnitudes = "|".join(data["magnitudes"])
    several = "|".join(data["several"])
    vague = "|".join(data["vague"])
    doubled = "|".join(rf"{word}{gap}(?:and|upon|on){gap}{word}" for word in data["vague"])
    handful = "|".join(data["handful"])
    quarters = rf"(?:(?:a|three)(?:-|{gap}))?quarters?{gap}of{gap}an?"
    lead = rf"(?:{quarters}|{simple}|an?|(?:a{gap})?half(?:(?:-|{gap})an?)?|a{gap}couple(?:{gap}of)?)"
    more = rf"(?:{gap}(?:and{gap})?{simple}(?:{gap}(?:{magnitudes})\b)?){{0,3}}" if joined else ""
    pattern = (
        rf"(?:(?:(?:(?:{several}|a{gap}few|a{gap}couple{gap}of){gap})?(?:(?:{vague}){gap}of{gap})?(?:{doubled}|{vague}))\b(?!{gap}{simple})"
        rf"|(?:(?:a{gap}few|{several}){gap}(?:{magnitudes})s?(?:{gap}(?:{magnitudes}))?\b)"
        rf"|(?:{lead}(?:{gap}and{gap}a{gap}half)?(?:-|{gap})(?:{magnitudes})s?(?:{gap}(?:{magnitudes}))?\b{more})"
        rf"|{handful}\b|\d+(?:\.\d+)?(?:k|mn?)\b|{simple})"
    )
    return re.compile(rf"(?<![\w]){pattern}(?!\w)")


def _join_pattern(joins: Sequence[str], asides: Sequence[str]) -> re.Pattern[str]:
    approximately = r"(?:(?:about|around|some|perhaps|nearly|as many as)\s)?"
    return re.compile(
        rf"\s?(?:-to-|[-–—−])\s?|,?\s(?:{_spaced(asides)})\s{approximately}|\s(?:{_spaced(joins)})\s{approximately}"
    )


def _spaced(phrases: Sequence[str]) -> str:
    """Give the alternation of some phrases, the longest first, with any space between their words."""
    longest_first = sorted(phrases, key=len, reverse=True)
    return "|".join(re.escape(phrase).replace(r"\ ", r"\s") for phrase in longest_first)


def _tail_pattern(tails: Sequence[str]) -> re.Pattern[str]:
    spaced = [tail for tail in tails if tail[0].isalpha()]
    glued = [tail for tail in tails if not tail[0].isalpha() and tail[0] not in " ("]
    signs = "|".join(re.escape(tail) for tail in glued)
    return re.compile(rf"(?:,?\s(?:{_spaced(spaced)})\b|(?:{signs})(?!\w))")
