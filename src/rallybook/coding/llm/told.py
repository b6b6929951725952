"""From what a model tells to a record: its labels, the words that the text proves, and our own values for them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import msgspec

from rallybook.coding.llm.answer import ToldEvent
from rallybook.coding.llm.grounded import Ground
from rallybook.coding.llm.proof import Locator, Offsets
from rallybook.coding.records import Proof
from rallybook.errors import RallybookError
from rallybook.model.mention import CountedAction
from rallybook.model.record import (
    RESPONSE_ACTIONS,
    EventDate,
    EventPlace,
    Harm,
    Record,
    Response,
    ResponseAction,
    Size,
)
from rallybook.model.values import FINE, Range

_PATHS: dict[CountedAction, str] = {
    "arrests": "response.arrests",
    "injured": "harm.injured",
    "killed": "harm.killed",
}
_SHOWN = 80


class ProofError(RallybookError):
    """A record whose own words do not stand in the text."""


class _Reading:
    """Makes one record; every value goes through `_found` before it comes in."""

    def __init__(self, ground: Ground, told: ToldEvent) -> None:
        self._ground = ground
        self._told = told
        self._locator = Locator(ground.scene.reading)
        self.proof = Proof(ground.scene.reading)
        self.quote = self._needed("quote", told.quote)
        self.trigger = self._needed("trigger", told.trigger)
        if not (self.quote[0] <= self.trigger[0] and self.trigger[1] <= self.quote[1]):
            raise ProofError(_refusal("trigger", told.trigger, "words inside the quote"))

    def _needed(self, name: str, words: str) -> Offsets:
        place = self._found(words)
        if place is None:
            raise ProofError(_refusal(name, words, "words that stand in the text"))
        return place

    def _found(self, words: str) -> Offsets | None:
        return self._locator.find(words, getattr(self, "quote", None))

    def list(self, path: str, told: Iterable[str]) -> tuple[str, ...]:
        """Give those of some values that stand in the text, each once."""
        places = dict.fromkeys(place for words in told if (place := self._found(words)))
        return self.proof.words(path, places)

    def participants(self) -> tuple[str, ...]:
        """Give who took part; people are never named for that alone."""
        places = (place for words in self._told.participants if (place := self._found(words)))
        return self.proof.words(
            "participants", dict.fromkeys(place for place in places if not self._ground.is_person(place))
        )

    def date(self) -> EventDate:
        """Give the date, empty without words for it."""
        place = self._found(self._told.date_words)
        if place is None:
            return EventDate()
        return EventDate(self._ground.date(place, self._told.date_edtf), self.proof.word("date.text", place))

    def place(self) -> EventPlace:
        """Give the place, without a position where the geoparser resolves none."""
        name = self._found(self._told.place_name)
        words = self._found(self._told.place_words) or name
        if words is None:
            return EventPlace()
        text = self.proof.word("place.text", words)
        return msgspec.structs.replace(self._ground.place(words, name), text=text)

    def size(self) -> Size:
        """Give the head count, empty where the words hold no number that can be read."""
        place = self._found(self._told.size_words)
        count = self._ground.size(place) if place else Range()
        if not count.known:
            return Size()
        return Size(self.proof.word("size.text", place), count.low, count.high)

    def people(self, action: CountedAction, words: str) -> Range:
        """Give how many were arrested, injured or killed."""
        place = self._found(words)
        count = self._ground.harmed(place, action) if place else Range()
        if count.known:
            self.proof.word(_PATHS[action], place)
        return count

    def actions(self) -> tuple[ResponseAction, ...]:
        """Give the actions that are told with words of the text, in the codebook's order."""
        places = {one.action: place for one in self._told.response if (place := self._found(one.words))}
        self.proof.words("response.actions", dict.fromkeys(places.values()))
        return tuple(action for action in RESPONSE_ACTIONS if action in places)


def record(ground: Ground, told: ToldEvent) -> Record:
    """Give the record of one told event; raises `ProofError` where its quote or trigger is not in the text."""
    made = _Reading(ground, told)
    place = made.place()
    trigger = made.proof.word("trigger", made.trigger)
    quote = made.proof.word("quote", made.quote)
    return Record(
        id=_identity(ground, told, made.trigger, place),
        form=told.form,
        status=told.status,
        focus=told.focus,
        # an action as a whole has no single city
        umbrella=told.umbrella and place.precision not in FINE,
        date=made.date(),
        place=place,
        size=made.size(),
        participants=made.participants(),
        organisers=made.list("organisers", told.organisers),
        targets=made.list("targets", told.targets),
        claims=made.list("claims", told.claims),
        response=Response(made.actions(), made.people("arrests", told.arrests_words)),
        harm=Harm(made.people("injured", told.injured_words), made.people("killed", told.killed_words)),
        trigger=trigger,
        quote=quote,
        spans=made.proof.spans,
    )


def _identity(ground: Ground, told: ToldEvent, trigger: Offsets, place: EventPlace) -> str:
    article = ground.scene.reading.article.id
    facts = "\x1f".join((article, *map(str, trigger), told.form, told.date_words, place.text, place.name))
    return hashlib.sha256(facts.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _refusal(name: str, words: str, allowed: str) -> str:
    line = " ".join(words.split())
    shown = line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"
    return f"{name}: received {shown!r}, allowed: {allowed}"
