"""The figures of the coder on labelled articles that it has not learned from, most of them not part of the project."""

import json
import os
from functools import cache
from pathlib import Path

from rallybook.api import code_all
from rallybook.evaluation.labelled import load
from rallybook.evaluation.records_score import MEASURES, Figures, score
from rallybook.model.outcome import Coded
from rallybook.publishing.lines import JsonLines
from rallybook.sources.files import FileSource

HERE = Path(__file__).parent
FLOORS = HERE / "floors.json"
DATA = Path(os.environ.get("RALLYBOOK_DATA", HERE.parents[2] / "shared" / "data"))
# of the fields those that are told often enough to be held to a floor
FIELDS = ("form", "status", "focus", "place", "date", "size", "participants", "organisers", "claims")
SETS = {
    "seed": DATA / "seed" / "gold.jsonl",
    "dev": DATA / "protest_records" / "dev.jsonl",
    "dev_written": DATA / "protest_records" / "dev_written.jsonl",
    "held_out": HERE.parents[1] / "labelled" / "held_out.jsonl",
    "unread": HERE.parents[1] / "labelled" / "unread.jsonl",
}

# the sets that are measured everywhere: processors that multiply 8-bit numbers in other ways may read a little worse
SLACK = {"held_out": 0.005, "unread": 0.01}


@cache
def coded(name: str) -> tuple[Coded, ...]:
    """Give what the coder reads in a set."""
    return tuple(code_all(FileSource([str(SETS[name])]).articles(), jobs=os.cpu_count() or 1))


def figures(name: str, folder: Path) -> Figures:
    """Give the figures for a set; `folder` takes the coded lines."""
    lines = folder / f"{name}.jsonl"
    lines.write_text("".join(JsonLines().lines(coded(name))), encoding="utf-8")
    return score(load(SETS[name]), load(lines))


def measured(name: str, folder: Path) -> dict[str, float]:
    """Give the figures of a set that have floors: the F1 of each measure, and how right some fields are."""
    every = figures(name, folder)
    found = {measure: getattr(every, measure).F1 for measure in MEASURES}
    return found | {field: every.fields[field].mean for field in FIELDS}


def floors() -> dict[str, dict[str, float]]:
    """Give the pinned floors by set and measure."""
    return json.loads(FLOORS.read_text(encoding="utf-8"))
