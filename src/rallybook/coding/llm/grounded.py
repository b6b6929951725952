"""The values of a model's words: read by the grounders of the house, never taken from the model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

import msgspec

from rallybook.coding.estimates import joined
from rallybook.coding.records import position
from rallybook.coding.scene import Scene, survey
from rallybook.grounding.gazetteer import CompiledGazetteer
from rallybook.grounding.headcounts import head_counts
from rallybook.grounding.numbers import Quantity, quantities
from rallybook.grounding.people import people_of
from rallybook.grounding.sites import as_site
from rallybook.model.edtf import well_formed
from rallybook.model.mention import Action, HeadCount, Mention, Toponym
from rallybook.model.reading import Reading
from rallybook.model.record import EventPlace
from rallybook.model.values import FINE, Range

Offsets = tuple[int, int]
M = TypeVar("M", bound=Mention | Quantity)
_FINEST = ("site", "city", "region", "country", "unknown")


class Ground(msgspec.Struct, frozen=True):
    """What the grounders find in one reading.

    That is its scene, every number that may be a head count, every number, and where people are named without a title.
    """

    scene: Scene
    counts: tuple[HeadCount, ...]
    numbers: tuple[Quantity, ...]
    people: tuple[Offsets, ...]

    def date(self, words: Offsets, edtf: str) -> str:
        """Give the days that words stand for, in EDTF; a model's `edtf` only where no grounder reads the words."""
        timexes = _touched(self.scene.timexes, words)
        if timexes:
            widest = max(timexes, key=lambda timex: _shared((timex.start, timex.end), words))
            return widest.date.edtf
        return edtf if well_formed(edtf) else ""

    def place(self, words: Offsets, name: Offsets | None) -> EventPlace:
        """Give the place at some words, or else at the name of the place that they lie in; without its text."""
        here = _finest(_touched(self.scene.toponyms, words))
        place = here.place if here else None
        if here and place and place.precision in FINE and self._names_a_spot(words, here):
            place = as_site(place)
        if place is None and name and (around := _finest(_touched(self.scene.toponyms, name))):
            place = around.place
            if place and name != words and place.precision in FINE:
                place = as_site(place)
        return position(place)

    def _names_a_spot(self, words: Offsets, toponym: Toponym) -> bool:
        longer = (site for site in self.scene.sites if site.end - site.start > toponym.end - toponym.start)
        return bool(_touched(longer, words))

    def is_person(self, words: Offsets) -> bool:
        """Tell whether words are the name of a person who has no office, with or without more about them."""
        text = self.scene.text
        return any(
            start <= words[0] < end and (words[1] <= end or text[end] in ",(") for start, end in self.people
        )

    def size(self, words: Offsets) -> Range:
        """Give the head count whose number stands in the words."""
        inside = self._numbers(words)
        counts = [count for count in _touched(self.counts, words) if _holds(count, inside)]
        return joined([one.count for one in counts or inside])

    def harmed(self, words: Offsets, action: Action) -> Range:
        """Give how many people words say were arrested, injured or killed."""
        # that there were none is told as the action "none", and needs no number
        meant = ("arrests", "none") if action == "arrests" else (action,)
        responses = [one for one in _touched(self.scene.responses, words) if one.action in meant]
        none = [one.count for one in responses if one.count.low == 0]
        inside = self._numbers(words)
        told = [one.count for one in responses if one.count.known and inside]
        return joined(told or none or [quantity.count for quantity in inside])

    def _numbers(self, words: Offsets) -> list[Quantity]:
        # "more than" may stand before the words that were copied
        return [q for q in self.numbers if words[0] <= q.core and q.end <= words[1] and not q.year]


def ground(reading: Reading, gazetteer: CompiledGazetteer) -> Ground:
    """Give what the grounders find in a reading."""
    # the words say which numbers are meant, so that even an improbable one is worth having
    return Ground(
        survey(reading, gazetteer),
        head_counts(reading, at_least=0.0),
        quantities(reading.text),
        tuple(_named_people(reading.text)),
    )


def _named_people(text: str) -> Iterator[Offsets]:
    tokens, people = people_of(text)
    for person in dict.fromkeys(people.at(number) for number in range(len(tokens))):
        if person and not person.titled:
            yield tokens.words[person.first].start, tokens.words[person.last].end


def _touched(mentions: Iterable[M], words: Offsets) -> list[M]:
    return [mention for mention in mentions if mention.start < words[1] and words[0] < mention.end]


def _holds(mention: Mention, numbers: Iterable[Quantity]) -> bool:
    return any(mention.start <= number.core and number.end <= mention.end for number in numbers)


def _shared(one: Offsets, other: Offsets) -> int:
    return min(one[1], other[1]) - max(one[0], other[0])


def _finest(toponyms: Sequence[Toponym]) -> Toponym | None:
    """Give the toponym of the smallest place, the first of equals; None where none is resolved."""
    resolved = [(_FINEST.index(t.place.precision), t.start, t) for t in toponyms if t.place]
    return min(resolved, key=lambda ranked: ranked[:2])[2] if resolved else None
