"""Trains the reader of acts: an encoder that reads one marked act at a time and tells which words play a role in it.

    python -m rallybook.training.act_reader DATA --folds FOLDER [--write]
    python -m rallybook.training.act_reader DATA --refine

DATA is the folder of labelled sets. Trains an encoder for each of some parts of the corpus on the other parts and puts
it into FOLDER: what it says of articles that it did not see is what the models behind the reader learn from
(`--reader FOLDER` of `rallybook.training.read_roles` and `measures`). `--write` puts the mean of their weights into the
package, quantised to 8 bits: it has learned from every article. `--refine` goes on with the reader of the package where
articles have come: three passes over whole articles and marked verbs by each of two, and the mean of what they give.
"""

from __future__ import annotations

import argparse
import os
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from importlib.resources import files
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

import torch

from rallybook.coding.act_reader import MET, NETWORK, READER
from rallybook.coding.act_windows import act_window
from rallybook.grounding.gazetteer import CompiledGazetteer
from rallybook.grounding.reading import read
from rallybook.grounding.sentences import sentences
from rallybook.model.article import Article
from rallybook.model.mention import COUNTED_ACTIONS
from rallybook.training.corpus import Lesson, lessons
from rallybook.training.encoder import Encoder, checkpoint, export, pretrained
from rallybook.training.labels import Told, tags_of
from rallybook.training.marked_acts import act_pages
from rallybook.training.marked_verbs import FILE as VERBS
from rallybook.training.marked_verbs import MarkedVerb, marked_verbs
from rallybook.training.page import ROLE_TAG, UNTOLD, Page
from rallybook.training.parts import fold, part_of
from rallybook.training.quiet import FILE as QUIET
from rallybook.training.quiet import quiet_lessons
from rallybook.training.soup import State, mean_of
from rallybook.training.teaching import Course, Stakes, say, say_epoch, taught
from rallybook.training.unquoted import unquoted
from rallybook.training.warm import shipped

EPOCHS, SEED = 4, 1
# of three parts: a training costs 50 minutes, and two encoders together have learned from every article
_TRAINED = (0, 1)
# few articles tell how many were arrested, hurt or killed, and in few words
_STAKES = Stakes(form=1.0, role=0.4, rare=dict.fromkeys((*COUNTED_ACTIONS, *MET), 5.0))
# real news is rare among what is labelled; single sentences and machine-made stories are further from it
_WEIGHT = {"train": 2.0, "papers": 2.0, "stories": 0.5, QUIET: 0.5, VERBS: 0.5}
_QUIET = 3  # every so many of the stories of other kinds: they teach soon what they can
_WHOLE = ("articles", "papers", "train", "written")
# two passes more from where the reader stands by each of two, one pass from their mean by each of two, and the mean of
# all three: of the held-out articles head counts are right with .723 before and .742 after it, who called with .516 and
# .532; the places of marked verbs .808 and .809
_REFINED = Course(READER, epochs=2, seed=301, stakes=_STAKES, rate=2e-4)
_LAST = tuple(_REFINED._replace(epochs=1, seed=seed, rate=1.5e-4) for seed in (311, 312))


class Marked(NamedTuple):
    """A page of a marked act, and the part of the corpus that its article belongs to; None: of every part."""

    page: Page
    part: int | None


def main() -> None:
    """Read the arguments, train, write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--folds", type=Path, metavar="FOLDER", help="where to put the encoders")
    parser.add_argument("--write", action="store_true", help="put the reader into the package")
    parser.add_argument("--refine", action="store_true", help="teach the reader of the package on")
    options = parser.parse_args()
    if options.refine:
        say(export(refined(options.data), Path(str(files("rallybook.models"))), NETWORK))
        return
    if options.folds is None:
        parser.error("--folds: received nothing, allowed: a folder (or --refine)")
    told = list(corpus(options.data))
    say(f"{len(told)} acts, {sum(len(one.page.window.pieces) for one in told)} pieces")
    # one thread each: two of them wait for each other longer than they work
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn"), _single_threaded) as pool:
        parts = [pool.submit(_fold, told, part, fold(options.folds, part)) for part in _TRAINED]
        states = [part.result() for part in parts]
    if options.write:
        encoder = pretrained(checkpoint(), READER, marks=True)
        encoder.load_state_dict(mean_of(states))
        say(export(encoder, Path(str(files("rallybook.models"))), NETWORK))


def _single_threaded() -> None:
    torch.set_num_threads(1)


def corpus(data: Path) -> Iterator[Marked]:
    """Give the acts to learn from."""
    gazetteer = CompiledGazetteer()
    for lesson in lessons(data, gazetteer):
        for page in pages_of(lesson):
            yield Marked(page, part_of(lesson.scene.reading.article.id))
    for number, lesson in enumerate(quiet_lessons(data, gazetteer)):
        if number % _QUIET == 0:
            for page in pages_of(lesson):
                yield Marked(page, part_of(lesson.scene.reading.article.id))
    for page in _verb_pages(data):
        yield Marked(page, None)


def pages_of(lesson: Lesson) -> Iterator[Page]:
    """Give the pages of an article."""
    weight = _WEIGHT.get(lesson.file, 1.0)
    yield from act_pages(lesson.scene, lesson.events, READER, weight=weight, also=partial(unquoted, lesson))


def refined(data: Path) -> Encoder:
    """Give the reader of the package as it is after more passes over whole articles and marked verbs.

    Of mentions that are none it reads one an article: it has seen many.
    """
    told: list[Marked] = []
    for lesson in lessons(data, CompiledGazetteer()):
        if lesson.file in _WHOLE:
            pages = list(pages_of(lesson))
            others = [page for page in pages if page.is_none]
            kept = [page for page in pages if not page.is_none] + others[:1]
            told += [Marked(page, part_of(lesson.scene.reading.article.id)) for page in kept]
    told += [Marked(page, None) for page in _verb_pages(data)]
    before = shipped(NETWORK, READER, marks=True).state_dict()
    unlike = [[one.page for one in told if one.part != part] for part in _TRAINED]
    once = mean_of([_taught_from(before, pages, _REFINED) for pages in unlike])
    last = [_taught_from(once, [one.page for one in told], course) for course in _LAST]
    encoder = pretrained(checkpoint(), READER, marks=True)
    encoder.load_state_dict(mean_of([once, *last]))
    return encoder


def _taught_from(before: State, pages: Sequence[Page], course: Course) -> State:
    """Give the weights that a course makes of some."""
    encoder = pretrained(checkpoint(), READER, marks=True)
    encoder.load_state_dict(before)
    after: State = taught(encoder, pages, course, said=say_epoch).state_dict()
    return after


def _verb_pages(data: Path) -> Iterator[Page]:
    return (_verb_page(verb) for verb in marked_verbs(data) if not verb.kept_back)


def _verb_page(verb: MarkedVerb) -> Page:
    """Give the page of a marked verb, of which nothing is told but its place."""
    reading = read(Article(id="", text=verb.text, language="en"))
    start, end = verb.verb
    if reading.origin is not None:
        start, end = (bisect_left(reading.origin, place) for place in verb.verb)
    window = act_window(reading.text, "", sentences(reading.text), (start, end))
    places = [Told(first, last, {ROLE_TAG: 1}) for first, last in verb.places]
    tags = tags_of(window, reading, places, roles=len(READER.roles), unsaid=None)
    tags[:, ROLE_TAG + 1 :] = UNTOLD
    return Page(window, tags, _WEIGHT[VERBS])


def _fold(told: Sequence[Marked], part: int, folder: Path) -> State:
    """Train on all but a part of the corpus, write the encoder into a folder, and give its weights."""
    encoder = train([one.page for one in told if one.part != part])
    folder.mkdir(parents=True, exist_ok=True)
    say(f"{folder}: {export(encoder, folder, NETWORK)}")
    state: State = encoder.state_dict()
    return state


def train(pages: Sequence[Page]) -> Encoder:
    """Give an encoder trained on some pages."""
    torch.manual_seed(SEED)
    encoder = pretrained(checkpoint(), READER, marks=True)
    return taught(encoder, pages, Course(READER, EPOCHS, SEED, _STAKES), said=say_epoch)


if __name__ == "__main__":
    main()
