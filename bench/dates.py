"""Measure the date grounder: on records of protest articles, on TIMEX3 corpora, and its speed.

    python bench/dates.py [--peers] [--errors N] [--sets train,written]

The data folder is RALLYBOOK_DATA (default ../shared/data).
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from date_corpora import HEAD, score
from date_peers import readers
from rallybook.grounding.dates import timexes
from rallybook.model.article import Article
from rallybook.model.edtf import bounds
from rallybook.model.mention import Timex
from rallybook.model.reading import Reading

DATA = Path(os.environ.get("RALLYBOOK_DATA", "../shared/data"))
SETS = ("train", "written", "stories", "sentences", "dev", "dev_written")
RECORDS_HEAD = "| records of | words read with the right value | value among the timexes | not right |\n|---|---|---|---|"
SHOWN = ("train", "written", "stories", "sentences")


def rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def read(row: dict[str, Any], published: str | None) -> Reading:
    day = dt.date.fromisoformat(published[:10]) if published else None
    return Reading(Article(id=row["id"], text=row["text"], published=day), row["text"])


def same(gold: str, pred: str) -> bool:
    """The rule of the record scorer for dates."""
    a, b = bounds(gold) if gold else None, bounds(pred) if pred else None
    if a is None or b is None:
        return a is None and b is None
    if any(mark in gold for mark in "~?X"):
        low_a, high_a = a[0] or dt.date.min, a[1] or dt.date.max
        low_b, high_b = b[0] or dt.date.min, b[1] or dt.date.max
        return low_b <= high_a and low_a <= high_b
    if a[0] != b[0]:
        return False
    return a[1] is None or b[1] is None or abs((a[1] - b[1]).days) <= 1


def overlapping(text: str, words: str, quote: str, found: tuple[Timex, ...]) -> list[Timex]:
    """Timexes that overlap a place where the words stand, the quote's first where the words stand in it."""
    out: list[Timex] = []
    for base, part in ((text.find(quote), quote), (0, text)) if quote and quote in text else ((0, text),):
        at = part.find(words)
        while at >= 0:
            begin, end = base + at, base + at + len(words)
            out += [each for each in found if each.start < end and begin < each.end]
            at = part.find(words, at + 1)
        if out:
            return out
    return out


def records(name: str, errors: int) -> tuple[int, int, Counter[str]]:
    right = total = 0
    kinds: Counter[str] = Counter()
    for row in rows(DATA / "protest_records" / f"{name}.jsonl"):
        found = timexes(read(row, row.get("published")))
        for event in row["events"]:
            date = event.get("date") or {}
            words = date.get("text")
            readings = [date.get("edtf") or "", *(event.get("also") or {}).get("date", [])]
            if readings[0]:
                kinds["dated"] += 1
                kinds["among the timexes"] += any(
                    same(gold, each.date.edtf) for gold in readings for each in found
                )
            if not words:
                continue
            total += 1
            near = overlapping(row["text"], words, event.get("quote") or "", found)
            if any(same(gold, each.date.edtf) for gold in readings for each in near):
                right += 1
                continue
            # an unread phrase without a gold value is not wrong as a record date, but counts as unread here
            kind = "none found" if not near else "no value" if not near[0].date.edtf else "other value"
            kinds[kind] += 1
            if errors and name in SHOWN:
                errors -= 1
                told = "; ".join(f"{each.text!r}={each.date.edtf}" for each in near)
                at = row["text"].find(words)
                context = row["text"][max(0, at - 60) : at + len(words) + 40].replace("\n", " ")
                print(
                    f"  {row.get('published')} | {words!r} | {readings} | {told} | {event['status']} | …{context}…"
                )
    return right, total, kinds


def corpora(errors: int, *, peers: bool) -> None:
    found, missing = readers()
    print(*missing, sep="\n", end="\n" if missing else "")
    for name in ("timebank", "gum_wikinews"):
        texts = list(rows(DATA / "dates" / f"{name}.jsonl"))
        print(f"\n{name}: {len(texts)} articles\n\n{HEAD}")
        for reader, read_dates in found.items():
            if reader != "rallybook" and not peers:
                continue
            for row in texts[:2]:
                read_dates(row["text"], dt.date(2000, 1, 1))
            done = score(texts, read_dates, keep=bool(errors) and reader == "rallybook")
            print(done.row(reader))
            print(*done.errors[:errors], sep="\n", end="\n" if errors else "")


def cost() -> None:
    """Show the time for an article of nothing but dates against its length."""
    words = "on Monday, 31 February 2021, 2021-13-45, 12 May, two days later, at 5 pm; the 12th, from May to 0000 and 9999. "
    print("\n| dates in one article | characters | seconds | us each |\n|---|---|---|---|")
    for count in (100, 1_000, 10_000):
        text = words * (count // 6)
        start = time.process_time()
        found = timexes(read({"id": "dates", "text": text}, "2021-03-01"))
        spent = time.process_time() - start
        print(f"| {len(found):,} | {len(text):,} | {spent:.3f} | {1e6 * spent / len(found):.0f} |")


def speed() -> None:
    texts = [read(row, row.get("published")) for row in rows(DATA / "protest_records" / "train.jsonl")]
    timexes(texts[0])
    size = sum(len(each.text) for each in texts)
    spent = []
    for _ in range(5):
        start = time.process_time()
        for each in texts:
            timexes(each)
        spent.append(time.process_time() - start)
    print(f"\nspeed: {1e6 * min(spent) / (size / 1000):.0f} us per 1,000 characters (best of five)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--errors", type=int, default=0, help="show so many errors a set (never of the dev sets)"
    )
    parser.add_argument("--sets", default=",".join(SETS))
    parser.add_argument("--timex-errors", type=int, default=0)
    parser.add_argument("--peers", action="store_true", help="the other readers beside ours (minutes)")
    options = parser.parse_args()
    sums = Counter[str]()
    print(RECORDS_HEAD)
    for name in options.sets.split(","):
        right, total, kinds = records(name, options.errors)
        dated, among = kinds.pop("dated", 0), kinds.pop("among the timexes", 0)
        missed = ", ".join(f"{kind} {count}" for kind, count in kinds.most_common())
        print(
            f"| {name} | {right}/{total} = {right / total:.3f} | {among}/{dated} = {among / dated:.3f} | {missed} |"
        )
        if name in ("train", "written"):
            sums.update(right=right, total=total)
    if sums:
        print(f"train+written: {sums['right'] / sums['total']:.3f}")
    corpora(options.timex_errors, peers=options.peers)
    cost()
    speed()


if __name__ == "__main__":
    main()
