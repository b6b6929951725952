"""The marks by which a told count or response belongs to an act: how near, which act, same place, same day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from rallybook.coding.assemble import Act, is_crowd, is_generic
from rallybook.coding.clauses import distance
from rallybook.coding.clues import Clue
from rallybook.coding.focus import focus_of
from rallybook.coding.scene import Scene
from rallybook.coding.tagged import steps
from rallybook.grounding.sentences import Sentence
from rallybook.model.mention import HeadCount, ResponseMention
from rallybook.model.values import FINE, WIDE, Place, Range

Told = HeadCount | ResponseMention
# sentences between a mention and an act: 97 % of the labelled measures stand within these of a mention of their act
_BACK, _AHEAD = 6, 2
# a count no higher than this and open is one of no figure: "people were arrested"
_SOME = 2
_READ = (-5.0, -4.0, -3.0, -2.0, -1.0, 0.0, 1.0, 2.0)  # log odds of the reader that make marks
_STEPS = ((0.3, "0"), (1.2, "1"), (2.2, "2"), (4.0, "4"))


class _Near(NamedTuple):
    """How an act stands to a mention: its nearest clue, sentences since (negative: ahead), clauses between."""

    number: int
    clue: Clue
    since: int
    clauses: float

    @property
    def nearness(self) -> tuple[float, float]:
        return (self.since if self.since >= 0 else 0.5 - 1.2 * self.since, self.clauses)


class Surroundings:
    """The acts of a scene by the sentences that tell them."""

    def __init__(self, scene: Scene, acts: Sequence[Act]) -> None:
        self.scene, self.acts = scene, acts
        self._told: dict[int, list[tuple[int, Clue]]] = defaultdict(list)
        for number, act in enumerate(acts):
            for clue in act.clues:
                self._told[clue.sentence.number].append((number, clue))
        self._own = [self._marks_of_act(number) for number in range(len(acts))]

    @cached_property
    def main(self) -> int:
        """The act that the article is about as a whole: its umbrella, else the first."""
        whole = (n for n, act in enumerate(self.acts) if act.place and act.place.precision in WIDE)
        return next(whole, 0)

    def pairs(self, told: Told) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Give the acts that a mention may belong to, each with the marks of the pair."""
        near = self._near(told)
        sentence = self.scene.sentence_at(told.start)
        if not near:
            yield self.main, self._marks_from_afar(told)
            return
        places, days = self._places(sentence), self._days(sentence)
        for rank, one in enumerate(near):
            yield one.number, self._marks(told, near, rank, places, days)

    def _marks_from_afar(self, told: Told) -> tuple[str, ...]:
        many = "one" if len(self.acts) == 1 else "many"
        value, exact, own = _value(told), _exact(told.count), self._own[self.main]
        far = (f"far {value}", f"far {exact}", f"far of={many}", f"far of={many} {value}", f"far {own[0]}")
        read = self._as_read(self.main, told, value)
        return ("bias", "far", f"value={value}", f"{value} {exact}", *far, *own, *read)

    def _as_read(self, number: int, told: Told, value: str) -> tuple[str, ...]:
        """Tell how sure the reader, where it was asked, is of a mention for an act, and of what it tells."""
        act = self.acts[number]
        if act.read is None:
            return ()
        role = "size" if isinstance(told, HeadCount) else "response"
        sure = steps("read", act.read.most(role, told.start, told.end), _READ)
        if act.named and (met := f"met: {value}") in act.read.columns.roles:
            sure += steps("met", act.read.most(met, *act.named), _READ)
        return (*sure, *(f"{value} {mark}" for mark in sure))

    def _near(self, told: Told) -> list[_Near]:
        """Give the acts told close by, the nearest first."""
        sentence = self.scene.sentence_at(told.start)
        best: dict[int, _Near] = {}
        for at in range(sentence.number - _BACK, sentence.number + _AHEAD + 1):
            for number, clue in self._told.get(at, ()):
                found = _Near(number, clue, sentence.number - at, self._clauses(sentence, told, clue))
                if number not in best or found.nearness < best[number].nearness:
                    best[number] = found
        return sorted(best.values(), key=lambda one: one.nearness)

    def _clauses(self, sentence: Sentence, told: Told, clue: Clue) -> float:
        """Give the clauses between a mention and a clue of the same sentence, or the place of its own it has there."""
        if clue.sentence != sentence:
            return 0.0
        text, base = self.scene.words(sentence), sentence.start
        here = (told.start - base, told.end - base)
        apart = distance(text, here, (clue.trigger.start - base, clue.trigger.end - base))
        if clue.place.here and clue.place.words:
            start, end = clue.place.words
            apart += 0.5 * distance(text, here, (start - base, end - base))
        return apart

    def _marks(
        self, told: Told, near: list[_Near], rank: int, places: list[Place], days: list[str]
    ) -> tuple[str, ...]:
        one = near[rank]
        gap = _gap(one, self.scene.sentence_at(told.start))
        step = next((name for bound, name in _STEPS if one.clauses <= bound), "5") if one.since == 0 else "-"
        side = "after" if told.start >= one.clue.trigger.start else "before"
        order = min(rank, 2)
        here = sum(other.since == 0 for other in near)
        tied = any(other.nearness == one.nearness for n, other in enumerate(near) if n != rank)
        twin = any(self._twins(one.number, other.number) for other in near[:rank])
        value, exact = _value(told), _exact(told.count)
        place, day = self._same_place(one.number, places), self._same_day(one.number, days)
        return (
            "bias",
            f"gap={gap}",
            f"gap={gap} order={order}",
            f"gap={gap} order={order} of={min(len(near), 3)}",
            f"gap={gap} {value}",
            f"order={order} {value}",
            f"step={step} {side}",
            f"step={step} order={order}",
            f"here={min(here, 3)} order={order} tied={tied}",
            f"elsewhere={here > 0 and one.since != 0}",
            f"elsewhere={here > 0 and one.since != 0} {value}",
            f"order={order} twin={twin}",
            f"twin={twin} {value}",
            f"place={place}",
            f"place={place} gap={gap}",
            f"place={place} order={order}",
            f"day={day}",
            f"day={day} order={order}",
            f"crowd={is_crowd(one.clue)} gap={gap}",
            f"generic={is_generic(one.clue)} strong={one.clue.trigger.strong}",
            f"score={round(told.score, 1)}",
            f"score={round(told.score, 1)} {value}",
            f"gap={gap} order={order} {value}",
            f"paragraph={self._holds_paragraph(one, told)} order={order}",
            f"paragraph={self._holds_paragraph(one, told)} gap={gap}",
            f"value={value}",
            f"{value} {exact}",
            f"{exact} gap={gap}",
            f"{exact} order={order}",
            *self._company(told, value),
            *self._own[one.number],
            *(f"{value} {mark}" for mark in self._own[one.number][:4]),
            *self._as_read(one.number, told, value),
        )

    def _company(self, told: Told, value: str) -> list[str]:
        """Tell which other responses stand in the same sentence, and right before and after it."""
        sentence = self.scene.sentence_at(told.start)
        here = self._actions.get(sentence.number, frozenset())
        around = frozenset().union(
            *(self._actions.get(sentence.number + step, frozenset()) for step in (-1, 1))
        )
        alone = not (here | around) - {value}
        return [
            f"{value} alone={alone}",
            *(f"{value} with {other}" for other in sorted(here - {value})),
            *(f"{value} near {other}" for other in sorted(around - here - {value})),
        ]

    @cached_property
    def _actions(self) -> dict[int, frozenset[str]]:
        found: dict[int, frozenset[str]] = {}
        for response in self.scene.responses:
            number = self.scene.sentence_at(response.start).number
            found[number] = found.get(number, frozenset()) | {response.action}
        return found

    def _holds_paragraph(self, one: _Near, told: Told) -> str:
        """Tell which acts the paragraph of a mention tells: this one, others only, none."""
        paragraph = self.scene.sentence_at(told.start).paragraph
        held = self._by_paragraph.get(paragraph, frozenset())
        return "mine" if one.number in held else "others" if held else "none"

    @cached_property
    def _by_paragraph(self) -> dict[int, frozenset[int]]:
        found: dict[int, frozenset[int]] = {}
        for number, act in enumerate(self.acts):
            for clue in act.clues:
                at = clue.sentence.paragraph
                found[at] = found.get(at, frozenset()) | {number}
        return found

    def _marks_of_act(self, number: int) -> tuple[str, ...]:
        act, published = self.acts[number], self.scene.published
        wide = "wide" if act.place and act.place.precision in WIDE else "fine"
        return (
            f"status={act.status(published)}",
            f"form={act.form}",
            f"{wide} of={'one' if len(self.acts) == 1 else 'many'}",
            f"focus={focus_of(act, self.scene)}",
            f"first={number == 0}",
            f"clues={min(len(act.clues), 4)}",
            f"strong={any(clue.trigger.strong for clue in act.clues)}",
            f"first={number == 0} {wide}",
        )

    def _twins(self, one: int, other: int) -> bool:
        """Tell whether two acts are at one place on one day."""
        mine, theirs = self.acts[one], self.acts[other]
        return mine.edtf == theirs.edtf and _same(mine.place, theirs.place)

    def _places(self, sentence: Sentence) -> list[Place]:
        found = self.scene.within(self.scene.toponyms, sentence.start, sentence.end)
        return [t.place for t in found if t.place is not None and t.place.precision in FINE]

    def _days(self, sentence: Sentence) -> list[str]:
        found = self.scene.within(self.scene.timexes, sentence.start, sentence.end)
        return [t.date.edtf for t in found if t.date.edtf and not t.vague]

    def _same_place(self, number: int, told: list[Place]) -> str:
        place = self.acts[number].place
        if not told:
            return "untold"
        return "same" if any(_same(place, other) for other in told) else "other"

    def _same_day(self, number: int, told: list[str]) -> str:
        if not told:
            return "untold"
        return "same" if self.acts[number].edtf in told else "other"


def _same(one: Place | None, other: Place | None) -> bool:
    if one is None or other is None:
        return one is other
    return (one.name, one.country) == (other.name, other.country)


def _gap(one: _Near, sentence: Sentence) -> str:
    paragraph = "" if one.clue.sentence.paragraph == sentence.paragraph else " new paragraph"
    if one.since == 0:
        return "0"
    if one.since < 0:
        return f"{one.since}{paragraph}"
    return f"{min(one.since, 4)}{paragraph}"


def _value(told: Told) -> str:
    if isinstance(told, ResponseMention):
        return told.action
    return f"{_exact(told.count)} claimed" if told.claimed_by else _exact(told.count)


def _exact(count: Range) -> str:
    if not count.known:
        return "uncounted"
    if count.high == 0:
        return "nobody"
    if count.high is None and (count.low or 0) <= _SOME:
        return "some"
    return "exact" if count.low == count.high else "open" if None in (count.low, count.high) else "vague"
