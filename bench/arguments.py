"""Measure participants, organisers, targets and claims against the labelled records.

    RALLYBOOK_DATA=../shared/data python bench/arguments.py [--files train,written]
        [--errors FIELD]

The sentence that holds the gold trigger is read with `arguments`. The bundled weights were fitted on these
same files: `rallybook.training.arguments` prints the cross-validated figures, and `--files dev,dev_written` measures on
articles that were kept apart. F1 is the mean over records of the word-bag F1 (both empty: not counted), P and R are
over all words together.
"""

from __future__ import annotations

import argparse
import json
import os
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from rallybook.coding.arguments import arguments
from rallybook.grounding.sentences import Sentence, sentences

FIELDS = ("participants", "organisers", "targets", "claims")
DATA = Path(os.environ.get("RALLYBOOK_DATA", "../shared/data")) / "protest_records"


class Case(NamedTuple):
    """A gold record with the sentence and the position of its trigger."""

    article: str
    text: str
    sentence: Sentence
    trigger: tuple[int, int]
    gold: dict[str, Any]


def cases(name: str) -> Iterator[Case]:
    with (DATA / f"{name}.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            text = article["text"]
            for event in article["events"]:
                start = text.find(event["quote"])
                inside = event["quote"].find(event["trigger"])
                if start < 0 or inside < 0 or not event["trigger"]:
                    continue
                at = start + inside
                found = sentences(text)
                n = next((n for n, s in enumerate(found) if s.start <= at < s.end), None)
                if n is None:
                    continue
                here = found[n]
                yield Case(article["id"], text, here, (at, at + len(event["trigger"])), event)


def read(case: Case) -> dict[str, list[str]]:
    here = (case.sentence.start, case.sentence.end)
    trigger = (case.trigger[0], min(case.trigger[1], here[1]))
    got = arguments(case.text, here, trigger)
    spans = {name: list(getattr(got, name)) for name in FIELDS}
    return {name: [case.text[a:b] for a, b in found] for name, found in spans.items()}


def bag(values: list[str]) -> set[str]:
    return set(re.findall(r"\w+", " ".join(values or []).lower()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--files", default="train,written,stories,sentences")
    parser.add_argument("--errors", default="", help="print what differs in this field")
    options = parser.parse_args()
    groups: dict[str, dict[str, list[tuple[float, int, int, int]]]] = defaultdict(lambda: defaultdict(list))
    for name in options.files.split(","):
        for case in cases(name):
            got = read(case)
            for field in FIELDS:
                a, b = bag(case.gold.get(field) or []), bag(got[field])
                if not a and not b:
                    continue
                f1 = 2 * len(a & b) / (len(a) + len(b))
                for group in (name, "all"):
                    groups[group][field].append((f1, len(a & b), len(b), len(a)))
                if field == options.errors and f1 < 0.7:
                    show(case, field, got[field], f1)
    for group, fields in groups.items():
        for field in FIELDS:
            rows = fields[field]
            hit, predicted, gold = (sum(row[i] for row in rows) for i in (1, 2, 3))
            print(
                f"{group:10s} {field:13s} F1 {sum(row[0] for row in rows) / max(len(rows), 1):.3f}"
                f"  words P {hit / max(predicted, 1):.3f} R {hit / max(gold, 1):.3f}  n={len(rows)}"
            )


def show(case: Case, field: str, got: list[str], f1: float) -> None:
    a, b = case.trigger
    s = case.sentence
    print(f"{f1:.2f} {case.text[s.start : a]}<<{case.text[a:b]}>>{case.text[b : s.end]}")
    print(f"     gold {case.gold.get(field)}\n     got  {got}")


if __name__ == "__main__":
    main()
