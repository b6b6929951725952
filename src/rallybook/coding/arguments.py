"""The door to who and why: participants, organisers, targets and claims around a protest trigger."""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache

import msgspec

from rallybook.coding.actors import candidates, unnamed
from rallybook.coding.claims import claims_around, claims_elsewhere
from rallybook.coding.phrases import REACH, Word, words
from rallybook.coding.weighing import ROLES, Candidate, Role, chosen
from rallybook.grounding.sentences import sentences

_FAR = 40  # sentences of the opening of a text that are read for claims wherever the trigger stands
Spans = tuple[tuple[int, int], ...]


class Arguments(msgspec.Struct, frozen=True):
    """What a text says about who and why; each entry is a position `(start, end)` in the text."""

    participants: Spans = ()
    organisers: Spans = ()
    targets: Spans = ()
    claims: Spans = ()


def arguments(text: str, sentence: tuple[int, int], trigger: tuple[int, int]) -> Arguments:
    """Read a sentence around the protest trigger that stands in it.

    Values may also come from a sentence close by or one that opens the text, where this one says "they" or
    names nobody; so positions may lie outside `sentence`.
    """
    found = stretches(text, sentence, trigger)
    return Arguments(**{role: chosen(found[role], role) for role in ROLES})


def stretches(text: str, sentence: tuple[int, int], trigger: tuple[int, int]) -> dict[Role, list[Candidate]]:
    """Give for each role the stretches in and around the sentence that may play it, with their marks."""
    actors, claims = actors_of(text, sentence, trigger), claims_of(text, sentence, trigger)
    found: dict[Role, list[Candidate]] = {role: claims if role == "claims" else actors for role in ROLES}
    return found | {"participants": unnamed(found["participants"])}


def actors_of(text: str, sentence: tuple[int, int], trigger: tuple[int, int]) -> list[Candidate]:
    """Give all phrases in and around the sentence that may play a role at the trigger, with their marks."""
    cut = words(text, *_window(sentence, trigger))
    nearby = tuple((label, words(text, start, end)) for label, start, end in _nearby(text, sentence[0]))
    return candidates(cut, _numbers(cut, trigger), nearby)


def claims_of(text: str, sentence: tuple[int, int], trigger: tuple[int, int]) -> list[Candidate]:
    """Give all stretches in and around the sentence that may be its claims, with their marks."""
    found = claims_around(text, sentence, trigger)
    near = _nearby(text, sentence[0])
    for label, start, end in near:
        found += claims_elsewhere(text, (start, end), label)
    known = {start for _, start, _ in near} | {sentence[0]}
    for s in sentences(text)[:_FAR]:
        if s.start not in known:
            found += claims_elsewhere(text, (s.start, min(s.end, s.start + REACH)), "far")
    return found


@lru_cache(maxsize=8)
def _starts(text: str) -> tuple[int, ...]:
    return tuple(s.start for s in sentences(text))


def _nearby(text: str, at: int) -> list[tuple[str, int, int]]:
    """Give the sentences around the one at this position, and those that open the text."""
    all_of_them, here = sentences(text), bisect_right(_starts(text), at) - 1
    given: list[tuple[str, int, int]] = []
    for label, n in (
        ("before 1", here - 1),
        ("before 2", here - 2),
        ("before 3", here - 3),
        ("next 1", here + 1),
        ("next 2", here + 2),
        ("opening", 0),
        ("opening", 1),
        ("opening", 2),
    ):
        fits = 0 <= n < len(all_of_them) and (label != "opening" or n < here - 3)
        if fits:
            s = all_of_them[n]
            given.append((label, s.start, min(s.end, s.start + REACH)))
    return given


def _window(sentence: tuple[int, int], trigger: tuple[int, int]) -> tuple[int, int]:
    return max(sentence[0], trigger[0] - REACH), min(sentence[1], trigger[1] + REACH)


def _numbers(cut: tuple[Word, ...], trigger: tuple[int, int]) -> range:
    inside = [n for n, word in enumerate(cut) if word.start < trigger[1] and word.end > trigger[0]]
    return range(inside[0], inside[-1] + 1) if inside else range(0, 0)
