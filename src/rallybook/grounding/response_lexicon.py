"""The triggers, roles and cues by which a response is read, as `data/response.yaml` lists them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple

from rallybook.grounding.alternation import by_first_letter, group_name
from rallybook.model.mention import Action
from rallybook.sheets import read_sheet

Kind = Literal["word", "act", "harm", "subject"]

# Those who act or are acted upon in a sentence, and numbers that stand for people
ROLES = ("force", "persons", "numerals", "acts", "office")


class Rule(NamedTuple):
    """What a trigger stands for; some of its words (`also_words`) may stand for a second action, too."""

    action: Action
    kind: Kind
    also: Action | None = None
    also_words: re.Pattern[str] | None = None


class Lexicon(NamedTuple):
    """What `data/response.yaml` lists, compiled, and the weights of the features of an action."""

    trigger: re.Pattern[str]
    roles: re.Pattern[str]
    rules: tuple[Rule, ...]
    cues: Mapping[str, re.Pattern[str]]
    weights: Mapping[str, float]

    def rule(self, match: re.Match[str]) -> Rule:
        """Give the rule whose pattern a match of `trigger` belongs to."""
        return self.rules[int(group_name(match)[1:])]


@cache
def lexicon() -> Lexicon:
    """Give the triggers and cues of `data/response.yaml`, read once."""
    folder = files("rallybook.grounding") / "data"
    data: dict[str, Any] = read_sheet((folder / "response.yaml").read_text("utf-8"))
    rules, listed = data.pop("rules"), data.pop("words")
    words = {name: by_first_letter([(name, pattern)]) for name, pattern in listed.items()}
    roles = by_first_letter((name, listed[name]) for name in ROLES)
    cues = {name: re.compile(pattern) for name, pattern in data.items()}
    cues.update({name: re.compile(rf"\b(?:{pattern})\b") for name, pattern in words.items()})
    return Lexicon(
        trigger=re.compile(
            rf"\b(?:{by_first_letter((f'r{number}', rule['pattern']) for number, rule in enumerate(rules))})\b"
        ),
        roles=re.compile(rf"\b(?:{roles})\b"),
        rules=tuple(
            Rule(rule["action"], rule["kind"], rule.get("also"), _pattern(rule.get("also_words")))
            for rule in rules
        ),
        cues=cues,
        weights=read_sheet((folder / "response_weights.yaml").read_text("utf-8")),
    )


def _pattern(text: str | None) -> re.Pattern[str] | None:
    return re.compile(text) if text else None
