"""Whether an act is an event of its own: what the model of acts, both networks and the other acts say, weighed at once.

The model of acts sums what speaks for an event. How much its sum is worth hangs on the rest: whether the reader of acts
sees one, too, whether a place and a day were found that fit, and whether a likelier act tells the same. Trees weigh
that, fitted on labelled articles (`training.verdicts`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rallybook.codebook.vocabulary import kind
from rallybook.coding.assemble import Act
from rallybook.coding.clearest import clearest
from rallybook.coding.clues import Clue
from rallybook.coding.confidence import event_probability
from rallybook.coding.linear import probability
from rallybook.coding.retellings import Weighed, compared, retold
from rallybook.coding.scene import Scene
from rallybook.coding.trees import shipped
from rallybook.model.record import STATUSES

NAMES = (
    "event",
    "retold",
    "named",
    "read act",
    "tagged act",
    "place share",
    "date share",
    "read form",
    "likeliest form",
    "likeliest act",
    "acts",
    "status",
)
# log odds of the tagger below which an act is as good as unseen: in cross-validation about 60 of 2,153 acts and 300 of
# 1,669 others lie there
_UNSEEN = -5.5
_UNREAD = -9.0
# of 61 acts of five labelled sets that a strong word names and another calls off 58 are events
_CALLED_OFF = 0.6


def verdicts(scene: Scene, acts: Sequence[Act], odds: Sequence[float]) -> list[float]:
    """Give the probability of each act that it is an event which no likelier one tells; `odds` are the model's."""
    sure = [event_probability(scene, one) for one in odds]
    pairs = compared(scene, list(map(Weighed, acts, sure)))
    again = retold(sure, pairs, shipped("retellings"))
    trees = shipped("verdicts")
    found = [probability(trees.log_odds(one)) for one in numbers(scene, acts, odds, again)]
    return [
        max(one, alone, _CALLED_OFF) if _is_called_off(scene, act) else one
        for one, alone, act in zip(found, sure, acts, strict=True)
    ]


def _is_called_off(scene: Scene, act: Act) -> bool:
    """Tell whether a word that says protest by itself is beside one that says it was called off.

    Networks see little in such words ("a moratorium on street rallies"), the model of acts does.
    """
    return act.status(scene.published) == "cancelled" and is_named(scene, act)


def numbers(
    scene: Scene, acts: Sequence[Act], odds: Sequence[float], again: Sequence[float]
) -> Iterator[tuple[float, ...]]:
    """Give what is weighed of each act, in the order of `NAMES`; `again` are the probabilities that it is retold."""
    likeliest = max((event_probability(scene, one) for one in odds), default=0.0)
    for act, event, retelling in zip(acts, odds, again, strict=True):
        form, top = _form_read(scene, act)
        tagged = scene.tagged.surest(clue.trigger for clue in act.clues) if scene.tagged else None
        yield (
            event,
            retelling,
            _named(scene, act, tagged),
            max(_read_act(scene, clue) for clue in act.clues),
            _UNREAD if tagged is None else tagged,
            act.located.share,
            act.dated.share,
            form,
            top,
            likeliest,
            float(len(acts)),
            float(STATUSES.index(act.status(scene.published))),
        )


def is_named(scene: Scene, act: Act) -> bool:
    """Tell whether a word of an act says protest by itself, or announces a further act of a kind that one told so."""
    return any(clue.trigger.strong or _is_another(scene, clue) for clue in act.clues)


def _is_another(scene: Scene, clue: Clue) -> bool:
    """Tell whether a mention is announced as a further act of a kind that is told by its word ("a second chain")."""
    return clue.fresh and any(
        other.strong and kind(other.form) == kind(clue.trigger.form) for other in scene.triggers
    )


def _named(scene: Scene, act: Act, tagged: float | None) -> float:
    """Give 1 for an act that its word tells, 0 for another, -1 where the tagger sees nothing in it."""
    if is_named(scene, act):
        return 1.0
    return -1.0 if tagged is not None and tagged < _UNSEEN else 0.0


def _read_act(scene: Scene, clue: Clue) -> float:
    """Give the log odds of the reader that a mention tells an act."""
    odds = scene.read_odds(clue.trigger)
    return _UNREAD if odds is None else odds


def _form_read(scene: Scene, act: Act) -> tuple[float, float]:
    """Give the log probability that the reader gives the form of an act, and that of the form it finds likeliest."""
    trigger = clearest(scene, act).trigger
    read = scene.read_at(trigger)
    forms = read.forms(trigger.start, trigger.end) if read else {}
    return forms.get(act.form, _UNREAD), max(forms.values(), default=_UNREAD)
