"""Who took part in an act and why, as a network that read it alone tells: stretches of words that play a role in it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import msgspec

from rallybook.coding.actor_marks import PERHAPS_NAME
from rallybook.coding.actors import elsewhere
from rallybook.coding.arguments import Arguments, Spans
from rallybook.coding.phrases import words
from rallybook.coding.tagged import Tagged
from rallybook.coding.tagged_triggers import whole_words
from rallybook.coding.weighing import ROLES
from rallybook.grounding.sentences import sentence_at, sentences

# log odds by which words may be less sure than the surest of their stretch: of 0, 0.5, 1, 1.5 and 2.5 the best in
# cross-validation for organisers, targets and claims, and as good as the best for participants
_GOES_ON = 1.5


@cache
def role_bounds() -> dict[str, float]:
    """Give for each role the log odds that the surest word of a stretch has at least (`training.act_reader`)."""
    data = files("rallybook.coding").joinpath("data/read_roles.json").read_bytes()
    return msgspec.json.decode(data, type=dict[str, float])


def read_arguments(text: str, read: Tagged) -> Arguments:
    """Give what the reader says about who and why of the act that it read; what may be a participant's name is left out."""
    found = role_runs(text, read, {role: role_bounds()[role] for role in ROLES})
    people = tuple(run for run in found["participants"] if not _perhaps_name(text, run))
    return Arguments(**found | {"participants": people})


def role_runs(text: str, read: Tagged, bounds: Mapping[str, float]) -> dict[str, Spans]:
    """Give for each role the whole words side by side, one of which plays it with these log odds or more."""
    return {
        role: tuple(
            dict.fromkeys(
                whole_words(text, *run)
                for run in read.runs(role, 0, len(text), least - _GOES_ON, surest=least)
            )
        )
        for role, least in bounds.items()
    }


def _perhaps_name(text: str, run: tuple[int, int]) -> bool:
    """Tell whether words may be the name of a person, who is never named for taking part."""
    sentence = sentence_at(sentences(text), run[0])
    found = elsewhere("near", words(text, sentence.start, sentence.end), "nobody")
    return any(PERHAPS_NAME in one.marks and one.start < run[1] and one.end > run[0] for one in found)
