"""Which mentions tell one act: rules join those of one kind, place and day, trees part what the networks tell apart.

Two rallies on one square are of one kind, place and day, too. The networks mark the words that name each act where it
is told first, and little where it is told again: a mention that they see as clearly as the one before it seldom tells
the same. How much that counts beside who took part in each, and where they stand, trees tell, fitted on labelled
articles (`training.coreference`).
"""

from __future__ import annotations

from functools import partial

from rallybook.coding.assemble import Act, assemble
from rallybook.coding.clues import Clue, clues
from rallybook.coding.retellings import ROLES, alike, read_alike, roles_of, words_of
from rallybook.coding.scene import Scene
from rallybook.coding.status_choices import heard
from rallybook.coding.trees import shipped
from rallybook.model.mention import Trigger
from rallybook.model.record import Form, Status
from rallybook.model.values import FINE

NAMES = (
    "tagged act",
    "read act",
    "tagged act before",
    "form of the one before",
    "form before of this one",
    "sentences",
    "same sentence",
    "same paragraph",
    "words",
    "place told",
    "date told",
    "date share",
    "mentions before",
    *(f"both: {role}" for role in ROLES),
)
_UNREAD = -9.0
# share of the words of two sentences that both have from which one repeats the other, as captions do; of 208 mentions
# that are parted in labelled articles none shares more than .4, but the tagger sees each anew in its own window
_SAME_WORDS = 0.5
# mentions of an act that are looked at: an act of a long article may have hundreds
_MOST = 12


def acts_of(scene: Scene) -> tuple[Act, ...]:
    """Give the acts of a scene in the order of their first mention; by the rules alone where no network read."""
    return assemble(clues(scene), partial(is_another, scene))


def is_another(scene: Scene, act: Act, clue: Clue) -> bool:
    """Tell whether a mention that rules would join to an act tells another one."""
    numbers = compared(scene, act, clue)
    return numbers is not None and shipped("coreference").log_odds(numbers) > 0.0


def compared(scene: Scene, act: Act, clue: Clue) -> tuple[float, ...] | None:
    """Give what tells a mention from an act to which rules would join it, in the order of `NAMES`; None for one act.

    It is one where no network read. What was planned and then came about, or was called off, is one; a sentence that
    stands in a text twice tells one act. What took place in a whole country is the sum of what is told of it: of twelve
    such mentions that were parted six were right, of those in towns three of four.
    """
    if not scene.read or act.place is None or act.place.precision not in FINE:
        return None
    before = _surest(scene, act)
    if clue.status != before.status or _heard(scene, clue) != _heard(scene, before):
        return None
    same = clue.sentence.number == before.sentence.number
    words = alike(words_of(scene, clue), words_of(scene, before))
    if words >= _SAME_WORDS and not same:
        return None
    one, other = scene.read_at(before.trigger), scene.read_at(clue.trigger)
    return (
        _known(scene.act_odds(clue.trigger)),
        _known(scene.read_odds(clue.trigger)),
        _known(scene.act_odds(before.trigger)),
        _log_of(scene, clue.trigger, act.form),
        _log_of(scene, before.trigger, clue.trigger.form),
        float(abs(clue.sentence.number - before.sentence.number)),
        float(same),
        float(clue.sentence.paragraph == before.sentence.paragraph),
        words,
        float(clue.place.here),
        float(clue.date.here),
        clue.date.share,
        float(len(act.clues)),
        *read_alike(roles_of(one) if one else None, roles_of(other) if other else None),
    )


def _heard(scene: Scene, clue: Clue) -> Status:
    """Give the status that both networks together find likeliest in a mention; the coded one where it was not read."""
    told = heard(scene, clue.trigger) if scene.read_at(clue.trigger) else {}
    return max(told, key=told.__getitem__, default=clue.status)


def _surest(scene: Scene, act: Act) -> Clue:
    """Give the mention of an act that the tagger sees most clearly."""
    return max(act.clues[:_MOST], key=lambda told: _known(scene.act_odds(told.trigger)))


def _known(odds: float | None) -> float:
    return _UNREAD if odds is None else odds


def _log_of(scene: Scene, trigger: Trigger, form: Form) -> float:
    """Give the log probability that the reader gives a form of the act that a mention names."""
    read = scene.read_at(trigger)
    return (read.forms(trigger.start, trigger.end) if read else {}).get(form, _UNREAD)
