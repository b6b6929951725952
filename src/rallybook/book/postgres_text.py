"""Texts on their way to PostgreSQL and back: U+0000, which it does not take, is written as two other signs."""

from __future__ import annotations

import re
from typing import Any

from psycopg import Connection
from psycopg.abc import Buffer
from psycopg.adapt import Dumper, Loader

# noncharacters, which Unicode keeps for such a use within a program
_MARK, _ZERO = "\uffff", "\ufffe"
_WRITTEN = re.compile(f"{_MARK}([{_MARK}{_ZERO}])")


def adapt(connection: Connection[Any]) -> None:
    """Have a connection write and read texts so that each comes back as it was."""
    connection.adapters.register_dumper(str, TextDumper)
    for kind in ("text", "varchar"):
        connection.adapters.register_loader(kind, TextLoader)


class TextDumper(Dumper):
    """Writes texts; of no type, so that a literal becomes what its place asks for."""

    def dump(self, obj: str) -> bytes:
        """Give a text as it is written."""
        if "\x00" in obj or _MARK in obj:
            obj = obj.replace(_MARK, _MARK + _MARK).replace("\x00", _MARK + _ZERO)
        return obj.encode()


class TextLoader(Loader):
    """Reads texts."""

    def load(self, data: Buffer) -> str:
        """Give a text as it was before it was written."""
        text = str(data, "utf-8")
        return _WRITTEN.sub(_read, text) if _MARK in text else text


def _read(found: re.Match[str]) -> str:
    return "\x00" if found[1] == _ZERO else _MARK
