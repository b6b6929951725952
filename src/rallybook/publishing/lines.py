"""JSON: one line for each article, or one array of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

import msgspec

from rallybook.model.outcome import Coded

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_encoder = msgspec.json.Encoder()


def as_json(value: object) -> str:
    """Give a value as one line of JSON, letters as themselves.

    Lone surrogates, which UTF-8 cannot carry, are written as escapes; a reader gets the same text back.
    """
    try:
        return _encoder.encode(value).decode()
    except UnicodeEncodeError:
        plain = json.dumps(msgspec.to_builtins(value), ensure_ascii=False, separators=(",", ":"))
        return _LONE_SURROGATE.sub(lambda lone: f"\\u{ord(lone[0]):04x}", plain)


def encoded(pieces: Iterable[str | bytes]) -> Iterator[bytes]:
    """Give text as UTF-8; lone surrogates, which it cannot carry, as escapes."""
    return (one if isinstance(one, bytes) else one.encode("utf-8", "backslashreplace") for one in pieces)


class JsonLines:
    """One line for each article: `id`, `published`, `language`, `coder`, `events`, `failures`."""

    def lines(self, coded: Iterable[Coded]) -> Iterator[str]:
        """Give the lines, each with its line end."""
        for article in coded:
            yield as_json(article) + "\n"


class JsonArray:
    """The same objects as one JSON array, one object on each line."""

    def lines(self, coded: Iterable[Coded]) -> Iterator[str]:
        """Give the text of the array piece by piece."""
        return json_array(coded)


def json_array(values: Iterable[object]) -> Iterator[str]:
    """Give values as one JSON array piece by piece, one value on each line."""
    opening = "["
    for value in values:
        yield f"{opening}\n{as_json(value)}"
        opening = ","
    yield "[]\n" if opening == "[" else "\n]\n"
