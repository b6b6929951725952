"""What police and other armed authorities did, sentence by sentence: killed, arrested, used force, anything at all.

Unlike `responses` it does not ask whether a protest is told: it reads a text about policing as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Literal

from rallybook.grounding.numbers import fold
from rallybook.grounding.passages import Passage, passages
from rallybook.grounding.response import Hit, hits, is_likely, probability
from rallybook.grounding.response_lexicon import lexicon
from rallybook.model.mention import Mention
from rallybook.model.reading import Reading
from rallybook.sheets import read_sheet

Act = Literal["killed", "arrests", "force", "other"]

_HIT_ACTS: Mapping[str, Act] = {"arrests": "arrests", "force": "force"}
# as far before a measure as the word that denies it or asks for it can stand
_BACK = 60
# a sentence longer than this is a table or a damaged text
_LONGEST = 3000


class PoliceAct(Mention, frozen=True, kw_only=True):
    """Something that police or other armed authorities did; `other` where they are told of without more."""

    act: Act


def police_acts(reading: Reading) -> tuple[PoliceAct, ...]:
    """Give what authorities did, in the order of the text; one mention for each sentence and act."""
    text = reading.text
    low = fold(text)
    spans = passages(text)
    told: dict[int, dict[Act, tuple[int, int]]] = {}
    number = 0
    for hit in hits(text, low):
        while number + 1 < len(spans) and spans[number].end <= hit.start:
            number += 1
        if act := _act(low, hit, spans[number]):
            told.setdefault(number, {}).setdefault(act, (hit.start, hit.end))
    found = []
    for number, span in enumerate(spans):
        acts = told.get(number, {})
        for act, place in _by_words(low, span.start, min(span.end, span.start + _LONGEST)):
            acts.setdefault(act, place)
        if "killed" in acts:
            acts.setdefault("force", acts["killed"])
        found += [(start, end, act) for act, (start, end) in acts.items()]
    return tuple(
        PoliceAct(start=start, end=end, text=text[start:end], act=act) for start, end, act in sorted(found)
    )


def _act(low: str, hit: Hit, span: Passage) -> Act | None:
    """Give the act of a trigger: words of arrest as they are, other words where they are likely."""
    act = _HIT_ACTS.get(hit.action)
    if act is None or hit.amount.high == 0:
        return None
    if act == "arrests" and any(
        no.start() <= hit.start < no.end()
        for no in _patterns()["no_arrest"].finditer(
            low, max(span.start, hit.start - 2 * _BACK), hit.end + _BACK
        )
    ):
        return None
    certain = act == "arrests" and "kind:word" in hit.features
    return act if certain or is_likely(hit.action, probability(hit, lexicon().weights)) else None


def _by_words(low: str, start: int, end: int) -> Iterator[tuple[Act, tuple[int, int]]]:
    """Give the acts that the words of a sentence tell by themselves."""
    patterns = _patterns()
    for act in ("arrest", "force"):
        if match := _told(low, patterns[act], start, end):
            yield ("arrests" if act == "arrest" else "force"), match.span()
    death = patterns["death"].search(low, start, end)
    if death and patterns["hand"].search(low, start, end) and not patterns["fallen"].search(low, start, end):
        yield "killed", death.span()
    if match := patterns["authorities"].search(low, start, end):
        yield "other", match.span()
    if match := _told(low, patterns["measures"], start, end):
        yield "other", match.span()


def _told(low: str, pattern: re.Pattern[str], start: int, end: int) -> re.Match[str] | None:
    """Give the first match that is neither denied nor asked for right before."""
    for match in pattern.finditer(low, start, end):
        if not _patterns()["not_yet"].search(low, max(start, match.start() - _BACK), match.start()):
            return match
    return None


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    path = files("rallybook.grounding") / "data" / "police_acts.yaml"
    data: dict[str, str] = read_sheet(path.read_text("utf-8"))
    forces = data.pop("forces")
    free = {"not_yet": re.compile(data.pop("not_yet"))}
    return free | {
        name: re.compile(rf"\b(?:{pattern.replace('FORCE', forces)})\b") for name, pattern in data.items()
    }
