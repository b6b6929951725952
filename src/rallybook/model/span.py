"""A stretch of an article's text."""

from __future__ import annotations

import msgspec


class Span(msgspec.Struct, frozen=True):
    """Where some words stand in an article's text as it was given.

    `start` and `end` count Unicode code points; `article.text[start:end] == words`, always.
    """

    start: int
    end: int
    words: str
