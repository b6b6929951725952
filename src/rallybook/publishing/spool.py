"""Coded articles kept on disk for as long as a run lasts, so that one coding can be laid out many times."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import Self

import msgspec

from rallybook.model.outcome import Coded
from rallybook.publishing.lines import as_json


class Spool:
    """A temporary file of coded articles: written while they pass `through`, then read again and again."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by __exit__
        self._decoder = msgspec.json.Decoder(Coded)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def through(self, coded: Iterable[Coded]) -> Iterator[Coded]:
        """Give the same articles, each kept on the way."""
        for article in coded:
            self._file.write(as_json(article).encode() + b"\n")
            yield article

    def read(self) -> Iterator[Coded]:
        """Give what was kept, in its order."""
        self._file.seek(0)
        for line in self._file:
            try:
                yield self._decoder.decode(line)
            except msgspec.DecodeError:  # a lone surrogate, which only the standard library takes back
                yield msgspec.convert(json.loads(line), Coded)
