"""From acts to records: each value with the words that prove it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

import msgspec

from rallybook.coding.act_forms import form_of
from rallybook.coding.arguments import Arguments, arguments
from rallybook.coding.assemble import Act
from rallybook.coding.clearest import clearest
from rallybook.coding.confidence import confidence, event_probability
from rallybook.coding.focus import focus_of
from rallybook.coding.linear import score
from rallybook.coding.measures import Measures, measures
from rallybook.coding.mentions_read import Reader, ask
from rallybook.coding.plausibility import features
from rallybook.coding.read_roles import read_arguments
from rallybook.coding.scene import Scene
from rallybook.coding.tagged import Tagged
from rallybook.coding.verdicts import is_named, verdicts
from rallybook.model.reading import Reading
from rallybook.model.record import EventDate, EventPlace, Harm, Record, Response, Size
from rallybook.model.values import WIDE, Place

Offsets = tuple[int, int]
# an act is given where it is likelier an event, told by no other record, than not
LIKELY = 0.5
# by the rules alone an act told by a word that says protest by itself counts sooner than one that only the words around
# it tell: in a cross-validation the F1 of events found is flat from .35 to .50, and the example article and its
# variants come out whole so
LIKELY_BY_RULES, LIKELY_UNNAMED_BY_RULES = 0.39, 0.47
# readings of an act beside the first, 20 ms each; of the acts of our own articles one in 17 has such a mention
_AGAIN = 2


class Proof:
    """Collects the spans of a record's values and gives their words as the article has them."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self.spans: dict[str, tuple[Offsets, ...]] = {}

    def words(self, path: str, stretches: Iterable[Offsets]) -> tuple[str, ...]:
        """Give the words of some stretches of the reading, and keep their spans for the field `path`."""
        found = [self._reading.span(start, end) for start, end in stretches]
        if found:
            self.spans[path] = tuple((span.start, span.end) for span in found)
        return tuple(span.words for span in found)

    def word(self, path: str, stretch: Offsets | None) -> str:
        """Give the words of one stretch, empty where there is none, and keep their span."""
        return next(iter(self.words(path, (stretch,) if stretch else ())), "")


def records(
    scene: Scene, acts: Sequence[Act], *, at_least: float | None = None, reader: Reader | None = None
) -> tuple[Record, ...]:
    """Give the records of the acts of a scene that are events with this probability, in their order.

    Without one the bounds are those at which most events are right and fewest are missed. `reader` reads each of these
    acts alone before its values are told.
    """
    kept = likely(scene, acts, at_least)
    if reader:
        read_alone(scene, [act for act, _ in kept], reader)
    return recorded(scene, kept)


def read_alone(scene: Scene, acts: Iterable[Act], reader: Reader) -> None:
    """Have each act read alone, at its clearest mention, and at others beside which a head count is told."""
    for act in acts:
        act.named = named(scene, act)
        act.read = ask(scene, act.named, reader)
        again = _counted_mentions(scene, act, act.named)
        act.read_again = tuple(ask(scene, words, reader) for words in again)


def _counted_mentions(scene: Scene, act: Act, named: Offsets) -> list[Offsets]:
    """Give a mention of an act in each other sentence that tells a head count, the first two."""
    found: dict[int, Offsets] = {}
    asked = scene.sentence_at(named[0]).number
    counted = {scene.sentence_at(count.start).number for count in scene.head_counts} - {asked}
    for clue in act.clues:
        if clue.sentence.number in counted:
            found.setdefault(clue.sentence.number, (clue.trigger.start, clue.trigger.end))
    return list(found.values())[:_AGAIN]


def recorded(scene: Scene, kept: Sequence[tuple[Act, float]]) -> tuple[Record, ...]:
    """Give the records of acts, each of which is an event with the probability beside it."""
    # what was told of an act that is left out belongs to one of the others
    told = measures(scene, [act for act, _ in kept])
    return tuple(
        _record(scene, act, told[number], number, confidence(scene, act, told[number], sure))
        for number, (act, sure) in enumerate(kept)
    )


def likely(scene: Scene, acts: Sequence[Act], at_least: float | None) -> tuple[tuple[Act, float], ...]:
    """Give the acts that are events with this probability, or with the usual ones, each with its own."""
    odds = event_odds(scene, acts)
    sure = verdicts(scene, acts, odds) if scene.tagged else [event_probability(scene, one) for one in odds]
    return tuple((act, p) for act, p in zip(acts, sure, strict=True) if p >= _bound(scene, act, at_least))


def event_odds(scene: Scene, acts: Sequence[Act]) -> list[float]:
    """Give the log odds of the model of acts that each of the acts of a scene is an event."""
    told = measures(scene, acts)
    model = scene.model("act")
    return [score(model, features(scene, acts, told, number)) for number in range(len(acts))]


def _bound(scene: Scene, act: Act, at_least: float | None) -> float:
    if at_least is not None:
        return at_least
    if scene.tagged:
        return LIKELY
    return LIKELY_BY_RULES if is_named(scene, act) else LIKELY_UNNAMED_BY_RULES


def _record(scene: Scene, act: Act, told: Measures, number: int, sure: dict[str, float]) -> Record:
    proof = Proof(scene.reading)
    who = _arguments(scene, act)
    best = clearest(scene, act)
    place = position(act.place)
    return Record(
        id=_identity(scene, act, number),
        form=form_of(scene, act),
        status=act.status(scene.published),
        focus=focus_of(act, scene),
        umbrella=bool(act.place and act.place.precision in WIDE),
        date=EventDate(act.edtf, proof.word("date.text", _timex_words(act))),
        place=msgspec.structs.replace(place, text=proof.word("place.text", act.located.words)),
        size=Size(proof.word("size.text", told.size_words), told.size.low, told.size.high),
        participants=proof.words("participants", who.participants),
        organisers=proof.words("organisers", who.organisers),
        targets=proof.words("targets", who.targets),
        claims=proof.words("claims", who.claims),
        response=Response(told.actions, told.arrests),
        harm=Harm(told.injured, told.killed),
        trigger=proof.word("trigger", (best.trigger.start, best.trigger.end)),
        quote=proof.word("quote", (best.sentence.start, best.sentence.end)),
        spans=proof.spans | proof_of_response(scene.reading, told),
        confidence=sure,
    )


def proof_of_response(reading: Reading, told: Measures) -> dict[str, tuple[Offsets, ...]]:
    """Give the spans of the words that tell the response and the harm."""
    found: dict[str, tuple[Offsets, ...]] = {}
    for path, stretches in told.proof.items():
        spans = [reading.span(start, end) for start, end in stretches]
        found[path] = tuple((span.start, span.end) for span in spans)
    return found


def position(place: Place | None) -> EventPlace:
    """Give a place as a record has it, without its words; empty for a name that nothing places."""
    if place is None or place.precision == "unknown":
        return EventPlace()
    return EventPlace(
        name=place.name, country=place.country, lat=place.lat, lon=place.lon, precision=place.precision
    )


def _timex_words(act: Act) -> Offsets | None:
    timex = act.dated.timex
    return (timex.start, timex.end) if timex else None


def named(scene: Scene, act: Act) -> Offsets:
    """Give the words that name an act at its clearest mention."""
    trigger = clearest(scene, act).trigger
    return trigger.start, trigger.end


def _arguments(scene: Scene, act: Act) -> Arguments:
    """Give who took part, called for it, was addressed, and what for, from all mentions of the act."""
    if act.read:
        spots = (*(one for one in scene.toponyms if one.place), *scene.sites)
        places = tuple((one.start, one.end) for one in spots)
        return read_arguments(scene.text, act.read, _other_readings(scene, act), places=places)
    fields: dict[str, dict[str, Offsets]] = {name: {} for name in Arguments.__struct_fields__}
    for clue in act.clues:
        sentence = (clue.sentence.start, clue.sentence.end)
        found = arguments(scene.text, sentence, (clue.trigger.start, clue.trigger.end))
        for name, known in fields.items():
            for start, end in getattr(found, name):
                known.setdefault(scene.text[start:end].lower(), (start, end))
    return Arguments(**{name: tuple(known.values()) for name, known in fields.items()})


def _other_readings(scene: Scene, act: Act) -> list[Tagged]:
    """Give what the reader says of an act at the mentions beside its clearest one that it was asked about."""
    words = dict.fromkeys((clue.trigger.start, clue.trigger.end) for clue in act.clues)
    return [scene.read[one] for one in words if one in scene.read and one != act.named]


def _identity(scene: Scene, act: Act, number: int) -> str:
    trigger = act.clues[0].trigger
    facts = f"{scene.reading.article.id}\x1f{trigger.start}\x1f{trigger.end}\x1f{number}"
    return hashlib.sha256(facts.encode("utf-8", "surrogatepass")).hexdigest()[:16]
