"""The event coder: one article in, its records out."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from rallybook.coding.assemble import assemble
from rallybook.coding.clues import clues
from rallybook.coding.records import records
from rallybook.coding.scene import survey
from rallybook.coding.screen import worth_reading
from rallybook.coding.tagged import Tagged
from rallybook.coding.triggers import triggers
from rallybook.grounding.gazetteer import CompiledGazetteer
from rallybook.grounding.language import detect
from rallybook.grounding.reading import read
from rallybook.grounding.sentences import sentence_at, sentences
from rallybook.model.article import Article
from rallybook.model.outcome import Coded, Failure
from rallybook.model.reading import Reading
from rallybook.model.record import Record
from rallybook.version import __version__

if TYPE_CHECKING:
    from rallybook.coding.tagger import Tagger

LANGUAGES = ("en",)
# log odds of an act that some sentence of an article must surpass, to make it worth reading to its end: where a word
# says protest by itself, and where none does. Of the 854 labelled articles in which the tagger finds records the
# faintest of the first kind is at -1.99, of the second at 1.18, and of wire news, a sentence or two, at 0.59
FAINT, FAINT_UNNAMED = -2.0, 0.5


# once a process, however many coders there are; at the first article that is worth reading
@cache
def _gazetteer() -> CompiledGazetteer:
    return CompiledGazetteer()


@cache
def _tagger() -> Tagger:
    from rallybook.coding.tagger import Tagger  # noqa: PLC0415 - rules alone do without its libraries

    return Tagger()


class EventCoder:
    """Codes articles."""

    def __init__(self, *, tags: bool = True, at_least: float | None = None) -> None:
        """Take whether the tagger is asked, too, and the probability of an event, if not the usual ones."""
        self._tags = tags
        self._at_least = at_least

    @property
    def version(self) -> str:
        """The coder with its version."""
        return f"rallybook {__version__} {'tagger' if self._tags else 'rules'}"

    def code(self, article: Article) -> Coded:
        """Give the records of one article; a language that cannot be read yet is a failure that says so."""
        language = article.language or detect(article.text)
        if language not in LANGUAGES:
            return self._coded(article, language, (), (unread(article, language),))
        return self._coded(article, language, self._events(article), ())

    def _events(self, article: Article) -> tuple[Record, ...]:
        reading = read(article)
        if not worth_reading(reading.text):
            return ()
        if not self._tags:
            return self._told(reading, None)
        if not _may_tell(reading):
            return ()
        text, title = reading.text, reading.article.title
        return self._told(reading, _tagger().read(text, title, sentences(text)))

    def _told(self, reading: Reading, tagged: Tagged | None) -> tuple[Record, ...]:
        scene = survey(reading, _gazetteer(), tagged)
        return records(scene, assemble(clues(scene)), at_least=self._at_least)

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


def _may_tell(reading: Reading) -> bool:
    """Tell whether the tagger sees an act in the sentences that made an article pass the gate.

    Most of what passes it and tells no protest is known by them.
    """
    text, found = reading.text, triggers(reading.text)
    telling = dict.fromkeys(sentence_at(sentences(text), mention.start) for mention in found)
    faint = FAINT if any(mention.strong for mention in found) else FAINT_UNNAMED
    return _tagger().sees(text, reading.article.title, tuple(telling), faint)


def unread(article: Article, language: str) -> Failure:
    """Give the failure of an article in a language that cannot be read yet."""
    reason = f"language: received {language or 'undetermined'!r}, allowed: {', '.join(LANGUAGES)}"
    return Failure(article.id, "read", reason)
