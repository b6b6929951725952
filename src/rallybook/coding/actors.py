"""Who took part, who called for or led it, whom it was directed at: noun phrases weighed around a trigger.

Each noun phrase of the trigger's sentence, and of a few sentences around it, is weighed for each role by the
marks it bears: the kind of its head word, the words beside it, its side of the trigger and what stands
between. The weights are data, fitted by logistic regression on labelled records (`rallybook.training.arguments`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from rallybook.coding.actor_marks import (
    PERHAPS_NAME,
    Cut,
    cut_for,
    is_act,
    marks_here,
    marks_near,
    marks_of_repetition,
)
from rallybook.coding.phrases import Phrase, Word, words_of
from rallybook.coding.weighing import Candidate


def candidates(
    sentence: tuple[Word, ...], trigger: range, nearby: Sequence[tuple[str, tuple[Word, ...]]] = ()
) -> list[Candidate]:
    """Give all phrases that may play a role, with their marks.

    `nearby` are sentences around this one, each with a label for where it stands ("next 1", "before 2").
    """
    if not sentence or not trigger:
        return []
    cut = cut_for(sentence, trigger)
    told = Counter(
        word.lower for _, held in (("here", sentence), *nearby) for word in held if word.kind in "WU"
    )
    found = [
        Candidate(
            *_position(sentence, phrase), marks_here(cut, n) + marks_of_repetition(cut, n, told, "here")
        )
        for n, phrase in enumerate(cut.found)
    ]
    need = _need(cut)
    for label, other in nearby:
        found += elsewhere(label, other, need, told)
    return found


def unnamed(found: Sequence[Candidate]) -> list[Candidate]:
    """Leave out what may be a person's name: those who merely took part are never named in a record."""
    return [candidate for candidate in found if PERHAPS_NAME not in candidate.marks]


def elsewhere(
    label: str, sentence: tuple[Word, ...], need: str, told: Mapping[str, int] = MappingProxyType({})
) -> list[Candidate]:
    """Give the phrases of a sentence without the trigger; `need` is what the trigger's sentence offers.

    Where the sentence names a protest act of its own, they bear the marks that they have beside that act.
    """
    act = next((n for n, word in enumerate(sentence) if is_act(word)), None)
    cut = cut_for(sentence, range(0, 0) if act is None else range(act, act + 1))
    return [
        Candidate(
            *_position(sentence, phrase),
            (
                *(marks_here(cut, n) if act is not None else ()),
                *marks_near(cut, n, label, need),
                *marks_of_repetition(cut, n, told, "near"),
            ),
        )
        for n, phrase in enumerate(cut.found)
    ]


def _need(cut: Cut) -> str:
    """Tell what the sentence itself offers: people before its trigger, people at all, a pronoun, nothing."""
    human = {n for n, k in enumerate(cut.heads) if "people" in k or "persons" in k or "collectives" in k}
    if any(cut.found[n].last <= cut.core for n in human):
        return "people before"
    if human:
        return "people"
    if any(w.lower in {"they", "we", "them"} for w in cut.sentence[: cut.core]):
        return "they"
    return "nobody"


def _position(sentence: tuple[Word, ...], phrase: Phrase) -> tuple[int, int]:
    first = phrase.first
    generic = words_of("actors", "generic")
    if phrase.last - first == 2 and sentence[first].kind == "D" and sentence[phrase.head].lower in generic:
        first += 1  # coders write "protesters" for "the protesters", but "the villagers"
    return sentence[first].start, sentence[phrase.last - 1].end
