"""The wordings, which are data, and how a phrase is made of them."""

import random
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

_SLOT = re.compile(r"\{(\w+)\}")


@cache
def wording(name: str) -> dict[str, Any]:
    """Give one of the files of wordings."""
    table: dict[str, Any] = yaml.safe_load(
        (Path(__file__).parent / "wording" / f"{name}.yaml").read_text("utf-8")
    )
    return table


def phrase(chance: random.Random, template: str, facts: Mapping[str, Any]) -> str:
    """Give a template with its slots filled: by a fact, or by any of several phrases, which may have slots again.

    A slot "x_cap" is x with a capital.
    """

    def filled(slot: re.Match[str]) -> str:
        name = slot[1]
        capital = name.endswith("_cap")
        value = facts[name.removesuffix("_cap")]
        if not isinstance(value, str | int | float):
            value = chance.choice(value)
        words = phrase(chance, str(value), facts)
        return words[:1].upper() + words[1:] if capital else words

    return _SLOT.sub(filled, template)
