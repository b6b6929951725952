"""Places against labelled toponyms: share of all gold toponyms resolved, precision, articles a second."""

from __future__ import annotations

import json
import math
import os
import resource
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from rallybook.grounding.gazetteer import CompiledGazetteer
from rallybook.grounding.places import Geoparser
from rallybook.model.article import Article
from rallybook.model.mention import Toponym
from rallybook.model.reading import Reading

DATA = Path(os.environ.get("RALLYBOOK_DATA", Path(__file__).parents[1] / ".." / "shared" / "data"))
SETS = ("trnews", "lgl", "geovirus")
NEAR_KM = 161.0
# centroids of large areas differ between gazetteers
WIDE_KM = 1_500.0


def km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Give the great-circle distance."""
    a, b = math.radians(lat), math.radians(other_lat)
    h = math.sin((b - a) / 2) ** 2
    h += math.cos(a) * math.cos(b) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    return 12_742.0 * math.asin(math.sqrt(h))


def articles(name: str) -> list[dict[str, Any]]:
    path = DATA / "places" / f"{name}.jsonl"
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def reading_of(row: dict[str, Any]) -> Reading:
    article = Article(
        id=row["id"], text=row["text"], title=row.get("title") or "", source=row.get("domain") or ""
    )
    return Reading(article, article.text)


def overlapping(gold: dict[str, Any], found: list[Toponym]) -> Toponym | None:
    return next((t for t in found if t.start < gold["end"] and gold["start"] < t.end), None)


def judge(gold: dict[str, Any], toponym: Toponym | None) -> str:
    """Give near, wide (an area's centroid), far, vetoed or missed."""
    if toponym is None:
        return "missed"
    place = toponym.place
    if place is None:
        return "vetoed"
    distance = km(place.lat, place.lon, gold["lat"], gold["lon"])
    if distance <= NEAR_KM or (place.geonameid and place.geonameid == gold.get("geonameid")):
        return "near"
    area = place.precision in ("country", "region")
    return "wide" if area and distance <= WIDE_KM else "far"


def main(names: tuple[str, ...], *, show: int = 0) -> None:
    geoparser = Geoparser(CompiledGazetteer())
    for name in names:
        rows = articles(name)
        readings = [reading_of(row) for row in rows]
        began = time.process_time()
        answers = [geoparser.names(reading) for reading in readings]
        seconds = time.process_time() - began
        verdicts: Counter[str] = Counter()
        errors: Counter[str] = Counter()
        predicted = right = 0
        for row, toponyms in zip(rows, answers, strict=True):
            gold = [g for g in row["toponyms"] if g.get("lat") is not None]
            found = list(toponyms)
            hits = set()
            for g in gold:
                toponym = overlapping(g, found)
                verdict = judge(g, toponym)
                verdicts[verdict] += 1
                if verdict in ("near", "wide") and toponym:
                    hits.add(toponym.start)
                elif show:
                    place = toponym.place if toponym else None
                    where = f"{place.name} {place.country}.{place.admin1} {place.feature}" if place else ""
                    errors[f"{verdict}: {g['text']} = {g.get('gaz_name')} {g.get('admin1')} -> {where}"] += 1
            # labelled names without a position say nothing about a position given
            unknown = [(g["start"], g["end"]) for g in row["toponyms"] if g.get("lat") is None]
            placed = [
                t
                for t in found
                if t.place and not any(t.start < end and start < t.end for start, end in unknown)
            ]
            predicted += len(placed)
            right += len({t.start for t in placed} & hits)
            if show:
                spans = [(g["start"], g["end"]) for g in row["toponyms"]]
                for t in placed:
                    if not any(t.start < end and start < t.end for start, end in spans):
                        errors[
                            f"spurious: {t.text} -> {t.place.name} {t.place.country} {t.place.feature}"
                        ] += 1
        total = sum(verdicts.values())
        share = (verdicts["near"] + verdicts["wide"]) / total
        print(
            f"{name}: {len(rows)} articles, {total} gold toponyms: resolved {share:.3f} "
            f"(within {NEAR_KM:.0f} km {verdicts['near'] / total:.3f}), of those found "
            f"{share * total / (total - verdicts['missed'] - verdicts['vetoed']):.3f}, "
            f"precision {right / max(predicted, 1):.3f}, "
            f"{dict(verdicts)}, {len(rows) / seconds:.0f} articles/s"
        )
        for error, count in errors.most_common(show):
            print(f"  {count} {error}")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    chosen = tuple(arg for arg in sys.argv[1:] if not arg.isdigit())
    main(chosen or SETS, show=next((int(arg) for arg in sys.argv[1:] if arg.isdigit()), 0))
