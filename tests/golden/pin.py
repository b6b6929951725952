"""Prints how the coder does on the example articles, and raises the floors: `python tests/golden/pin.py`."""

from __future__ import annotations

import math
import sys

import yaml
from comparison import HERE, code, compare, examples, golden

FLOORS = HERE / "floors.yaml"
HEAD = """\
# The record F1 (place, date, status and kind of act all right) that the coder must reach on each example
# article, with two decimals, rounded down. Floors only go up: `python tests/golden/pin.py`.
"""


def main() -> None:
    """Print the figures and the faults, and write the floors that are higher than before."""
    before = yaml.safe_load(FLOORS.read_text(encoding="utf-8")) or {}
    lines = []
    for name, events in golden().items():
        article = examples()[name]
        result = compare(events, code(article.text, article.published, article.title))
        # a floor of 2/3 is written as 0.66: it must not lie above what was reached
        floor = max(before.get(name, 0.0), math.floor(result.f1 * 100) / 100)
        lines.append(f"{name}: {floor}\n")
        sys.stdout.write(f"{name}: {result.right} right of {result.coded} coded, {result.gold} golden\n")
        sys.stdout.writelines(f"    {fault}\n" for fault in result.faults)
    FLOORS.write_text(HEAD + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
