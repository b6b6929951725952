"""The door to who and why: participants, organisers, targets and claims around a protest trigger."""

from __future__ import annotations

import msgspec

from rallybook.coding import actors
from rallybook.coding.claims import claims
from rallybook.coding.phrases import REACH, Word, words

Spans = tuple[tuple[int, int], ...]


class Arguments(msgspec.Struct, frozen=True):
    """What a sentence says about who and why; each entry is a position `(start, end)` in the text."""

    participants: Spans = ()
    organisers: Spans = ()
    targets: Spans = ()
    claims: Spans = ()


def arguments(text: str, sentence: tuple[int, int], trigger: tuple[int, int]) -> Arguments:
    """Read a sentence around the protest trigger that stands in it."""
    start, end = _window(sentence, trigger)
    cut = words(text, start, end)
    at = _numbers(cut, trigger)
    return Arguments(
        participants=_spans(cut, actors.participants(cut, at)),
        organisers=_spans(cut, actors.organisers(cut, at)),
        targets=_spans(cut, actors.targets(cut, at)),
        claims=claims(text, start, end),
    )


def organisers_near(text: str, sentence: tuple[int, int]) -> Spans:  # noqa: ARG001
    """Read who called for or organised the protest from a sentence that does not hold its trigger."""
    return ()


def claims_near(text: str, sentence: tuple[int, int]) -> Spans:
    """Read placards, chants and demands from a sentence that does not hold the trigger."""
    start, end = sentence
    return claims(text, start, min(end, start + 2 * REACH))


def _window(sentence: tuple[int, int], trigger: tuple[int, int]) -> tuple[int, int]:
    return max(sentence[0], trigger[0] - REACH), min(sentence[1], trigger[1] + REACH)


def _numbers(cut: tuple[Word, ...], trigger: tuple[int, int]) -> range:
    inside = [n for n, word in enumerate(cut) if word.start < trigger[1] and word.end > trigger[0]]
    return range(inside[0], inside[-1] + 1) if inside else range(0, 0)


def _spans(cut: tuple[Word, ...], found: tuple[tuple[int, int], ...]) -> Spans:
    return tuple((cut[first].start, cut[last - 1].end) for first, last in found)
