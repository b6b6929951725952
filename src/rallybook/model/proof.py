"""The words of an article that prove what was read in it, and where they stand in its text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

# fields whose every value is words of the article
LISTS = ("participants", "organisers", "targets", "claims")
# single fields that are words of the article
TEXTS = ("date.text", "place.text", "size.text", "trigger", "quote")


def said_in(told: Any) -> dict[str, tuple[str, ...]]:  # noqa: ANN401 - a record, or one as a person writes it down
    """Give the words of each field of a record that is words of the article; fields that are empty are left out."""
    said: dict[str, tuple[str, ...]] = {}
    for path in TEXTS:
        name, _, part = path.partition(".")
        value = getattr(told, name)
        said[path] = (getattr(value, part) if part else value,)
    said |= {name: tuple(getattr(told, name)) for name in LISTS}
    told_words = {path: tuple(words for words in phrases if words) for path, phrases in said.items()}
    return {path: phrases for path, phrases in told_words.items() if phrases}


def strange_in(text: str, said: Mapping[str, Sequence[str]]) -> tuple[str, str] | None:
    """Give the first words, with their path, that do not stand in a text; None where all do."""
    told = ((path, words) for path, phrases in said.items() for words in phrases)
    return next((one for one in told if one[1] not in text), None)


def spans_of(text: str, said: Mapping[str, Sequence[str]]) -> dict[str, tuple[tuple[int, int], ...]]:
    """Give where words stand in a text, by their path: the quote first, all others as near to it as they are found.

    The trigger is within the quote. What the text does not have has no span.
    """
    quote = next(iter(said.get("quote", ())), "")
    near = max(text.find(quote), 0) if quote else 0
    found: dict[str, tuple[tuple[int, int], ...]] = {}
    for path, phrases in said.items():
        places = [
            _nearest(text, words, near, within=len(quote) if path == "trigger" else 0) for words in phrases
        ]
        if any(places):
            found[path] = tuple(place for place in places if place)
    return found


def _nearest(text: str, words: str, near: int, *, within: int = 0) -> tuple[int, int] | None:
    inside = text.find(words, near, near + within) if within else -1
    around = (inside,) if inside >= 0 else (text.rfind(words, 0, near + len(words)), text.find(words, near))
    starts = [at for at in around if at >= 0]
    best = min(starts, key=lambda at: abs(at - near), default=None)
    return None if best is None else (best, best + len(words))
