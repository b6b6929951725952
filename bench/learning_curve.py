"""What more labelled articles give: a reader of acts trained on 50, 100, 200 and all of our own, measured on dev.

    RALLYBOOK_DATA=../shared/data python bench/learning_curve.py [--articles 50 100 200 440]

Needs `make tagger`'s packages. Each reader begins with the plain checkpoint, not with the bundled tagger, which has seen
all these articles. Acts are marked where their labels say, so that the figures are those of a reader that is asked
about the right words: acts told from mentions that are none (F1), right forms, and the word pieces of each role (F1, at
the bound that is best on these texts). `dev` and `dev_written` are pooled, and only measured on.
"""

from __future__ import annotations

import argparse
import os
import random
import tempfile
from collections.abc import Iterable
from pathlib import Path

import torch

from rallybook.codebook.own import own_or_default
from rallybook.coding.own import NETWORK, columns_of
from rallybook.coding.tagger import Network, Tagger
from rallybook.grounding.gazetteer import CompiledGazetteer
from rallybook.model.outcome import Failure
from rallybook.training.corpus import OWN
from rallybook.training.course import Course, Stakes
from rallybook.training.encoder import checkpoint, export, pretrained
from rallybook.training.marked_acts import act_pages
from rallybook.training.own import scene_of
from rallybook.training.own_articles import OwnArticle, own_articles
from rallybook.training.own_figures import measured
from rallybook.training.page import Page
from rallybook.training.teaching import taught

DATA = Path(os.environ.get("RALLYBOOK_DATA", "../shared/data")) / "protest_records"
SETS = ("dev", "dev_written")
SEED = 1
# few articles are read more often, so that no reader has learned too short
_PASSES, _OF_MANY = {50: 8, 100: 6, 200: 4}, 3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, nargs="+", default=[50, 100, 200, 440])
    sizes = parser.parse_args().articles
    torch.set_num_threads(1)
    book = own_or_default(None)
    columns = columns_of(book)
    gazetteer, tagger = CompiledGazetteer(), Tagger()

    def pages_of(items: Iterable[OwnArticle | Failure]) -> list[Page]:
        told = (item for item in items if isinstance(item, OwnArticle))
        read = ((scene_of(item.article, gazetteer, tagger), item.events) for item in told)
        return [page for scene, events in read for page in act_pages(scene, events, columns)]

    asked = [page for name in SETS for page in pages_of(own_articles(DATA / f"{name}.jsonl", book))]
    articles = list(own_articles(OWN, book))
    random.Random(SEED).shuffle(articles)
    print(f"| articles | passes | pages | acts | form | {' | '.join(columns.roles)} |")
    print("|---" * (5 + len(columns.roles)) + "|", flush=True)
    for size in sizes:
        pages, passes = pages_of(articles[:size]), _PASSES.get(size, _OF_MANY)
        course = Course(columns, passes, SEED, Stakes(form=1.0, role=0.4))
        encoder = taught(pretrained(checkpoint(), columns, marks=True), pages, course)
        with tempfile.TemporaryDirectory() as room:
            export(encoder, Path(room), NETWORK)
            found = measured(Network(Path(room), NETWORK, columns), asked, columns)
        roles = " | ".join(f"{found.roles[role].f1:.2f}" for role in columns.roles)
        print(
            f"| {size} | {passes} | {len(pages)} | {found.acts.f1:.2f} | {found.form:.2f} | {roles} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
