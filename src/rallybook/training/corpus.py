"""Labelled articles as scenes, with the gold records that each trigger tells."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import msgspec

from rallybook.codebook.vocabulary import kind
from rallybook.coding.mentions_read import Reader, with_mentions_read
from rallybook.coding.scene import Scene, survey
from rallybook.coding.tagged import Tagged
from rallybook.evaluation.labelled import Labelled
from rallybook.grounding.gazetteer import CompiledGazetteer
from rallybook.grounding.reading import read
from rallybook.model.article import Article
from rallybook.model.record import Form
from rallybook.sources.rows import from_row
from rallybook.training.parts import part_of
from rallybook.training.rows import Row, rows
from rallybook.training.wire import PAPERS, WIRE, wire_rows

FOLDS = 5
NO_READERS: Mapping[int, Reader] = {}
# the set of single sentences (protest_records/sentences) is left out: they are of the articles in `papers`
FILES = ("train", "written", "articles", "wire", "papers", "stories")
# our own labelled articles, which the project publishes
OWN = Path(__file__).parents[3] / "labelled" / "articles.jsonl"


class Lesson(NamedTuple):
    """An article to learn from: its scene, its gold records, and for each trigger the records that it tells.

    `events` are the gold records as the file holds them, with their words.
    """

    file: str
    scene: Scene
    gold: tuple[Labelled, ...]
    events: tuple[Row, ...]
    told: tuple[tuple[int, ...], ...]

    @property
    def fold(self) -> int:
        """The part of the corpus that the article belongs to in a cross-validation."""
        return fold_of(self.scene.reading.article.id)


def fold_of(name: str) -> int:
    """Give the part of the corpus that the article of this name belongs to in a cross-validation."""
    return zlib.crc32(name.encode()) % FOLDS


def labelled(data: Path) -> Iterator[tuple[str, Row]]:
    """Give the labelled articles that may decide weights, each with the name of its file.

    `data` is the folder that holds all sets.
    """
    own = {OWN.stem: rows(OWN)} | {path.stem: wire_rows(data, path) for path in (WIRE, PAPERS)}
    for file in FILES:
        for row in own.get(file) or rows(data / "protest_records" / f"{file}.jsonl"):
            yield file, row


def lessons(
    data: Path,
    gazetteer: CompiledGazetteer,
    tagged: Mapping[str, Tagged] | None = None,
    readers: Mapping[int, Reader] = NO_READERS,
) -> Iterator[Lesson]:
    """Give the labelled articles to learn from.

    `tagged` is what the tagger says of each, by its name; others are left out. With `readers`, by the part of the
    corpus that each did not learn from, so are those of other parts, and the mentions of the rest were read.
    """
    for file, row in labelled(data):
        for article in from_row(row, file):
            if not isinstance(article, Article) or not (tagged is None or article.id in tagged):
                continue
            reader = readers.get(part_of(article.id))
            if reader or not readers:
                scene = survey(read(article), gazetteer, tagged[article.id] if tagged else None)
                yield lesson_of(file, row, with_mentions_read(scene, reader) if reader else scene)


def lesson_of(file: str, row: Row, scene: Scene) -> Lesson:
    """Give a labelled article of a file, of which `row` holds the records, as it was surveyed."""
    gold = labels_of(row)
    return Lesson(file, scene, gold, tuple(row.get("events") or ()), _told(scene, gold))


def labels_of(row: Row) -> tuple[Labelled, ...]:
    """Give the gold records of a labelled article."""
    return tuple(msgspec.convert(event, Labelled) for event in row.get("events") or ())


def trigger_of(scene: Scene, event: Row) -> tuple[int, int] | None:
    """Give where the trigger words of a labelled record stand in the reading; None where they do not."""
    quote, words = event.get("quote") or "", event.get("trigger") or ""
    at = scene.text.find(quote)
    inside = quote.find(words)
    if at < 0 or inside < 0 or not words:
        return None
    start = at + inside
    return start, min(start + len(words), scene.sentence_at(start).end)


def _told(scene: Scene, gold: tuple[Labelled, ...]) -> tuple[tuple[int, ...], ...]:
    """Give for each trigger the numbers of the gold records whose trigger words it stands for."""
    told: list[list[int]] = [[] for _ in scene.triggers]
    places = [given(scene, trigger.start, trigger.end) for trigger in scene.triggers]
    for number, record in enumerate(gold):
        for n in _tellers(scene, record, places):
            told[n].append(number)
    return tuple(tuple(numbers) for numbers in told)


def given(scene: Scene, start: int, end: int) -> tuple[int, int]:
    """Give where words of a reading stand in the text as given."""
    span = scene.reading.span(start, end)
    return span.start, span.end


def _tellers(scene: Scene, record: Labelled, places: list[tuple[int, int]]) -> list[int]:
    text, quote = scene.reading.article.text, record.quote or ""
    at = text.find(quote) if quote else -1
    if at < 0:
        return []
    inside = [n for n, (start, end) in enumerate(places) if at <= start and end <= at + len(quote)]
    words = text.find(record.trigger or "\0", at, at + len(quote))
    if words >= 0:
        end = words + len(record.trigger or "")
        hit = [n for n in inside if places[n][0] < end and places[n][1] > words]
        if hit:
            return hit[:1]
    form = msgspec.convert(record.form or "other", Form)
    return [n for n in inside if kind(scene.triggers[n].form) == kind(form)][:1]
