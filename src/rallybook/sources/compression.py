"""Compressed bytes from strangers, unpacked to a limit."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

# what zlib is told of a stream: gzip with its header, deflate with zlib's, deflate bare
_GZIP, _ZLIB, _BARE = 31, 15, -15
CODINGS = ("gzip", "x-gzip", "deflate")
GZIP_MARK = b"\x1f\x8b"


class UnpackError(ValueError):
    """Bytes that do not unpack: broken, cut off, or more than allowed."""


def unpacked(pieces: Iterable[bytes], coding: str, most: int) -> bytes:
    """Give what pieces of gzip or deflate hold together, `most` bytes at the most; no more is ever unpacked.

    Raises `UnpackError`.
    """
    unpacker = None
    found = bytearray()
    for piece in pieces:
        rest = piece
        while rest:
            if unpacker is None or (unpacker.eof and rest.startswith(GZIP_MARK)):
                unpacker = zlib.decompressobj(_kind(rest, coding))
            elif unpacker.eof:
                return bytes(found)  # what follows is padding
            try:
                found += unpacker.decompress(rest, most + 1 - len(found))
            except zlib.error as error:
                raise UnpackError(f"broken {coding} data ({error})") from error
            if len(found) > most:
                raise UnpackError(f"{coding} data that unpack to more than {most:,} bytes")
            rest = unpacker.unused_data or unpacker.unconsumed_tail
    if unpacker is not None and not unpacker.eof:
        raise UnpackError(f"{coding} data that end early")
    return bytes(found)


def _kind(beginning: bytes, coding: str) -> int:
    if coding != "deflate":
        return _GZIP
    # RFC 1950: compression method 8, and the first two bytes a multiple of 31; some servers send it bare
    wrapped = (
        len(beginning) > 1 and beginning[0] & 0x0F == 8 and int.from_bytes(beginning[:2], "big") % 31 == 0
    )
    return _ZLIB if wrapped else _BARE
