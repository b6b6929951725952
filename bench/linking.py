"""Measure linking: records of many articles against the true events, beside rules and splink, and the cost against n.

    python bench/linking.py [--parts gold,text,city,cost] [--data labelled/linked.jsonl]

On the half of the stories that decided no weight (`held_back`). gold: labelled records. text: records that the coder
reads in the articles; the true event of each by the pairing of the evaluation. city: the labelled stories moved into
one city and three days. cost: synthetic records, seconds and pairs a record.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from link_peers import Way, peers
from rallybook.api import code_all
from rallybook.evaluation.crowded import Told, crowded
from rallybook.evaluation.linkage import measured
from rallybook.evaluation.linked import LinkedArticle, held_back, load_linked
from rallybook.linking.blocking import candidates
from rallybook.linking.clustering import clusters
from rallybook.linking.profiles import profile
from rallybook.model.event import Report
from rallybook.model.record import FORMS, EventDate, EventPlace, Record, Size


def compare(title: str, told: Sequence[Told], ways: Mapping[str, Way]) -> None:
    """Print the figures of each way over records with known events."""
    truth = {report.record.id: event for report, event in told}
    print(f"\n{title}: {len(truth)} records of {len(set(truth.values()))} events")
    print(f"{'':24s} {'P':>6s} {'R':>6s} {'F1':>6s} {'B3 P':>6s} {'B3 R':>6s} {'B3 F1':>6s}  counted (true)")
    for name, way in ways.items():
        found = measured(way([report for report, _ in told]), truth)
        figures = " ".join(f"{value:6.3f}" for value in found[:6])
        print(f"{name:24s} {figures}  {found.counted} ({found.true}), {found.counted / found.true - 1:+.0%}")


def gold(articles: Sequence[LinkedArticle]) -> list[Told]:
    return [pair for one in articles for pair in one.reports if held_back(pair[1])]


def text(articles: Sequence[LinkedArticle]) -> list[Told]:
    """Give the records that the coder reads, as far as a labelled one of the half tells their event."""
    known = {event for _, event in gold(articles)}
    coded = code_all([one.article for one in articles])
    read = [pair for one, said in zip(articles, coded, strict=True) for pair in one.recognised(said.events)]
    return [pair for pair in read if pair[1] in known]


def invented(count: int, seed: int = 1) -> Iterator[Report]:
    """Give synthetic reports, three an event, in 300 cities; the days grow with the count, so that 20 events share one."""
    chance = random.Random(seed)
    cities = [
        EventPlace(
            f"City{n}", f"City{n}", f"C{n % 40}", chance.uniform(-40, 60), chance.uniform(-99, 99), "city"
        )
        for n in range(300)
    ]
    topics = ["".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=7)) for _ in range(2000)]
    start = dt.date(2000, 1, 1)
    for n in range(count):
        event = random.Random(f"{seed} {n // 3}")
        day = start + dt.timedelta(days=event.randrange(max(count // 60, 1)))
        place, claims = event.choice(cities), event.choices(topics, k=4)
        form, size = event.choice(FORMS), event.choice([50, 200, 1000, 5000])
        # one in twenty knows no place, one in twenty only the month
        record = Record(
            id=f"r{n}",
            form=form,
            status="happened",
            focus="focal",
            umbrella=False,
            date=EventDate(day.isoformat()[: 10 if chance.random() > 0.05 else 7]),
            place=place if chance.random() > 0.05 else EventPlace(),
            size=Size("", size, size),
            claims=(" ".join(chance.sample(claims, 2)),),
            quote=" ".join(chance.sample(claims, 3)),
        )
        yield Report(record=record, article=f"a{n}", published=day + dt.timedelta(days=1))


def cost(counts: Sequence[int] = (1_000, 3_000, 10_000)) -> None:
    print(f"\n{'records':>8s} {'pairs':>9s} {'seconds':>8s} {'µs a record':>12s} {'events':>7s}")
    for count in counts:
        reports = list(invented(count))
        start = time.process_time()
        found = clusters(reports)
        took = time.process_time() - start
        pairs = sum(1 for _ in candidates([profile(one) for one in reports]))
        print(f"{count:8d} {pairs:9d} {took:8.2f} {took / count * 1e6:12.0f} {len(found):7d}")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--parts", default="gold,text,city,cost")
    parser.add_argument("--data", type=Path, default=Path("labelled/linked.jsonl"))
    options = parser.parse_args()
    parts, articles = options.parts.split(","), load_linked(options.data)
    others, missing = peers()
    ways: dict[str, Way] = {"rallybook": clusters, **others}
    for line in missing:
        print(line)
    if "gold" in parts:
        compare("gold records", gold(articles), ways)
    if "text" in parts:
        compare("records from text", text(articles), ways)
    if "city" in parts:
        moved = crowded(gold(articles), within=3)
        compare("gold records, all stories in one city within three days", moved, ways)
    if "cost" in parts:
        cost()


if __name__ == "__main__":
    main()
