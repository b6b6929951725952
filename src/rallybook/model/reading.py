"""An article's text as it is read: repaired, with a way back to the text as it was given."""

from __future__ import annotations

import msgspec

from rallybook.model.article import Article
from rallybook.model.span import Span


class Reading(msgspec.Struct, frozen=True):
    """The repaired `text` of an article.

    `origin[i]` is the position in `article.text` of the character `text[i]`, with one more entry for the
    end; None where each character stands at its own place: the texts are the same, or were repaired one
    character for one. Everything inside grounding and
    coding counts positions in the reading; a `Span` always counts them in the article.
    """

    article: Article
    text: str
    origin: tuple[int, ...] | None = None

    def span(self, start: int, end: int) -> Span:
        """Give the span of the article that the characters `start:end` of the reading come from."""
        if self.origin is not None:
            # the end of the last character read is where the next one starts in the article
            start, end = self.origin[start], self.origin[end]
        return Span(start, end, self.article.text[start:end])
