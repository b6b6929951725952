"""How well two coders of the same articles agree: events found, whole records, and each field of the pairs.

    python bench/agreement.py labelled/articles.jsonl labelled/second.jsonl
    python bench/agreement.py labelled/articles.jsonl labelled/reread.jsonl
    python bench/agreement.py labelled/wire.jsonl labelled/wire_second.jsonl --texts ../shared/data

Only articles that both files hold are compared. For fields with a fixed set of values Krippendorff's alpha
(Krippendorff 2004, nominal data, two coders, nothing missing) over the pairs of records; 1 is perfect, 0 is chance.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import msgspec

from rallybook.evaluation.agreement import NOMINAL, alpha
from rallybook.evaluation.labelled import Labelled, load
from rallybook.evaluation.pairing import pairs
from rallybook.evaluation.records_score import score
from rallybook.training.wire import wire_rows


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("first", type=Path)
    arguments.add_argument("second", type=Path)
    arguments.add_argument("--texts", type=Path, help="the sets that hold the texts, for labels without them")
    options = arguments.parse_args()
    one, other = (read(path, options.texts) for path in (options.first, options.second))
    both = [name for name in one if name in other]
    figures = score({n: one[n] for n in both}, {n: other[n] for n in both})
    print(f"{len(both)} articles, {figures.detect.gold} and {figures.detect.pred} records\n")
    print(
        f"| F1 | |\n|---|---|\n| event found | {figures.detect.F1:.3f} |\n| whole record | {figures.record.F1:.3f} |"
    )
    found = [(one[n][i], other[n][j]) for n in both for i, j in pairs(one[n], other[n])]
    print(f"\n| field of {len(found)} pairs | the same | alpha |\n|---|---|---|")
    for field in NOMINAL:
        values = [(value(a, field), value(b, field)) for a, b in found]
        print(f"| {field} | {sum(a == b for a, b in values) / len(values):.3f} | {alpha(values):.3f} |")


def read(path: Path, texts: Path | None) -> dict[str, tuple[Labelled, ...]]:
    """Give the records of each article of a file of labels."""
    if texts is None:
        return load(path)
    return {row["id"]: msgspec.convert(row["events"], tuple[Labelled, ...]) for row in wire_rows(texts, path)}


def value(record: Labelled, field: str) -> str:
    name, _, part = field.partition(".")
    told = getattr(record, name)
    return str(getattr(told, part) if part else told)


if __name__ == "__main__":
    main()
