"""Where did the marked verb happen: exact words, or not said.

    RALLYBOOK_DATA=../shared/data python bench/event_place.py [--errors]

On the fifth of the sentences of `event_place` that is kept back from the fit (by the sentence's hash). A place found
is right where its words are exactly those of a labelled place of that verb. Beside it the place named nearest before
and nearest after the verb, and the best there can be with the names that are found.
"""

from __future__ import annotations

import argparse
import os
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from rallybook.coding.linear import score
from rallybook.coding.place_choices import Whereabouts
from rallybook.coding.scene import survey
from rallybook.grounding.gazetteer import CompiledGazetteer
from rallybook.grounding.reading import read
from rallybook.model.article import Article
from rallybook.model.mention import Trigger
from rallybook.training.rows import Row, rows

DATA = Path(os.environ.get("RALLYBOOK_DATA", "../shared/data"))
PARTS, KEPT = 5, 0
Offsets = tuple[int, int]


class MarkedVerb(NamedTuple):
    """A sentence, its marked verb, and where the places of that verb stand in it."""

    text: str
    verb: Offsets
    places: frozenset[Offsets]

    @property
    def trigger(self) -> Trigger:
        """The verb as a trigger; its form says nothing."""
        start, end = self.verb
        words = self.text[start:end]
        return Trigger(start=start, end=end, text=words, form="rally", verbal=True, strong=False)


def marked_verbs() -> Iterator[MarkedVerb]:
    """Give the marked verbs of the sentences that are kept back."""
    for row in rows(DATA / "event_place" / "event_place.jsonl"):
        verb = next(_spans(row, "VERB"), None)
        if verb and zlib.crc32(row["text"].strip().encode()) % PARTS == KEPT:
            yield MarkedVerb(row["text"], verb, frozenset(_spans(row, "LOCATION")))


def _spans(row: Row, label: str) -> Iterator[Offsets]:
    return ((span["start"], span["end"]) for span in row["spans"] if span["label"] == label)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true", help="print what differs")
    options = parser.parse_args()
    gazetteer = CompiledGazetteer()
    kept = list(marked_verbs())
    found: dict[str, list[set[Offsets]]] = {}
    for told in kept:
        for name, spans in answers(told, gazetteer).items():
            found.setdefault(name, []).append(spans)
    print(f"{len(kept)} marked verbs, {sum(len(told.places) for told in kept)} places\n")
    print("| by | P | R | F1 |\n|---|---|---|---|")
    for name, given in found.items():
        print(f"| {name} | {' | '.join(f'{value:.3f}' for value in figures(kept, given))} |")
    if options.errors:
        for told, spans in zip(kept, found["rallybook"], strict=True):
            if spans != told.places:
                show(told, spans)


def answers(told: MarkedVerb, gazetteer: CompiledGazetteer) -> dict[str, set[Offsets]]:
    """Give the places of a marked verb by each way to choose them."""
    reading = read(Article(id="", text=told.text, language="en"))
    scene = survey(reading, gazetteer)
    choices = Whereabouts(scene).choices(told.trigger)
    best = max(choices, key=lambda choice: score(scene.model("place"), choice.marks))
    spots = {(t.start, t.end) for t in scene.toponyms}
    before = max((spot for spot in spots if spot[1] <= told.verb[0]), default=None)
    after = min((spot for spot in spots if spot[0] >= told.verb[1]), default=None)
    return {
        "nearest before": {before} if before else set(),
        "nearest after": {after} if after else set(),
        "rallybook": {(best.spot.start, best.spot.end)} if best.spot else set(),
        "at best": spots & told.places,
    }


def figures(kept: Sequence[MarkedVerb], given: Sequence[set[Offsets]]) -> tuple[float, float, float]:
    hit = sum(len(told.places & spans) for told, spans in zip(kept, given, strict=True))
    precision = hit / max(sum(map(len, given)), 1)
    recall = hit / max(sum(len(told.places) for told in kept), 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def show(told: MarkedVerb, spans: set[Offsets]) -> None:
    gold, got = ([told.text[a:b] for a, b in sorted(group)] for group in (told.places, spans))
    print(f"{told.text[slice(*told.verb)]!r} gold {gold} got {got} | {told.text}")


if __name__ == "__main__":
    main()
