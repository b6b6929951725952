"""The event coder: one article in, its records out."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from rallybook.coding.coreference import acts_of
from rallybook.coding.media import with_media
from rallybook.coding.mentions_read import with_mentions_read
from rallybook.coding.records import records
from rallybook.coding.scene import Scene, survey
from rallybook.coding.screen import worth_reading
from rallybook.grounding.gazetteer import CompiledGazetteer
from rallybook.grounding.language import detect
from rallybook.grounding.reading import read
from rallybook.grounding.sentences import sentences
from rallybook.model.article import Article
from rallybook.model.outcome import Coded, Failure
from rallybook.model.reading import Reading
from rallybook.model.record import Record
from rallybook.version import __version__

if TYPE_CHECKING:
    from rallybook.coding.act_reader import ActReader
    from rallybook.coding.own import OwnReader
    from rallybook.coding.tagger import Tagger

LANGUAGES = ("en",)
Found = tuple[tuple[Record, ...], tuple[Failure, ...]]
# log odds of an act that some words of an article must reach, or it tells none: of 1,392 labelled articles that give
# records the faintest is at -0.2, of 93 real dispatches about protests that do one is below -1
SEEN = -2.0


# once a process, however many coders there are; at the first article that is worth reading
@cache
def gazetteer() -> CompiledGazetteer:
    """Give the gazetteer of this process."""
    return CompiledGazetteer()


@cache
def _tagger() -> Tagger:
    from rallybook.coding.tagger import Tagger  # noqa: PLC0415 - rules alone do without its libraries

    return Tagger()


@cache
def reader() -> ActReader:
    """Give the reader of acts of this process."""
    from rallybook.coding.act_reader import ActReader  # noqa: PLC0415 - rules alone do without its libraries

    return ActReader()


class EventCoder:
    """Codes articles."""

    def __init__(
        self, *, tags: bool = True, at_least: float | None = None, own: OwnReader | None = None
    ) -> None:
        """Take whether the tagger is asked, too, the probability of an event, if not the usual ones, and a model.

        With `own` the acts are those that its codebook counts.
        """
        self._tags = tags
        self._at_least = at_least
        self._own = own

    @property
    def version(self) -> str:
        """The coder with its version."""
        own = f", codebook {self._own.model.codebook.name}" if self._own else ""
        return f"rallybook {__version__} {'tagger' if self._tags else 'rules'}{own}"

    def code(self, article: Article) -> Coded:
        """Give the records of one article; a language that cannot be read yet is a failure that says so."""
        return coded(article, self.version, self._read)

    def _read(self, reading: Reading) -> Found:
        scene = surveyed(reading) if self._tags else survey(reading, gazetteer())
        return (self._told(scene) if scene else ()), ()

    def _told(self, scene: Scene) -> tuple[Record, ...]:
        asked = reader() if self._tags and scene.triggers else None
        acts = acts_of(scene)
        if self._own:
            from rallybook.coding.own import own_records  # noqa: PLC0415 - rules alone do without its libraries

            return own_records(scene, acts, self._own, at_least=self._at_least, reader=asked)
        return records(scene, acts, at_least=self._at_least, reader=asked)


def surveyed(reading: Reading) -> Scene | None:
    """Give what is found in a reading, its mentions of acts read one by one; None where the tagger sees no act."""
    tagged = _tagger().read(reading.text, reading.article.title, sentences(reading.text))
    odds = tagged.most()
    if odds is None or odds < SEEN:
        return None
    scene = survey(reading, gazetteer(), tagged)
    return with_mentions_read(scene, reader()) if scene.triggers else scene


def coded(article: Article, by: str, told: Callable[[Reading], Found]) -> Coded:
    """Give what became of an article, of which `told` gives the records and failures where the gate lets it through.

    `by` is the coder with its version. A language that cannot be read yet is a failure that says so.
    """
    language = language_of(article)
    events: tuple[Record, ...] = ()
    failures: tuple[Failure, ...] = ()
    if language not in LANGUAGES:
        failures = (_unread(article, language),)
    elif worth_reading((reading := read(article)).text):
        events, failures = told(reading)
        if article.post:
            alone = len(events) == 1
            events = tuple(with_media(record, article, gazetteer(), alone=alone) for record in events)
    return Coded(
        id=article.id,
        published=article.published,
        language=language,
        coder=by,
        events=events,
        failures=failures,
    )


def language_of(article: Article) -> str:
    """Give the language of an article: the one that it came with, or else what it looks like."""
    return article.language or detect(article.text)


def _unread(article: Article, language: str) -> Failure:
    reason = f"language: received {language or 'undetermined'!r}, allowed: {', '.join(LANGUAGES)}"
    return Failure(article.id, "read", reason)
