"""Which fields of a predicted record are right, against the gold record it was paired with."""

from __future__ import annotations

from rallybook.evaluation import dates, places
from rallybook.evaluation.labelled import Labelled, LabelledRange, Number
from rallybook.evaluation.words import overlap

# forms that a careful reader may call by each other's name
_KINDS = {
    "rally": "gathering",
    "vigil": "gathering",
    "human_chain": "gathering",
    "symbolic": "gathering",
    "sit_in": "occupation",
    "occupation": "occupation",
    "march": "march",
    "caravan": "march",
    "strike": "strike",
    "walkout": "strike",
    "hunger_strike": "hunger",
    "boycott": "boycott",
    "blockade": "blockade",
    "riot": "riot",
    "other": "other",
}
# two counts are the same when they differ by no more than this share of the larger
_TOLERANCE = 0.1
# what a record needs to be right as a whole
WHOLE = ("place", "date", "status", "kind")


def kind_right(gold: Labelled, predicted: Labelled) -> bool:
    """Tell whether the forms are the same or may be called by each other's name."""
    readings = (gold.form, *(gold.also.form if gold.also else ()))
    return _kind(predicted.form) in {_kind(form) for form in readings}


def record_right(gold: Labelled, predicted: Labelled) -> bool:
    """Tell whether place, date, status and kind of act are all right."""
    return (
        places.right(gold, predicted)
        and dates.right(gold, predicted)
        and _status_right(gold, predicted)
        and kind_right(gold, predicted)
    )


def fields(gold: Labelled, predicted: Labelled) -> dict[str, float]:
    """Give 0 to 1 for each field; one of which both say nothing (head count, claims …) is left out."""
    scores: dict[str, float] = {
        "form": predicted.form in (gold.form, *(gold.also.form if gold.also else ())),
        "kind": kind_right(gold, predicted),
        "status": _status_right(gold, predicted),
        "focus": gold.focus == predicted.focus,
        "umbrella": bool(gold.umbrella) == bool(predicted.umbrella),
        "date": dates.right(gold, predicted),
        "place": places.right(gold, predicted),
    }
    scores |= _actions(gold, predicted)
    for name, one, other in zip(_RANGES, _ranges(gold), _ranges(predicted), strict=True):
        if _told(one) or _told(other):
            scores[name] = _close(one.low, other.low) and _close(one.high, other.high)
    for name in ("participants", "organisers", "targets", "claims"):
        phrases, others = getattr(gold, name), getattr(predicted, name)
        if phrases or others:
            scores[name] = overlap(phrases, others)
    return {name: float(score) for name, score in scores.items()}


def _kind(form: str | None) -> str:
    return _KINDS.get(form or "other", f"unknown form {form}")


def _status_right(gold: Labelled, predicted: Labelled) -> bool:
    return predicted.status in (gold.status, *(gold.also.status if gold.also else ()))


def _actions(gold: Labelled, predicted: Labelled) -> dict[str, float]:
    one, other = (set((side.response and side.response.actions) or ()) for side in (gold, predicted))
    return {"response": 2 * len(one & other) / (len(one) + len(other))} if one or other else {}


_RANGES = ("size", "arrests", "injured", "killed")


def _ranges(record: Labelled) -> tuple[LabelledRange, ...]:
    silent = LabelledRange()
    return (
        record.size or silent,
        (record.response and record.response.arrests) or silent,
        (record.harm and record.harm.injured) or silent,
        (record.harm and record.harm.killed) or silent,
    )


def _told(count: LabelledRange) -> bool:
    return count.low is not None or count.high is not None


def _close(one: Number | None, other: Number | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= _TOLERANCE * max(abs(one), abs(other), 1)
