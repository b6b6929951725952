"""Sentences with a marked verb and where it happened: questions of place beside those of whole articles."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from rallybook.coding.place_choices import PlaceChoice, Whereabouts
from rallybook.coding.scene import Scene, survey
from rallybook.coding.spots import identity
from rallybook.grounding.gazetteer import CompiledGazetteer
from rallybook.grounding.reading import read
from rallybook.model.article import Article
from rallybook.model.mention import Trigger
from rallybook.model.values import Place
from rallybook.training.corpus import fold_of, given
from rallybook.training.lessons import Question
from rallybook.training.rows import Row, rows

FILE = "event_place"
# one of the parts, a fifth of the sentences, is kept back to measure with (bench/event_place.py)
KEPT = 0
# these questions belong to no part of the cross-validation: each fit learns from them
_EVERY_FOLD = -1
Offsets = tuple[int, int]


class MarkedVerb(NamedTuple):
    """A sentence, its marked verb, and where the places of that verb stand in it."""

    text: str
    verb: Offsets
    places: frozenset[Offsets]

    @property
    def kept_back(self) -> bool:
        """Whether the sentence is one to measure with, not to learn from."""
        return fold_of(self.text.strip()) == KEPT


class VerbScene(NamedTuple):
    """A marked verb as the coder reads its sentence, with the choices of place."""

    scene: Scene
    trigger: Trigger
    whereabouts: Whereabouts
    choices: tuple[PlaceChoice, ...]


def marked_verbs(data: Path) -> Iterator[MarkedVerb]:
    """Give all sentences with a marked verb; `data` is the folder that holds all sets."""
    for row in rows(data / FILE / f"{FILE}.jsonl"):
        verb = next(_spans(row, "VERB"), None)
        if verb:
            yield MarkedVerb(row["text"], verb, frozenset(_spans(row, "LOCATION")))


def _spans(row: Row, label: str) -> Iterator[Offsets]:
    return ((span["start"], span["end"]) for span in row["spans"] if span["label"] == label)


def verb_scene(told: MarkedVerb, gazetteer: CompiledGazetteer) -> VerbScene:
    """Read a sentence with its marked verb as the trigger; its form says nothing."""
    reading = read(Article(id="", text=told.text, language="en"))
    scene = survey(reading, gazetteer)
    start, end = told.verb
    if reading.origin is not None:
        start, end = (bisect_left(reading.origin, place) for place in told.verb)
    words = reading.text[start:end]
    trigger = Trigger(start=start, end=end, text=words, form="rally", verbal=True, strong=False)
    whereabouts = Whereabouts(scene)
    return VerbScene(scene, trigger, whereabouts, whereabouts.choices(trigger))


def name_in(verb: VerbScene, words: Offsets, place: Place) -> Offsets:
    """Give where the name of a place stands in the sentence as given.

    Of a spot's words it is the name in them, or else the name that is nearest to the verb ("in Tbilisi ... in front of
    the parliament building").
    """
    scene, wanted = verb.scene, identity(place)
    inside = [t for t in scene.within(scene.toponyms, *words) if t.place and identity(t.place) == wanted]
    told = [choice.spot for choice in verb.choices if choice.spot and identity(choice.spot.place) == wanted]
    start, end = words
    if inside:
        start, end = inside[-1].start, inside[-1].end
    elif told and not told[0].is_site:
        start, end = told[0].start, told[0].end
    return given(scene, start, end)


def verb_questions(data: Path, gazetteer: CompiledGazetteer) -> list[Question]:
    """Give the choices of place for each marked verb that may be learned from."""
    found = []
    for told in marked_verbs(data):
        if not told.kept_back:
            verb = verb_scene(told, gazetteer)
            choices = tuple((choice.marks, _is_right(told, verb, choice)) for choice in verb.choices)
            found.append(Question(FILE, _EVERY_FOLD, choices))
    return found


def _is_right(told: MarkedVerb, verb: VerbScene, choice: PlaceChoice) -> bool:
    if choice.place is None or choice.spot is None:
        return not told.places
    return name_in(verb, (choice.spot.start, choice.spot.end), choice.place) in told.places
