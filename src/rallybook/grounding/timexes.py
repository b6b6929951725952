"""Time expressions found by the patterns of `data/dates.yaml`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from functools import cache

import msgspec

from rallybook.grounding.calendar_rules import NOTHING, Value
from rallybook.grounding.tense import looks_ahead
from rallybook.grounding.timex_tokens import OTHER, Token, Words, lexicon, pieces, time_pattern, words_of

_EDGES = {
    "early": "early", "start": "early", "beginning": "early", "onset": "early", "late": "late", "end": "late",
    "close": "late", "mid": "mid", "middle": "mid",
}  # fmt: skip
_BACK = frozenset({"last", "past", "previous", "preceding", "prior"})
_ON = frozenset({"next", "coming", "upcoming", "following"})
# a day told within this many characters is what "the same day" points to, whatever it is
_NEAR = 250
# the day on which somebody said something, or until which something holds, is none that "the same day" points to
_IN_PASSING = re.compile(
    r"\b(?:(?:said|says|added|told(?:\s+[\w-]+){1,3}?)\s+(?:late\s+|early\s+)?(?:on\s+)?|(?:until|till|by|before)\s+)"
    r"(?:[\w.]+\s*){1,3}\Z",
    re.IGNORECASE,
)
_PASSING_REACH = 60
# a month as a heading holds for so many characters
_SECTION = 2000
# what may stand before the time of an entry of a live report ("+++ 7.20 +++", "• 14:05")
ENTRY_MARK = r"[^\w\n(]{0,5}"
_OPENS = re.compile(ENTRY_MARK)
# a line that is an entry is no heading
_TIMED = re.compile(rf"{ENTRY_MARK}\d{{1,2}}[.:h]\d\d")
# a line that a day stands on as a heading has at most so many characters
_HEADING = 40
# a day told that is farther than this from the publication opens a story of its own
_FAR_DAYS = 45
# beyond that, a day that is at most so many days from the publication
_FOCAL_DAYS = 14
# a look back that has told a day so near to one to come may tell that, too
_GOES_ON_DAYS = 31


class Found(msgspec.Struct, frozen=True):
    """One match of a rule: the rule's name, where it stands, and the tokens of each named group."""

    rule: str
    start: int
    end: int
    groups: dict[str, tuple[Token, ...]]

    def given(self, *names: str) -> int | None:
        """The number that the last token of the first of these groups stands for; None where none matched."""
        for name in names:
            if self.groups.get(name):
                value = self.groups[name][-1].value
                return value if isinstance(value, int) else None
        return None

    def year(self) -> int | None:
        """The year told in figures or in words ("nineteen eighty-four", "two thousand"); None where there is none."""
        tokens = self.groups.get("y", ())
        values = [token.value for token in tokens if isinstance(token.value, int)]
        if len(tokens) < 2:
            return values[0] if values else None
        if tokens[1].word == "thousand":
            return 1000 * values[0] + sum(values[1:])
        return values[0] * 100 + sum(values[1:]) if values[0] in (19, 20) and values[1] >= 10 else None

    def number(self, *names: str) -> int:
        """The number of a group that the rule always has."""
        value = self.given(*names)
        if value is None:
            raise KeyError(names)
        return value

    def total(self, group: str) -> int:
        """The sum of the numbers of a group ("twenty-fifth" is 25)."""
        return sum(token.value for token in self.groups[group] if isinstance(token.value, int))

    def name(self, group: str) -> str:
        """What the last token of a group stands for ("weeks" is "week"); empty where it did not match."""
        value = self.groups[group][-1].value if self.groups.get(group) else ""
        return value if isinstance(value, str) else ""

    def word(self, name: str) -> str:
        """The words of a group, in small letters."""
        return " ".join(token.word for token in self.groups.get(name, ()))

    def edge(self) -> str:
        """Early, mid, late or empty."""
        return _EDGES.get(self.word("edge") or self.word("edge2"), "")

    def step(self, group: str = "rel") -> int:
        """-1 for "last", 1 for "next" in a group, else 0."""
        words = set(self.word(group).split())
        return -1 if words & _BACK else 1 if words & _ON else 0

    def count(self) -> int:
        """How many units are told: "a" is one, "twenty-five" the sum of its parts; at most 5,000."""
        return min((self.given("n") or 0) + (self.given("n2") or 0) or 1, 5000)


class State(msgspec.Struct):
    """What the reader of a text knows at one point.

    `base` is the day of writing; `told` the last days told, with where they were told; `period` the last
    month or year told, and where; `heading` the end of the last month told as a heading;
    `hint` a day that tells the year where the day of writing is not known; `live` whether the text is a report by the
    hour that tells no day before its first entry, None before there is one; `back` whether it is a look back;
    `amid` whether `base` is a day that the text tells, with others before and behind it.
    """

    text: str
    base: dt.date | None
    told: list[tuple[int, Value]]
    period: tuple[int, Value] = (-1, NOTHING)
    heading: int = -1
    hint: dt.date | None = None
    live: bool | None = None
    back: bool = False
    amid: bool = False

    def in_section(self, at: int) -> bool:
        """Whether the last month told was a heading ("SEPTEMBER.") and this position lies under it."""
        return self.heading == self.period[0] >= 0 and at - self.heading <= _SECTION

    def opens_entry(self, at: int) -> bool:
        """Whether a time of day here opens an entry of a live report ("18:40 The square fills").

        A report that tells its day before the first entry is of that day, and so is one under a day as its heading.
        """
        if not (
            self.text[at].isdigit() and _OPENS.fullmatch(self.text, self.text.rfind("\n", 0, at) + 1, at)
        ):
            return False
        if self.live is None:
            self.live = not self.told
        return self.live and not self._under_day(at)

    def _under_day(self, at: int) -> bool:
        if not self.told:
            return False
        end = self.told[-1][0]
        line = self.text[self.text.rfind("\n", 0, end) + 1 : self.text.find("\n", end, at)]
        return len(line) <= _HEADING and not _TIMED.match(line)

    def ahead(self, found: Found) -> bool | None:
        """Whether the words around tell of the future."""
        return looks_ahead(self.text, found.start, found.end, day=found.rule not in ("month", "season"))

    def likely(self, days: list[dt.date], *, ahead: bool | None) -> list[dt.date]:
        """Those of the days that may be meant: in a look back those behind it, or near to what it told last."""
        if not self.back or ahead or self.base is None:
            return days
        last = self.told_day() or dt.date.min
        return [day for day in days if day <= self.base or abs((day - last).days) <= _GOES_ON_DAYS] or days

    def anchor(self, at: int, *, happened: bool = False) -> Value:
        """The day that "the same day" at this position points to; `happened`: no day to come."""
        if not self.told:
            return NOTHING
        near = (
            each for each in reversed(self.told) if at - each[0] <= _NEAR and not self._in_passing(each[0])
        )
        position, value = next(near, self.told[-1])
        coming = happened and self.base and value.first and value.first > self.base
        if not coming and (at - position <= _NEAR or self.base is None):
            return value
        for _, earlier in reversed(self.told[-8:]):
            if not earlier.last or not self.base or earlier.yearless:
                continue
            distance = (self.base - earlier.last).days
            if abs(distance) <= _FOCAL_DAYS and (distance >= 0 or not happened):
                return earlier
        return NOTHING if coming else value

    def _in_passing(self, end: int) -> bool:
        """Whether the day told before this position is none of which the text tells on ("police said on Thursday")."""
        return _IN_PASSING.search(self.text, max(0, end - _PASSING_REACH), end) is not None

    def context(self, at: int) -> dt.date | None:
        """The day or month told just before, where it is far from the publication: what "the 12th" belongs to."""
        # a month told in passing holds for its neighbourhood, one told as a heading for the section
        near = self.base is None or self.period[0] == self.heading or at - self.period[0] <= _NEAR
        known = [*([self.period] if near else []), *self.told[-1:]]
        place, value = max(known, key=lambda each: each[0], default=(-1, NOTHING))
        if place < 0 or at - place > _SECTION or value.granularity not in ("day", "month"):
            return None
        if value.yearless and self.base:
            return None
        far = self.base is None or not value.first or abs((self.base - value.first).days) > _FAR_DAYS
        return value.first if far else None

    def told_day(self) -> dt.date | None:
        """The last whole day told."""
        value = self.told[-1][1] if self.told else NOTHING
        return None if value.yearless else value.last

    def that_year(self) -> int | None:
        """Give the year that "that year" points to: the last one told that is not the one of writing, or the last."""
        known = [
            (at, value.first.year)
            for at, value in (self.period, *self.told)
            if value.first and not value.yearless
        ]
        past = [pair for pair in known if not self.base or pair[1] != self.base.year]
        return max(past or known, default=(0, None))[1]

    def note(self, end: int, value: Value) -> None:
        """Remember a value that was told."""
        if not value.first or not value.last:
            return
        if value.granularity in ("month", "year"):
            self.period = (end, value)
        elif (value.last - value.first).days <= 7:
            del self.told[:-8]
            self.told.append((end, value))


@cache
def _island() -> re.Pattern[str]:
    # classed words side by side, one of them a word of time
    return re.compile(f"[^{OTHER}]*?{time_pattern()}[^{OTHER}]*")


Accept = Callable[[Found], Value | None]


def find(text: str, accept: Accept) -> Iterator[tuple[Found, Value]]:
    """Give the matches of the rules in their order, each with the value that `accept` gives it.

    At each position the longest match that is accepted wins; durations and sets of times are read over.
    """
    for start, end in pieces(text):
        words = words_of(text, start, end)
        if words is not None:
            for stretch in _island().finditer(words.classes):
                yield from _matches(words, stretch.span(), accept)


def _matches(words: Words, stretch: tuple[int, int], accept: Accept) -> Iterator[tuple[Found, Value]]:
    starts, classes, (at, end) = lexicon().starts, words.classes, stretch
    while at < end:
        matches = [
            (match.end(), -order, name, match)
            for order, (name, pattern) in enumerate(starts.get(classes[at], ()))
            if (match := pattern.match(classes, at, end)) and match.end() > at
        ]
        if len(matches) > 1:
            matches.sort(reverse=True)
        for stop, _, name, match in matches:
            if name == "skip":
                at = stop
                break
            found = _found(name, match, words)
            value = accept(found)
            if value is not None:
                yield found, value
                at = stop
                break
        else:
            at += 1


def _found(name: str, match: re.Match[str], words: Words) -> Found:
    groups = {
        key: words.part(match.start(key), match.end(key))
        for key in match.re.groupindex
        if match.start(key) >= 0
    }
    last = match.end() - 1
    # the dot of an abbreviated month closes the sentence as often; it is not part of the words
    if words.tokens[last] == "." and last > match.start() and words.tokens[last - 1] != "m":
        last -= 1
    return Found(name, words.spans[match.start()][0], words.spans[last][1], groups)
