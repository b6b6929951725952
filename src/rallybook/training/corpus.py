"""Labelled articles as scenes, with the gold records that each trigger tells."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from rallybook.codebook.vocabulary import kind
from rallybook.coding.scene import Scene, survey
from rallybook.coding.tagged import Tagged
from rallybook.evaluation.labelled import Labelled
from rallybook.grounding.gazetteer import CompiledGazetteer
from rallybook.grounding.reading import read
from rallybook.model.article import Article
from rallybook.model.mention import Trigger
from rallybook.model.record import Form
from rallybook.sources.files import FileSource

FOLDS = 5
FILES = ("train", "written", "articles", "stories", "sentences")
# our own labelled articles, which the project publishes
OWN = Path(__file__).parents[3] / "labelled" / "articles.jsonl"
Row = dict[str, Any]


class Lesson(NamedTuple):
    """An article to learn from: its scene, its gold records, and for each trigger the records that it tells."""

    file: str
    scene: Scene
    gold: tuple[Labelled, ...]
    told: tuple[tuple[int, ...], ...]

    @property
    def fold(self) -> int:
        """The part of the corpus that the article belongs to in a cross-validation."""
        return fold_of(self.scene.reading.article.id)


def fold_of(name: str) -> int:
    """Give the part of the corpus that the article of this name belongs to in a cross-validation."""
    return zlib.crc32(name.encode()) % FOLDS


def record_files(data: Path) -> list[Path]:
    """Give the files of labelled articles that may decide weights, from the folder that holds all sets."""
    return [OWN if name == OWN.stem else data / "protest_records" / f"{name}.jsonl" for name in FILES]


def rows(path: Path) -> Iterator[Row]:
    """Give the objects of a file of JSON lines."""
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def lessons(
    path: Path, gazetteer: CompiledGazetteer, tagged: Mapping[str, Tagged] | None = None
) -> Iterator[Lesson]:
    """Give the articles of a file of labelled articles.

    `tagged` is what the tagger says of each, by its name; others are left out.
    """
    labelled = {str(row["id"]): row for row in rows(path)}
    for article in FileSource([str(path)]).articles():
        if not isinstance(article, Article) or (tagged and article.id not in tagged):
            continue
        gold = tuple(msgspec.convert(row, Labelled) for row in labelled[article.id].get("events") or ())
        scene = survey(read(article), gazetteer, tagged[article.id] if tagged else None)
        yield Lesson(path.stem, scene, gold, _told(scene, gold))


def _told(scene: Scene, gold: tuple[Labelled, ...]) -> tuple[tuple[int, ...], ...]:
    """Give for each trigger the numbers of the gold records whose trigger words it stands for."""
    told: list[list[int]] = [[] for _ in scene.triggers]
    places = [_as_given(scene, trigger) for trigger in scene.triggers]
    for number, record in enumerate(gold):
        for n in _tellers(scene, record, places):
            told[n].append(number)
    return tuple(tuple(numbers) for numbers in told)


def _as_given(scene: Scene, trigger: Trigger) -> tuple[int, int]:
    span = scene.reading.span(trigger.start, trigger.end)
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
