"""What the tagger says of the stretches that may play a role in an act, and the claims that it alone sees."""

from __future__ import annotations

from collections.abc import Iterator

from rallybook.coding.tagged import Tagged, steps
from rallybook.coding.weighing import Candidate, Role

_LOG_ODDS = (-4.0, -3.0, -2.0, -1.0, 0.0, 1.0, 2.0)  # that make marks
_READ = -1.0  # log odds of the pieces of a claim that no cue announces
_AROUND = 400  # characters before and after a sentence in which such claims are looked for
_LEAST = 6  # characters: shorter runs are pieces of words
_SIZES = ((20, "-20"), (40, "-40"), (80, "-80"))


def as_tagged(one: Candidate, role: Role, tagged: Tagged) -> Candidate:
    """Give a stretch with the tagger's marks beside its own: how sure of it, of its edges, of what lies beyond."""
    asked = (role, one.start, one.end)
    seen = tagged.noted.get(asked)
    if seen is None:
        seen = tagged.noted[asked] = tuple(_seen(role, one.start, one.end, tagged))
    where = "here" if "here" in one.marks else "near"
    return one._replace(marks=(*one.marks, *seen, *(f"{where} {mark}" for mark in seen)))


def _seen(role: Role, start: int, end: int, tagged: Tagged) -> Iterator[str]:
    yield from steps("tagged", tagged.role(role, start, end), _LOG_ODDS)
    yield from steps("tagged most", tagged.most(role, start, end), _LOG_ODDS)
    yield from steps("tagged first", tagged.role(role, start, start + 1), _LOG_ODDS)
    yield from steps("tagged last", tagged.role(role, end - 1, end), _LOG_ODDS)
    yield from steps("tagged before", tagged.role(role, max(start - 2, 0), start - 1), _LOG_ODDS)
    yield from steps("tagged behind", tagged.role(role, end + 1, end + 2), _LOG_ODDS)


def tagged_claims(text: str, sentence: tuple[int, int], tagged: Tagged) -> Iterator[Candidate]:
    """Give the runs of words in and around a sentence that the tagger reads as a claim."""
    start, end = max(sentence[0] - _AROUND, 0), min(sentence[1] + _AROUND, len(text))
    for first, last in tagged.runs("claims", start, end, _READ):
        if last - first < _LEAST:
            continue
        place = (
            "here" if sentence[0] <= first < sentence[1] else "before" if first < sentence[0] else "behind"
        )
        size = next((name for bound, name in _SIZES if last - first <= bound), "more")
        yield Candidate(first, last, (place, "run", f"run {place}", f"run {size}", f"run {place} {size}"))
