"""The bundled tagger: a small encoder that scores each word piece of a text, run by onnxruntime."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from importlib.resources import files
from typing import Any

import numpy as np
import onnxruntime

from rallybook.coding.tagged import COLUMNS, Tagged
from rallybook.coding.windows import NOWHERE, Window, windows
from rallybook.errors import RallybookError
from rallybook.grounding.sentences import Sentence

MODEL = "tagger.onnx"
# windows of like length in one batch: more of them at once read no faster
_BATCH = 16


class Tagger:
    """Scores the pieces of texts; one thread, as articles are coded side by side by processes."""

    def __init__(self) -> None:
        held = files("rallybook.models")
        model = held.joinpath(MODEL).read_bytes()
        wanted = held.joinpath(f"{MODEL}.sha256").read_text("utf-8").split()[0]
        found = hashlib.sha256(model).hexdigest()
        if found != wanted:
            raise RallybookError(f"the tagger {MODEL}: received SHA-256 {found}, allowed: {wanted}")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])

    def read(self, text: str, title: str, sentences: Sequence[Sentence]) -> Tagged:
        """Give the scores of the pieces of some sentences of a text, `title` being read before each window."""
        cut = windows(text, title, sentences)
        scores: list[Any] = [None] * len(cut)
        for numbers in _batches(cut):
            found = self._session.run(None, padded([cut[n] for n in numbers]))[0]
            for n, rows in zip(numbers, found, strict=True):
                scores[n] = rows
        return joined(cut, scores)


def _batches(cut: Sequence[Window]) -> Iterator[list[int]]:
    order = sorted(range(len(cut)), key=lambda n: len(cut[n].pieces))
    for at in range(0, len(order), _BATCH):
        yield order[at : at + _BATCH]


def padded(cut: Sequence[Window]) -> dict[str, Any]:
    """Give windows as the arrays that the encoder takes: pieces, shapes, and 1 where there is a piece."""
    size = (len(cut), max(len(window.pieces) for window in cut))
    pieces, shapes = np.zeros(size, np.int64), np.zeros(size, np.int64)
    mask = np.zeros(size, np.float32)
    for row, window in enumerate(cut):
        length = len(window.pieces)
        pieces[row, :length], shapes[row, :length], mask[row, :length] = window.pieces, window.shapes, 1
    return {"pieces": pieces, "shapes": shapes, "mask": mask}


def joined(cut: Sequence[Window], scores: Sequence[Any]) -> Tagged:
    """Give the scores of windows side by side, without the pieces that are not of the text."""
    starts: list[int] = []
    ends: list[int] = []
    kept: list[Any] = [np.zeros((0, COLUMNS), np.float32)]
    for window, rows in zip(cut, scores, strict=True):
        inside = [n for n, start in enumerate(window.starts) if start != NOWHERE]
        starts += [window.starts[n] for n in inside]
        ends += [window.ends[n] for n in inside]
        kept.append(np.asarray(rows, np.float32)[inside])
    return Tagged(tuple(starts), tuple(ends), np.concatenate(kept))
