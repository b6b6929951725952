"""Retells one article with other places, people, days and numbers, and changes its records with it.

The tables are in `substitutions.yaml`; they hold for any text that tells the story of the first example.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import yaml

TABLES = Path(__file__).with_name("substitutions.yaml")
WORD_FIELDS = ("participants", "organisers", "targets", "claims")

Event = dict[str, Any]
Place = tuple[str, str, float, float]


class Substitution(NamedTuple):
    """One table: what is replaced by what."""

    name: str
    published: dt.date
    words: Mapping[str, str]
    places: Mapping[str, Place]
    dates: Mapping[str, str]
    counts: Sequence[Mapping[str, list[int | None]]]


class Variant(NamedTuple):
    """The retold article and the records that it should give."""

    text: str
    published: dt.date
    events: list[Event]


def substitutions() -> tuple[dt.date, list[Substitution]]:
    """Give the publication date that the tables start from, and the tables."""
    document = yaml.safe_load(TABLES.read_text(encoding="utf-8"))
    tables = [
        Substitution(
            name=entry["name"],
            published=entry["published"],
            words=entry["words"],
            places={old: (new[0], new[1], new[2], new[3]) for old, new in entry["places"].items()},
            dates={str(old): str(new) for old, new in entry["dates"].items()},
            counts=entry.get("counts", []),
        )
        for entry in document["substitutions"]
    ]
    return document["published"], tables


def variants(article_text: str, published: dt.date | str, gold_events: Sequence[Event]) -> list[Variant]:
    """Give one variant of the article and its records for each table.

    Raises ValueError where the tables start from another publication date.
    """
    origin, tables = substitutions()
    if str(published) != str(origin):
        raise ValueError(f"the tables start from an article published on {origin}, not on {published}")
    return [variant(article_text, gold_events, table) for table in tables]


def variant(article_text: str, gold_events: Sequence[Event], table: Substitution) -> Variant:
    """Apply one table."""
    retell = _replacer(table.words)
    events = [_event(event, table, retell) for event in gold_events]
    return Variant(retell(article_text), table.published, events)


def _replacer(words: Mapping[str, str]) -> Callable[[str], str]:
    # one pass, the longest first: what was put in is never replaced again
    longest_first = sorted(words, key=len, reverse=True)
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)")
    return lambda text: pattern.sub(lambda found: words[found[0]], text)


def _event(event: Event, table: Substitution, retell: Callable[[str], str]) -> Event:
    name, country, lat, lon = table.places[event["place"]["name"]]
    place = {
        **event["place"],
        "text": retell(event["place"]["text"]),
        "name": name,
        "country": country,
        "lat": lat,
        "lon": lon,
    }
    return {
        **event,
        **{field: [retell(words) for words in event[field]] for field in WORD_FIELDS},
        "date": {
            "edtf": table.dates[event["date"]["edtf"]],
            "text": retell(event["date"]["text"]),
        },
        "place": place,
        "size": {"text": retell(event["size"]["text"]), **_count(event["size"], table)},
        "response": {**event["response"], "arrests": _count(event["response"]["arrests"], table)},
        "trigger": retell(event["trigger"]),
        "quote": retell(event["quote"]),
    }


def _count(count: Mapping[str, Any], table: Substitution) -> dict[str, int | None]:
    ends = [count["low"], count["high"]]
    low, high = next((row["to"] for row in table.counts if row["from"] == ends), ends)
    return {"low": low, "high": high}
