"""What speaks for each status of an act: cues, the words around its mention, the days told beside it."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from itertools import combinations, pairwise

from rallybook.coding.date_choices import offset
from rallybook.coding.linear import known_weights, shares, weights_by_label
from rallybook.coding.scene import Scene
from rallybook.coding.status import fitting
from rallybook.coding.tagged import steps
from rallybook.model.mention import Trigger
from rallybook.model.record import STATUSES, Status
from rallybook.sheets import read_sheet

_WORD = re.compile(r"[a-z]+(?:['’][a-z]+)?|\d+")
# how many words on either side are read
_REACH = 12
_CHARACTERS = 120
# signs are sought this far, in characters
_FAR = 200
# In cross-validation the cues alone are right on 0.939 of the triggers of the training articles and on 0.793 of the
# written ones, the model alone on 0.946 and 0.844, cues of rare statuses before the model on 0.946 and 0.852
_SURE = 0.8
_CLEARLY = 0.7  # in log probability: twice as likely
_TAGGED = (-6.0, -4.0, -3.0, -2.0, -1.2, -0.7, -0.35, -0.1, -0.03)  # log probabilities
_CALL = re.compile(r"(?:the\s+|an?\s+)?(?:calls?|appeals?)\s+(?:to|for)\b", re.IGNORECASE)
_OF_CALLS: tuple[Status, ...] = ("happened", "planned")


def status_of(scene: Scene, trigger: Trigger) -> Status:
    """Give the status of the act that a trigger names: that of its cue, else that of the model.

    A cue of a plan gives way where the model is sure of another, and the networks find it clearly likelier. A call
    says what was asked for: that it came to nothing only a cue tells.
    """
    found = shares(_scores(scene, trigger))
    best = max(range(len(STATUSES)), key=lambda n: found[n])
    told = fitting(*in_sentence(scene, trigger))
    cue = next((status for status in STATUSES if told[:1] == (status,)), None)
    likeliest = STATUSES[best]
    if cue is None and _CALL.match(trigger.text):
        return max(_OF_CALLS, key=lambda status: found[STATUSES.index(status)])
    if cue is None or (
        cue == "planned" and found[best] >= _SURE and _clearly(scene, trigger, likeliest, cue)
    ):
        return likeliest
    return cue


def _clearly(scene: Scene, trigger: Trigger, status: Status, other: Status) -> bool:
    """Tell whether the networks, where they read, together find a status clearly likelier than another one."""
    told = heard(scene, trigger)
    return not told or told[status] - told[other] > _CLEARLY


def heard(scene: Scene, trigger: Trigger) -> dict[Status, float]:
    """Give the log probability of each status at a mention, summed over the networks that read it; none without one."""
    seen = [
        network.statuses(trigger.start, trigger.end)
        for network in (scene.tagged, scene.read_at(trigger))
        if network
    ]
    return {status: sum(told.get(status, 0.0) for told in seen) for status in STATUSES if any(seen)}


def in_sentence(scene: Scene, trigger: Trigger) -> tuple[str, tuple[int, int]]:
    """Give the sentence of a trigger and the trigger's position in it."""
    sentence = scene.sentence_at(trigger.start)
    return scene.words(sentence), (trigger.start - sentence.start, trigger.end - sentence.start)


def status_choices(scene: Scene, trigger: Trigger) -> tuple[tuple[Status, tuple[str, ...]], ...]:
    """Give each status with the marks that speak for or against it at a mention of an act."""
    found = _marks(scene, trigger)
    told = scene.tagged.statuses(trigger.start, trigger.end) if scene.tagged else {}
    return tuple(
        (status, (*(f"{status}: {mark}" for mark in found), *_as_tagged(status, told))) for status in STATUSES
    )


def _scores(scene: Scene, trigger: Trigger) -> list[float]:
    """Give the log odds of each status, from the weights of the marks that `status_choices` gives it."""
    model = scene.model("status")
    told = scene.tagged.statuses(trigger.start, trigger.end) if scene.tagged else {}
    weights = weights_by_label(model, STATUSES, _marks(scene, trigger))
    return [
        sum([*own, *known_weights(model, _as_tagged(status, told))])
        for status, own in zip(STATUSES, weights, strict=True)
    ]


def _marks(scene: Scene, trigger: Trigger) -> tuple[str, ...]:
    return (
        *_cues(scene, trigger),
        *_around(scene, trigger),
        *_signs(scene, trigger),
        *_days(scene, trigger),
    )


def _as_tagged(status: Status, told: dict[Status, float]) -> tuple[str, ...]:
    """Give how likely the tagger finds a status."""
    if not told:
        return ()
    likely = steps("tagged", told[status], _TAGGED)
    return (*likely, *(f"{status}: {mark}" for mark in likely))


def _cues(scene: Scene, trigger: Trigger) -> list[str]:
    told = fitting(*in_sentence(scene, trigger))
    first = trigger.text.lower().split()[0]
    ending = next((end for end in ("ed", "ing", "s") if first.endswith(end)), "")
    return [
        "bias",
        f"cue {told[0] if told else 'none'}",
        *(f"fits {status}" for status in told),
        f"form {trigger.form}",
        f"verbal {trigger.verbal} {ending}",
        f"definite {trigger.definite}",
    ]


def _around(scene: Scene, trigger: Trigger) -> list[str]:
    text, sentence = scene.text, scene.sentence_at(trigger.start)
    before = _WORD.findall(text[max(sentence.start, trigger.start - _CHARACTERS) : trigger.start].lower())
    after = _WORD.findall(text[trigger.end : min(sentence.end, trigger.end + _CHARACTERS)].lower())
    later = _WORD.findall(text[sentence.end : sentence.end + _CHARACTERS].lower())
    near = [f"{n} before {word}" for n, word in enumerate(reversed(before[-3:]), 1)]
    near += [f"{n} after {word}" for n, word in enumerate(after[:3], 1)]
    left, right = before[-_REACH:], after[:_REACH]
    return [
        *near,
        *sorted({f"left {word}" for word in left}),
        *sorted({f"right {word}" for word in right}),
        *sorted({f"pair {one} {two}" for words in (left, right) for one, two in pairwise(words)}),
        *sorted({f"next {word}" for word in later[:_REACH]}),
    ]


def _signs(scene: Scene, trigger: Trigger) -> list[str]:
    """Give which signs stand before the trigger, after it and in the next sentence, and which meet."""
    sentence = scene.sentence_at(trigger.start)
    before = scene.text[max(sentence.start, trigger.start - _FAR) : trigger.start].lower()
    after = scene.text[trigger.end : min(sentence.end, trigger.end + _FAR)].lower()
    later = scene.text[sentence.end : sentence.end + _FAR].lower()
    found = [
        f"{name} {side}"
        for name, sign in _sign_patterns().items()
        for side, words in (("before", before), ("after", after), ("next", later))
        if sign.search(words)
    ]
    return [
        *(f"sign {one}" for one in found),
        *(f"signs {one}, {two}" for one, two in combinations(found, 2)),
    ]


@cache
def _sign_patterns() -> dict[str, re.Pattern[str]]:
    data = read_sheet(files("rallybook.codebook").joinpath("data/status_marks.yaml").read_text("utf-8"))
    return {
        name: re.compile(" ".join(words.split()).replace("| ", "|"))
        for name, words in data.items()
        if name != "version"
    }


def _days(scene: Scene, trigger: Trigger) -> list[str]:
    sentence = scene.sentence_at(trigger.start)
    told = scene.within(scene.timexes, sentence.start, sentence.end)
    nearest = min(told, key=lambda t: abs(t.start - trigger.start), default=None)
    return [
        f"nearest day {offset(scene.published, nearest) if nearest else 'none'}",
        *sorted({f"day {offset(scene.published, timex)}" for timex in told}),
    ]
