"""Each mention of a protest act with what its own sentence says about it."""

from __future__ import annotations

import re
from functools import partial

import msgspec

from rallybook.coding.asides import is_aside
from rallybook.coding.event_date import Dated, event_date
from rallybook.coding.event_place import Located, event_places
from rallybook.coding.place_choices import Whereabouts
from rallybook.coding.scene import Scene
from rallybook.coding.status import is_idle
from rallybook.coding.status_choices import in_sentence, status_of
from rallybook.grounding.sentences import Sentence
from rallybook.model.mention import Trigger
from rallybook.model.record import Status

# words right before a trigger that announce an act not told before
_FRESH = re.compile(
    r"\b(?:another|second|third|fourth|separate|similar|different|smaller|larger|rival|further|other|counter)"
    r"[\s,-]+(?:[\w-]+[\s,]+){0,2}$",
    re.IGNORECASE,
)
# words right before a trigger that point to an act told before ("few of these vigils")
_POINTS_BACK = re.compile(r"\b(?:these|those|this|the same)\s+(?:[\w-]+\s+)?$", re.IGNORECASE)

# "demonstrations against the visit turned violent when youths threw stones": of ten labelled sentences with such words
# six tell a riot and no rally beside it, one the rally
_TURNED = re.compile(
    r"(?:(?!\b(?:but|while|although)\b)(?:[^.;\n]|(?<=\b[A-Z])\.)){0,120}?\bturn(?:ed|s|ing)\s+(?:violent|ugly)\b",
    re.IGNORECASE,
)

# log odds of the tagger from which on a mention tells an act, whatever its cues ("said that no march had taken place"):
# of 31 such mentions in articles that no network had learned from 24 are labelled, of 39 between 0 and this 11
_SEEN = 2.5


class Clue(msgspec.Struct, frozen=True):
    """One mention of an act: its trigger, sentence and status, and the place and date chosen for it."""

    trigger: Trigger
    sentence: Sentence
    status: Status
    place: Located
    date: Dated
    fresh: bool = False
    points_back: bool = False


def clues(scene: Scene) -> tuple[Clue, ...]:
    """Give the clues of a scene in the order of the text; a list of cities gives one clue for each."""
    found: list[Clue] = []
    whereabouts = Whereabouts(scene)
    for trigger in map(partial(_as_it_turned, scene), scene.triggers):
        sentence = scene.sentence_at(trigger.start)
        if _only_spoken_of(scene, trigger) or is_aside(scene, trigger):
            continue
        status = status_of(scene, trigger)
        date = event_date(scene, trigger, status)
        before = scene.text[max(sentence.start, trigger.start - 40) : trigger.start]
        fresh, back = bool(_FRESH.search(before)), bool(_POINTS_BACK.search(before))
        found.extend(
            Clue(trigger, sentence, status, place, date, fresh, back)
            for place in event_places(whereabouts, trigger)
        )
    return tuple(found)


def _as_it_turned(scene: Scene, trigger: Trigger) -> Trigger:
    """Give a mention of a rally that turned violent as one of the riot that it became."""
    if trigger.form != "rally" or not _TURNED.match(scene.text, trigger.end):
        return trigger
    return msgspec.structs.replace(trigger, form="riot")


def _only_spoken_of(scene: Scene, trigger: Trigger) -> bool:
    """Tell whether a mention tells of no act by its cues, and the tagger, where it reads, is not sure of one."""
    if not is_idle(*in_sentence(scene, trigger)):
        return False
    odds = scene.act_odds(trigger)
    return odds is None or odds < _SEEN
