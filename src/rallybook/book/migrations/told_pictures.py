"""What the records of an older book tell of pictures, for the two migrations that begin to remember these."""

from __future__ import annotations

import json

import numpy as np
from sqlalchemy import Connection, text

# signs of 64 in which fingerprints of one picture may differ, as it was then
_ALIKE = 8
_TOLD = text(
    "SELECT records.article, records.data, articles.published FROM records "
    "JOIN articles ON articles.number = records.article "
    """WHERE records.data LIKE '%"pictures":[{%' ORDER BY records.number"""
)
_KEEP = text(
    "INSERT INTO pictures (article, place, print, day, seen) VALUES (:article, :place, :signs, :day, :seen)"
)
_RETELL = text(
    "INSERT INTO pending (record, day_place, stage) SELECT number, first_day || ' ' || country, 1 FROM records "
    "WHERE current = 1 AND article IN (SELECT article FROM pictures) AND number NOT IN (SELECT record FROM pending)"
)


def remember(db: Connection) -> None:
    """Keep the pictures of posts that told an event, and have these events made anew with the next addition."""
    shown: dict[tuple[int, int], tuple[int, str | None]] = {}
    for article, data, published in db.execute(_TOLD):
        for place, one in enumerate(json.loads(data).get("media", {}).get("pictures", ())):
            day = min((day for day in (one.get("taken"), published) if day), default=None)
            if one["picture"]:
                shown[article, place] = int(one["picture"], 16), day
    if not shown:
        return
    prints = np.array([signs for signs, _ in shown.values()], np.uint64)
    days = [day for _, day in shown.values()]
    rows = []
    for (article, place), signs, day in zip(shown, prints, days, strict=True):
        alike = np.flatnonzero(np.bitwise_count(prints ^ signs) <= _ALIKE)
        seen = min((first for n in alike.tolist() if (first := days[n])), default=None)
        kept = int(signs.view(np.int64))
        rows.append({"article": article, "place": place, "signs": kept, "day": day, "seen": seen})
    db.execute(_KEEP, rows)
    db.execute(_RETELL)
