"""News without a protest in it: what the coder must find nothing in."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from rallybook.coding.scene import survey
from rallybook.coding.tagged import Tagged
from rallybook.grounding.gazetteer import CompiledGazetteer
from rallybook.grounding.reading import read
from rallybook.model.article import Article
from rallybook.training.corpus import Lesson, rows

FILE = "quiet"
# a story of another kind may still recall a protest; one with such a word is left out rather than taught wrongly
_PROTEST = re.compile(
    r"protest|demonstrat|\brall(?:y|ies)|strik|riot|march|sit-in|vigil|boycott|blockade|picket|unrest|walkout",
    re.IGNORECASE,
)
# kinds of invented stories that tell of protests by themselves
_SKIPPED = ("PROTEST", "COERCE")
# any day will do: the stories have none
_DAY = dt.date(2020, 5, 14)
# every n-th story: as many as there are labelled articles
_EVERY = 2


def quiet_lessons(
    data: Path, gazetteer: CompiledGazetteer, tagged: Mapping[str, Tagged] | None = None
) -> Iterator[Lesson]:
    """Give stories of other kinds of news in which the lexicon of forms strikes, with no gold records.

    `tagged` is what the tagger says of each, by its name.
    """
    for article in list(_stories(data))[::_EVERY]:
        reading = read(article)
        scene = survey(reading, gazetteer, tagged[article.id] if tagged else None)
        if scene.triggers:
            yield Lesson(FILE, scene, (), tuple(() for _ in scene.triggers))


def _stories(data: Path) -> Iterator[Article]:
    for name in ("types/ngec_synthetic", "places/geovirus"):
        for number, row in enumerate(rows(data / f"{name}.jsonl")):
            text, title = row["text"], row.get("title") or ""
            if row.get("label") not in _SKIPPED and not _PROTEST.search(f"{title}\n{text}"):
                yield Article(id=f"{name} {number}", text=text, title=title, published=_DAY, language="en")
