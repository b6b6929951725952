"""An article's text in pieces, each with the fields that it proves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

import msgspec

Spans = Mapping[str, Sequence[tuple[int, int]]]
# what a quote covers is most of a sentence: it is marked as a whole, and fields within it of their own
WHOLE = "quote"
# so many characters are shown around the words that prove a value, where a whole text may not be; a sentence or so
AROUND = 100


class Piece(msgspec.Struct, frozen=True):
    """Words of a text, and the fields that they prove; `start` is their offset, `first_of` those that begin here."""

    text: str
    start: int
    fields: tuple[str, ...] = ()
    first_of: tuple[str, ...] = ()
    quoted: bool = False


def pieces(text: str, spans: Spans, *, within: tuple[int, int] | None = None) -> tuple[Piece, ...]:
    """Give a text, or a stretch of it, cut wherever a span begins or ends; joined they are the text again."""
    first, last = within or (0, len(text))
    marked = [
        (group_of(path), start, end) for path, told in spans.items() for start, end in told if start < end
    ]
    edges = sorted(
        {first, last, *(edge for _, start, end in marked for edge in (start, end) if first < edge < last)}
    )
    seen: set[str] = set()
    return tuple(_piece(text, edge, after, marked, seen) for edge, after in pairwise(edges))


def group_of(path: str) -> str:
    """Give the field of a path: "place" of "place.text"; what names the act proves its form."""
    group = path.partition(".")[0]
    return "form" if group == "trigger" else group


def stretches(text: str, spans: Spans, *, around: int) -> tuple[tuple[int, int], ...]:
    """Give the parts of a text that lie no further than so many characters from a span, from word to word."""
    told = (span for spans_of in spans.values() for span in spans_of)
    return joined(
        (_word_edge(text, start - around, -1), _word_edge(text, end + around, 1)) for start, end in told
    )


def joined(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Give spans in the order of the text, those that touch as one."""
    found: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return tuple(found)


def _piece(text: str, start: int, end: int, marked: Iterable[tuple[str, int, int]], seen: set[str]) -> Piece:
    covering = [field for field, low, high in marked if low <= start and end <= high]
    fields = tuple(dict.fromkeys(field for field in covering if field != WHOLE))
    first_of = tuple(field for field in fields if field not in seen)
    seen.update(fields)
    return Piece(text[start:end], start, fields, first_of, WHOLE in covering)


def _word_edge(text: str, at: int, step: int) -> int:
    at = max(0, min(len(text), at))
    while 0 < at < len(text) and not text[at - 1 if step < 0 else at].isspace():
        at += step
    return at


def fields_in(spans: Spans) -> Iterator[str]:
    """Give the fields that spans prove, in the order of the text."""
    first: dict[str, int] = {}
    for path, told in spans.items():
        if (field := group_of(path)) != WHOLE and told:
            first[field] = min(first.get(field, told[0][0]), *(start for start, _ in told))
    yield from sorted(first, key=first.__getitem__)
