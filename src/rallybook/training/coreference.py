"""Fits the trees that part mentions of one kind, place and day that tell several acts.

    python -m rallybook.training.coreference DATA [--without PREFIX] [--write]

DATA is the folder of labelled sets. Articles that may decide weights, of our own the newer parts, are surveyed with the
networks that ship. Of each mention that rules join to an act is asked whether it tells another one: it does where both
tell labelled records and none of these is told by both. Prints the mean precision in a five-fold cross-validation
(folds by article), beside the share of what is asked for; `--write` puts the trees fitted on everything into the coder.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rallybook.coding.assemble import Act, assemble
from rallybook.coding.clues import Clue, clues
from rallybook.coding.coreference import NAMES, compared
from rallybook.coding.scene import Scene
from rallybook.training.boosting import Ask, Question, fit
from rallybook.training.corpus import fold_of, given
from rallybook.training.rows import Row

_COREFERENCE = Ask("coreference", NAMES)


def main() -> None:
    """Read the arguments, fit, print."""
    fit(_COREFERENCE, questions, about=__doc__)


def questions(scene: Scene, row: Row, weight: float) -> Sequence[Question]:
    """Ask of each mention that rules join to an act of an article whether it tells another one."""
    quotes = list(_quotes(scene.reading.article.text, row))
    asked: list[Question] = []

    def ask(act: Act, clue: Clue) -> bool:
        before = {n for one in act.clues for n in _told(scene, one, quotes)}
        here = set(_told(scene, clue, quotes))
        numbers = compared(scene, act, clue)
        if numbers is not None and (before or not here):
            right = bool(here) and before.isdisjoint(here)
            asked.append(Question(numbers, right, fold_of(str(row["id"])), weight))
        return False

    assemble(clues(scene), ask)
    return asked


def _quotes(text: str, row: Row) -> Iterator[tuple[range, range]]:
    """Give for each labelled record where its quote stands, and where the words in it that name the act."""
    for event in row.get("events") or ():
        quote, words = event.get("quote") or "", event.get("trigger") or ""
        start = text.find(quote) if quote else -1
        named = text.find(words, start, start + len(quote)) if start >= 0 and words else -1
        yield (
            range(start, start + len(quote)) if start >= 0 else range(0),
            range(named, named + len(words)) if named >= 0 else range(0),
        )


def _told(scene: Scene, clue: Clue, quotes: Sequence[tuple[range, range]]) -> list[int]:
    """Give the records whose act a mention names, or else those in whose quotes it stands."""
    start, end = given(scene, clue.trigger.start, clue.trigger.end)
    named = [n for n, (_, words) in enumerate(quotes) if start < words.stop and end > words.start]
    return named or [n for n, (quote, _) in enumerate(quotes) if start in quote]


if __name__ == "__main__":
    main()
