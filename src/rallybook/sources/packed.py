"""Files that come packed in gzip or zip, line by line."""

from __future__ import annotations

import contextlib
import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

from rallybook.errors import SourceError
from rallybook.sources.compression import GZIP_MARK

ZIP_MARK = b"PK\x03\x04"


def unpacked_files(stream: BinaryIO, origin: str) -> Iterator[tuple[BinaryIO, str]]:
    """Give the streams in a file: itself, what gzip packed in it, or each member of a zip archive, with its name.

    They are read where they are given, within `packing_in_words`. Raises `SourceError` for a zip archive in a pipe.
    """
    mark = stream.peek(4)[:4] if isinstance(stream, io.BufferedReader) else b""
    if mark.startswith(GZIP_MARK):
        with gzip.open(stream) as inner:
            yield io.BufferedReader(inner), origin
    elif mark == ZIP_MARK:
        if not stream.seekable():
            raise SourceError(origin, "received a ZIP archive in a pipe, allowed: its path, or it unpacked")
        with zipfile.ZipFile(stream) as archive:
            for member in archive.infolist():
                if not member.is_dir():
                    with archive.open(member) as inner:
                        yield (
                            io.BufferedReader(cast("io.RawIOBase", inner)),
                            f"{origin}/{Path(member.filename).name}",
                        )
    else:
        yield stream, origin


@contextlib.contextmanager
def packing_in_words(origin: str) -> Iterator[None]:
    """Turn what goes wrong while a packed file is read into a `SourceError`: damage, an early end, a password."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, gzip.BadGzipFile, NotImplementedError) as error:
        raise SourceError(
            origin, f"packed data that is broken ({error}); the rest of it was not read"
        ) from error
    except RuntimeError as error:
        if "encrypted" not in str(error):
            raise
        raise SourceError(
            origin, "received an encrypted ZIP archive, allowed: one without a password"
        ) from error
