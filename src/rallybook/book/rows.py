"""Values as rows of the tables, and back."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import msgspec
from sqlalchemy import RowMapping

from rallybook.book.schema import NEVER, OPEN_FIRST, OPEN_LAST, UNDATED
from rallybook.model.article import Article
from rallybook.model.decision import Decision
from rallybook.model.edtf import bounds
from rallybook.model.event import Event, Report
from rallybook.model.outcome import Coded
from rallybook.model.record import RESPONSE_ACTIONS, Record, ResponseAction

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_encoder = msgspec.json.Encoder()
_records = msgspec.json.Decoder(Record)
_events = msgspec.json.Decoder(Event)
_decisions = msgspec.json.Decoder(Decision)
# what is known to a country, or to nowhere, has no point on a map
UNPLACED = ("country", "unknown")
# the largest number of a column
_MOST = 2**63 - 1


def storable(article: Article) -> Article:
    """Give an article whose texts a database takes: lone halves of surrogate pairs become U+FFFD, one for one."""
    # most texts are plain: of those nothing is looked at twice
    if (
        article.text.isascii()
        and "".join((article.id, article.title, article.url, article.source, article.language)).isascii()
    ):
        return article
    texts = {name: getattr(article, name) for name in ("id", "text", "title", "url", "source", "language")}
    mended = {name: _LONE_SURROGATE.sub("\ufffd", text) for name, text in texts.items() if not text.isascii()}
    return msgspec.structs.replace(article, **mended) if mended else article


def sha(article: Article) -> bytes:
    """Give the hash by which a text is known again."""
    return hashlib.sha256(article.text.encode()).digest()


def now() -> str:
    """Give this moment as it is kept: UTC, ISO 8601."""
    return dt.datetime.now(dt.UTC).isoformat()


def article_row(article: Article, coded: Coded, text_sha: bytes, number: int, at: str) -> dict[str, Any]:
    """Give the row of an article."""
    return {
        "number": number,
        "id": article.id,
        "sha": text_sha,
        "title": article.title,
        "text": article.text,
        "published": article.published.isoformat() if article.published else None,
        "url": article.url,
        "source": article.source,
        "language": coded.language or article.language,
        "coder": coded.coder,
        "added_at": at,
        "current": 1,
        "author": article.post.author if article.post else "",
    }


def article_of(row: RowMapping) -> Article:
    """Give the article of a row."""
    return Article(
        id=row["id"],
        text=row["text"],
        title=row["title"],
        published=_day(row["published"]),
        url=row["url"],
        source=row["source"],
        language=row["language"],
    )


def record_row(record: Record, number: int, article: int) -> dict[str, Any]:
    """Give the row of a record."""
    return {
        "number": number,
        "id": record.id,
        "article": article,
        "data": encoded(record),
        "form": record.form,
        "status": record.status,
        "country": record.place.country,
        "first_day": span_of_days(record.date.edtf)[0],
        "quote": record.quote,
        "current": 1,
    }


def report_of(row: RowMapping) -> Report:
    """Give the report of a row with `data`, `article`, `published`, `source`, `url`, `author` and `seen`."""
    return Report(
        record=_records.decode(row["data"]),
        article=row["article"],
        published=_day(row["published"]),
        source=row["source"],
        url=row["url"],
        author=row["author"],
        seen=_day(row["seen"]),
    )


def event_row(event: Event) -> dict[str, Any]:
    """Give the row of an event, without its number."""
    first, last = span_of_days(event.date.edtf)
    return {
        "id": event.id,
        "revision": event.revision,
        "data": encoded(event),
        "form": event.form,
        "status": event.status,
        "focus": event.focus,
        "country": event.place.country,
        "precision": event.place.precision,
        "first_day": first,
        "last_day": last,
        "lat": event.place.lat,
        "lon": event.place.lon,
        "low": _whole(event.size.low),
        "high": _whole(event.size.high),
        "responses": bits(event.response.actions),
        "confidence": event.confidence.get("record"),
    }


def bits(actions: Iterable[ResponseAction]) -> int:
    """Give what the authorities did as a number with a bit for each of `RESPONSE_ACTIONS`."""
    return sum(1 << RESPONSE_ACTIONS.index(action) for action in set(actions))


def source_rows(event: Event, number: int) -> list[dict[str, Any]]:
    """Give a row for each outlet of an event's articles."""
    outlets = sorted({telling.source for telling in event.records} - {""})
    return [{"event": number, "source": outlet} for outlet in outlets]


def box_row(event: Event, number: int) -> dict[str, Any] | None:
    """Give the point of an event for the index of space, None where it has none finer than a country."""
    place = event.place
    if place.lat is None or place.lon is None or place.precision in UNPLACED:
        return None
    return {
        "number": number,
        "west": place.lon,
        "east": place.lon,
        "south": place.lat,
        "north": place.lat,
    }


def event_of(data: str) -> Event:
    """Give the event that was kept as JSON."""
    return _events.decode(data)


def record_of(data: str) -> Record:
    """Give the record that was kept as JSON."""
    return _records.decode(data)


def decision_of(data: str) -> Decision:
    """Give the decision that was kept as JSON."""
    return _decisions.decode(data)


def encoded(value: Record | Event | Decision) -> str:
    """Give a value as JSON."""
    return _encoder.encode(value).decode()


def block(key: str) -> int:
    """Give 64 bits for a block key: two keys that meet by chance cost a comparison and nothing else.

    The first 24 follow from what stands behind the last "|", the time: what comes together stands side by side in the
    index. Spread over it, each record would write a dozen pages.
    """
    whole = hashlib.blake2b(key.encode(), digest_size=5).digest()
    return int.from_bytes(_time_bits(key.rpartition("|")[2]) + whole, signed=True)


@lru_cache(maxsize=4096)
def _time_bits(time: str) -> bytes:
    # as many bits of a longer hash as there always were: the keys of a book stay as they are
    return hashlib.blake2b(time.encode(), digest_size=5).digest()[:3]


@lru_cache(maxsize=4096)
def span_of_days(edtf: str) -> tuple[str, str]:
    """Give the first and the last day of a date, in words that sort; one without days touches no span of days."""
    span = bounds(edtf)
    if span is None:
        return UNDATED, NEVER
    first, last = span
    return first.isoformat() if first else OPEN_FIRST, last.isoformat() if last else OPEN_LAST


def _whole(count: int | None) -> int | None:
    # a person may correct a head count to a number that no column holds
    return None if count is None else min(count, _MOST)


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
