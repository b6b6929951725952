"""Which of the article's time expressions dates this act."""

from __future__ import annotations

import datetime as dt

import msgspec

from rallybook.coding.date_choices import date_choices
from rallybook.coding.inferred_weeks import dated
from rallybook.coding.lengths import lasting
from rallybook.coding.linear import score, shares
from rallybook.coding.scene import Scene
from rallybook.model.edtf import DAY
from rallybook.model.mention import Timex, Trigger
from rallybook.model.record import Status


class Dated(msgspec.Struct, frozen=True):
    """When an act took place, the expression that says so, and the share of the choice among all choices.

    `here`: the sentence of the trigger tells it.
    """

    edtf: str
    timex: Timex | None = None
    here: bool = False
    share: float = 0.0


def event_date(scene: Scene, trigger: Trigger, status: Status) -> Dated:
    """Give the date of the act named by `trigger`; its EDTF is empty where the article gives no hold."""
    choices = date_choices(scene, trigger, status)
    found = shares([score(scene.model("date"), choice.marks) for choice in choices])
    best = max(range(len(choices)), key=lambda n: found[n])
    choice = choices[best]
    timex = choice.timex
    sentence = scene.sentence_at(trigger.start)
    here = timex is not None and sentence.start <= timex.start < sentence.end
    edtf = choice.edtf if timex is None or choice.last else dated(timex, status, scene.published)
    return Dated(_stretched(scene, trigger, status, edtf) if here else edtf, timex, here, found[best])


def _stretched(scene: Scene, trigger: Trigger, status: Status, edtf: str) -> str:
    """Give the stretch for a day that the sentence tells a length beside ("ended a two-day walkout on Friday")."""
    if not DAY.fullmatch(edtf):
        return edtf
    stretch = lasting(scene, trigger, dt.date.fromisoformat(edtf), status)
    return "/".join(day.isoformat() for day in stretch) if stretch else edtf
