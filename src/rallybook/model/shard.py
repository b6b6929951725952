"""A piece of a large input that one worker reads alone, and what became of it."""

from __future__ import annotations

from typing import Literal

import msgspec


class Part(msgspec.Struct, frozen=True):
    """A file, or the bytes of one from `start` up to `end`.

    `lines` stand before it in a file of lines, whose `encoding` was told from its beginning.
    """

    path: str
    start: int = 0
    end: int | None = None
    lines: int = 0
    encoding: str = ""

    @property
    def name(self) -> str:
        """The file, with the bytes where it is not the whole of it."""
        # a name that is no UTF-8 must not break the message about it
        path = self.path.encode("utf-8", "replace").decode()
        return path if self.end is None else f"{path}@{self.start}-{self.end}"


class Shard(msgspec.Struct, frozen=True):
    """What is read, coded and kept as one: a piece of a file, or some small files."""

    parts: tuple[Part, ...]

    @property
    def name(self) -> str:
        """What it is, as a message names it."""
        more = len(self.parts) - 1
        return self.parts[0].name + (f" and {more} files more" if more else "")


class ShardOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """What a worker says of a shard.

    `coded`: its records lie in the ledger under `key`; `kept`: they are in the book already; `failed`: it was given up
    because of `reason`; `stopped`: nothing more can be written because of `reason`.
    """

    shard: Shard
    state: Literal["coded", "kept", "failed", "stopped"]
    key: str = ""
    reason: str = ""
