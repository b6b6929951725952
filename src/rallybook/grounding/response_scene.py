"""What a trigger tells in its sentence: who acts, on whom, whether it is denied or only threatened."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from rallybook.grounding.alternation import group_name
from rallybook.grounding.passages import Passage
from rallybook.grounding.response_counts import Trigger
from rallybook.grounding.response_lexicon import Rule, lexicon
from rallybook.model.mention import Action
from rallybook.model.values import Range

# how far the subject and the object of an act can lie from its verb, in characters
_BACK, _AHEAD = 160, 100
# a sentence longer than this is a table or a damaged text: what is further off is not looked at
_LONGEST = 3000


class Sentence(NamedTuple):
    """One sentence with those who act in it; `before`: what the sentence before told."""

    start: int
    end: int
    roles: tuple[tuple[int, str], ...]
    police: bool
    protest: bool
    police_before: bool
    protest_before: bool


class Scene(NamedTuple):
    """A trigger in its sentence with the words before and after it."""

    at: Trigger
    sentence: Sentence
    left: str
    right: str

    def last(self, role: str) -> int:
        """Give the place of the nearest word of this role before the trigger, -1 where there is none."""
        low, high = self.at.start - _BACK, self.at.start
        return max(
            (end for end, name in self.sentence.roles if name == role and low < end <= high), default=-1
        )


def sentence_at(low: str, spans: Sequence[Passage], number: int, before: Sentence | None) -> Sentence:
    """Give the sentence `spans[number]`; `before` is the one before it, where it has been read."""
    known = lexicon()
    start, end = _bounds(spans[number])
    roles = tuple((one.end(), group_name(one)) for one in known.roles.finditer(low, start, end))
    return Sentence(
        start,
        end,
        roles,
        police=any(name == "force" for _, name in roles),
        protest=_tells(low, spans[number], "protest"),
        police_before=before.police if before else number > 0 and _tells(low, spans[number - 1], "force"),
        protest_before=before.protest if before else number > 0 and _tells(low, spans[number - 1], "protest"),
    )


def _bounds(span: Passage) -> tuple[int, int]:
    return span.start, min(span.end, span.start + _LONGEST)


def _tells(low: str, span: Passage, cue: str) -> bool:
    return bool(lexicon().cues[cue].search(low, *_bounds(span)))


def scene_of(low: str, match: re.Match[str], sentence: Sentence) -> Scene:
    """Give the surroundings of a trigger."""
    start, end = match.span()
    left = low[max(sentence.start, start - _BACK) : start]
    right = low[end : min(sentence.end, end + _AHEAD)]
    return Scene(Trigger(low, start, end, sentence.start, sentence.end), sentence, left, right)


def told(rule: Rule, scene: Scene) -> tuple[Action, Range | None] | None:
    """Give the action that a trigger stands for in its sentence; None where it tells of none."""
    cues = lexicon().cues
    if rule.action == "none":
        return "none", Range()
    words = scene.at.low[scene.at.start : scene.at.end]
    if rule.action == "arrests" and (cues["nobody"].match(scene.right) or cues["no_person"].match(words)):
        return "none", Range(0, 0)
    negation = cues["negation"].search(scene.left[-60:])
    if negation:
        return _nothing(rule, negation[0])
    if _only_possible(scene):
        threatened = cues["threat"].search(scene.left) and _police(scene)
        return ("warned", None) if threatened and rule.action in ("arrests", "force", "dispersal") else None
    if rule.kind == "subject" and (
        cues["saying"].match(scene.right) or not cues["begins"].search(scene.left)
    ):
        return None
    if rule.kind == "act" and not _police(scene) and not acted(scene, arrest=rule.action == "arrests"):
        return None
    return rule.action, None


def _only_possible(scene: Scene) -> bool:
    """Tell whether the words before a trigger make it a thing that may be, and not one that was."""
    cues, before = lexicon().cues, scene.left[-90:]
    return bool(cues["modality"].search(before[-60:])) and not (
        cues["purpose"].search(before) or cues["reported"].search(before)
    )


def _nothing(rule: Rule, words: str) -> tuple[Action, Range] | None:
    """Give what a denial tells: "no arrests", "nobody was hurt"; None where it tells nothing."""
    if rule.action == "arrests" and rule.kind == "word":
        return "none", Range(0, None if "large" in words or "mass" in words else 0)
    if rule.kind == "harm":
        return rule.action, Range(0, 0)
    return None


def _police(scene: Scene) -> bool:
    return scene.sentence.police or scene.sentence.police_before


def acted(scene: Scene, *, arrest: bool) -> bool:
    """Tell whether police or officials did it: they are the subject, or protesters are and it is a passive."""
    cues = lexicon().cues
    actor = max(scene.last("force"), -1)
    actor = actor if actor >= 0 else scene.last("office")
    person = scene.last("persons")
    if not cues["passive"].search(scene.left):
        return actor >= 0 and actor > person
    agent = cues["by_force"].search(scene.right)
    if agent and cues["force"].match(scene.right, agent.end()):
        return True
    thing = scene.last("acts")
    if arrest:  # people are taken away by nobody else; a rally is "held" by anybody
        person = max(person, scene.last("numerals"))
        return person > max(thing, actor)
    subject = max(person, thing)
    return (subject > actor and _police(scene)) or actor > subject
