"""Trains the tagger: a small encoder that tells of each word piece whether it names an act, and which part of one.

    python -m rallybook.training.tagger DATA --out-of-fold FILE [--write]

DATA is the folder of labelled sets. First trains one encoder for each part of the corpus on the other parts and
writes what these say of articles that they did not see to FILE, from which `rallybook.training.acts --tagged FILE`
fits the models behind the tagger. `--write` then trains on everything and puts the encoder into the package,
quantised to 8 bits.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import pickle
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from importlib.resources import files
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor, nn

from rallybook.coding.tagged import ACT, FOCUS, FORM, ROLE, STATUS, Tagged
from rallybook.coding.tagger import MODEL, Tagger, padded
from rallybook.coding.windows import LOWER, MIXED, SIGN, Window
from rallybook.grounding.gazetteer import CompiledGazetteer
from rallybook.training import tags as columns
from rallybook.training.corpus import lessons
from rallybook.training.encoder import Encoder, checkpoint, pretrained
from rallybook.training.quiet import FILE as QUIET
from rallybook.training.quiet import quiet_lessons
from rallybook.training.tags import Sheet, Tags, sheet

PARTS = 3  # of the corpus in cross-validation: each costs a training
EPOCHS = 5
SEED = 1
# real news is rare among what is labelled; single sentences and machine-made stories are further from it
WEIGHT = {"train": 2.0, "sentences": 0.5, "stories": 0.5, QUIET: 0.5}
_QUIET = 3  # every so many of the stories of other kinds: they teach soon what they can
_RATE, _HEADS_RATE, _WARM = 2e-4, 1e-3, 0.1
_PIECES = 1536  # in a batch
_MASK = 103
_SMALL, _DROPPED = 0.1, 0.03  # shares of windows read without capitals, and of pieces hidden
_FORM, _FOCUS, _PART = (
    2.0,
    0.5,
    0.3,
)  # the weights of forms, focus and roles beside those of acts and statuses
_CLIP = 1.0
_PREPARED = 8.0  # acts in a batch below which a step is no longer made larger


class _Page(NamedTuple):
    window: Window
    tags: Tags
    weight: float


def main() -> None:
    """Read the arguments, train, write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("data", type=Path)
    parser.add_argument(
        "--out-of-fold", type=Path, metavar="FILE", help="where to put the cross-validated scores"
    )
    parser.add_argument("--write", action="store_true", help="put the tagger into the package")
    options = parser.parse_args()
    sheets = list(corpus(options.data))
    _say(f"{len(sheets)} articles, {sum(len(w.pieces) for s in sheets for w in s.windows)} pieces")
    # one thread each: two of them wait for each other longer than they work
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn"), _single_threaded) as pool:
        parts = (
            [pool.submit(out_of_fold, sheets, part) for part in range(PARTS)] if options.out_of_fold else []
        )
        whole = pool.submit(train, sheets) if options.write else None
        unseen: dict[str, Tagged] = {}
        for part in parts:
            unseen |= part.result()
            options.out_of_fold.parent.mkdir(parents=True, exist_ok=True)
            options.out_of_fold.write_bytes(pickle.dumps(unseen))
        if whole:
            export(whole.result(), Path(str(files("rallybook.models"))))


def _single_threaded() -> None:
    torch.set_num_threads(1)


def corpus(data: Path) -> Iterator[Sheet]:
    """Give the articles to learn from, with their tags."""
    gazetteer = CompiledGazetteer()
    yield from map(sheet, lessons(data, gazetteer))
    yield from map(sheet, quiet_lessons(data, gazetteer))


def out_of_fold(sheets: Sequence[Sheet], part: int) -> dict[str, Tagged]:
    """Give what an encoder says of the articles of a part of the corpus, trained on the others."""
    order = sorted(sheets, key=lambda s: hashlib.sha256(s.name.encode()).hexdigest())
    encoder = train([s for n, s in enumerate(order) if n % PARTS != part])
    # by the 8-bit form, as the shipped one reads: what it rounds off the models behind it must know
    with tempfile.TemporaryDirectory() as room:
        export(encoder, Path(room))
        tagger = Tagger(Path(room))
        return {s.name: tagger.scored(s.windows) for n, s in enumerate(order) if n % PARTS == part}


def train(sheets: Sequence[Sheet]) -> Encoder:
    """Give an encoder trained on some articles."""
    torch.manual_seed(SEED)
    rng = random.Random(SEED)  # noqa: S311 - no secret
    encoder = pretrained(checkpoint())
    encoder.words.weight.requires_grad = False
    new = [*encoder.heads.parameters(), *encoder.shapes.parameters()]
    old = [p for p in encoder.parameters() if p.requires_grad and all(p is not q for q in new)]
    optimizer = torch.optim.AdamW(
        [{"params": old, "lr": _RATE}, {"params": new, "lr": _HEADS_RATE}], weight_decay=0.01
    )
    quiet = [s for s in sheets if s.file == QUIET][::_QUIET]
    pages = [
        _Page(window, tags, WEIGHT.get(s.file, 1.0))
        for s in (*(s for s in sheets if s.file != QUIET), *quiet)
        for window, tags in zip(s.windows, s.tags, strict=True)
    ]
    steps = len(_batches(pages, rng)) * EPOCHS
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, _slope(steps))
    encoder.train()
    for epoch in range(EPOCHS):
        start, losses = time.monotonic(), []
        for batch in _batches(pages, rng):
            loss = _loss(encoder, batch)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(encoder.parameters(), _CLIP)
            optimizer.step()
            schedule.step()
            losses.append(float(loss.detach()))
        _say(f"epoch {epoch}  loss {np.mean(losses):.3f}  {time.monotonic() - start:.0f} s")
    encoder.eval()
    return encoder


def _slope(steps: int) -> Callable[[int], float]:
    return lambda step: min((step + 1) / (_WARM * steps), max(0.0, (steps - step) / ((1 - _WARM) * steps)))


def _batches(pages: Sequence[_Page], rng: random.Random) -> list[list[_Page]]:
    """Give windows of like length together, in a new order each time."""
    order = sorted(rng.sample(pages, len(pages)), key=lambda page: len(page.window.pieces) // 16)
    found: list[list[_Page]] = [[]]
    longest = 0
    for page in order:
        longest = max(longest, len(page.window.pieces))
        if found[-1] and longest * (len(found[-1]) + 1) > _PIECES:
            found.append([])
            longest = len(page.window.pieces)
        found[-1].append(page)
    rng.shuffle(found)
    return found


def _loss(encoder: Encoder, batch: Sequence[_Page]) -> Tensor:
    given = {name: torch.from_numpy(array) for name, array in padded([page.window for page in batch]).items()}
    pieces, shapes = _damaged(given["pieces"], given["shapes"])
    with torch.autocast("cpu", dtype=torch.bfloat16):
        scores = encoder(pieces, shapes, given["mask"])
    inside = given["mask"] > 0
    wanted = torch.from_numpy(np.concatenate([page.tags for page in batch])).long()
    weight = torch.cat([torch.full((len(page.tags),), page.weight) for page in batch])
    acts = float((wanted[:, columns.ACT] == 1).sum())
    return summed(scores.float()[inside], wanted, weight) / (_PREPARED + acts)


def _damaged(pieces: Tensor, shapes: Tensor) -> tuple[Tensor, Tensor]:
    """Take the capitals from some windows, and hide some pieces: news comes damaged, too."""
    small = (torch.rand(len(pieces), 1) < _SMALL) & (shapes <= MIXED)
    hidden = (torch.rand(pieces.shape) < _DROPPED) & (shapes < SIGN)
    return pieces.masked_fill(hidden, _MASK), shapes.masked_fill(small, LOWER)


def summed(scores: Tensor, wanted: Tensor, weight: Tensor) -> Tensor:
    """Give the loss of scores (pieces, `COLUMNS`) against tags (pieces, `TAGS`), a weight for each piece."""
    return (
        _either(scores[:, ACT], wanted[:, columns.ACT], weight)
        + _FORM * _one_of(scores[:, FORM], wanted[:, columns.FORM], weight)
        + _one_of(scores[:, STATUS], wanted[:, columns.STATUS], weight)
        + _FOCUS * _either(scores[:, FOCUS], wanted[:, columns.FOCUS], weight)
        + _PART * _either(scores[:, ROLE], wanted[:, columns.ROLE :], weight[:, None])
    )


def _either(scores: Tensor, wanted: Tensor, weight: Tensor) -> Tensor:
    told = (wanted != columns.UNTOLD) * weight
    each = nn.functional.binary_cross_entropy_with_logits(
        scores, wanted.clamp(min=0).float(), reduction="none"
    )
    return (each * told).sum()


def _one_of(scores: Tensor, wanted: Tensor, weight: Tensor) -> Tensor:
    each = nn.functional.cross_entropy(scores, wanted, ignore_index=columns.UNTOLD, reduction="none")
    return (each * weight).sum()


def export(encoder: Encoder, folder: Path) -> None:
    """Write the encoder with 8-bit weights, and its checksum."""
    from onnxruntime.quantization import QuantType, quantize_dynamic  # noqa: PLC0415

    example = (torch.zeros(2, 8, dtype=torch.long), torch.zeros(2, 8, dtype=torch.long), torch.ones(2, 8))
    axes = {0: "windows", 1: "pieces"}
    names = ["pieces", "shapes", "mask"]
    with tempfile.TemporaryDirectory() as room:
        whole = Path(room) / MODEL
        torch.onnx.export(
            encoder.eval(), example, str(whole), input_names=names, output_names=["scores"],
            dynamic_axes=dict.fromkeys([*names, "scores"], axes), opset_version=17, dynamo=False,
        )  # fmt: skip
        quantize_dynamic(whole, folder / MODEL, per_channel=True, weight_type=QuantType.QInt8)
    found = hashlib.sha256((folder / MODEL).read_bytes()).hexdigest()
    (folder / f"{MODEL}.sha256").write_text(f"{found}  {MODEL}\n", "utf-8")
    _say(f"{folder / MODEL}: {found}")


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
