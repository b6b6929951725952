"""The event coder: one article in, its records out."""

from __future__ import annotations

from functools import cached_property

from rallybook.coding.assemble import assemble
from rallybook.coding.clues import clues
from rallybook.coding.records import records
from rallybook.coding.scene import survey
from rallybook.coding.screen import worth_reading
from rallybook.grounding.gazetteer import CompiledGazetteer
from rallybook.grounding.language import detect
from rallybook.grounding.reading import read
from rallybook.model.article import Article
from rallybook.model.outcome import Coded, Failure
from rallybook.model.record import Record
from rallybook.version import __version__

LANGUAGES = ("en",)


class EventCoder:
    """Codes articles by rules; opens the gazetteer at the first article that is worth reading."""

    @property
    def version(self) -> str:
        """The coder with its version."""
        return f"rallybook {__version__} rules"

    @cached_property
    def _gazetteer(self) -> CompiledGazetteer:
        return CompiledGazetteer()

    def code(self, article: Article) -> Coded:
        """Give the records of one article; a language that cannot be read yet is a failure that says so."""
        language = article.language or detect(article.text)
        if language not in LANGUAGES:
            return self._coded(article, language, (), (_unread(article, language),))
        return self._coded(article, language, self._events(article), ())

    def _events(self, article: Article) -> tuple[Record, ...]:
        reading = read(article)
        if not worth_reading(reading.text):
            return ()
        scene = survey(reading, self._gazetteer)
        return records(scene, assemble(clues(scene)))

    def _coded(
        self, article: Article, language: str, events: tuple[Record, ...], failures: tuple[Failure, ...]
    ) -> Coded:
        return Coded(
            id=article.id,
            published=article.published,
            language=language,
            coder=self.version,
            events=events,
            failures=failures,
        )


def _unread(article: Article, language: str) -> Failure:
    reason = f"language: received {language or 'undetermined'!r}, allowed: {', '.join(LANGUAGES)}"
    return Failure(article.id, "read", reason)
