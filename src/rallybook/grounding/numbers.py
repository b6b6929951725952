"""Numbers of things in a text: digits, words, ranges, bounds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

import msgspec
import yaml

from rallybook.grounding.alternation import by_first_letter
from rallybook.model.values import Range

# ASCII only: a full lower-case can change the length of a text ("İ"), and with it every position
_FOLD = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}
# Word limit of what may stand before a number ("nearly all of the 1,200")
_MOST_WORDS_BEFORE = 6
_LOOK_BACK = 60
_BEFORE_WORD = re.compile(r"[^\s(\[\"“‘'—–]+\s{0,3}\Z")
_YEARS = range(1900, 2101)


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


class _Number(NamedTuple):
    low: int
    high: int
    vague: bool
    small: bool
    last: str


class _Lexicon(NamedTuple):
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


def fold(text: str) -> str:
    """Give the text with A to Z in lower case and every position kept."""
    return text.translate(_FOLD)


@lru_cache(maxsize=8)
def quantities(text: str) -> tuple[Quantity, ...]:
    """Give the numbers of a text in their order, the longest phrase of each; they do not overlap."""
    return tuple(_found(text, fold(text)))


def _found(text: str, low: str) -> Iterator[Quantity]:
    lexicon = _lexicon()
    at = 0
    while start := lexicon.opening.search(low, at):
        match = lexicon.number.match(low, start.start())
        if match is None:
            at = start.end()
            continue
        if _glued(low, match):
            at = match.end()
            continue
        quantity = _quantity(low, match, max(at, match.start() - _LOOK_BACK))
        at = max(quantity.end, match.end()) if quantity else match.end()
        if quantity:
            yield quantity


def _glued(low: str, match: re.Match[str]) -> bool:
    """Tell a part of a longer sign ("A4", "1.2.3", "24/7", "10:30") from a number."""
    start, end = match.span()
    if start and (low[start - 1] in "/:.,_&#" and low[start - 2 : start - 1].isdigit()):
        return True
    if low[start].isdigit() and start > 1 and low[start - 1] == "-" and low[start - 2].isalpha():
        return True
    return end + 1 < len(low) and low[end] in "/:" and low[end + 1].isdigit()


def _quantity(low: str, match: re.Match[str], floor: int) -> Quantity | None:
    lexicon = _lexicon()
    start, kind = _before(low, match.start(), floor)
    between = low[floor:start].endswith(("between ", "from "))
    if between:
        match = lexicon.plain.match(low, match.start()) or match
    first = _number(match[0])
    if first is None:
        return None
    end, last = match.end(), first
    if second := _second(low, end, first, between=between):
        end, last = second[0].end(), second[1]
        first = _scaled(first, last)
        if between:
            start = low.rindex("between" if low[floor:start].endswith("between ") else "from", floor, start)
    tail = lexicon.tail.match(low, end)
    if tail:
        end = tail.end()
        told = lexicon.after[re.sub(r"\s+", " ", tail[0].strip())]
        kind = told if kind in ("", "at") else kind
    return Quantity(
        start=start,
        end=end,
        core=match.start(),
        count=_range(first, last, kind, second is not None),
        vague=first.vague,
        year=second is None and match[0].isdigit() and first.low in _YEARS and len(match[0]) == 4,
        bounded=bool(kind),
    )


def _second(low: str, end: int, first: _Number, *, between: bool) -> tuple[re.Match[str], _Number] | None:
    """Give the upper end of a range that starts with `first`."""
    lexicon = _lexicon()
    join = lexicon.join.match(low, end)
    if not join:
        return None
    word = join[0].strip()
    if word == "and" and not between:
        return None
    match = lexicon.plain.match(low, join.end())
    number = _number(match[0]) if match else None
    if match is None or number is None or number.vague != first.vague or _glued(low, match):
        return None
    upper = number.high
    return (match, number) if _scaled(first, number).low < upper else None


def _scaled(first: _Number, last: _Number) -> _Number:
    """Give the lower end in the measure of the upper: "20-30,000", "two or three thousand"."""
    if not first.small or first.vague:
        return first
    for scale in (1_000_000, 100_000, 1000, 100, 12):
        if last.low % scale == 0 and last.low >= scale and not last.small and first.low * scale < last.low:
            return first._replace(low=first.low * scale, high=first.low * scale, small=False)
    return first


def _range(first: _Number, last: _Number, kind: str, ranged: bool) -> Range:
    if first.vague or ranged:
        return Range(first.low, last.high if ranged else first.high)
    value = first.low
    sides = {
        "low": Range(value, None),
        "high": Range(None, value),
        "most": Range(value // 2, value),
    }
    return sides.get(kind, Range(value, value))


def _before(low: str, start: int, floor: int) -> tuple[int, str]:
    """Give where the words that bound a number begin, and their kind."""
    lexicon = _lexicon()
    words: list[tuple[int, str]] = []
    at = start
    while len(words) < _MOST_WORDS_BEFORE and at > floor:
        word = _BEFORE_WORD.search(low, max(floor, at - 20), at)
        if not word or (not words and word[0].strip() not in lexicon.last_before):
            break
        words.append((word.start(), word[0].strip()))
        at = word.start()
    if not words:
        return start, ""
    kind, used = "", 0
    while used < len(words):
        for length in range(min(5, len(words) - used), 0, -1):
            phrase = " ".join(word for _, word in reversed(words[used : used + length]))
            found = lexicon.before.get(phrase)
            if found:
                kind = kind if kind and kind != "at" else found
                used += length
                break
        else:
            break
    return (words[used - 1][0] if used else start), kind


def _number(phrase: str) -> _Number | None:
    """Give the value of a number phrase in lower case; None for what is none after all."""
    lexicon = _lexicon()
    phrase = re.sub(r"\s+", " ", phrase)
    if phrase in lexicon.handful:
        low, high = lexicon.handful[phrase]
        return _Number(low, high, True, False, phrase)
    words = re.findall(r"\d[\d.,' \u00a0\u202f]*\d|\d|[a-z]+", phrase)
    if words[-1] in lexicon.vague and not any(w[0].isdigit() or w in lexicon.values for w in words):
        return _vague(words)
    several = max((lexicon.several.get(word, 0) for word in words), default=0)
    if several:
        return _several(words, several)
    value = _value(words)
    if value is None:
        return None
    small = words[-1] not in lexicon.magnitudes and value < 1000
    return _Number(value, value, False, small, words[-1])


def _vague(words: Sequence[str]) -> _Number:
    """Give "hundreds", "tens of thousands", "several hundreds"."""
    lexicon = _lexicon()
    low, high = lexicon.vague[words[-1]]
    scale = 1
    for word in words[:-1]:
        if word in lexicon.vague:
            scale *= lexicon.vague[word][0] // 2
    times = max((lexicon.several.get(word, 2) for word in words), default=2)
    times = times if words[-1] != "dozens" else 2
    unit = low // 2
    top = (unit * 10 if words[-1] not in ("dozens", "scores") else 100) * scale - 1
    return _Number(unit * scale * times, max(top, high), True, False, words[-1])


def _several(words: Sequence[str], times: int) -> _Number | None:
    """Give "several hundred", "a few dozen", "some thousand"; None where no magnitude follows."""
    lexicon = _lexicon()
    unit = 1
    for word in words:
        unit *= lexicon.magnitudes.get(word.rstrip("s") if word != "lakhs" else "lakh", 1)
    if unit == 1:
        return None
    if unit in (12, 20):
        return _Number(max(24, unit * 2), 99, True, False, words[-1])
    return _Number(unit * times, unit * 10 - 1, True, False, words[-1])


def _value(words: Sequence[str]) -> int | None:
    lexicon = _lexicon()
    total, current, half = 0.0, 0.0, False
    for word in words:
        if word[0].isdigit():
            current += _digits(word)
        elif word in lexicon.values:
            current += lexicon.values[word]
        elif word == "half":
            half = True
        elif word == "quarter":
            current += 0.25
        elif word in lexicon.letters and current:
            current *= lexicon.letters[word]
        elif word == "couple":
            current += 2
        elif (single := word if word in lexicon.magnitudes else word.rstrip("s")) in lexicon.magnitudes:
            size = lexicon.magnitudes[single]
            current = (current + 0.5 if half else current or 1) * size
            half = False
            if size >= 1000:
                total, current = total + current, 0.0
    value = total + current
    return round(value) if value >= 1 else None


def _digits(word: str) -> float:
    """Give the value of "1,500", "1.5", "1 500", "10.000", "1,00,000"."""
    word = re.sub(r"[ '\u00a0\u202f]", "", word)
    if re.fullmatch(r"[1-9]\d{0,2}(?:\.\d{3})+", word):
        word = word.replace(".", "")
    try:
        return float(word.replace(",", ""))
    except ValueError:
        return 0.0


@cache
def _lexicon() -> _Lexicon:
    data = _data("numbers.yaml")
    values = {**data["units"], **data["tens"]}
    magnitudes: dict[str, int] = data["magnitudes"]
    before = {word: kind for kind, words in data["bounds"].items() for word in words}
    before.update(dict.fromkeys(data["most"], "most"))
    after = {tail: kind for kind, tails in data["tails"].items() for tail in tails}
    return _Lexicon(
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
        join=_join_pattern(data["joins"]),
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
        r"|[1-9]\d{0,2}[\u00a0\u202f]\d{3}(?!\d)|\d+(?:\.\d+)?"
    )
    tens, units = "|".join(data["tens"]), "|".join(data["units"])
    simple = rf"(?:{digits}|(?:{tens})(?:(?:-|{gap})(?:{units})\b)?|(?:{units})\b)"
    magnitudes = "|".join(data["magnitudes"])
    several = "|".join(data["several"])
    vague = "|".join(data["vague"])
    handful = "|".join(data["handful"])
    lead = rf"(?:{simple}|an?|half(?:-|{gap})an?|a{gap}couple(?:{gap}of)?|(?:a{gap})?quarter{gap}of{gap}an?)"
    more = rf"(?:{gap}(?:and{gap})?{simple}(?:{gap}(?:{magnitudes})\b)?){{0,3}}" if joined else ""
    pattern = (
        rf"(?:(?:(?:(?:{several}|a{gap}few|a{gap}couple{gap}of){gap})?(?:(?:{vague}){gap}of{gap})?(?:{vague}))\b(?!{gap}{simple})"
        rf"|(?:(?:a{gap}few|{several}){gap}(?:{magnitudes})s?(?:{gap}(?:{magnitudes}))?\b)"
        rf"|(?:{lead}(?:{gap}and{gap}a{gap}half)?(?:-|{gap})(?:{magnitudes})s?(?:{gap}(?:{magnitudes}))?\b{more})"
        rf"|{handful}\b|\d+(?:\.\d+)?(?:k|mn?)\b|{simple})"
    )
    return re.compile(rf"(?<![\w]){pattern}(?!\w)")


def _join_pattern(joins: Sequence[str]) -> re.Pattern[str]:
    words = "|".join(re.escape(join).replace(r"\ ", r"\s") for join in sorted(joins, key=len, reverse=True))
    return re.compile(rf"\s?(?:-to-|[-–—−])\s?|\s(?:{words})\s(?:(?:about|around|some|perhaps|nearly|as many as)\s)?")


def _tail_pattern(tails: Sequence[str]) -> re.Pattern[str]:
    spaced = [tail for tail in tails if tail[0].isalpha()]
    glued = [tail for tail in tails if not tail[0].isalpha() and tail[0] not in " ("]
    words = "|".join(re.escape(tail).replace(r"\ ", r"\s") for tail in sorted(spaced, key=len, reverse=True))
    signs = "|".join(re.escape(tail) for tail in glued)
    return re.compile(rf"(?:\s(?:{words})\b|(?:{signs})(?!\w))")


def _data(name: str) -> Any:
    return yaml.safe_load((files("rallybook.grounding") / "data" / name).read_text("utf-8"))
