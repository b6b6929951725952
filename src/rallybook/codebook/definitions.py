"""The definitions of the codebook in words, for a coder that is told what to look for."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources import files

import msgspec

from rallybook.codebook.lexicon import check_version, parsed
from rallybook.errors import CodebookError
from rallybook.model.record import (
    FOCUSES,
    FORMS,
    RESPONSE_ACTIONS,
    STATUSES,
    Focus,
    Form,
    ResponseAction,
    Status,
)

_SHEET = "definitions.yaml"


class Definitions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an event is, the rules of counting, and each word of the codebook with what it means."""

    version: int
    event: str
    rules: tuple[str, ...]
    forms: dict[Form, str]
    statuses: dict[Status, str]
    focus: dict[Focus, str]
    actions: dict[ResponseAction, str]
    fields: dict[str, str]


@cache
def definitions() -> Definitions:
    """Give the definitions that rallybook ships; raises `CodebookError` where they break their rules."""
    return build((files("rallybook.codebook") / "data" / _SHEET).read_text("utf-8"))


def build(text: str) -> Definitions:
    """Make definitions from YAML. Raises `CodebookError` for a word without a definition, or one too many."""
    sheet = parsed(_SHEET, text)
    check_version(_SHEET, sheet.get("version"))
    try:
        known = msgspec.convert(sheet, Definitions)
    except msgspec.ValidationError as error:
        raise CodebookError(f"{_SHEET}: {error}") from error
    _check("forms", known.forms, FORMS)
    _check("statuses", known.statuses, STATUSES)
    _check("focus", known.focus, FOCUSES)
    _check("actions", known.actions, RESPONSE_ACTIONS)
    return known


def _check(name: str, told: Iterable[str], words: Iterable[str]) -> None:
    missing = [word for word in words if word not in set(told)]
    if missing:
        raise CodebookError(f"{_SHEET}: {name} lack {', '.join(missing)}")
