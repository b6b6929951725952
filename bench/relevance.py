"""Which documents report a protest at all: those of which the coder makes a record, against the labels of GLOCON.

    RALLYBOOK_DATA=../shared/data python bench/relevance.py [--coder tagger|rules]

The documents are of a South African feed; label 1 is an event, 0 none; five with a third label that nothing explains are
left out. Their definition is broader than ours: attacks, killings and clashes of armed groups, petitions and trials for
these count as well. Target: F1 0.75. The set is for measuring only.
Prints precision, recall and F1 at the coder's own bounds, and what other bounds on the probability would give, that is
how much of what is missing is a question of the bound.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from pathlib import Path

from rallybook.api import CODERS, code_all
from rallybook.model.article import Article
from rallybook.training.rows import rows

DATA = Path(os.environ.get("RALLYBOOK_DATA", "../shared/data")) / "relevance"
_BOUNDS = (0.1, 0.2, 0.3, 0.5, 0.6, 0.7, 0.8)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--coder", choices=CODERS[:2], default=CODERS[0])
    by = parser.parse_args().coder
    documents = [row for row in rows(DATA / "glocon_documents.jsonl") if row["label"] in (0, 1)]
    gold = [row["label"] == 1 for row in documents]
    articles = [Article(id=row["id"], text=row["text"], language="en") for row in documents]
    print(f"{len(gold)} documents, {sum(gold)} of them about a protest; coder {by}\n")
    print("| bound | precision | recall | F1 |\n|---|---|---|---|")
    own = [bool(coded.events) for coded in code_all(articles, by=by)]
    print(_line("the coder's own", own, gold))
    most = [
        max((event.confidence["record"] for event in coded.events), default=0.0)
        for coded in code_all(articles, by=by, min_confidence=0.0)
    ]
    for bound in _BOUNDS:
        print(_line(f"{bound:.1f}", [p >= bound for p in most], gold))


def _line(name: str, told: Sequence[bool], gold: Sequence[bool]) -> str:
    hits = sum(one and other for one, other in zip(told, gold, strict=True))
    precision, recall = hits / max(sum(told), 1), hits / sum(gold)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return f"| {name} | {precision:.3f} | {recall:.3f} | {f1:.3f} |"


if __name__ == "__main__":
    main()
