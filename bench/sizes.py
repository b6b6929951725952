"""Head counts against labelled records: recall of the sizes that coders gave, precision of what we give.

RALLYBOOK_DATA names the folder of the labelled data (default ../shared/data).
"""

from __future__ import annotations

import json
import os
import re
import sys
import time
import zlib
from collections import Counter
from pathlib import Path
from typing import Any

from rallybook.grounding.headcounts import candidates, head_counts, probability
from rallybook.grounding.numbers import fold, quantities
from rallybook.model.article import Article
from rallybook.model.mention import HeadCount
from rallybook.model.reading import Reading
from size_peers import peers

DATA = Path(os.environ.get("RALLYBOOK_DATA", "../shared/data"))
SETS = ("train", "written", "stories", "sentences", "dev", "dev_written")
PHRASES = Path(__file__).with_name("size_phrases.tsv")
Bounds = tuple[int | None, int | None]
VAGUE = {"dozens": (24, 99), "hundreds": (200, 999), "thousands": (2000, 9999)}


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / name).read_text("utf-8").splitlines()]


def near(left: int | None, right: int | None) -> bool:
    if left is None or right is None:
        return left is right
    return abs(left - right) <= 0.1 * max(left, right, 1)


def same(left: Bounds, right: Bounds) -> bool:
    return near(left[0], right[0]) and near(left[1], right[1])


def covered(gold: Bounds, found: list[HeadCount]) -> bool:
    """Tell whether one head count, or the span of two of them, is the gold size."""
    bounds = [(one.count.low, one.count.high) for one in found]
    if any(same(gold, one) for one in bounds):
        return True
    lows = [low for low, _ in bounds if low is not None]
    highs = [high for _, high in bounds if high is not None]
    return any(near(gold[0], low) for low in lows) and any(near(gold[1], high) for high in highs)


def noted(raw: str) -> Bounds | None:
    """Give the range that the codebook gives to one of the set's notes ("40-50 (est.)"); None for no number.

    The set's own values are one number each, by another convention (dozens 36, hundreds 150, the middle of a
    range); what is written in the notes is read here by their own few forms, without the product's reader.
    """
    note = re.sub(r"\(est\.\)", "", raw).strip().lower().replace("hunreds", "hundreds").replace(",", "")
    if "congregations" in note:  # not people
        return None
    low, _, high = note.lstrip("≥ ").partition("-")
    ends = [VAGUE.get(end) or _plain(end) for end in (low, high or low)]
    if ends[0] is None or ends[1] is None:
        return None
    open_end = note.endswith("+") or note.startswith("≥")
    return min(end[0] for end in ends if end), None if open_end else max(end[1] for end in ends if end)


def _plain(word: str) -> tuple[int, int] | None:
    digits = word.strip("+ ")
    return (int(digits), int(digits)) if digits.isdigit() else None


def first(words: str) -> Bounds:
    """Give the product's reading: the first number of some words."""
    found = quantities(words)
    return (found[0].count.low, found[0].count.high) if found else (None, None)


def expressions(*, show: bool) -> None:
    """Print how many of the set's notes and of our own phrases have the right range, beside peers."""
    notes = [(row["raw"], noted(row["raw"]) or (None, None)) for row in rows("headcounts/expressions.jsonl")]
    table = [line.split("\t") for line in PHRASES.read_text("utf-8").splitlines() if line[:1] != "#"]
    own: list[tuple[str, Bounds]] = [(words, (_end(low), _end(high))) for words, low, high in table]
    readers = {"rallybook": first, **peers()}
    print(
        f"| reader | notes: range ({len(notes)}) | a number in it | phrases: range ({len(own)}) | a number in it |"
    )
    print("|---|---|---|---|---|")
    for name, reader in readers.items():
        cells = []
        for items in (notes, own):
            read = [(words, gold, reader(words)) for words, gold in items]
            cells.append(f"{sum(gold == mine for _, gold, mine in read) / len(read):.3f}")
            cells.append(f"{sum(_touches(gold, mine) for _, gold, mine in read) / len(read):.3f}")
            if show and name == "rallybook":
                for words, gold, mine in read:
                    if gold != mine:
                        print(f"  {words!r}: {mine} instead of {gold}")
        print(f"| {name} | {' | '.join(cells)} |")


def _end(word: str) -> int | None:
    return None if word == "-" else int(word)


def _touches(gold: Bounds, mine: tuple[float | None, float | None]) -> bool:
    """Tell whether a reading has a number within the gold range, or none where there is none."""
    ends = [end for end in mine if end is not None]
    if gold == (None, None) or not ends:
        return gold == (None, None) and not ends
    low, high = gold[0] or 0, gold[1] if gold[1] is not None else float("inf")
    return all(low <= end <= high for end in ends)


def measure(name: str, *, show: bool) -> None:
    hits = gold_total = good = given = 0
    spent = 0.0
    for row in rows(f"protest_records/{name}.jsonl"):
        reading = Reading(Article(id=row["id"], text=row["text"]), row["text"])
        started = time.perf_counter()
        found = list(head_counts(reading))
        spent += time.perf_counter() - started
        sizes = {
            (e["size"]["low"], e["size"]["high"], e["size"]["text"])
            for e in row["events"]
            if e.get("size", {}).get("text")
        }
        for low, high, text in sizes:
            gold_total += 1
            if covered((low, high), found):
                hits += 1
            elif show:
                print(
                    f"  missed {row['id']}: {text!r} {low} {high}",
                    [(f.text, f.count.low, f.count.high) for f in found],
                )
        for one in found:
            given += 1
            if any(
                same((low, high), (one.count.low, one.count.high)) or _inside(one, text)
                for low, high, text in sizes
            ):
                good += 1
            elif show:
                print(
                    f"  surplus {row['id']}: {one.text!r} in ...{row['text'][max(0, one.start - 70) : one.end + 60]!r}"
                )
    print(
        f"{name}: recall {hits}/{gold_total} = {hits / max(gold_total, 1):.3f}, precision {good}/{given} ="
        f" {good / max(given, 1):.3f}, {spent * 1000:.0f} ms"
    )


def examples(name: str) -> list[tuple[str, tuple[str, ...], bool]]:
    """Give the candidates of a set: article, features, whether a coder's size covers the number."""
    found = []
    for row in rows(f"protest_records/{name}.jsonl"):
        text = row["text"]
        gold = [
            (at.start(), at.end())
            for size in {e["size"]["text"] for e in row["events"] if (e.get("size") or {}).get("text")}
            for at in re.finditer(re.escape(size), text)
        ]
        for one in candidates(text, fold(text)):
            core = one.quantity.core
            found.append((row["id"], one.features, any(start <= core < end for start, end in gold)))
    return found


def fit(
    data: list[tuple[str, tuple[str, ...], bool]], *, rounds: int = 300, ridge: float = 2.0
) -> dict[str, float]:
    """Give the weights of a logistic regression: RMSprop over the whole, features seen eight times at least."""
    seen = Counter(feature for _, features, _ in data for feature in features)
    weights = {feature: 0.0 for feature, times in seen.items() if times >= 8}
    squares = dict.fromkeys(weights, 0.0)
    for step in range(rounds):
        slopes = {
            feature: ridge * weight if feature != "bias" else 0.0 for feature, weight in weights.items()
        }
        for _, features, gold in data:
            error = probability(features, weights) - gold
            for feature in features:
                if feature in slopes:
                    slopes[feature] += error
        for feature, slope in slopes.items():
            squares[feature] = 0.9 * squares[feature] + 0.1 * slope * slope
            weights[feature] -= 0.1 / (1 + step / 50) * slope / (squares[feature] ** 0.5 + 1e-6)
    return weights


def fit_all() -> None:
    data = [one for name in SETS[:4] for one in examples(name)]
    print(len(data), "candidates,", sum(gold for *_, gold in data), "of them sizes")
    chances = []
    for fold_number in range(4):  # articles, not candidates, are dealt to the folds
        held = [one for one in data if zlib.crc32(one[0].encode()) % 4 == fold_number]
        weights = fit([one for one in data if zlib.crc32(one[0].encode()) % 4 != fold_number], rounds=120)
        chances += [(probability(features, weights), gold) for _, features, gold in held]
    total = sum(gold for _, gold in chances)
    for enough in (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5):
        kept = [gold for chance, gold in chances if chance >= enough]
        print(
            f"held-out at {enough}: recall {sum(kept) / total:.3f}, precision {sum(kept) / max(len(kept), 1):.3f}"
        )
    weights = fit(data)
    lines = "".join(
        f"{json.dumps(name)}: {weight:.3f}\n"
        for name, weight in sorted(weights.items())
        if abs(weight) > 0.0005
    )
    target = Path(__file__).parents[1] / "src/rallybook/grounding/data/headcount_weights.yaml"
    target.write_text(
        "# Weights of the features of a number, written by bench/sizes.py --fit\n" + lines, "utf-8"
    )


def _inside(one: HeadCount, text: str) -> bool:
    return bool(one.text) and (one.text in text or text in one.text)


if __name__ == "__main__":
    wanted = [name for name in sys.argv[1:] if not name.startswith("-")] or list(SETS)
    if "--fit" in sys.argv:
        fit_all()
        sys.exit()
    expressions(show="--show" in sys.argv)
    for name in wanted:
        measure(name, show="--show" in sys.argv)
