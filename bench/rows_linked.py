"""Whether rows of other data sets find the events that articles tell.

    python bench/rows_linked.py [--data labelled/linked.jsonl]

On the half of the labelled stories that decided no weight of linking: the true event of each is written in the columns of
ACLED and of POLECAT by our own export, without any words of articles (no notes, actors or claims), and read again as rows.
Rows and labelled records are linked together. Of the rows whose event articles tell: how many are in a cluster with records
of it (found), of another one (wrong), or alone (missed). Prints a table in Markdown.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from pathlib import Path

import msgspec

from rallybook.coding.row_coder import RowCoder
from rallybook.evaluation.linked import held_back, load_linked
from rallybook.linking.clustering import clusters
from rallybook.linking.consolidation import consolidated
from rallybook.model.article import Article
from rallybook.model.event import Event, Report
from rallybook.publishing.event_layouts import event_layout
from rallybook.publishing.tables import csv_lines
from rallybook.sources.datasets import DataSets

_LAYOUTS = {"acled": "acled", "polecat": "plover"}


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--data", type=Path, default=Path("labelled/linked.jsonl"))
    told = [
        pair for one in load_linked(arguments.parse_args().data) for pair in one.reports if held_back(pair[1])
    ]
    by_event: dict[str, list[Report]] = defaultdict(list)
    for report, event in told:
        by_event[event].append(report)
    events = {
        name: msgspec.structs.replace(consolidated(reports), id=name) for name, reports in by_event.items()
    }
    print(f"{len(told)} records of {len(events)} events\n")
    print("| rows of | rows | found | wrong | missed | events of what was read |\n|---|---|---|---|---|---|")
    alone = clusters([report for report, _ in told])
    for name, layout in _LAYOUTS.items():
        rows = list(_rows(name, layout, events))
        print(_line(name, rows, told, len(alone)))
    return 0


def _rows(name: str, layout: str, events: dict[str, Event]) -> list[Report]:
    bare = [
        msgspec.structs.replace(event, participants=(), organisers=(), targets=(), claims=(), records=())
        for event in events.values()
    ]
    text = "".join(csv_lines(event_layout(layout).table(bare)))
    items = DataSets(name).rows(text.splitlines(keepends=True), "made.csv", name)
    articles = [item for item in items if isinstance(item, Article)]
    return [
        Report(record=record, article=article.id, source=article.source)
        for article in articles
        for record in RowCoder().code(article).events
    ]


def _line(name: str, rows: list[Report], told: list[tuple[Report, str]], alone: int) -> str:
    event_of = {report.record.id: event for report, event in told}
    found = clusters([*(report for report, _ in told), *rows])
    home = {record: cluster for cluster in found for record in cluster}
    kinds: Counter[str] = Counter()
    for row in rows:
        beside = {event_of[one] for one in home[row.record.id] if one in event_of}
        own = row.record.imported.row if row.record.imported else ""
        kinds["found" if own in beside else "wrong" if beside else "missed"] += 1
    read = sum(any(one in event_of for one in cluster) for cluster in found)
    shares = " | ".join(
        f"{kinds[kind]} ({kinds[kind] / len(rows):.0%})" for kind in ("found", "wrong", "missed")
    )
    return f"| {name} | {len(rows)} | {shares} | {alone} events without the rows, {read} with them |"


if __name__ == "__main__":
    sys.exit(main())
