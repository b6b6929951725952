"""Articles of which it is known which records tell one event: labelled/linked.jsonl."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from pathlib import Path

import msgspec

from rallybook.errors import InputError
from rallybook.evaluation.labelled import as_labelled, lines, shortened
from rallybook.evaluation.pairing import pairs
from rallybook.model.article import Article
from rallybook.model.event import Report
from rallybook.model.record import Record


class LinkedRecord(Record, frozen=True, kw_only=True):
    """A labelled record with the name of the true event."""

    event: str


class LinkedArticle(msgspec.Struct, frozen=True):
    """One line of such a file."""

    id: str
    published: dt.date
    source: str
    title: str
    text: str
    events: tuple[LinkedRecord, ...]

    @property
    def article(self) -> Article:
        """The article as a coder gets it."""
        return Article(
            id=self.id, text=self.text, title=self.title, published=self.published, source=self.source
        )

    @property
    def reports(self) -> tuple[tuple[Report, str], ...]:
        """Each labelled record as a report, its id made unique, with the name of the true event."""
        return tuple((self.report(record), record.event) for record in self.events)

    def report(self, record: Record) -> Report:
        """Give a record that was read in this article as a report."""
        own = msgspec.structs.replace(record, id=f"{self.id}/{record.id}")
        return Report(record=own, article=self.id, published=self.published, source=self.source)

    def recognised(self, records: Sequence[Record]) -> tuple[tuple[Report, str], ...]:
        """Give records that a coder read in this article as reports, each with the name of the event that it tells.

        By the pairing of the evaluation; a record without a labelled one is an event of its own, named by its id.
        """
        found = pairs(
            [as_labelled(record) for record in self.events], [as_labelled(record) for record in records]
        )
        gold = {predicted: self.events[n].event for n, predicted in found}
        reports = [self.report(record) for record in records]
        return tuple((report, gold.get(n, report.record.id)) for n, report in enumerate(reports))


def load_linked(path: Path) -> tuple[LinkedArticle, ...]:
    """Give the articles of a file of JSON lines; raises `InputError` for a line that is none."""
    decoder = msgspec.json.Decoder(LinkedArticle)
    articles = []
    for number, line in lines(path):
        try:
            articles.append(decoder.decode(line))
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise InputError(f"{path}, line {number}", shortened(line), f"one article ({error})") from None
    return tuple(articles)


def held_back(event: str) -> bool:
    """Tell whether an event is kept to measure on; the other half decides weights.

    Events of one story ("lyon-bakers", "lyon-canteen") are on one side, as their records are the ones that can
    be taken for each other. The side is a bit of a hash of the story, so that it does not change as the file
    grows.
    """
    story = event.split("-", maxsplit=1)[0]
    return hashlib.sha256(story.encode()).digest()[0] % 2 == 1
