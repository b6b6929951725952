"""Words of a text as classes: what the patterns of time expressions are written over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib import resources
from typing import Any, NamedTuple

from rallybook.grounding.timex_patterns import compiled, first_classes
from rallybook.sheets import read_sheet

# a text without line breaks is read in pieces of this many characters, so that memory stays bounded
_PIECE = 4000
_TOKEN = re.compile(r"[^\W_]+|[^\w\s]")
_GAP = re.compile(r"\n[ \t\r]*\n")
_ORDINAL = re.compile(r"(\d{1,3})(?:st|nd|rd|th)")
_DECADE = re.compile(r"(1[5-9]\d0|20\d0|[2-9]0)s")
# what optical character recognition takes for letters
_MISREAD = str.maketrans("105", "los")
OTHER = "x"
# what a word stands for: a number, a unit's name, or nothing
Value = int | str | None
_APOSTROPHES = dict.fromkeys("’‘`´", "'")
# the class of two words run together, until they are parted
GLUED = "g"
_HOUR_SIGN = re.compile(r"(?:[01]?\d|2[0-4])h(?:[0-5]\d)?")
_RUN_TOGETHER = re.compile(r"([a-z]{3,9})(\d{1,4})|(\d{1,2})([ap]m|[a-z]{3,9})")


class Token(NamedTuple):
    """One word or sign: `text[start:end]`, the letter of its class, and its value where it has one."""

    start: int
    end: int
    word: str
    letter: str
    value: Value


class Lexicon(NamedTuple):
    """The words and patterns, ready for use.

    `words`: word -> (letter of its class, value). `letters`: class or set -> its letters. `starts`: letter ->
    the rules that can begin with it, in their order. `phrases`: first word -> (words, number of the named
    day, None where it is no date), the longest first.
    """

    words: dict[str, tuple[str, Value]]
    letters: dict[str, str]
    starts: dict[str, tuple[tuple[str, re.Pattern[str]], ...]]
    phrases: dict[str, tuple[tuple[tuple[str, ...], int | None], ...]]


@cache
def lexicon() -> Lexicon:
    """Load the words and patterns (about 50 ms, once)."""
    data = rules_file("dates.yaml")
    names = [
        *data["words"],
        *data["symbols"],
        "day",
        "nth",
        "nth_high",
        "year",
        "digits",
        "digits4",
        "decade",
        "holiday",
        "hour_sign",
    ]
    # private-use characters: one for each class
    letters = {name: chr(0xE000 + number) for number, name in enumerate(names)}
    words: dict[str, tuple[str, Value]] = {}
    for name, entries in data["words"].items():
        pairs = entries.items() if isinstance(entries, dict) else ((word, word) for word in entries)
        words.update({word: (letters[name], value) for word, value in pairs})
    for name, signs in data["symbols"].items():
        words.update({sign: (letters[name], sign) for sign in signs})
    for name, members in data["sets"].items():
        letters[name] = "".join(letters[member] for member in members)
    patterns = [(name, pattern.format(**data["parts"])) for name, pattern in data["rules"]]
    rules = [
        (name, compiled(pattern, letters), _first_letters(pattern, letters)) for name, pattern in patterns
    ]
    starts = {
        letters[name]: tuple((rule, pattern) for rule, pattern, first in rules if letters[name] in first)
        for name in names
    }
    return Lexicon(words, letters, starts, _phrases())


def _first_letters(pattern: str, letters: dict[str, str]) -> str:
    return "".join(letters[name] for name in first_classes(pattern))


def _phrases() -> dict[str, tuple[tuple[tuple[str, ...], int | None], ...]]:
    table: dict[str, list[tuple[tuple[str, ...], int | None]]] = {}
    for number, entry in enumerate(named_days()):
        for phrase in entry.get("names") or entry["none"]:
            parts = tuple(_TOKEN.findall(phrase))
            table.setdefault(parts[0], []).append((parts, number if "names" in entry else None))
    # the longest phrase first
    return {first: tuple(sorted(found, key=lambda each: -len(each[0]))) for first, found in table.items()}


@cache
def named_days() -> tuple[dict[str, Any], ...]:
    """Load the named days of `data/dates_holidays.yaml`, and the names that are no dates (key "none")."""
    entries: list[dict[str, Any]] = rules_file("dates_holidays.yaml")
    return tuple(entries)


def rules_file(name: str) -> Any:  # noqa: ANN401 - whatever the YAML file holds
    """Load one of the data files of this room."""
    path = resources.files("rallybook.grounding") / "data" / name
    # the safe loader of libyaml, where PyYAML was built with it, is ten times as fast
    return read_sheet(path.read_text(encoding="utf-8"))


def pieces(text: str) -> Iterator[tuple[int, int]]:
    """Give the stretches of a text that are read on their own: paragraphs, long ones cut at a blank."""
    start = 0
    while start < len(text):
        gap = _GAP.search(text, start)
        end = gap.start() if gap else len(text)
        while end - start > _PIECE:
            cut = text.rfind(" ", start + _PIECE // 2, start + _PIECE)
            cut = cut if cut > 0 else start + _PIECE
            yield start, cut
            start = cut
        yield start, end
        start = gap.end() if gap else len(text)


class Words(NamedTuple):
    """The words and signs of a piece of text: their classes as one string, and what they are."""

    classes: str
    tokens: list[str]
    known: list[tuple[str, Value]]
    spans: list[tuple[int, int]]

    def part(self, first: int, stop: int) -> tuple[Token, ...]:
        """Give some of the words, from the first up to but without the last position."""
        return tuple(Token(*self.spans[at], self.tokens[at], *self.known[at]) for at in range(first, stop))


# a text without a publication date is read up to three times: for its dateline, its first date, and its dates
@lru_cache(maxsize=512)
def words_of(text: str, start: int, end: int) -> Words | None:
    """Give the words of `text[start:end]` with their classes; None where no word of time is among them."""
    book = lexicon()
    lowered = [word.lower() for word in _TOKEN.findall(text, start, end)]
    get = book.words.get
    known = [get(word) or _unlisted(word) for word in lowered]
    classes = "".join([each[0] for each in known])
    phrases = [] if book.phrases.keys().isdisjoint(lowered) else _phrases_in(lowered)
    if not phrases and not _any_time().search(classes):
        return None
    spans = [match.span() for match in _TOKEN.finditer(text, start, end)]
    found = Words(classes, lowered, known, spans)
    if phrases:
        found = _joined(text, found, phrases)
    return _unglued(found) if GLUED in classes else found


def time_pattern() -> str:
    """Give the pattern of what makes words worth matching: a word of time, or "at seven"."""
    letters = lexicon().letters
    return f"(?:[{letters['TIME']}]|[{letters['AROUND']}][{letters['HOUR_WORDS']}])"


@cache
def _any_time() -> re.Pattern[str]:
    return re.compile(f"{time_pattern()}|{GLUED}")


def _unglued(words: Words) -> Words:
    """Part two words run together ("february2012", "8feb")."""
    tokens: list[str] = []
    spans: list[tuple[int, int]] = []
    for (start, end), word, (letter, _) in zip(words.spans, words.tokens, words.known, strict=True):
        if letter == GLUED and (glued := _RUN_TOGETHER.fullmatch(word)):
            cut = glued.end(1) if glued[1] else glued.end(3)
            tokens += (word[:cut], word[cut:])
            spans += ((start, start + cut), (start + cut, end))
        else:
            tokens.append(word)
            spans.append((start, end))
    known = [lexicon().words.get(word) or _unlisted(word) for word in tokens]
    return Words("".join([each[0] for each in known]), tokens, known, spans)


@lru_cache(maxsize=20_000)
def _unlisted(word: str) -> tuple[str, Value]:
    if word.isalpha() or not word[0].isalnum():
        return OTHER, None
    book = lexicon()
    if word.isdecimal():
        return _digits(word, book.letters)
    if ordinal := _ORDINAL.fullmatch(word):
        number = int(ordinal[1])
        # "the 43rd day" counts days, "43rd Street" does not
        return (book.letters["nth" if number <= 31 else "nth_high"], number) if number else (OTHER, None)
    if decade := _DECADE.fullmatch(word):
        return book.letters["decade"], int(decade[1])
    if _HOUR_SIGN.fullmatch(word):
        return book.letters["hour_sign"], None
    if (glued := _RUN_TOGETHER.fullmatch(word)) and (glued[1] or glued[4]) in book.words:
        return GLUED, None
    return book.words.get(word.translate(_MISREAD)) or (OTHER, None)


def _digits(word: str, letters: dict[str, str]) -> tuple[str, Value]:
    if len(word) > 4:
        return OTHER, None
    value = int(word)
    if len(word) <= 2:
        return letters["day" if 1 <= value <= 31 else "digits"], value
    if len(word) == 4 and 1500 <= value <= 2100:
        return letters["year"], value
    return letters["digits"], value


def _phrases_in(lowered: list[str]) -> list[tuple[int, int, int | None]]:
    """Give first position, position behind the last, and number of each phrase, without overlaps."""
    phrases = lexicon().phrases
    found: list[tuple[int, int, int | None]] = []
    behind = 0
    for at, word in enumerate(lowered):
        if word not in phrases or at < behind:
            continue
        for parts, number in phrases[word]:
            stop = at + len(parts)
            if tuple(_APOSTROPHES.get(each, each) for each in lowered[at:stop]) == parts:
                found.append((at, stop, number))
                behind = stop
                break
    return found


def _joined(text: str, words: Words, phrases: list[tuple[int, int, int | None]]) -> Words:
    """Join the words of a named day, or of a name that only looks like a date, into one."""
    tokens, known, spans = list(words.tokens), list(words.known), list(words.spans)
    for first, stop, number in reversed(phrases):
        start, end = spans[first][0], spans[stop - 1][1]
        tokens[first:stop] = [text[start:end].lower()]
        known[first:stop] = [(OTHER, None) if number is None else (lexicon().letters["holiday"], number)]
        spans[first:stop] = [(start, end)]
    return Words("".join([each[0] for each in known]), tokens, known, spans)
