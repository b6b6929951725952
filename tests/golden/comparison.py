"""The example articles, their golden records, and how a coder's records compare with them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from rallybook.coding.pipeline import EventCoder
from rallybook.evaluation.fields import record_right
from rallybook.evaluation.labelled import Labelled
from rallybook.evaluation.pairing import pairs
from rallybook.model.article import Article
from rallybook.sources.files import FileSource

HERE = Path(__file__).parent
EXAMPLES = HERE.parents[1] / "examples" / "articles"
PAGES = (".html", ".txt")  # one article a file: known by the file's name


class Comparison(NamedTuple):
    """How many coded records are right in place, date, status and kind of act, of how many."""

    right: int
    coded: int
    gold: int
    faults: list[str]

    @property
    def f1(self) -> float:
        """1 where nothing was to be found and nothing was."""
        return 2 * self.right / (self.coded + self.gold) if self.coded + self.gold else 1.0


@cache
def examples() -> dict[str, Article]:
    """Give the example articles, those of JSON lines by their id, the others by the name of their file."""
    found = {}
    for path in sorted(EXAMPLES.iterdir()):
        for article in FileSource([str(path)]).articles():
            assert isinstance(article, Article), article
            found[path.stem if path.suffix in PAGES else article.id] = article
    return found


@cache
def golden() -> dict[str, list[dict[str, Any]]]:
    """Give the golden records of each example article."""
    lines = (HERE / "records.jsonl").read_text(encoding="utf-8").splitlines()
    return {row["id"]: row["events"] for row in map(json.loads, lines)}


@cache
def coder() -> EventCoder:
    """Give one coder for all tests: it opens its gazetteer once."""
    return EventCoder()


def code(text: str, published: dt.date | None, title: str = "") -> list[dict[str, Any]]:
    """Give the records of a text as plain objects."""
    article = Article(id="golden", text=text, title=title, published=published)
    return [msgspec.to_builtins(record) for record in coder().code(article).events]


def verbatim(event: dict[str, Any]) -> list[str]:
    """Give all words of a record that must stand in its article."""
    told = [
        event["date"]["text"],
        event["place"]["text"],
        event["size"]["text"],
        event["trigger"],
        event["quote"],
    ]
    told += [words for field in ("participants", "organisers", "targets", "claims") for words in event[field]]
    return [words for words in told if words]


def compare(gold: Sequence[dict[str, Any]], coded: Sequence[dict[str, Any]]) -> Comparison:
    """Pair the records and count those that are right."""
    wanted = [msgspec.convert(event, Labelled) for event in gold]
    found = [msgspec.convert(event, Labelled) for event in coded]
    paired = pairs(wanted, found)
    right = [(i, j) for i, j in paired if record_right(wanted[i], found[j])]
    wrong = [f"wrong: {brief(gold[i])} came as {brief(coded[j])}" for i, j in paired if (i, j) not in right]
    missed = _alone("missed", gold, (i for i, _ in paired))
    invented = _alone("invented", coded, (j for _, j in paired))
    return Comparison(len(right), len(found), len(wanted), [*wrong, *missed, *invented])


def brief(event: dict[str, Any]) -> str:
    """Give a record in a few words, for a message."""
    place = event["place"]
    return (
        f"{event['form']} {event['status']} {event['date']['edtf'] or 'undated'} "
        f"{place['name'] or 'nowhere'} ({place['precision']}): {event['trigger']!r}"
    )


def _alone(word: str, events: Sequence[dict[str, Any]], paired: Iterable[int]) -> list[str]:
    taken = set(paired)
    return [f"{word}: {brief(event)}" for i, event in enumerate(events) if i not in taken]
