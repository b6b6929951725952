"""Events as data frames of pandas or polars, neither of which need be installed."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import Any

from rallybook.errors import InputError
from rallybook.model.event import Event
from rallybook.publishing.event_layouts import OUR_LAYOUT, event_layout


def frame(events: Iterable[Event], package: str) -> Any:  # noqa: ANN401 - of a package that need not be there
    """Give events as a frame with our flat columns; raises `InputError` without the package."""
    try:
        kind = import_module(package).DataFrame
    except ModuleNotFoundError:
        raise InputError(package, "not installed", f"pip install {package}") from None
    table = event_layout(OUR_LAYOUT).table(events)
    rows = [[list(cell) if isinstance(cell, tuple) else cell for cell in row.cells] for row in table.rows]
    return kind({name: [row[place] for row in rows] for place, name in enumerate(table.names)})
