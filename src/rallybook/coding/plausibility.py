"""How likely an assembled act is an event of the article: features and a small linear model over them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rallybook.codebook.vocabulary import kind
from rallybook.coding.assemble import Act, is_crowd, is_generic
from rallybook.coding.focus import focus_of
from rallybook.coding.measures import Measures
from rallybook.coding.scene import Scene
from rallybook.coding.tagged import TaggedRole, steps
from rallybook.model.values import FINE

_WORD = re.compile(r"[a-z]+(?:['’][a-z]+)?|\d")
_TAGGED = tuple(-6 + 0.75 * n for n in range(14))
_PARTS: tuple[TaggedRole, ...] = ("participants", "claims", "place", "size")
_TAGGED_LOGS = (-4.0, -2.5, -1.5, -0.9, -0.5, -0.2, -0.05)
_TAGGED_PARTS = (-4.0, -2.5, -1.0, 0.0, 1.0, 2.0)
_QUOTED = re.compile(r"[\"“”]")

Features = dict[str, float]


def features(scene: Scene, acts: Sequence[Act], told: Sequence[Measures], number: int) -> Features:
    """Give what speaks for or against the act `number`: names of features with their values."""
    act = acts[number]
    found: Features = {"bias": 1.0}
    for name in (*_own(scene, act, told[number]), *_beside(scene, acts, number), *_wording(scene, act)):
        found[name] = 1.0
    return found


def _own(scene: Scene, act: Act, told: Measures) -> list[str]:
    mentions = len(act.clues)
    status = act.status(scene.published)
    precision = act.place.precision if act.place else "unknown"
    first = act.clues[0]
    names = [
        f"form={act.form}",
        f"status={status}",
        f"precision={precision}",
        f"mentions={min(mentions, 4)}",
        f"sentence={min(first.sentence.number, 6)}",
        f"paragraph={min(first.sentence.paragraph, 6)}",
        f"strong={any(c.trigger.strong for c in act.clues)}",
        f"strong={any(c.trigger.strong for c in act.clues)} form={act.form}",
        f"verbal={any(c.trigger.verbal for c in act.clues)}",
        f"generic={all(is_generic(c) for c in act.clues)}",
        f"crowd={all(is_crowd(c) for c in act.clues)}",
        f"definite={first.trigger.definite}",
        f"place here={act.located.here} date here={act.dated.here}",
        f"place here={act.located.here} site={act.located.is_site}",
        f"place share={round(5 * act.located.share)}",
        f"date share={round(5 * act.dated.share)}",
        f"date known={bool(act.edtf)}",
        f"size={told.size.known} strong={any(c.trigger.strong for c in act.clues)}",
        f"response={bool(told.actions)}",
        f"harm={told.injured.known or told.killed.known}",
        f"published={scene.published is not None}",
    ]
    focus = focus_of(act, scene)
    return [*names, f"focus={focus} status={status}", *_as_tagged(scene, act)]


def _as_tagged(scene: Scene, act: Act) -> list[str]:
    """How sure the tagger is of an act, of the parts of one beside it, and of any act in the article."""
    tagged = scene.tagged
    if tagged is None:
        return []
    first = act.clues[0].trigger
    names = [
        *steps("tagged", tagged.surest(clue.trigger for clue in act.clues), _TAGGED),
        *steps("tagged first", tagged.act(first.start, first.end), _TAGGED),
        *steps("tagged article", tagged.most(), _TAGGED),
    ]
    forms, statuses = tagged.forms(first.start, first.end), tagged.statuses(first.start, first.end)
    names += steps("tagged focal", tagged.focal(first.start, first.end), _TAGGED_PARTS)
    names += steps("tagged form", forms.get(act.form), _TAGGED_LOGS)
    names += steps("tagged any form", max(forms.values(), default=None), _TAGGED_LOGS)
    names += steps("tagged any status", max(statuses.values(), default=None), _TAGGED_LOGS)
    sentence = act.clues[0].sentence
    for role in _PARTS:
        names += steps(f"{role} beside", tagged.most(role, sentence.start, sentence.end), _TAGGED_PARTS)
        names += steps(f"{role} in article", tagged.most(role), _TAGGED_PARTS)
    return names


def _beside(scene: Scene, acts: Sequence[Act], number: int) -> list[str]:
    """What the other acts of the article say: is this one told twice, is anything told at all."""
    act = acts[number]
    names = [f"acts={min(len(acts), 8)}", f"first={number == 0}"]
    strong = sum(any(c.trigger.strong for c in a.clues) for a in acts)
    names.append(f"strong acts={min(strong, 5)}")
    for other_number, other in enumerate(acts):
        if other is act:
            continue
        order = "earlier" if other_number < number else "later"
        if other.status(scene.published) != act.status(scene.published):
            order = f"other status {order}"
        same_place = _spot(other) == _spot(act)
        same_date = other.edtf == act.edtf
        same_kind = kind(other.form) == kind(act.form)
        if same_place and same_date:
            names.append(f"{order} same place and date kind={same_kind}")
            names.append(f"same place and date: {act.form} beside {other.form}")
            if any(c.sentence == d.sentence for c in act.clues for d in other.clues):
                names.append(f"{order} same sentence, place and date kind={same_kind}")
        elif same_place and same_kind:
            names.append(f"{order} same place and kind")
        elif same_kind and same_date:
            names.append(f"{order} same kind and date")
    return names


def _spot(act: Act) -> tuple[str, str, bool]:
    if not act.place:
        return "", "", False
    return act.place.name, act.place.country, act.place.precision in FINE


def _wording(scene: Scene, act: Act) -> list[str]:
    """The words around the clearest mention."""
    names: list[str] = []
    title = scene.reading.article.title.lower()
    for clue in act.clues:
        trigger, sentence = clue.trigger, clue.sentence
        before = _WORD.findall(scene.text[max(sentence.start, trigger.start - 30) : trigger.start].lower())
        after = _WORD.findall(scene.text[trigger.end : min(sentence.end, trigger.end + 30)].lower())
        inside = _WORD.findall(trigger.text.lower())
        names += [f"trigger has {word}" for word in inside]
        names += [f"before: {word}" for word in before[-2:]]
        names += [f"after: {word}" for word in after[:2]]
        if len(_QUOTED.findall(scene.text[sentence.start : trigger.start])) % 2:
            names.append("quoted")
        if inside and inside[-1][:5] in title:
            names.append("in title")
    return sorted(set(names))
