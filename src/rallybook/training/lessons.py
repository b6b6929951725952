"""Questions with their right answers, drawn from labelled articles: which place, which day, which act is one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from rallybook.coding.confidence import Field, field_marks
from rallybook.coding.coreference import acts_of
from rallybook.coding.date_choices import date_choices
from rallybook.coding.focus import focus_marks
from rallybook.coding.linear import probability, score
from rallybook.coding.measures import measures
from rallybook.coding.place_choices import Whereabouts
from rallybook.coding.plausibility import features
from rallybook.coding.records import records
from rallybook.coding.status_choices import status_choices, status_of
from rallybook.evaluation import dates, places
from rallybook.evaluation.fields import fields
from rallybook.evaluation.labelled import (
    Labelled,
    LabelledDate,
    as_labelled,
    placed,
)
from rallybook.evaluation.pairing import pairs
from rallybook.training.corpus import Lesson

Choice = tuple[tuple[str, ...], bool]


class Question(NamedTuple):
    """The choices for one trigger of an article, and the part of the corpus that it belongs to."""

    file: str
    fold: int
    choices: tuple[Choice, ...]


class Answer(NamedTuple):
    """The marks of one assembled act, and whether a gold record stands for it (None: the coders differ)."""

    file: str
    fold: int
    marks: tuple[str, ...]
    right: bool | None
    focus_marks: tuple[str, ...] = ()
    focal: bool | None = None
    values: dict[Field, Choice] = {}  # noqa: RUF012 - a tuple's default, never changed


class Reread(NamedTuple):
    """An article as it is coded with the models at hand: its records, and an answer for each."""

    lesson: Lesson
    predicted: tuple[Labelled, ...]
    answers: tuple[Answer, ...]

    def above(self, bound: float) -> tuple[Labelled, ...]:
        """Give the records whose act is an event with at least this probability, as told by its fold's model."""
        model = f"act {self.lesson.fold}"
        sure = [probability(score(model, answer.marks)) for answer in self.answers]
        return tuple(record for record, p in zip(self.predicted, sure, strict=True) if p >= bound)


def place_questions(corpus: Iterable[Lesson]) -> list[Question]:
    """Give, for each trigger that tells a gold record, the choices of place."""
    found = []
    for lesson in corpus:
        whereabouts = Whereabouts(lesson.scene)
        for trigger, numbers in zip(lesson.scene.triggers, lesson.told, strict=True):
            gold = [lesson.gold[n] for n in numbers]
            if gold:
                choices = tuple(
                    (choice.marks, any(places.right(g, placed(choice.place)) for g in gold))
                    for choice in whereabouts.choices(trigger)
                )
                found.append(Question(lesson.file, lesson.fold, choices))
    return found


def date_questions(corpus: Iterable[Lesson]) -> list[Question]:
    """Give, for each trigger that tells a gold record, the choices of date."""
    found = []
    for lesson in corpus:
        scene = lesson.scene
        for trigger, numbers in zip(scene.triggers, lesson.told, strict=True):
            gold = [lesson.gold[n] for n in numbers]
            if not gold:
                continue
            status = status_of(scene, trigger)
            choices = tuple(
                (choice.marks, any(dates.right(g, Labelled(date=LabelledDate(choice.edtf))) for g in gold))
                for choice in date_choices(scene, trigger, status)
            )
            found.append(Question(lesson.file, lesson.fold, choices))
    return found


def status_questions(corpus: Iterable[Lesson]) -> list[Question]:
    """Give, for each trigger that tells a gold record, the choices of status."""
    found = []
    for lesson in corpus:
        for trigger, numbers in zip(lesson.scene.triggers, lesson.told, strict=True):
            gold = {lesson.gold[n].status for n in numbers}
            if gold:
                choices = tuple((m, status in gold) for status, m in status_choices(lesson.scene, trigger))
                found.append(Question(lesson.file, lesson.fold, choices))
    return found


def reread(lesson: Lesson) -> Reread:
    """Code an article with the models at hand and tell which of its acts a gold record stands for."""
    acts = acts_of(lesson.scene)
    told = measures(lesson.scene, acts)
    predicted = tuple(as_labelled(record) for record in records(lesson.scene, acts, at_least=0.0))
    paired = {column: lesson.gold[row] for row, column in pairs(lesson.gold, predicted)}
    answers = []
    for number in range(len(acts)):
        gold = paired.get(number)
        right = None if gold is not None and gold.optional else gold is not None
        marks = tuple(features(lesson.scene, acts, told, number))
        focal = None if gold is None else gold.focus == "focal"
        told_as = focus_marks(acts[number], lesson.scene)
        values = (
            {}
            if gold is None
            else _values(field_marks(lesson.scene, acts[number], told[number]), gold, predicted[number])
        )
        answers.append(Answer(lesson.file, lesson.fold, marks, right, told_as, focal, values))
    return Reread(lesson, predicted, tuple(answers))


def _values(marks: dict[Field, tuple[str, ...]], gold: Labelled, predicted: Labelled) -> dict[Field, Choice]:
    """Give for each field its marks, and whether its value is right."""
    right = fields(gold, predicted)
    return {field: (own, right[field] == 1.0) for field, own in marks.items() if field in right}
