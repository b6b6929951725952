"""Measure the date grounder: on records of protest articles, on TIMEX3 corpora, and its speed.

    python bench/dates.py [--errors N] [--sets train,written]

The data folder is RALLYBOOK_DATA (default ../shared/data).
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import re
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rallybook.grounding.dates import timexes
from rallybook.model.article import Article
from rallybook.model.edtf import bounds
from rallybook.model.mention import Timex
from rallybook.model.reading import Reading

DATA = Path(os.environ.get("RALLYBOOK_DATA", "../shared/data"))
SETS = ("train", "written", "stories", "sentences", "dev", "dev_written")
WEEK = re.compile(r"\d{4}-W\d\d")
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
            if not words:
                continue
            total += 1
            readings = [date.get("edtf") or "", *(event.get("also") or {}).get("date", [])]
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


def _timex_gold(row: dict[str, Any]) -> list[tuple[int, int, str]]:
    if "timex" in row:
        return [
            (t["start"], t["end"], t["value"] or "") for t in row["timex"] if t["type"] in ("DATE", "TIME")
        ]
    out = []
    for each in row["dates"]:
        attrs = each["attrs"]
        value = attrs.get("when") or f"{attrs.get('from', '')}/{attrs.get('to', '')}"
        out.append((each["start"], each["end"], value))
    return out


def _same_value(value: str, edtf: str) -> bool:
    if WEEK.match(value):
        year, week = value.split("-W")[:2]
        first = dt.date.fromisocalendar(int(year), int(week[:2]), 1)
        spans: Any = (first, first + dt.timedelta(6))
        if value.endswith("WE"):
            spans = (first + dt.timedelta(5), first + dt.timedelta(6))
    else:
        if quarter := re.fullmatch(r"(\d{4})-Q([1-4])", value):
            last = int(quarter[2]) * 3
            value = f"{quarter[1]}-{last - 2:02d}/{quarter[1]}-{last:02d}"
        for short, code in (("-SP", "-21"), ("-SU", "-22"), ("-FA", "-23"), ("-WI", "-24")):
            value = value.replace(short, code)
        value = value + "X" if re.fullmatch(r"\d{3}", value) else value
        spans = bounds(value[:10] if "/" not in value else value)
    found = bounds(edtf) if edtf else None
    if spans is not None and found is not None and "~" in edtf:
        return None not in found and max(found[0], spans[0]) <= min(found[1], spans[1])
    if spans is not None and found is not None and "/" in edtf and spans[0] == spans[1]:
        return spans[0] in found
    # the value of a TIMEX3 leaves "since" and "until" aside: the first day decides where ours is open
    return (
        spans is not None
        and found is not None
        and (found == spans or (None in found and (spans[0] in found or spans[1] in found)))
    )


def timex_corpus(name: str, errors: int) -> None:
    hits = gold_count = found_count = values = valued = 0
    for row in rows(DATA / "dates" / f"{name}.jsonl"):
        gold = [each for each in _timex_gold(row) if not each[2].endswith("_REF")]
        times = [each for each in gold if "T" in each[2]]
        found = [each for each in timexes(read(row, row.get("dct") or row.get("date"))) if not each.clock]
        gold_count += len(gold) - len(times)
        other = [
            (t["start"], t["end"])
            for t in row.get("timex", ())
            if (t["start"], t["end"], t["value"]) not in gold
        ]
        other += [(start, end) for start, end, _ in times]
        found_count += sum(
            not any(start < each.end and each.start < end for start, end in other) for each in found
        )
        for start, end, value in gold:
            if "T" in value:
                continue
            near = [each for each in found if start < each.end and each.start < end]
            hits += bool(near)
            if near and value[:4].isdigit():
                valued += 1
                right = any(_same_value(value, each.date.edtf) for each in near)
                values += right
                if not right and errors:
                    errors -= 1
                    print(
                        f"  {row.get('dct') or row.get('date')} {row['text'][max(0, start - 50) : end + 30]!r} {value}"
                        f" {[(each.text, each.date.edtf) for each in near]}"
                    )
            elif not near and errors:
                errors -= 1
                print(
                    f"  missed {row['text'][start:end]!r} {value} …{row['text'][max(0, start - 30) : end + 30]!r}"
                )
        if errors:
            for each in found:
                if not any(start < each.end and each.start < end for start, end, _ in gold):
                    print(
                        f"  extra {each.text!r} {each.date.edtf} …{row['text'][max(0, each.start - 30) : each.end + 30]!r}"
                    )
    precision, recall = hits / max(1, found_count), hits / max(1, gold_count)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    print(
        f"{name}: span P {precision:.3f} R {recall:.3f} F1 {f1:.3f}; values {values}/{valued} = {values / max(1, valued):.3f}"
    )


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
    print(f"speed: {1e6 * min(spent) / (size / 1000):.0f} us per 1,000 characters (best of five)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--errors", type=int, default=0, help="show so many errors a set (never of the dev sets)"
    )
    parser.add_argument("--sets", default=",".join(SETS))
    parser.add_argument("--timex-errors", type=int, default=0)
    options = parser.parse_args()
    sums = Counter[str]()
    for name in options.sets.split(","):
        right, total, kinds = records(name, options.errors)
        print(f"{name}: {right}/{total} = {right / total:.3f}  {dict(kinds)}")
        if name in ("train", "written"):
            sums.update(right=right, total=total)
    if sums:
        print(f"train+written: {sums['right'] / sums['total']:.3f}")
    for name in ("timebank", "gum_wikinews"):
        timex_corpus(name, options.timex_errors)
    speed()


if __name__ == "__main__":
    main()
