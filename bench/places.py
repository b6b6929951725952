"""Places against labelled toponyms: share of all gold toponyms resolved, precision, articles a second.

`RALLYBOOK_DATA=data python bench/places.py [SET ...] [N]` prints one row a set (and a peer), and the N most
frequent errors. Two precisions are given: over the names that the labels cover, and over all names with a place
(where a name that nobody labelled counts as wrong, right or not).
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from place_peers import Found, peers
from rallybook.grounding.gazetteer import CompiledGazetteer
from rallybook.grounding.places import Geoparser
from rallybook.model.article import Article
from rallybook.model.distance import km_between
from rallybook.model.mention import Toponym
from rallybook.model.reading import Reading

DATA = Path(os.environ.get("RALLYBOOK_DATA", Path(__file__).parents[1] / ".." / "shared" / "data"))
SETS = ("trnews", "lgl", "geovirus")
NEAR_KM = 161.0
# centroids of large areas differ between gazetteers
WIDE_KM = 1_500.0
Gold = dict[str, Any]


def articles(name: str) -> list[Gold]:
    path = DATA / "places" / f"{name}.jsonl"
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def reading_of(row: Gold) -> Reading:
    article = Article(
        id=row["id"],
        text=row["text"],
        title=row.get("title") or "",
        source=row.get("domain") or "",
        url=row.get("url") or "",
    )
    return Reading(article, article.text)


def judge(gold: Gold, found: Toponym | Found | None) -> str:
    """Give near, wide (an area's centroid), far, vetoed or missed."""
    if found is None:
        return "missed"
    if isinstance(found, Found):
        lat, lon, wide, same = found.lat, found.lon, found.wide, False
    elif found.place is None:
        return "vetoed"
    else:
        place = found.place
        lat, lon, wide = place.lat, place.lon, place.precision in ("country", "region")
        same = bool(place.geonameid) and place.geonameid == gold.get("geonameid")
    distance = km_between(lat, lon, gold["lat"], gold["lon"])
    if distance <= NEAR_KM or same:
        return "near"
    return "wide" if wide and distance <= WIDE_KM else "far"


class Tally:
    """What one geoparser gave on one set."""

    def __init__(self) -> None:
        self.verdicts: Counter[str] = Counter()
        self.errors: Counter[str] = Counter()
        self.unlabelled = 0

    def add(self, row: Gold, answers: Iterable[Toponym | Found]) -> None:
        """Count one article; labelled names without a position say nothing about a position given."""
        found = list(answers)
        for gold in (g for g in row["toponyms"] if g.get("lat") is not None):
            answer = next((t for t in found if t.start < gold["end"] and gold["start"] < t.end), None)
            verdict = judge(gold, answer)
            self.verdicts[verdict] += 1
            if verdict not in ("near", "wide"):
                place = answer.place if isinstance(answer, Toponym) else None
                where = f"{place.name} {place.country}.{place.admin1} {place.feature}" if place else ""
                whom = f"{gold['text']} = {gold.get('gaz_name')} {gold.get('admin1')}"
                self.errors[f"{verdict}: {whom} -> {where}"] += 1
        spans = [(g["start"], g["end"]) for g in row["toponyms"]]
        for t in found:
            if isinstance(t, Toponym) and t.place is None:
                continue
            if not any(t.start < end and start < t.end for start, end in spans):
                self.unlabelled += 1
                if isinstance(t, Toponym) and t.place:
                    place = t.place
                    self.errors[f"unlabelled: {t.text} -> {place.name} {place.country} {place.feature}"] += 1

    def row(self) -> str:
        """Give the cells: gold, resolved, of them within 161 km, precision twice, the verdicts."""
        total, count = sum(self.verdicts.values()), self.verdicts
        right = count["near"] + count["wide"]
        placed = right + count["far"]
        share, near = right / total, count["near"] / total
        return (
            f"{total} | {share:.3f} | {near:.3f} | {right / max(placed, 1):.3f} | "
            f"{right / max(placed + self.unlabelled, 1):.3f} | {count['far']} | {count['vetoed']} | {count['missed']}"
        )


def main(names: tuple[str, ...], *, show: int = 0) -> None:
    geoparser = Geoparser(CompiledGazetteer())
    print(
        "| set | geoparser | gold | resolved | within 161 km | precision | all names | far | vetoed | missed | articles/s |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|---|")
    for name in names:
        rows = articles(name)
        readings = [reading_of(row) for row in rows]
        runs: dict[str, Any] = {"rallybook": geoparser.names}
        if not show:
            runs |= {peer: (lambda reading, f=f: f(reading.text)) for peer, f in peers().items()}
        for who, parse in runs.items():
            tally = Tally()
            began = time.process_time()
            answers = [parse(reading) for reading in readings]
            seconds = time.process_time() - began
            for row, found in zip(rows, answers, strict=True):
                tally.add(row, found)
            print(f"| {name} | {who} | {tally.row()} | {len(rows) / seconds:.0f} |")
            for error, count in tally.errors.most_common(show):
                print(f"  {count} {error}")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    chosen = tuple(arg for arg in sys.argv[1:] if not arg.isdigit())
    main(chosen or SETS, show=next((int(arg) for arg in sys.argv[1:] if arg.isdigit()), 0))
