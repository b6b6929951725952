"""`rallybook decide`: what a person judges of events or records."""

from __future__ import annotations

import getpass
from enum import StrEnum
from typing import Annotated

import typer

from rallybook.cli.book import BOOK, BY, DEFAULT, WHY, opened
from rallybook.cli.exits import quiet_exits


class Kind(StrEnum):
    """The kinds of decisions."""

    SAME = "same"
    DIFFERENT = "different"
    CORRECT = "correct"
    REJECT = "reject"
    RESTORE = "restore"
    SKIP = "skip"
    FOUND = "found"


_KIND = typer.Argument(
    metavar="same|different|correct|reject|restore|skip|found",
    help="They are one event; no two of them are; a field has another value; they tell no event; they do after all; "
    "somebody else is to judge; an article tells an event that no machine has read.",
)
_NAMES = typer.Argument(
    metavar="EVENT|RECORD|ARTICLE...", help="Ids of events, or of records; with found of an article."
)
_FIELD = typer.Option("--field", metavar="FIELD", help="With correct: the field, as form or place.name.")
_VALUE = typer.Option(
    "--value",
    metavar="VALUE",
    help="With correct: its value; lists and groups as JSON. "
    "With reject: not_a_protest or unverifiable. With restore: accepted. "
    "With found: the event in JSON (docs/review.md).",
)

_FINAL = typer.Option("--final", help="Judge anew what an adjudicator decided.")


def decide(  # noqa: PLR0913 - one for each argument and option of the command
    kind: Annotated[Kind, _KIND],
    names: Annotated[list[str], _NAMES],
    *,
    by: Annotated[str | None, BY] = None,
    why: Annotated[str, WHY] = "",
    field: Annotated[str, _FIELD] = "",
    value: Annotated[str | None, _VALUE] = None,
    final: Annotated[bool, _FINAL] = False,
    book: Annotated[str, BOOK] = DEFAULT,
) -> None:
    """Judge events or records; the judgement of a person outranks the machine, the newest one holds."""
    with quiet_exits(), opened(book) as kept:
        made = kept.decide(
            kind.value,
            *names,
            by=_person() if by is None else by,
            why=why,
            field=field,
            value=value,
            final=final,
        )
        for decision in made:
            typer.echo(decision.id)


def _person() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # no name for this user
        return ""
