"""Which fields of a predicted record are right, against the gold record it was paired with."""

from __future__ import annotations

from rallybook.evaluation import dates, places
from rallybook.evaluation.counts import counts_of, is_told, same
from rallybook.evaluation.labelled import Labelled
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
    given = counts_of(predicted)
    for name, one in counts_of(gold).items():
        if is_told(one) or is_told(given[name]):
            scores[name] = same(one, given[name])
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
