"""Trains a model of one's own codebook: labelled articles in, a folder out that `rallybook code --model` reads."""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

import msgspec

from rallybook.codebook.own import OwnCodebook
from rallybook.coding.columns import Columns
from rallybook.coding.own import NETWORK, SHEET, OwnModel, columns_of
from rallybook.coding.scene import Scene, survey
from rallybook.coding.tagger import Network, Tagger
from rallybook.errors import InputError
from rallybook.grounding.gazetteer import CompiledGazetteer
from rallybook.grounding.reading import read
from rallybook.grounding.sentences import sentences
from rallybook.model.article import Article
from rallybook.model.outcome import Failure
from rallybook.training.course import Course, Stakes
from rallybook.training.encoder import Encoder, export
from rallybook.training.marked_acts import act_pages
from rallybook.training.own_articles import OwnArticle, own_articles
from rallybook.training.own_figures import card, measured
from rallybook.training.page import ACT_TAG, Page
from rallybook.training.teaching import Epoch, taught
from rallybook.training.warm import warm

EPOCHS, SEED = 5, 1
LOG, CARD = "log.jsonl", "README.md"
# one article in so many is kept back, to stop at the best epoch and to measure
_KEPT_BACK = 6
_FEWEST = 5  # labelled acts, below which nothing can be learned or measured
_STAKES = Stakes(form=1.0, role=0.4)


class Corpus(NamedTuple):
    """The pages to learn from and those kept back, from how many articles, and what could not be used."""

    learned: list[Page]
    kept_back: list[Page]
    articles: int
    problems: list[str]


class Lessons(NamedTuple):
    """How to train: how often all articles are read, with which seed, and who hears of the progress."""

    epochs: int = EPOCHS
    seed: int = SEED
    said: Callable[[str], None] = print


def train(data: Path, out: Path, book: OwnCodebook, how: Lessons) -> list[str]:
    """Train a model on labelled articles and write it; gives what was wrong with the articles.

    It starts from what the bundled tagger knows. `out` gets the network with its checksum, the sheet that says how to
    read it, a log with a line for each epoch, and a card with the figures on the articles kept back. Raises
    `InputError` for a folder that is not empty and for too few labelled acts.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise InputError("--out", str(out), "a folder that is new or empty")
    start, columns = time.monotonic(), columns_of(book)
    corpus = corpus_of(own_articles(data, book), columns)
    how.said(
        f"{corpus.articles} articles: {len(corpus.learned)} pages, {len(corpus.kept_back)} more kept back"
    )
    encoder, log = _taught(corpus, columns, how)
    out.mkdir(parents=True, exist_ok=True)
    export(encoder, out, NETWORK)
    figures = measured(Network(out, NETWORK, columns), corpus.kept_back, columns)
    sheet = OwnModel(book, figures.acts.bound, {role: figure.bound for role, figure in figures.roles.items()})
    told = f"{corpus.articles} labelled articles in {(time.monotonic() - start) / 60:.0f} minutes, seed {how.seed}"
    (out / SHEET).write_bytes(msgspec.json.format(msgspec.json.encode(sheet), indent=1))
    (out / LOG).write_bytes(b"".join(msgspec.json.encode(epoch) + b"\n" for epoch in log))
    (out / CARD).write_text(card(book, figures, learned=told), "utf-8")
    how.said(figures.as_text())
    return corpus.problems


def _taught(corpus: Corpus, columns: Columns, how: Lessons) -> tuple[Encoder, list[Epoch]]:
    log: list[Epoch] = []

    def note(epoch: Epoch) -> None:
        log.append(epoch)
        losses = f"loss {epoch.loss:.2f}, kept back {epoch.kept_back:.2f}"
        how.said(f"epoch {epoch.number + 1} of {how.epochs}: {losses}, {epoch.seconds:.0f} s")

    course = Course(columns, how.epochs, how.seed, _STAKES)
    return taught(warm(columns), corpus.learned, course, kept_back=corpus.kept_back, said=note), log


def corpus_of(articles: Iterable[OwnArticle | Failure], columns: Columns) -> Corpus:
    """Give the pages of labelled articles; raises `InputError` where they are too few to learn from."""
    gazetteer, tagger = CompiledGazetteer(), Tagger()
    corpus = Corpus([], [], 0, [])
    for item in articles:
        if isinstance(item, Failure):
            corpus.problems.append(item.reason)
            continue
        corpus.problems.extend(item.problems)
        corpus = corpus._replace(articles=corpus.articles + 1)
        back = zlib.crc32(item.article.id.encode()) % _KEPT_BACK == 0
        scene = scene_of(item.article, gazetteer, tagger)
        (corpus.kept_back if back else corpus.learned).extend(act_pages(scene, item.events, columns))
    for pages in (corpus.learned, corpus.kept_back):
        acts = sum(bool((page.tags[:, ACT_TAG] == 1).any()) for page in pages)
        if acts < _FEWEST:
            told = "; ".join(corpus.problems[:3])
            received = f"{corpus.articles} articles" + (f" ({told})" if told else "")
            allowed = (
                f"{_FEWEST} usable acts and more in those learned from, and in one of {_KEPT_BACK} kept back"
            )
            raise InputError("labelled articles", received, allowed)
    return corpus


def scene_of(article: Article, gazetteer: CompiledGazetteer, tagger: Tagger) -> Scene:
    """Give an article as the coder reads it."""
    reading = read(article)
    tagged = tagger.read(reading.text, article.title, sentences(reading.text))
    return survey(reading, gazetteer, tagged)
