"""The reports of one event as voices: copies, and posts of one author, speak once, an older version not at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple, TypeVar

import msgspec

from rallybook.model.copies import CopyGroup
from rallybook.model.event import Report
from rallybook.model.record import Form, ResponseAction, Status
from rallybook.model.values import Precision
from rallybook.sheets import read_sheet

Value = TypeVar("Value")


class FormRule(msgspec.Struct, frozen=True):
    """Which form is generic, and what share of its voices a more specific one needs."""

    generic: Form
    share: float


class StatusRule(msgspec.Struct, frozen=True):
    """The statuses that are outcomes, and those that are only expected or denied, in the order of their rank."""

    outcomes: tuple[Status, ...]
    expected: tuple[Status, ...]


class PlaceRule(msgspec.Struct, frozen=True):
    """The precisions from the most exact on, and how far apart two points of one place are at most."""

    precision: tuple[Precision, ...]
    point_km: float


class ListRule(msgspec.Struct, frozen=True):
    """From which share of words on two phrases are one, and how many a field has at most."""

    near_repeat: float
    longest: dict[str, int]


class ResponseRule(msgspec.Struct, frozen=True):
    """The action that says that nothing was done, and what it yields to."""

    none: ResponseAction
    yields_to: tuple[ResponseAction, ...]


class ConfidenceRule(msgspec.Struct, frozen=True):
    """The probability of a record that tells none, and the highest of an event."""

    untold: float
    most: float


class Rules(msgspec.Struct, frozen=True):
    """The rules of consolidation.yaml, which says what each is for."""

    version: int
    form: FormRule
    status: StatusRule
    place: PlaceRule
    lists: ListRule
    response: ResponseRule
    confidence: ConfidenceRule
    counters: dict[str, tuple[str, ...]]


@cache
def rules() -> Rules:
    """Give the rules of consolidation."""
    data = read_sheet(files("rallybook.linking").joinpath("data/consolidation.yaml").read_text("utf-8"))
    return msgspec.convert(data, Rules)


class Voice(msgspec.Struct, frozen=True):
    """One report with its copies, or all posts of one author with theirs, in the order of publication."""

    reports: tuple[Report, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """The record ids."""
        return tuple(report.record.id for report in self.reports)

    @property
    def published(self) -> dt.date:
        """The day of the first publication; the first day of the calendar where it is not known."""
        return self.reports[0].published or dt.date.min


def voices(reports: Iterable[Report], copies: Iterable[CopyGroup] = ()) -> tuple[Voice, ...]:
    """Give the voices of some reports, the first published first; their order of coming in is of no account.

    An article that a newer version superseded is left out, unless nothing else tells the event. A copy speaks with its
    original, whoever posted it, and what an author says in several posts is said once.
    """
    groups = tuple(copies)
    original = {article: group.original for group in groups for article in group.articles}
    newer = {older: latest for group in groups for older, latest in group.superseded.items()}
    ordered = sorted({one.record.id: one for one in sorted(reports, key=age)}.values(), key=age)
    told = {report.article for report in ordered}
    current = [report for report in ordered if newer.get(report.article) not in told] or ordered
    author = {report.article: report.author for report in ordered}
    by_speaker: dict[tuple[str, str], list[Report]] = {}
    for report in current:
        origin = original.get(report.article, report.article)
        who = author.get(origin, "")
        by_speaker.setdefault((who, "" if who else origin), []).append(report)
    return tuple(Voice(tuple(members)) for members in by_speaker.values())


def age(report: Report) -> tuple[dt.date, str, str, bytes]:
    """Give what reports are ordered by: the publication, then the ids; the rest only where these are the same."""
    return (
        report.published or dt.date.max,
        report.article,
        report.record.id,
        msgspec.json.encode(report.record),
    )


class Choice(msgspec.Struct, frozen=True):
    """A value that some voices tell, and the records in which they do."""

    value: Any
    voices: int
    latest: dt.date
    support: tuple[str, ...]


def choices(told: Sequence[Voice], value_of: Callable[[Report], Value | None]) -> list[Choice]:
    """Give each value that is told (None: not told), most voices first, then the latest; at last by its text."""
    by_value: dict[Value, list[tuple[Voice, str]]] = {}
    for voice in told:
        for report in voice.reports:
            if (value := value_of(report)) is not None:
                by_value.setdefault(value, []).append((voice, report.record.id))
    found = [
        Choice(
            value,
            len({voice.ids for voice, _ in tellers}),
            max(voice.published for voice, _ in tellers),
            tuple(record for _, record in tellers),
        )
        for value, tellers in by_value.items()
    ]
    return sorted(found, key=lambda one: (-one.voices, -one.latest.toordinal(), str(one.value)))


class Consolidated(NamedTuple):
    """A value, and the ids of the records that tell it."""

    value: Any
    support: tuple[str, ...]
