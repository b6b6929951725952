"""Fits the gate before coding: which mentions of an act make a text worth reading.

    python -m rallybook.training.screen DATA [--write]

DATA is the folder of labelled sets (protest_records, types, places, records_muc, event_place, ner). Prints, from
a five-fold cross-validation (folds by article), what share of the articles with records and of other news each
bar lets through; `--write` puts the gate fitted on everything into the coder.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from rallybook.coding import screen
from rallybook.coding.linear import Weights, weighed
from rallybook.coding.screen import Bars, marks
from rallybook.coding.triggers import lowered
from rallybook.training.corpus import FILES, FOLDS
from rallybook.training.regression import fit_answer
from rallybook.training.screen_corpus import Text, learnt

FILE = Path(screen.__file__).parent / "data" / "screen_weights.json"
PULL = 2.0  # of 1, 2 and 4 all within one article of each other
RAREST = 4
# articles are what the gate is for; single sentences, machine-made stories and joined sentences are further off
_WEIGHT = {"train": 2.0, "written": 2.0, "articles": 2.0, "papers": 2.0, "stories": 1.0, "geovirus": 1.0}
_LESS = 0.5
# in cross-validation 99 of 100 articles with records pass the first bar, 98 of 100 single sentences the third; the
# second costs none of them up to 1.6 and lets .052 of the other news through instead of .070
BARS = Bars(article=-0.7, unnamed=1.0, brief=-2.5)
_CURVE = (-2.0, -1.0, -0.5, 0.0, 0.5, 1.0)
_SHOWN = ("geovirus", "muc", "ngec", "event_place", "wikigold")


class Judged(NamedTuple):
    """A text with the log odds of each of its mentions, by a model that did not see it."""

    text: Text
    odds: tuple[float, ...]

    def passes(self, bars: Bars) -> bool:
        """Tell whether it is let through."""
        bar = bars.bar(len(self.text.text), named=any(mention.strong for mention in self.text.found))
        return any(odds >= bar for odds in self.odds)


def main() -> None:
    """Read the arguments, fit, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--write", action="store_true", help="put the weights into the coder")
    options = parser.parse_args()
    texts = list(learnt(options.data))
    judged = [
        judge(text, weights)
        for fold in range(FOLDS)
        for weights in [fit([text for text in texts if text.fold != fold])]
        for text in texts
        if text.fold == fold
    ]
    report(judged)
    if options.write:
        whole = {"bars": {name: getattr(BARS, name) for name in BARS.__struct_fields__}}
        whole |= {"weights": fit(texts)}
        FILE.write_text(json.dumps(whole, indent=0, sort_keys=True, ensure_ascii=False) + "\n", "utf-8")


def fit(texts: Sequence[Text]) -> Weights:
    """Give the weights of the marks by which a mention tells a protest.

    Mentions that a labelled article leaves untold teach nothing: most tell its protest once more. Nor do texts
    of other sets that say protest outright: their labels name one event of several.
    """
    rows: list[tuple[list[str], bool]] = []
    weigh: list[float] = []
    for text in texts:
        if text.strong and not text.protest and text.file not in FILES:
            continue
        low = lowered(text.text)
        for number in text.told if text.protest else range(len(text.found)):
            rows.append((sorted(marks(low, text.found, number)), text.protest))
            weigh.append(_WEIGHT.get(text.file, _LESS))
    return fit_answer(rows, pull=PULL, rarest=RAREST, weigh=weigh)


def judge(text: Text, weights: Weights) -> Judged:
    """Give the log odds of each mention of a text."""
    low = lowered(text.text)
    every = range(len(text.found))
    return Judged(text, tuple(weighed(weights, marks(low, text.found, number)) for number in every))


def report(judged: Sequence[Judged]) -> None:
    """Print the share of each set that is let through, by the bar for articles and at the bars shipped."""
    heads = ("train+written", "articles", "papers", "wire", "stories", "ngec")
    sys.stdout.write(
        f"bar | with records: {' '.join(heads)} | without: written articles papers stories {' '.join(_SHOWN)}\n"
    )
    for bar in (*_CURVE, None):
        bars = BARS if bar is None else Bars(article=bar, unnamed=bar + 1.7, brief=bar + BARS.brief)
        told = [_share(judged, bars, ("train", "written"), True)]
        told += [_share(judged, bars, (file,), True) for file in heads[1:]]
        told += [
            _share(judged, bars, (file,), False)
            for file in ("written", "articles", "papers", "stories", *_SHOWN)
        ]
        sys.stdout.write(f"{'shipped' if bar is None else bar:7} {'  '.join(told)}\n")


def _share(judged: Sequence[Judged], bars: Bars, files: Sequence[str], protest: bool) -> str:
    held = [j for j in judged if j.text.file in files and j.text.protest is protest]
    return f"{sum(j.passes(bars) for j in held) / max(len(held), 1):.3f} of {len(held)}"


if __name__ == "__main__":
    main()
