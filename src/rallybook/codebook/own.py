"""A codebook of one's own: other forms and other roles than rallybook's, in a YAML file."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from rallybook.codebook.definitions import definitions
from rallybook.codebook.lexicon import VERSION, check_version, parsed
from rallybook.errors import CodebookError, InputError

_NAME = re.compile(r"[a-z][a-z0-9_]*")
# fields of a labelled record that mean something already
_TAKEN = frozenset(
    "id form status focus umbrella date place size response harm trigger quote spans confidence own".split()
)


class OwnCodebook(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The name of a codebook, its forms of acts and its roles in them, each with what it means."""

    version: int
    name: str
    forms: dict[str, str]
    roles: dict[str, str] = {}


def read_own(path: Path) -> OwnCodebook:
    """Give the codebook of a file.

    Raises `InputError` for a file that cannot be read, `CodebookError` for one that is no codebook: names are of small
    letters, digits and underscores, there is one form at least, and no role has the name of a field of the records.
    """
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("codebook", str(path), f"a file of YAML in UTF-8 ({error})") from None
    sheet = parsed(str(path), text)
    check_version(str(path), sheet.get("version"))
    try:
        book = msgspec.convert(sheet, OwnCodebook)
    except msgspec.ValidationError as error:
        raise CodebookError(f"{path}: {error}") from None
    _check(path, book)
    return book


def own_or_default(path: Path | None) -> OwnCodebook:
    """Give the codebook of a file, or rallybook's own forms and roles where there is none."""
    if path:
        return read_own(path)
    known = definitions()
    roles = {role: known.fields[role] for role in ("participants", "organisers", "targets", "claims")}
    return OwnCodebook(VERSION, "rallybook", {str(form): told for form, told in known.forms.items()}, roles)


def _check(path: Path, book: OwnCodebook) -> None:
    if not book.forms:
        raise CodebookError(f"{path}: forms: received none, allowed: one and more")
    for kind, names in (("name", [book.name]), ("form", book.forms), ("role", book.roles)):
        for name in names:
            if not _NAME.fullmatch(name):
                allowed = "small letters, digits and underscores, a letter first"
                raise CodebookError(f"{path}: {kind}: received {name!r}, allowed: {allowed}")
    for name in sorted(_TAKEN & book.roles.keys()):
        raise CodebookError(
            f"{path}: role: received {name!r}, which is a field of every record; allowed: another name"
        )
