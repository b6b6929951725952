"""What the authorities did, against labelled records and labelled sentences.

RALLYBOOK_DATA names the folder of the labelled data (default ../shared/data).
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from rallybook.grounding.response import responses
from rallybook.model.article import Article
from rallybook.model.mention import ResponseMention
from rallybook.model.reading import Reading

DATA = Path(os.environ.get("RALLYBOOK_DATA", "../shared/data"))
SETS = ("train", "written", "stories", "sentences", "dev", "dev_written")
ACTIONS = ("none", "present", "warned", "blocked", "dispersal", "force", "arrests", "injured", "killed")
SENTENCE_LABELS = {"ARREST": "arrests", "FORCE": "force", "KILL": "killed"}


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / name).read_text("utf-8").splitlines()]


def read(text: str) -> tuple[ResponseMention, ...]:
    return responses(Reading(Article(id="", text=text), text))


def line(right: int, given: int, wanted: int) -> str:
    precision, recall = right / max(given, 1), right / max(wanted, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return f"P {precision:.2f} R {recall:.2f} F1 {f1:.2f} ({right} of {given} given, {wanted} wanted)"


def labels(event: dict[str, Any]) -> dict[str, tuple[int | None, int | None]]:
    """Give the actions and harm of one record with their counts."""
    response, harm = event.get("response") or {}, event.get("harm") or {}
    told = dict.fromkeys(response.get("actions", ()), (None, None))
    for name, bounds in (("arrests", response.get("arrests")), ("injured", harm.get("injured")), ("killed", harm.get("killed"))):
        low, high = (bounds or {}).get("low"), (bounds or {}).get("high")
        if low is not None or high is not None:
            told[name] = (low, high)
    return told


def measure(name: str, *, show: str) -> None:
    right, given, wanted = Counter(), Counter(), Counter()
    counts, counted = Counter(), Counter()
    spent = 0.0
    for row in rows(f"protest_records/{name}.jsonl"):
        started = time.perf_counter()
        found = read(row["text"])
        spent += time.perf_counter() - started
        gold: dict[str, set[tuple[int | None, int | None]]] = {}
        for event in row["events"]:
            for action, bounds in labels(event).items():
                gold.setdefault(action, set()).add(bounds)
        for action in ACTIONS:
            mine = [one for one in found if one.action == action]
            target = gold.get(action, set())
            if action == "arrests" and all(high == 0 for _, high in target):
                target = set()
            given[action] += bool(mine)
            wanted[action] += bool(target)
            right[action] += bool(mine) and bool(target)
            if show == action and bool(mine) != bool(target):
                _explain(row, mine, target)
        for action in ("arrests", "injured", "killed"):
            for bounds in gold.get(action, set()) - {(None, None)}:
                counted[action] += 1
                pool = {(o.count.low, o.count.high) for o in found if o.action in (action, "none")}
                lows, highs = {low for low, _ in pool}, {high for _, high in pool}
                if bounds in pool or (None not in bounds and bounds[0] in lows and bounds[1] in highs):
                    counts[action] += 1
                elif show == "counts":
                    print(f"  {row['id']} {action} wanted {bounds}: {[(o.text, o.count.low, o.count.high, row['text'][max(0, o.start - 60):o.end + 50]) for o in found if o.action in (action, 'none')]}")
    print(f"{name} ({spent * 1000:.0f} ms)")
    for action in ACTIONS:
        extra = f"; counts {counts[action]}/{counted[action]}" if counted[action] else ""
        print(f"  {action:10}{line(right[action], given[action], wanted[action])}{extra}")


def _explain(row: dict[str, Any], mine: list[ResponseMention], target: set[Any]) -> None:
    if not mine:
        print(f"  missed {row['id']} {target}: {row['text']!r}" if len(row["text"]) < 600 else f"  missed {row['id']} {target}")
    for one in mine:
        print(f"  surplus {row['id']}: [{one.text}] in {row['text'][max(0, one.start - 90) : one.end + 80]!r}")


def sentences_measure(*, show: str) -> None:
    right, given, wanted = Counter(), Counter(), Counter()
    for row in rows("police_response/indiapolice_sentences.jsonl"):
        found = {one.action for one in read(row["text"]) if not (one.count.high == 0)}
        for label, action in SENTENCE_LABELS.items():
            mine, target = action in found, any(label in name.upper() for name in row["labels"])
            right[action] += mine and target
            given[action] += mine
            wanted[action] += target
            if show == "india" and mine != target:
                print("  ", "missed" if target else "surplus", action, row["text"][:300])
    print("indiapolice sentences")
    for action in SENTENCE_LABELS.values():
        print(f"  {action:10}{line(right[action], given[action], wanted[action])}")


if __name__ == "__main__":
    wanted_sets = [name for name in sys.argv[1:] if not name.startswith("-")] or list(SETS)
    shown = next((word[7:] for word in sys.argv if word.startswith("--show=")), "")
    for set_name in wanted_sets:
        measure(set_name, show=shown)
    sentences_measure(show=shown)
