"""Articles that are one report: copies of one text, and older versions of it."""

from __future__ import annotations

import msgspec


class CopyGroup(msgspec.Struct, frozen=True):
    """Articles with one text, or nearly: one report, as far as sizes and support are counted.

    `articles` begins with the first published; `superseded` gives for the older versions of an article the
    version that took its place. Both stay articles of the book.
    """

    articles: tuple[str, ...]
    superseded: dict[str, str] = {}

    @property
    def original(self) -> str:
        """The id of the first published."""
        return self.articles[0]
