"""Who took part, without names: people who merely took part are never named in a record."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rallybook.coding.actor_heads import head_kind, sort_of
from rallybook.coding.actor_marks import PERHAPS_NAME
from rallybook.coding.actors import elsewhere
from rallybook.coding.phrases import phrases, without_edges, words
from rallybook.grounding.sentences import sentence_at, sentences

Offsets = tuple[int, int]
# what is named after these is where people are or come from, or what they stand for
_OF_A_PLACE = re.compile(
    r"\b(?:in|at|near|on|from|to|across|outside|inside|throughout|around|along|for|against)\s+(?:the\s+)?\Z",
    re.IGNORECASE,
)
# capitals right before a name ("Mr S." before "Petrov")
_TITLES = re.compile(r"(?:\W*\b[^\W\d_a-z][\w’'.-]*)+\W*\Z")
_HUMAN = ("human", "perhaps human")
# "Anti-war", "Pro-Palestinian"
_NO_NAME = re.compile(r"(?:anti|pro|non|ex|counter)-\w+\Z", re.IGNORECASE)


def without_names(text: str, run: Offsets, places: Sequence[Offsets]) -> Iterator[Offsets]:
    """Give a stretch without what may be the name of a person, who is never named for taking part.

    What is left of it are people. A title or an initial goes with the name behind it.
    """
    names = [name for name in _perhaps_names(text, run) if not _is_of_place(text, run, name, places)]
    if not names:
        yield run
        return
    after = run[0]
    for start, end in names:
        yield from _people(text, after, after + len(_TITLES.sub("", text[after:start])))
        after = max(after, end)
    yield from _people(text, after, run[1])


def _people(text: str, start: int, end: int) -> Iterator[Offsets]:
    """Give a stretch without its edges if it begins with people."""
    rest = without_edges(text, start, end) if start < end else None
    held = words(text, *rest) if rest else ()
    first = next(iter(phrases(held)), None)
    if rest and first and held[first.head].kind != "N" and sort_of(head_kind(held, first)) in _HUMAN:
        yield rest


def _perhaps_names(text: str, run: Offsets) -> list[Offsets]:
    sentence = sentence_at(sentences(text), run[0])
    found = elsewhere("near", words(text, sentence.start, sentence.end), "nobody")
    told = (one for one in found if PERHAPS_NAME in one.marks and one.start < run[1] and one.end > run[0])
    return [(one.start, one.end) for one in told if not _NO_NAME.match(text[one.start : one.end])]


def _is_of_place(text: str, run: Offsets, name: Offsets, places: Sequence[Offsets]) -> bool:
    """Tell whether a name inside a stretch tells where its people are or come from ("nurses in Hobart")."""
    start, _ = name
    if start <= run[0]:
        return False
    known = any(first <= start < last for first, last in places)
    return known or _OF_A_PLACE.search(text, run[0], start) is not None
