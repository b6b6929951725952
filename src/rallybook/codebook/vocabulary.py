"""The codebook's vocabulary: forms, their kinds, and what may stand for what."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import msgspec

from rallybook.errors import CodebookError
from rallybook.model.record import FORMS, Form
from rallybook.sheets import read_sheet


class Vocabulary(msgspec.Struct, frozen=True):
    """The words of codebook.yaml."""

    version: int
    kinds: dict[str, tuple[Form, ...]]
    lasting: frozenset[Form]
    generic: frozenset[str]
    crowd: frozenset[str]
    ending: frozenset[str]


@cache
def vocabulary() -> Vocabulary:
    """Give the codebook's vocabulary; raises CodebookError where a form has no kind, or two."""
    data = read_sheet(files("rallybook.codebook").joinpath("data/codebook.yaml").read_text("utf-8"))
    words = msgspec.convert(data, Vocabulary)
    told = [form for forms in words.kinds.values() for form in forms]
    if sorted(told) != sorted(FORMS):
        raise CodebookError(
            f"codebook.yaml: kinds name {sorted(told)}; allowed: each of {sorted(FORMS)} once"
        )
    return words


@cache
def _kind_of() -> dict[Form, str]:
    return {form: kind for kind, forms in vocabulary().kinds.items() for form in forms}


def kind(form: Form) -> str:
    """Give the kind of act that a form belongs to."""
    return _kind_of()[form]
