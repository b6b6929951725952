"""What the authorities did, against labelled records (`bench/police.py`: against labelled sentences).

RALLYBOOK_DATA names the folder of the labelled data (default ../shared/data).
"""

from __future__ import annotations

import json
import os
import sys
import time
import zlib
from collections import Counter
from pathlib import Path
from typing import Any

from rallybook.grounding.numbers import fold
from rallybook.grounding.response import Hit, hits, probability, responses
from rallybook.model.article import Article
from rallybook.model.mention import ResponseMention
from rallybook.model.reading import Reading
from rallybook.training.corpus import OWN
from rallybook.training.regression import Weights, fit_answer
from rallybook.training.wire import PAPERS, wire_rows

DATA = Path(os.environ.get("RALLYBOOK_DATA", "../shared/data"))
SETS = ("train", "written", "stories", "sentences", "dev", "dev_written")
FITTED = (*SETS[:4], OWN.stem, PAPERS.stem)
ACTIONS = ("none", "present", "warned", "blocked", "dispersal", "force", "arrests", "injured", "killed")


def rows(name: str) -> list[dict[str, Any]]:
    if name == PAPERS.stem:
        return list(wire_rows(DATA, PAPERS))
    path = OWN if name == OWN.stem else DATA / "protest_records" / f"{name}.jsonl"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


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
    for name, bounds in (
        ("arrests", response.get("arrests")),
        ("injured", harm.get("injured")),
        ("killed", harm.get("killed")),
    ):
        low, high = (bounds or {}).get("low"), (bounds or {}).get("high")
        if low is not None or high is not None:
            told[name] = (low, high)
    return told


def measure(name: str, *, show: str) -> None:
    right, given, wanted = Counter(), Counter(), Counter()
    counts, counted = Counter(), Counter()
    spent = 0.0
    for row in rows(name):
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
                    print(
                        f"  {row['id']} {action} wanted {bounds}: {[(o.text, o.count.low, o.count.high, row['text'][max(0, o.start - 60) : o.end + 50]) for o in found if o.action in (action, 'none')]}"
                    )
    print(f"{name} ({spent * 1000:.0f} ms)")
    for action in ACTIONS:
        extra = f"; counts {counts[action]}/{counted[action]}" if counted[action] else ""
        print(f"  {action:10}{line(right[action], given[action], wanted[action])}{extra}")
    print(
        f"  {'all':10}{line(right.total(), given.total(), wanted.total())}; counts {counts.total()}/{counted.total()}"
    )


def _explain(row: dict[str, Any], mine: list[ResponseMention], target: set[Any]) -> None:
    if not mine:
        print(
            f"  missed {row['id']} {target}: {row['text']!r}"
            if len(row["text"]) < 600
            else f"  missed {row['id']} {target}"
        )
    for one in mine:
        print(
            f"  surplus {row['id']}: [{one.text}] in {row['text'][max(0, one.start - 90) : one.end + 80]!r}"
        )


def bags(name: str) -> list[tuple[str, set[str], list[Hit]]]:
    """Give the articles of a set: id, the actions that their records tell of, all hits."""
    found = []
    for row in rows(name):
        told = {
            action
            for event in row["events"]
            for action, bounds in labels(event).items()
            if action != "arrests" or bounds[1] != 0
        }
        found.append((row["id"], told, list(hits(row["text"], fold(row["text"])))))
    return found


def fit(data: list[tuple[str, set[str], list[Hit]]], action: str) -> Weights:
    """Give the weights of one action: a logistic regression whose labels are known for articles, not for hits.

    In an article that tells of the action, hits count as right while their probability is at least half of the
    article's best one; the others are left out.
    """
    weights: Weights = {}
    for turn in range(3):
        sample: list[tuple[tuple[str, ...], bool]] = []
        for _, told, found in data:
            mine = [hit for hit in found if hit.action == action]
            best = max((probability(hit, weights) for hit in mine), default=0.0)
            sample += [
                (tuple(f"{action}/{feature}" for feature in hit.features), action in told)
                for hit in mine
                if action not in told or turn == 0 or probability(hit, weights) >= best / 2
            ]
        weights = fit_answer(sample, pull=2.0, rarest=5)
    return weights


def fit_all() -> None:
    data = [one for name in FITTED for one in bags(name)]
    kept: dict[str, float] = {}
    for action in ACTIONS:
        best: list[
            tuple[float, bool]
        ] = []  # the best hit's held-out probability, and whether the records tell it
        for part in range(4):
            weights = fit([one for one in data if zlib.crc32(one[0].encode()) % 4 != part], action)
            for name, told, found in data:
                if zlib.crc32(name.encode()) % 4 == part:
                    mine = [probability(hit, weights) for hit in found if hit.action == action]
                    best.append((max(mine, default=-1.0), action in told))
        scores = []
        for enough in (0.0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6):
            right, given = (
                sum(gold for chance, gold in best if chance >= enough),
                sum(chance >= enough for chance, _ in best),
            )
            wanted = sum(gold for _, gold in best)
            scores.append((2 * right / max(given + wanted, 1), enough, right, given, wanted))
        # the lowest threshold that is as good as the best: what is given can still be filtered by its score
        top = next(one for one in scores if one[0] >= max(scores)[0] - 0.015)
        print(f"{action:10}without {line(*scores[0][2:])}; held-out at {top[1]}: {line(*top[2:])}")
        kept.update(fit(data, action))
        kept[f"{action}/enough"] = top[1]
    target = Path(__file__).parents[1] / "src/rallybook/grounding/data/response_weights.yaml"
    lines = "".join(
        f"{json.dumps(name)}: {weight:.3f}\n" for name, weight in sorted(kept.items()) if abs(weight) > 0.0005
    )
    target.write_text(
        "# Weights of the features of an action, written by bench/response.py --fit\n" + lines, "utf-8"
    )


if __name__ == "__main__":
    if "--fit" in sys.argv:
        fit_all()
        sys.exit()
    wanted_sets = [name for name in sys.argv[1:] if not name.startswith("-")] or list(SETS)
    shown = next((word[7:] for word in sys.argv if word.startswith("--show=")), "")
    for set_name in wanted_sets:
        measure(set_name, show=shown)
