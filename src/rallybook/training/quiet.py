"""News without a protest in it: what the coder must find nothing in."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from rallybook.coding.scene import survey
from rallybook.coding.tagged import Tagged
from rallybook.grounding.gazetteer import CompiledGazetteer
from rallybook.grounding.reading import read
from rallybook.model.article import Article
from rallybook.training.corpus import FILES, Lesson
from rallybook.training.screen_corpus import learnt

FILE = "quiet"
# any day will do: the texts have none
_DAY = dt.date(2020, 5, 14)
# every n-th text: invented stories and telegrams of one war are many, and much alike
_EVERY = {"ngec": 4, "muc": 3}


def quiet_lessons(
    data: Path, gazetteer: CompiledGazetteer, tagged: Mapping[str, Tagged] | None = None
) -> Iterator[Lesson]:
    """Give other news in which the lexicon of forms strikes, with no gold records.

    `tagged` is what the tagger says of each, by its name; others are left out.
    """
    for article in quiet_articles(data):
        if tagged is None or article.id in tagged:
            scene = survey(read(article), gazetteer, tagged[article.id] if tagged else None)
            yield Lesson(FILE, scene, (), (), tuple(() for _ in scene.triggers))


def quiet_articles(data: Path) -> Iterator[Article]:
    """Give the texts without a protest that the gate learns from.

    One with a word that says protest by itself is left out rather than taught wrongly: news of another kind may still
    recall a protest.
    """
    seen: Counter[str] = Counter()
    for text in learnt(data):
        if text.file in FILES or text.protest or text.strong or not text.found:
            continue
        seen[text.file] += 1
        if seen[text.file] % _EVERY.get(text.file, 1) == 0:
            yield Article(id=text.name, text=text.text, published=_DAY, language="en")
