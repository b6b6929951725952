"""One article or post, as it was given."""

from __future__ import annotations

import datetime as dt
import hashlib

import msgspec

from rallybook.model.post import Post
from rallybook.model.row import Row


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """A text and what is known about it; the text is never changed after creation.

    `published` is the day of publication, `language` an ISO 639-1 code; both may be unknown. `post` is there for
    a post on social media, `row` for a row of a table that others made.
    """

    id: str
    text: str
    title: str = ""
    published: dt.date | None = None
    url: str = ""
    source: str = ""
    language: str = ""
    post: Post | None = None
    row: Row | None = None


def article_id(text: str, *, source: str = "", url: str = "") -> str:
    """Give the id of an article that came without one: 16 hexadecimal digits of a hash over its facts."""
    facts = "\x1f".join((source, url, text))
    return hashlib.sha256(facts.encode("utf-8", "surrogatepass")).hexdigest()[:16]
