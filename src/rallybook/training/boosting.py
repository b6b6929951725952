"""What the fits of boosted trees share: their options, the articles as they are surveyed, questions, and the trees."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import average_precision_score

from rallybook.coding.pipeline import surveyed
from rallybook.coding.scene import Scene
from rallybook.coding.screen import worth_reading
from rallybook.coding.trees import LEAF, Node, Trees
from rallybook.grounding.reading import read
from rallybook.model.article import Article
from rallybook.sources.rows import from_row
from rallybook.training.corpus import FOLDS, labelled
from rallybook.training.fitting import store
from rallybook.training.rows import Row

# the newer parts of our own articles: the networks have read the older ones for a dozen passes and err less there
_NEWER = tuple("klmnop")
_WEIGHT = {"train": 3.0, "written": 1.0, "articles": 1.0}
_OLDER = {"k": 0.7, "l": 0.7}
_SEED = 0
_GROWN = {
    "max_iter": 150,
    "learning_rate": 0.05,
    "max_leaf_nodes": 5,
    "min_samples_leaf": 30,
    "l2_regularization": 5.0,
}


class Options(NamedTuple):
    """The folder of labelled sets, how the ids of our own articles begin that are left out, whether to write."""

    data: Path
    without: str | None
    write: bool


class Surveyed(NamedTuple):
    """A labelled article as the networks that ship survey it, its row, and how much it counts."""

    scene: Scene
    row: Row
    weight: float


class Question(NamedTuple):
    """Numbers, the right answer, the part of the corpus, and how much they count."""

    numbers: tuple[float, ...]
    right: bool
    fold: int
    weight: float


class Ask(NamedTuple):
    """What trees are called, the names of the numbers that they weigh, and which can only speak for or against."""

    name: str
    names: tuple[str, ...]
    speaks: Mapping[str, int] = {}


def fit(ask: Ask, questions: Callable[[Scene, Row, float], Iterable[Question]], *, about: str | None) -> None:
    """Fit trees on what `questions` asks of the labelled articles that the command line names; print how well they do.

    `about` is what the module says of itself.
    """
    options = options_of(about)
    told = surveyed_articles(options.data, options.without)
    asked = [question for one in told for question in questions(*one)]
    cross_fitted(ask, asked)
    if options.write:
        store(f"{ask.name}.json", grown(ask, asked))


def options_of(about: str | None) -> Options:
    """Read the arguments of a fit from the command line; `about` is what the module says of itself."""
    parser = argparse.ArgumentParser(description=(about or "").split("\n", maxsplit=1)[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--without", metavar="PREFIX", help="leave out articles of this prefix")
    parser.add_argument("--write", action="store_true", help="put the trees into the coder")
    return Options(**vars(parser.parse_args()))


def surveyed_articles(data: Path, without: str | None) -> Iterator[Surveyed]:
    """Give the articles to learn from that are read; of our own none whose id begins with `without`."""
    for file, row in labelled(data):
        name = str(row["id"])
        kept_back = without is not None and name.startswith(without)
        if file not in _WEIGHT or (file == "articles" and (kept_back or not name.startswith(_NEWER))):
            continue
        for article in from_row(row, file):
            scene = _scene(article) if isinstance(article, Article) else None
            if scene is not None:
                yield Surveyed(scene, row, _WEIGHT[file] * _OLDER.get(name[0], 1.0))


def _scene(article: Article) -> Scene | None:
    reading = read(article)
    return surveyed(reading) if worth_reading(reading.text) else None


def cross_fitted(ask: Ask, asked: Sequence[Question]) -> list[Trees]:
    """Give the trees for each part of the corpus that did not see it; print how well they answer there."""
    by_fold = [grown(ask, [one for one in asked if one.fold != fold]) for fold in range(FOLDS)]
    odds = [by_fold[one.fold].log_odds(one.numbers) for one in asked]
    right = [one.right for one in asked]
    precision = average_precision_score(right, odds)
    sys.stdout.write(
        f"{ask.name}: {len(asked)}, {np.mean(right):.3f} of them so, mean precision {precision:.3f}\n"
    )
    return by_fold


def grown(ask: Ask, asked: Sequence[Question]) -> Trees:
    """Give the trees for some questions."""
    speaks = [ask.speaks.get(name, 0) for name in ask.names]
    model = HistGradientBoostingClassifier(monotonic_cst=speaks, random_state=_SEED, **_GROWN)
    weigh = [one.weight for one in asked]
    model.fit(np.array([one.numbers for one in asked]), [one.right for one in asked], sample_weight=weigh)
    # it tells its trees no other way
    trees = tuple(_tree(step[0].nodes) for step in model._predictors)
    return Trees(ask.names, round(float(model._baseline_prediction.item()), 4), trees)


def _tree(nodes: Any) -> tuple[Node, ...]:  # noqa: ANN401 - an array of records
    return tuple(
        Node(LEAF, round(float(node["value"]), 4))
        if node["is_leaf"]
        else Node(
            int(node["feature_idx"]),
            round(float(node["num_threshold"]), 6),
            int(node["left"]),
            int(node["right"]),
        )
        for node in nodes
    )
