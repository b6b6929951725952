"""Everything that the taggers and grounders find in one reading, side by side."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

import msgspec

from rallybook.coding.tagged import Tagged, model_name
from rallybook.coding.tagged_counts import told_counts
from rallybook.coding.tagged_triggers import with_tagged
from rallybook.coding.triggers import triggers
from rallybook.grounding.anaphora import home_country, with_anaphora
from rallybook.grounding.dates import day_of_writing, timexes
from rallybook.grounding.gazetteer import CompiledGazetteer
from rallybook.grounding.headcounts import head_counts
from rallybook.grounding.places import Geoparser, context_place, dateline
from rallybook.grounding.response import is_likely, responses
from rallybook.grounding.sentences import Sentence, sentence_at, sentences
from rallybook.grounding.sites import sites
from rallybook.grounding.unlisted import with_unlisted
from rallybook.model.mention import HeadCount, Mention, ResponseMention, Site, Timex, Toponym, Trigger
from rallybook.model.reading import Reading
from rallybook.model.values import FINE, Place

M = TypeVar("M", bound=Mention)


class Scene(msgspec.Struct, frozen=True, kw_only=True):
    """One reading with its sentences and all mentions, each kind in the order of the text.

    `titled` are the places that only the title names at first, `home` is the place that the whole article is about,
    `nation` its country, `divisions` are those of the first level that the populated places told lie in, `dateline` is
    the place it was sent from; `published` is the day from which its words count, that of
    publication or of the dateline. `tagged` is what the tagger says, None where only rules read; beside
    it `faint_counts` and `faint_responses` are all numbers of people and responses, however little speaks for them.
    `read` is what the reader of acts says of the mentions that it was asked about, by their words.
    """

    reading: Reading
    sentences: tuple[Sentence, ...]
    triggers: tuple[Trigger, ...]
    toponyms: tuple[Toponym, ...]
    titled: tuple[Place, ...]
    sites: tuple[Site, ...]
    timexes: tuple[Timex, ...]
    head_counts: tuple[HeadCount, ...]
    responses: tuple[ResponseMention, ...]
    faint_counts: tuple[HeadCount, ...] = ()
    faint_responses: tuple[ResponseMention, ...] = ()
    home: Place | None
    nation: Place | None
    divisions: tuple[Place, ...] = ()
    dateline: Toponym | None
    published: dt.date | None
    tagged: Tagged | None = None
    read: Mapping[tuple[int, int], Tagged] = {}

    @property
    def text(self) -> str:
        """The text that all positions count in."""
        return self.reading.text

    def model(self, name: str) -> str:
        """Give the name of the linear model for this scene: with the tagger's marks, or of the rules alone."""
        return model_name(name, self.tagged)

    def read_at(self, mention: Mention) -> Tagged | None:
        """Give what the reader of acts says of a mention; None where it was not asked."""
        return self.read.get((mention.start, mention.end))

    def act_odds(self, mention: Mention) -> float | None:
        """Give the log odds of the tagger that a mention tells an act; None where it does not read it."""
        return self.tagged.act(mention.start, mention.end) if self.tagged else None

    def read_odds(self, mention: Mention) -> float | None:
        """Give the log odds of the reader of acts that a mention tells an act; None where it was not asked."""
        read = self.read_at(mention)
        return read.act(mention.start, mention.end) if read else None

    def sentence_at(self, position: int) -> Sentence:
        """Give the sentence that holds a position (the one before, where it lies between two)."""
        return sentence_at(self.sentences, position)

    def within(self, mentions: Iterable[M], start: int, end: int) -> tuple[M, ...]:
        """Give the mentions that lie inside `start:end`."""
        return tuple(m for m in mentions if start <= m.start and m.end <= end)

    def words(self, sentence: Sentence) -> str:
        """Give the words of a sentence."""
        return self.text[sentence.start : sentence.end]


def _divisions(toponyms: Iterable[Toponym], gazetteer: CompiledGazetteer) -> Iterator[Place]:
    """Give the first-level divisions in which the populated places told lie, each once."""
    towns = (t.place for t in toponyms if t.place and t.place.precision in FINE and t.place.admin1)
    for country, admin1 in dict.fromkeys((town.country, town.admin1) for town in towns):
        if (division := gazetteer.division(country, admin1)) is not None:
            yield division


def survey(reading: Reading, gazetteer: CompiledGazetteer, tagged: Tagged | None = None) -> Scene:
    """Find all mentions of a reading; `tagged` is what the tagger says of its words, if it was asked."""
    found = triggers(reading.text)
    counts = head_counts(reading, at_least=0.0) if tagged else head_counts(reading)
    done = responses(reading, at_least=0.0)
    likely = tuple(mention for mention in done if is_likely(mention.action, mention.score))
    named, titled = Geoparser(gazetteer).parsed(reading)
    home = context_place(reading, named)
    toponyms = with_unlisted(reading.text, with_anaphora(reading.text, named, home, gazetteer), gazetteer)
    return Scene(
        reading=reading,
        sentences=sentences(reading.text),
        triggers=with_tagged(reading.text, found, tagged) if tagged else found,
        toponyms=toponyms,
        titled=titled,
        sites=sites(reading, named),
        timexes=timexes(reading),
        head_counts=told_counts(counts, tagged, likely) if tagged else counts,
        responses=likely,
        faint_counts=counts if tagged else (),
        faint_responses=done if tagged else (),
        home=home,
        nation=gazetteer.country(code) if (code := home_country(named, home)) else None,
        # the models of the rules alone were not fitted with these
        divisions=tuple(_divisions(toponyms, gazetteer)) if tagged else (),
        dateline=dateline(reading, named),
        published=day_of_writing(reading),
        tagged=tagged,
    )
