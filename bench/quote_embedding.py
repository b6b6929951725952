"""Measure whether the tagger's network helps to link: the mean of its hidden states over two quotes, as one more comparison.

    pip install onnx==1.23.2; python bench/quote_embedding.py [--layers 2,5]

The network that ships gives only scores; its hidden states are led out of a copy of it in memory (that needs `onnx`, of the
extra train). A quote is the mean over its pieces of the states after a layer (0 to 5), less the mean of all quotes; two
quotes have a level by their cosine, with bounds at quantiles of the pairs that are learned from.
Cross-validation over the half of the stories that decides the weights: a fifth of the stories is left out at a time, and the figures
are the pairwise F1 of the clusters over what was left out, from labelled records, from text, and with all left-out stories in one city.
The half held back is not looked at. `with` adds the comparison to what is there, `for quote` puts it in place of the quote's words.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import combinations
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from numpy.typing import NDArray

from rallybook.api import code_all
from rallybook.coding.tagger import MODEL, padded
from rallybook.coding.windows import windows
from rallybook.evaluation.crowded import Told, crowded, stories
from rallybook.evaluation.linkage import measured
from rallybook.evaluation.linked import LinkedArticle, held_back, load_linked
from rallybook.grounding.sentences import Sentence
from rallybook.linking.clustering import clusters
from rallybook.linking.comparison import COMPARISONS, Weights
from rallybook.linking.profiles import Profile
from rallybook.training import linkage

_FOLDS = 5
# quantiles of the cosines of two quotes of different articles: the farthest half, then ever nearer ones
_QUANTILES = (0.5, 0.75, 0.9, 0.97)
_LEVELS = ("far", "some", "near", "nearer", "nearest")
_NAME = "embedding"
Level = Callable[[Profile, Profile], str]


class Encoder:
    """Gives the mean hidden state of a quote after a layer."""

    def __init__(self, layer: int) -> None:
        model = onnx.load_from_string(files("rallybook.models").joinpath(MODEL).read_bytes())
        hidden = f"/layers.{layer}/norm_out/LayerNormalization_output_0"
        model.graph.output.append(onnx.helper.make_tensor_value_info(hidden, onnx.TensorProto.FLOAT, None))
        self._hidden = hidden
        self._session = onnxruntime.InferenceSession(model.SerializeToString())
        self._centre = np.zeros(1, np.float32)
        self.state = lru_cache(maxsize=None)(self._state)

    def _state(self, quote: str) -> NDArray[np.float32]:
        cut = windows(quote, "", [Sentence(start=0, end=len(quote), paragraph=0, number=0)])
        rows = [self._session.run([self._hidden], padded([window]))[0][0] for window in cut]
        found: NDArray[np.float32] = np.concatenate(rows).mean(axis=0)
        return found

    def centre(self, quotes: Sequence[str]) -> None:
        """Take the mean of some quotes as the middle of all."""
        self._centre = np.mean([self.state(quote) for quote in quotes], axis=0)

    def cosine(self, one: str, other: str) -> float:
        """Give how alike two quotes are, -1 to 1."""
        a, b = self.state(one) - self._centre, self.state(other) - self._centre
        return float(a @ b / (np.linalg.norm(a) * np.linalg.norm(b) + 1e-9))


def level_by(encoder: Encoder, told: Sequence[Told]) -> Level:
    quotes = sorted({report.record.quote for report, _ in told if report.record.quote})
    encoder.centre(quotes)
    bounds = np.quantile([encoder.cosine(*pair) for pair in combinations(quotes, 2)], _QUANTILES)

    def level(one: Profile, other: Profile) -> str:
        first, second = one.report.record.quote, other.report.record.quote
        if not first or not second:
            return "untold"
        return _LEVELS[int(np.searchsorted(bounds, encoder.cosine(first, second)))]

    return level


def f1(told: Sequence[Told], weights: Weights) -> float:
    truth = {report.record.id: event for report, event in told}
    return measured(clusters([report for report, _ in told], weights=weights), truth).f1


def cross_validated(gold: Sequence[Told], text: Sequence[Told]) -> tuple[float, float, float]:
    names = [story[0][1].split("-", maxsplit=1)[0] for story in stories(gold)]
    figures = []
    for fold in range(_FOLDS):
        out = set(names[fold::_FOLDS])
        kept_gold, left_gold = parted(gold, out)
        kept_text, left_text = parted(text, out)
        weights = linkage.supervised([*linkage.lessons(kept_gold), *linkage.lessons(kept_text)])
        figures.append((f1(left_gold, weights), f1(left_text, weights), f1(crowded(left_gold), weights)))
    mean = np.mean(figures, axis=0)
    return float(mean[0]), float(mean[1]), float(mean[2])


def parted(told: Sequence[Told], out: set[str]) -> tuple[list[Told], list[Told]]:
    sides: tuple[list[Told], list[Told]] = ([], [])
    for pair in told:
        sides[pair[1].split("-", maxsplit=1)[0] in out].append(pair)
    return sides


def corpus(articles: Sequence[LinkedArticle]) -> tuple[list[Told], list[Told]]:
    """Give what decides the weights: labelled records, and the coder's that stand for one."""
    gold = [pair for one in articles for pair in one.reports if not held_back(pair[1])]
    known = {event for _, event in gold}
    coded = code_all([one.article for one in articles])
    read = [pair for one, said in zip(articles, coded, strict=True) for pair in one.recognised(said.events)]
    return gold, [pair for pair in read if pair[1] in known]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--layers", default="2,5")
    parser.add_argument("--data", type=Path, default=Path("labelled/linked.jsonl"))
    options = parser.parse_args()
    gold, text = corpus(load_linked(options.data))
    print("| comparison | labelled | from text | one city |\n|---|---|---|---|")

    def row(name: str) -> None:
        print(
            f"| {name} | {' | '.join(f'{value:.3f}' for value in cross_validated(gold, text))} |", flush=True
        )

    row("words, as they are")
    linkage._ORDER[_NAME] = _LEVELS
    for layer in map(int, options.layers.split(",")):
        COMPARISONS[_NAME] = level_by(Encoder(layer), gold)
        row(f"with the embedding of layer {layer}")
        quoted = COMPARISONS.pop("quote")
        row(f"for quote, the embedding of layer {layer}")
        del COMPARISONS[_NAME]
        COMPARISONS["quote"] = quoted
    del COMPARISONS["quote"]
    row("without the words of the quote")


if __name__ == "__main__":
    main()
