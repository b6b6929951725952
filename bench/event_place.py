"""Where did the marked verb happen: exact words, or not said.

    RALLYBOOK_DATA=../shared/data python bench/event_place.py [--errors]

On the fifth of the sentences of `event_place` that is kept back from the fit (by the sentence's hash). A place found
is right where its words are exactly those of a labelled place of that verb. Beside it the place named nearest before
and nearest after the verb, the reader of acts (which learned from the other sentences) by itself, its words cut to
names as those sentences mark them, and the best there can be with the names that are found.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from pathlib import Path

from rallybook.coding.act_reader import ActReader
from rallybook.coding.event_place import event_places
from rallybook.coding.read_roles import role_runs
from rallybook.grounding.gazetteer import CompiledGazetteer
from rallybook.training.corpus import given
from rallybook.training.marked_verbs import MarkedVerb, Offsets, VerbScene, marked_verbs, name_in, verb_scene
from rallybook.training.named_runs import named_runs

DATA = Path(os.environ.get("RALLYBOOK_DATA", "../shared/data"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true", help="print what differs")
    options = parser.parse_args()
    gazetteer, reader = CompiledGazetteer(), ActReader()
    kept = [told for told in marked_verbs(DATA) if told.kept_back]
    found: dict[str, list[set[Offsets]]] = {}
    for told in kept:
        for name, spans in answers(told, gazetteer, reader).items():
            found.setdefault(name, []).append(spans)
    print(f"{len(kept)} marked verbs, {sum(len(told.places) for told in kept)} places\n")
    print("| by | P | R | F1 |\n|---|---|---|---|")
    for name, chosen in found.items():
        print(f"| {name} | {' | '.join(f'{value:.3f}' for value in figures(kept, chosen))} |")
    if options.errors:
        for told, spans in zip(kept, found["rallybook"], strict=True):
            if spans != told.places:
                show(told, spans)


def answers(told: MarkedVerb, gazetteer: CompiledGazetteer, reader: ActReader) -> dict[str, set[Offsets]]:
    """Give the places of a marked verb by each way to choose them."""
    verb = verb_scene(told, gazetteer)
    scene, trigger = verb.scene, verb.trigger
    names = [t for t in scene.toponyms if t.place is not None]
    spots = [(t.start, t.end) for t in names]
    before = max((spot for spot in spots if spot[1] <= trigger.start), default=None)
    after = min((spot for spot in spots if spot[0] >= trigger.end), default=None)
    chosen = event_places(verb.whereabouts, trigger)
    return {
        "nearest before": {given(scene, *before)} if before else set(),
        "nearest after": {given(scene, *after)} if after else set(),
        "rallybook": {name_in(verb, one.words, one.place) for one in chosen if one.words and one.place},
        "rallybook, reader of acts": named_runs(
            told.text, (given(scene, *run) for run in _read(verb, reader))
        ),
        "at best": {given(scene, *spot) for spot in spots} & told.places,
    }


def _read(verb: VerbScene, reader: ActReader) -> list[Offsets]:
    """Give the stretches that the reader of acts takes for the place of the verb, from even odds on."""
    scene, trigger = verb.scene, verb.trigger
    read = reader.read(scene.text, "", scene.sentences, (trigger.start, trigger.end))
    return role_runs(scene.text, read, {"place": 0.0})["place"]


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
