"""Trains the reader of acts: an encoder that reads one marked act at a time and tells which words play a role in it.

    python -m rallybook.training.act_reader DATA --folds FOLDER [--write]
    python -m rallybook.training.act_reader DATA --refine [--folds FOLDER]
    python -m rallybook.training.act_reader DATA --onward PREFIX

DATA is the folder of labelled sets. Trains an encoder for each of some parts of the corpus on the other parts and puts
it into FOLDER: what it says of articles that it did not see is what the models behind the reader learn from
(`--reader FOLDER` of `rallybook.training.read_roles` and `measures`). `--write` puts the mean of their weights into the
package, quantised to 8 bits: it has learned from every article. `--refine` goes on with the reader of the package where
articles have come: two passes over whole articles and marked verbs by each of two, of which each leaves out a part of
the articles (into FOLDER, as above), two passes over everything from their mean by each of two, and the mean of these.
`--onward` goes on with it twice, for three passes over all but those of our own articles whose id begins with PREFIX,
which are left to measure with, and keeps a mean of before and both (docs/decisions/0045).
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

from rallybook.coding.act_columns import MET, READER, WHEN, WHERE
from rallybook.coding.act_reader import NETWORK
from rallybook.coding.act_windows import act_window
from rallybook.coding.scene import survey
from rallybook.grounding.gazetteer import CompiledGazetteer
from rallybook.grounding.reading import read
from rallybook.model.article import Article
from rallybook.model.mention import COUNTED_ACTIONS
from rallybook.training.corpus import Lesson, lessons
from rallybook.training.course import Course, Stakes
from rallybook.training.encoder import Encoder, checkpoint, export, pretrained
from rallybook.training.labels import Told, tags_of
from rallybook.training.marked_acts import act_pages
from rallybook.training.marked_verbs import FILE as VERBS
from rallybook.training.marked_verbs import MarkedVerb, marked_verbs
from rallybook.training.page import ROLE_TAG, Page
from rallybook.training.parts import fold, part_of
from rallybook.training.quiet import FILE as QUIET
from rallybook.training.quiet import quiet_lessons
from rallybook.training.rows import Row
from rallybook.training.soup import State, gone_on, mean_of
from rallybook.training.teaching import say, say_epoch, taught
from rallybook.training.unquoted import unquoted
from rallybook.training.warm import shipped
from rallybook.training.whereabouts import verb_names, whereabouts

EPOCHS, SEED = 4, 1
# of three parts: a training costs 50 minutes, and two encoders together have learned from every article
_TRAINED = (0, 1)
# few articles tell how many were arrested, hurt or killed, and in few words; where and when an act was is asked of few
# words, too
_RARE = dict.fromkeys((*COUNTED_ACTIONS, *MET), 5.0) | dict.fromkeys((WHERE, WHEN), 3.0)
_STAKES = Stakes(form=1.0, role=0.4, rare=_RARE)
# real news is rare among what is labelled; single sentences and machine-made stories are further from it
_WEIGHT = {"train": 2.0, "papers": 2.0, "stories": 0.5, QUIET: 0.5, VERBS: 0.5}
_QUIET = 3  # every so many of the stories of other kinds: they teach soon what they can
_COURSE = Course(READER, EPOCHS, SEED, _STAKES)
_OWN = "articles"
_WHOLE = (_OWN, "papers", "train", "written")
# new columns ask for a second pass: of reports not seen places were right with .694 after one, with .707 after two
_REFINED = Course(READER, epochs=2, seed=301, stakes=_STAKES, rate=2e-4)
_LAST = tuple(_REFINED._replace(epochs=2, seed=seed, rate=1.5e-4) for seed in (311, 312))
# forms are what new articles teach best: right with .778 of articles that nothing had learned from, with .803 after it.
# Roles count twice as much for the second of the two: alone and together they read them alike
_ONWARD = tuple(
    _REFINED._replace(
        epochs=3, seed=seed, rate=2.5e-4, dropout=0.05, stakes=_STAKES._replace(form=2.0, role=role)
    )
    for seed, role in ((502, 0.4), (503, 0.8))
)
# how much of the reader before stays: words of claims of p are told with mean precision .813 where all of it does, .824
# where half or .3, .823 where none; those of `unread` with .829, .838, .840 and .839
_KEPT = 0.3
# it is so much surer than the reader before as it is right (slopes of its log odds on two sets, .88 to .97 of those of
# that one), whose sureness the models behind it know
_SURENESS = 0.9
_OTHERS = 3  # mentions that are none, an article: it is asked about some before any act is known


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
    parser.add_argument("--onward", metavar="PREFIX", help="teach it on, without articles of this prefix")
    options = parser.parse_args()
    if options.refine or options.onward:
        after = (
            refined(options.data, options.folds) if options.refine else onward(options.data, options.onward)
        )
        _put(after, Path(str(files("rallybook.models"))))
        return
    if options.folds is None:
        parser.error("--folds: received nothing, allowed: a folder (or --refine, --onward)")
    told = list(corpus(options.data))
    say(f"{len(told)} acts, {sum(len(one.page.window.pieces) for one in told)} pieces")
    new = _new()
    states = _side_by_side(
        [_Task(new, [one.page for one in told if one.part != part], _COURSE) for part in _TRAINED]
    )
    for part, state in zip(_TRAINED, states, strict=True):
        _put(_with(state), fold(options.folds, part))
    if options.write:
        _put(_with(mean_of(states)), Path(str(files("rallybook.models"))))


def _new() -> State:
    """Give the weights to begin with: those of the checkpoint, and new ones that are the same each time."""
    torch.manual_seed(SEED)
    state: State = pretrained(checkpoint(), READER, marks=True).state_dict()
    return state


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
    for page in _verb_pages(data, gazetteer):
        yield Marked(page, None)


def pages_of(lesson: Lesson) -> Iterator[Page]:
    """Give the pages of an article."""
    weight = _WEIGHT.get(lesson.file, 1.0)
    yield from act_pages(lesson.scene, lesson.events, READER, weight=weight, also=partial(_beside, lesson))


def _beside(lesson: Lesson, event: Row) -> Iterator[Told]:
    yield from unquoted(lesson, event)
    yield from whereabouts(lesson, event)


def refined(data: Path, folder: Path | None) -> Encoder:
    """Give the reader of the package as it is after more passes over whole articles and marked verbs.

    `folder` gets those that did not learn from a part of the articles in these passes.
    """
    told = list(_to_go_on(data))
    before = shipped(NETWORK, READER, marks=True).state_dict()
    unlike = [[one.page for one in told if one.part != part] for part in _TRAINED]
    first = _side_by_side([_Task(before, pages, _REFINED) for pages in unlike])
    for part, state in zip(_TRAINED, first, strict=True):
        if folder:
            _put(_with(state), fold(folder, part))
    once, pages = mean_of(first), [one.page for one in told]
    last = _side_by_side([_Task(once, pages, course) for course in _LAST])
    return _with(mean_of([once, *last]))


def onward(data: Path, kept_back: str) -> Encoder:
    """Give the mean of the reader of the package and of what two courses over almost all articles make of it.

    `kept_back` is how the ids of articles begin that are left out.
    """
    pages = [one.page for one in _to_go_on(data, kept_back)]
    before = shipped(NETWORK, READER, marks=True).state_dict()
    after = _side_by_side([_Task(before, pages, course) for course in _ONWARD])
    return _with(gone_on(before, after, kept=_KEPT, sureness=_SURENESS))


def _to_go_on(data: Path, kept_back: str = "") -> Iterator[Marked]:
    """Give the pages to go on with: of the mentions of whole articles that are none the first few of each.

    Of our own articles those whose id begins with `kept_back` are left out.
    """
    gazetteer = CompiledGazetteer()
    for lesson in lessons(data, gazetteer):
        name = lesson.scene.reading.article.id
        is_kept = lesson.file == _OWN and bool(kept_back) and name.startswith(kept_back)
        if lesson.file in _WHOLE and not is_kept:
            pages = list(pages_of(lesson))
            others = [page for page in pages if page.is_none]
            for page in [page for page in pages if not page.is_none] + others[:_OTHERS]:
                yield Marked(page, part_of(name))
    for page in _verb_pages(data, gazetteer):
        yield Marked(page, None)


class _Task(NamedTuple):
    """A course over some pages, and the weights that it begins with."""

    before: State
    pages: Sequence[Page]
    course: Course


def _side_by_side(tasks: Sequence[_Task]) -> list[State]:
    """Give the weights that each task makes, a process for each."""
    # one thread each: two of them wait for each other longer than they work
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn"), _single_threaded) as pool:
        return list(pool.map(_taught, tasks))


def _taught(task: _Task) -> State:
    after: State = taught(_with(task.before), task.pages, task.course, said=say_epoch).state_dict()
    return after


def _with(state: State) -> Encoder:
    encoder = pretrained(checkpoint(), READER, marks=True)
    encoder.load_state_dict(state)
    return encoder


def _put(encoder: Encoder, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    say(f"{folder}: {export(encoder, folder, NETWORK)}")


def _verb_pages(data: Path, gazetteer: CompiledGazetteer) -> Iterator[Page]:
    return (_verb_page(verb, gazetteer) for verb in marked_verbs(data) if not verb.kept_back)


def _verb_page(verb: MarkedVerb, gazetteer: CompiledGazetteer) -> Page:
    """Give the page of a marked verb, of which nothing is told but its place."""
    reading = read(Article(id="", text=verb.text, language="en"))
    start, end = verb.verb
    if reading.origin is not None:
        start, end = (bisect_left(reading.origin, place) for place in verb.verb)
    scene = survey(reading, gazetteer)
    window = act_window(reading.text, "", scene.sentences, (start, end))
    places = [Told(first, last, {ROLE_TAG: 1}) for first, last in verb.places]
    untold = range(ROLE_TAG + 1, ROLE_TAG + len(READER.roles))
    told = [*places, *verb_names(scene, verb.places)]
    tags = tags_of(window, reading, told, roles=len(READER.roles), unsaid=None, asked=untold)
    return Page(window, tags, _WEIGHT[VERBS])


if __name__ == "__main__":
    main()
