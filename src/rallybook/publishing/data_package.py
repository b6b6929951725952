"""The description of a release as a Frictionless data package (specs.frictionlessdata.io, version 1)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from rallybook.errors import InputError
from rallybook.model.record import FOCUSES, FORMS, STATUSES
from rallybook.publishing.event_layouts import EventLayout
from rallybook.publishing.table import Kind
from rallybook.sheets import read_sheet

_TYPES: dict[Kind, str] = {
    "text": "string",
    "integer": "integer",
    "number": "number",
    "flag": "boolean",
    "list": "string",
}
_VALUES = {"form": FORMS, "status": STATUSES, "focus": FOCUSES}
_BLOCK = 1 << 20
_NO_LICENCE = "None is stated: ask whoever released the data before you pass it on."
# whoever passes coordinates on must name where they come from
_GAZETTEER = {
    "title": "GeoNames, CC BY 4.0 (names of places and coordinates)",
    "path": "https://www.geonames.org/",
}


class Field(NamedTuple):
    """A column of a resource: its name, its type in a table schema, what it holds."""

    name: str
    type: str
    about: str


class Resource(NamedTuple):
    """A file of a release: where it is now, what it holds, its media type and, of a table, its columns and key."""

    path: Path
    about: str
    media_type: str
    fields: Sequence[Field] = ()
    key: str = ""
    refers: str = ""


class Licence(NamedTuple):
    """A licence by its SPDX identifier."""

    name: str
    title: str
    path: str


def licence_of(name: str) -> Licence | None:
    """Give the licence of a name, None for no name; raises `InputError` for one that is not known."""
    if name and name not in _licences():
        raise InputError("licence", name, _licences())
    return _licences()[name] if name else None


def licence_words(licence: Licence | None) -> str:
    """Give what a release says of its licence."""
    return f"{licence.title} ({licence.name}), {licence.path}" if licence else _NO_LICENCE


@cache
def _licences() -> dict[str, Licence]:
    text = (resources.files("rallybook.publishing") / "data" / "licences.yaml").read_text(encoding="utf-8")
    return {name: Licence(name, *facts) for name, facts in read_sheet(text)["licences"].items()}


def layout_fields(layout: EventLayout) -> list[Field]:
    """Give the columns of a layout as those of a resource."""
    joined = '; several with " | " between them'
    return [
        Field(one.name, _TYPES[one.kind], one.about.strip() + joined * (one.kind == "list"))
        for one in layout.columns
    ]


def data_package(
    files: Iterable[Resource], *, title: str, day: str, licence: Licence | None, facts: dict[str, Any]
) -> dict[str, Any]:
    """Give the descriptor; `facts` say what the data were made of: versions, filters, the release before."""
    package = {
        "profile": "data-package",
        "name": "rallybook-events",
        "title": title,
        "version": day.replace("-", "."),
        "created": f"{day}T00:00:00Z",
        "sources": [_GAZETTEER],
        "rallybook": facts,
        "resources": [_resource(file) for file in files],
    }
    return package | ({"licenses": [licence._asdict()]} if licence else {})


def digest(path: Path) -> str:
    """Give the SHA-256 of a file in hexadecimal digits."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            found.update(block)
    return found.hexdigest()


def pretty(value: object) -> bytes:
    """Give a value as JSON over several lines."""
    return msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n"


def _resource(file: Resource) -> dict[str, Any]:
    form = file.path.suffix.removeprefix(".")
    described = {
        "name": file.path.name.replace(".", "-") if file.fields == () else file.path.stem,
        "path": file.path.name,
        "profile": "tabular-data-resource" if file.fields else "data-resource",
        "description": file.about,
        "format": form,
        "mediatype": file.media_type,
        "bytes": file.path.stat().st_size,
        "hash": f"sha256:{digest(file.path)}",
    }
    if not file.fields:
        return described
    return described | {"encoding": "utf-8", "schema": _schema(file)}


def _schema(file: Resource) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(one, file.key) for one in file.fields], "missingValues": [""]}
    if file.key:
        schema["primaryKey"] = file.key
    if file.refers:
        schema["foreignKeys"] = [
            {"fields": file.refers, "reference": {"resource": "events", "fields": file.refers}}
        ]
    return schema


def _field(field: Field, key: str) -> dict[str, Any]:
    described: dict[str, Any] = {"name": field.name, "type": field.type, "description": field.about}
    if field.name == key:
        described["constraints"] = {"required": True, "unique": True}
    elif field.name in _VALUES:
        described["constraints"] = {"enum": list(_VALUES[field.name])}
    return described
