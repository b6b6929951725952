"""Who took part, who called for or led it, whom it was addressed to: noun phrases around a trigger."""

from __future__ import annotations

from rallybook.coding.phrases import Phrase, Word, phrases, words_of

Numbered = tuple[tuple[int, int], ...]


def participants(sentence: tuple[Word, ...], trigger: range) -> Numbered:
    """Give the word ranges of those who took part, as the sentence tells it."""
    people = words_of("actors", "people")
    found = [p for p in phrases(sentence, _barred(sentence, trigger)) if sentence[p.head].lower in people]
    before = [p for p in found if p.last <= trigger.start]
    after = [p for p in found if p.first >= trigger.start and _agent(sentence, p)]
    if after:
        return ((after[0].first, after[0].last),)
    if before:
        return ((before[-1].first, before[-1].last),)
    return ()


def organisers(sentence: tuple[Word, ...], trigger: range) -> Numbered:  # noqa: ARG001
    """Give the word ranges of those who called for, led or organised it."""
    return ()


def targets(sentence: tuple[Word, ...], trigger: range) -> Numbered:
    """Give the word ranges of those whom it was addressed to or directed at."""
    heads = words_of("actors", "addressees")
    before = {"against", "to", "outside", "at", "with", "on", "near", "of"}
    return tuple(
        (p.first, p.last)
        for p in phrases(sentence, _barred(sentence, trigger))
        if p.first > trigger.start
        and sentence[p.head].lower in heads
        and sentence[p.first - 1].lower in before
    )


def _barred(sentence: tuple[Word, ...], trigger: range) -> range:
    return range(trigger.start, min(trigger.start + 1, len(sentence)))


def _agent(sentence: tuple[Word, ...], phrase: Phrase) -> bool:
    return phrase.first > 0 and sentence[phrase.first - 1].lower in {"by", "of", "from"}
