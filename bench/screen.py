"""What the gate before coding lets through, beside the rule of counts that came before it.

    RALLYBOOK_DATA=../shared/data python bench/screen.py

The sets are not part of the project. Articles with records of `dev` and `dev_written` should pass; of the other
sets' articles few tell a protest. None of these sets decides a weight, geovirus aside. Prints a table in Markdown.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from pathlib import Path

from rallybook.codebook.signs import claim_stems
from rallybook.coding.screen import BRIEF, worth_reading
from rallybook.coding.triggers import lowered, triggers
from rallybook.grounding.reading import read
from rallybook.model.article import Article

DATA = Path(os.environ.get("RALLYBOOK_DATA", "../shared/data"))
RECORDS = ("dev", "dev_written")
OTHERS = ("places/lgl", "places/trnews", "places/geovirus")
FIRST = 100


def main() -> None:
    told = {name: rows(f"protest_records/{name}") for name in RECORDS}
    sets = {f"{name}, with records": [r for r in held if r["events"]] for name, held in told.items()}
    sets |= {f"{name}, without": [r for r in held if not r["events"]] for name, held in told.items()}
    sets |= {path.split("/")[1]: rows(path) for path in OTHERS}
    sets["lgl, first 100"] = sets["lgl"][:FIRST]
    broad = rows("relevance/glocon_documents")
    sets |= {
        "glocon, protest": [r for r in broad if r["label"]],
        "glocon, other": [r for r in broad if not r["label"]],
    }
    print("| set | articles | counts | learned |\n|---|---|---|---|")
    for name, held in sets.items():
        texts = [read(Article(id="", text=row["text"])).text for row in held]
        print(f"| {name} | {len(texts)} | {share(counts, texts)} | {share(worth_reading, texts)} |")
    texts = [row["text"] for row in sets["lgl, first 100"]]
    print(f"| ms an article, lgl | | {cost(counts, texts)} | {cost(worth_reading, texts)} |")


def rows(path: str) -> list[dict[str, object]]:
    with (DATA / f"{path}.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def counts(text: str) -> bool:
    """The rule of before: a strong word, two weak ones, or one in a brief or beside two signs of a claim."""
    found = triggers(text)
    if len(found) < 2 and not (found and (found[0].strong or len(text) < BRIEF)):
        low = lowered(text)
        return bool(found) and sum(stem in low for stem in claim_stems()) > 1
    return True


def share(gate: Callable[[str], bool], texts: list[str]) -> str:
    return f"{sum(map(gate, texts)) / len(texts):.3f}"


def cost(gate: Callable[[str], bool], texts: list[str]) -> str:
    start = time.process_time()
    for text in texts:
        gate(text)
    return f"{1000 * (time.process_time() - start) / len(texts):.2f}"


if __name__ == "__main__":
    main()
