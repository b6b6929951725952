"""Places: every name of a place in an article with the one place that it stands for."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import NamedTuple

import msgspec

from rallybook.grounding.containment import with_divisions, with_owners
from rallybook.grounding.datelines import is_dashed, is_headed
from rallybook.grounding.doubts import decide, mention_of
from rallybook.grounding.gazetteer import CompiledGazetteer, fold
from rallybook.grounding.outlets import homes
from rallybook.grounding.place_rules import place_rules
from rallybook.grounding.seats import described
from rallybook.grounding.senses import sense_key, senses_of, support_of
from rallybook.grounding.support import Support
from rallybook.grounding.surroundings import Named
from rallybook.grounding.toponyms import scan
from rallybook.model.mention import Toponym
from rallybook.model.reading import Reading
from rallybook.model.values import FINE, Place

_AFTER_COMMA = re.compile(r",\s((?:[A-Z]\.\s?){2,3}|[A-Z][a-z]{1,4}\.|[A-Z]{2,3}\b|W\.\s?Va\.)")
_DEMONYM_SCORE = 0.9
_TITLE_VOTES, _LEAD_CHARACTERS, _DATELINE_VOTES = 2.0, 300, 2.0
_VOTES = {"site": 1.0, "city": 1.2, "region": 0.8, "country": 0.6, "unknown": 0.0}


class Parsed(NamedTuple):
    """The names of places in a text, and the places of a title that the text does not open with."""

    toponyms: tuple[Toponym, ...]
    titled: tuple[Place, ...]


class Geoparser:
    """Recognises and resolves names of places; keeps nothing between articles but the gazetteer's cache."""

    def __init__(self, gazetteer: CompiledGazetteer) -> None:
        self._gazetteer = gazetteer

    def toponyms(self, reading: Reading) -> tuple[Toponym, ...]:
        """Give all names of places of a text, as `parsed` does."""
        return self.parsed(reading).toponyms

    def parsed(self, reading: Reading) -> Parsed:
        """Give all names of places in order; `place` is None where the name is no place or none is good enough.

        Adjectives and nouns of people ("Bolivian", "Parisians") support the context and come without a place,
        because nothing happens at them. Capitals and seats that the text describes come with theirs ("the
        Sudanese capital", "parliament" after "outside").
        """
        names, places, support, titled = self._resolved(reading)
        answers = [
            msgspec.structs.replace(toponym, place=None) if name.veto == "demonym" else toponym
            for name, toponym in places
        ]
        best = {name.start: toponym.place for name, toponym in places if toponym.place is not None}
        taken = {at for t in answers if t.place is not None for at in range(t.start, t.end)}
        answers.extend(
            seat
            for seat in described(reading.text, names, best, support, self._gazetteer)
            if taken.isdisjoint(range(seat.start, seat.end))
        )
        return Parsed(tuple(sorted(answers, key=lambda t: (t.start, t.end))), titled)

    def names(self, reading: Reading) -> tuple[Toponym, ...]:
        """Give the names only, as a geoparser does: adjectives with the place that they are derived from."""
        return tuple(toponym for _, toponym in self._resolved(reading)[1])

    def _resolved(
        self, reading: Reading
    ) -> tuple[list[Named], list[tuple[Named, Toponym]], Support, tuple[Place, ...]]:
        found = scan(reading.text, self._gazetteer)
        names = [_with_division(name, self._gazetteer) for name in found.names]
        names = _with_abbreviations(reading.text, names, self._gazetteer)
        home = homes(reading.article, self._gazetteer)
        context = self._context(reading)
        senses = senses_of(reading.text, names, context, home)
        support = support_of(senses)
        answers = []
        for name in names:
            sense = senses.get(sense_key(name))
            if sense is None or name.veto not in ("", "demonym"):
                answers.append((name, mention_of(name, None)))
            elif name.veto:
                answers.append((name, mention_of(name, sense.places[sense.best], _DEMONYM_SCORE)))
            else:
                answers.append((name, decide(name, sense, found.surnames, support)))
        owned = list(with_owners(reading.text, [toponym for _, toponym in answers]))
        lying = with_divisions(reading.text, owned, self._gazetteer)
        answers = list(zip(names, lying, strict=True))
        told = [
            decide(name, senses[sense_key(name)], found.surnames, support).place
            for name in context
            if not name.veto and sense_key(name) in senses
        ]
        return names, answers, support, tuple(place for place in told if place is not None)

    def _context(self, reading: Reading) -> list[Named]:
        title = reading.article.title
        return list(scan(title, self._gazetteer).names) if title and title not in reading.text[:400] else []


def _with_division(name: Named, gazetteer: CompiledGazetteer) -> Named:
    """Add the division in which a city of this name lies, where the words ask for it ("Irkutsk region")."""
    if name.wanted != "ADM1" or name.veto or any(p.feature == "ADM1" for p in name.places):
        return name
    divisions = tuple(
        division
        for place in name.places[:3]
        if place.population >= 50_000 and (division := gazetteer.division(place.country, place.admin1))
    )
    return msgspec.structs.replace(name, places=(*divisions, *name.places))


def _with_abbreviations(text: str, names: list[Named], gazetteer: CompiledGazetteer) -> list[Named]:
    """Add the states written short after a comma ("Chico, Calif.")."""
    rules = place_rules()
    added = []
    for name in names:
        match = _AFTER_COMMA.match(text, name.end)
        if not match or name.veto == "person":
            continue
        codes = rules.after_comma.get(match[1].strip().rstrip("."), ())
        places = tuple(p for code in codes if (p := gazetteer.division(*code.split("."))))
        if places:
            start = match.start(1)
            end = start + len(match[1].rstrip())
            added.append(
                Named(
                    start=start,
                    end=end,
                    text=text[start:end],
                    first=-1,
                    last=-1,
                    places=places,
                    anchored=True,
                )
            )
    if not added:
        return names
    taken = {at for a in added for at in range(a.start, a.end)}
    kept = [n for n in names if n.start not in taken]
    return sorted([*kept, *added], key=lambda n: n.start)


def dateline(reading: Reading, toponyms: tuple[Toponym, ...]) -> Toponym | None:
    """Give the place in the dateline ("LONDON (Reuters) -", "MANDYA: Farmers"), None where the text has none."""
    for toponym in toponyms[:6]:
        if toponym.place is None:
            continue
        where = toponym.start, toponym.end
        fine = toponym.place.precision in FINE
        if is_dashed(reading.text, *where) or (fine and is_headed(reading.text, *where)):
            return toponym
    return None


def context_place(reading: Reading, toponyms: tuple[Toponym, ...]) -> Place | None:
    """Give the place that the whole article is about, None where it names none."""
    votes: dict[Place, float] = defaultdict(float)
    title = f" {fold(reading.article.title)} "
    for toponym in toponyms:
        place = toponym.place
        if place is None:
            continue
        votes[place] += _VOTES[place.precision] * (2.0 if toponym.start < _LEAD_CHARACTERS else 1.0)
        if f" {fold(toponym.text)} " in title:
            votes[place] += _TITLE_VOTES
    line = dateline(reading, toponyms)
    if line is not None and line.place is not None:
        votes[line.place] += _DATELINE_VOTES
    return max(votes, key=votes.__getitem__) if votes else None
