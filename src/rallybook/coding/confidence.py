"""How likely the values of a record are right, given that it is an event: a small linear model for each field."""

from __future__ import annotations

from typing import Literal

from rallybook.coding.assemble import Act
from rallybook.coding.linear import models, probability, score
from rallybook.coding.measures import Measures
from rallybook.coding.scene import Scene
from rallybook.coding.tagged import steps

Field = Literal["form", "status", "date", "place", "size"]
FIELDS: tuple[Field, ...] = ("form", "status", "date", "place", "size")
_DIGITS = 3
_SHARES = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98)
_LOGS = (-4.0, -3.0, -2.0, -1.2, -0.7, -0.35, -0.1, -0.03)


def confidence(scene: Scene, act: Act, told: Measures, event: float) -> dict[str, float]:
    """Give the probability that the record is an event (`event`, as given), and of each field that it is right."""
    found = {"record": event}
    for field, marks in field_marks(scene, act, told).items():
        found[field] = probability(score(scene.model(f"right {field}"), marks))
    return {name: round(value, _DIGITS) for name, value in found.items()}


def event_probability(scene: Scene, log_odds: float) -> float:
    """Give the probability that an act is an event from the log odds of its model.

    The model is surer of whole news articles than it is right: in cross-validation those (`train`, `written`) say by
    how much (Platt 1999; `rallybook.training.acts` fits it). Beside the tagger it is what `verdicts` begins with.
    """
    scale = models()[scene.model("scale")]
    return probability(scale["odds"] * log_odds + scale["bias"])


def field_marks(scene: Scene, act: Act, told: Measures) -> dict[Field, tuple[str, ...]]:
    """Give what speaks for and against each field of an act being right; an untold head count has none."""
    status = act.status(scene.published)
    precision = act.place.precision if act.place else "unknown"
    common = ("bias", f"status={status}", f"form={act.form}", f"mentions={min(len(act.clues), 3)}")
    strong = any(clue.trigger.strong for clue in act.clues)
    forms = {clue.trigger.form for clue in act.clues}
    statuses = {clue.status for clue in act.clues}
    first = act.clues[0].trigger
    form: tuple[str, ...] = ()
    told_status: tuple[str, ...] = ()
    if scene.tagged:
        form = steps("tagged", scene.tagged.forms(first.start, first.end).get(act.form), _LOGS)
        told_status = steps("tagged", scene.tagged.statuses(first.start, first.end).get(status), _LOGS)
    day, place = steps("share", act.dated.share, _SHARES), steps("share", act.located.share, _SHARES)
    found: dict[Field, tuple[str, ...]] = {
        "form": (*common, f"strong={strong}", f"forms={min(len(forms), 3)}", *form),
        "status": (*common, f"statuses={len(statuses)}", *told_status),
        "date": (*common, f"here={act.dated.here}", f"known={bool(act.edtf)}", *day),
        "place": (*common, f"here={act.located.here}", f"at={precision}", *place),
    }
    if told.size.known:
        exact = told.size.low == told.size.high
        return found | {"size": (*common, f"exact={exact}")}
    return found
