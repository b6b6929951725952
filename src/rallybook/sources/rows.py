"""One row of a table or a JSON Lines file as an article."""

from __future__ import annotations

import datetime as dt
import re
import reprlib
from collections.abc import Iterator, Mapping

from rallybook.model.article import Article, article_id
from rallybook.model.outcome import Failure
from rallybook.sources.encodings import MOST_CHARACTERS

STAGE = "read"
# there was no news before, and there is none yet; the dates of a text reach further to both sides
_FIRST_YEAR, _LAST_YEAR = 1600, 2200
_CODE = re.compile(r"([A-Za-z]{2})(?:[-_]\w+)*")
_HALF = re.compile("[\ud800-\udfff]")
_SHORT = reprlib.Repr()
_SHORT.maxstring = _SHORT.maxother = 60
_SHORT.maxlist = _SHORT.maxdict = 4


def from_row(
    row: Mapping[str, object], origin: str, *, published: dt.date | None = None
) -> Iterator[Article | Failure]:
    """Give the article of a row; `published` is for rows that carry no date.

    A row without a text gives a failure only; one whose date is no date gives a failure that bears the
    article's id, and then the article without a date. Keys other than an article's own are never looked at.
    """
    text = row.get("text")
    name = _words(row.get("id")).strip()
    where = f"{name} ({origin})" if name else origin
    if "text" not in row:
        yield Failure(name or origin, STAGE, f"{where}: no text; received the keys {shown(list(row))}")
        return
    if not isinstance(text, str):
        yield Failure(name or origin, STAGE, f"{where}: text: received {shown(text)}, allowed: a string")
        return
    if problem := text_problem(text):
        yield Failure(name or origin, STAGE, f"{where}: text: {problem}")
        return
    source, url = _words(row.get("source")), _words(row.get("url"))
    name = name or article_id(text, source=source, url=url)
    day = published
    if (given := row.get("published")) not in (None, ""):
        day = day_of(given)
        if day is None:
            allowed = "an ISO 8601 date or datetime such as 2021-02-14; read without a date"
            yield Failure(name, STAGE, f"{where}: published: received {shown(given)}, allowed: {allowed}")
    yield Article(
        id=name,
        text=whole_letters(text),
        title=_words(row.get("title")),
        published=day,
        url=url,
        source=source,
        language=_language(row.get("language")),
    )


def text_problem(text: str) -> str:
    """Tell why a text cannot be read as an article; empty where it can."""
    if not text.strip():
        return "received no words, allowed: at least one"
    if len(text) > MOST_CHARACTERS:
        return f"received {len(text):,} characters, allowed: up to {MOST_CHARACTERS:,}"
    return ""


def day_of(value: object) -> dt.date | None:
    """Give the day of an ISO 8601 date or datetime of the years 1600 to 2200, None where it is none."""
    if not isinstance(value, str):
        return None
    try:
        day = dt.datetime.fromisoformat(value.strip()).date()
    except ValueError:
        return None
    return day if _FIRST_YEAR <= day.year <= _LAST_YEAR else None


def _words(value: object) -> str:
    """Give a string or number as words that can be written out again: no half of a surrogate pair."""
    if isinstance(value, str):
        return whole_letters(value)
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def whole_letters(text: str) -> str:
    """Replace lone halves of surrogate pairs, which no file or database takes, by U+FFFD, one for one."""
    return text if text.isascii() else _HALF.sub("\ufffd", text)


def _language(value: object) -> str:
    code = _CODE.fullmatch(value.strip()) if isinstance(value, str) else None
    return code[1].lower() if code else ""


def shown(value: object) -> str:
    """Give a value as a message shows it: what it is, cut where it is long or deep."""
    return _SHORT.repr(value)
