"""rallybook reads news articles and keeps the book on protests.

>>> import rallybook
>>> records = rallybook.code("More than 100 women marched in Leeds on Sunday.", published="2021-02-16")
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from rallybook.version import __version__

if TYPE_CHECKING:
    from rallybook.api import code, code_all, read
    from rallybook.bulk import add_files
    from rallybook.errors import RallybookError
    from rallybook.model.article import Article
    from rallybook.model.decision import Decision
    from rallybook.model.event import Event
    from rallybook.model.outcome import Coded, Failure
    from rallybook.model.record import Record
    from rallybook.opened import OpenBook, open  # noqa: A004 - rallybook.open

__all__ = [
    "Article",
    "Coded",
    "Decision",
    "Event",
    "Failure",
    "OpenBook",
    "RallybookError",
    "Record",
    "__version__",
    "add_files",
    "code",
    "code_all",
    "open",
    "read",
]

_HOMES = {
    "Article": "rallybook.model.article",
    "Coded": "rallybook.model.outcome",
    "Decision": "rallybook.model.decision",
    "Event": "rallybook.model.event",
    "Failure": "rallybook.model.outcome",
    "OpenBook": "rallybook.opened",
    "RallybookError": "rallybook.errors",
    "Record": "rallybook.model.record",
    "add_files": "rallybook.bulk",
    "code": "rallybook.api",
    "code_all": "rallybook.api",
    "open": "rallybook.opened",
    "read": "rallybook.api",
}


def __getattr__(name: str) -> object:
    """Give a public name, importing its module only now: `rallybook --help` must start at once."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
