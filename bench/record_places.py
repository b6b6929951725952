"""Places of labelled records: is the gold place among the toponyms of its article?

    RALLYBOOK_DATA=../shared/data python bench/record_places.py [SET ...] [N]

SET is a set of protest records, or a file of labelled articles; N misses are shown.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from places import DATA
from rallybook.grounding.gazetteer import CompiledGazetteer
from rallybook.grounding.places import Geoparser
from rallybook.model.article import Article
from rallybook.model.distance import km_between
from rallybook.model.reading import Reading
from rallybook.model.values import Place

SETS = ("train", "written", "stories")
CITY_KM, REGION_KM = 25.0, 161.0


def same(gold: dict[str, Any], place: Place) -> bool:
    """Tell whether a place is the gold one: the same country, a region near by, a city within 25 km."""
    if place.country != gold["country"] and gold["country"]:
        return False
    if gold["precision"] == "country":
        return True
    if gold["lat"] is None:
        return False
    limit = REGION_KM if gold["precision"] == "region" else CITY_KM
    return km_between(place.lat, place.lon, gold["lat"], gold["lon"]) <= limit


def main(names: tuple[str, ...], *, show: int = 0) -> None:
    geoparser = Geoparser(CompiledGazetteer())
    for name in names:
        counts: Counter[str] = Counter()
        hits: Counter[str] = Counter()
        misses = []
        path = Path(name) if name.endswith(".jsonl") else DATA / "protest_records" / f"{name}.jsonl"
        with path.open(encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines]
        for row in rows:
            article = Article(id=row["id"], text=row["text"], title=row.get("title") or "")
            toponyms = geoparser.toponyms(Reading(article, article.text))
            for event in row["events"]:
                gold = event["place"]
                if not gold["text"] or gold["precision"] == "unknown" or not gold["country"]:
                    continue
                counts[gold["precision"]] += 1
                if any(t.place is not None and same(gold, t.place) for t in toponyms):
                    hits[gold["precision"]] += 1
                else:
                    named = gold["name"] in row["text"]
                    found = [
                        (t.text, f"{t.place.name} {t.place.country}" if t.place else None) for t in toponyms
                    ]
                    misses.append((row["id"], named, gold["text"], gold["name"], gold["country"], found[:14]))
        shares = ", ".join(f"{key} {hits[key]}/{counts[key]}" for key in sorted(counts))
        print(f"{path.stem}: recall {sum(hits.values()) / sum(counts.values()):.3f} ({shares})")
        for miss in misses[:show]:
            print("  ", *miss)


if __name__ == "__main__":
    chosen = tuple(arg for arg in sys.argv[1:] if not arg.isdigit())
    main(chosen or SETS, show=next((int(arg) for arg in sys.argv[1:] if arg.isdigit()), 0))
