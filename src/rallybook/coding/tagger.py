"""Small encoders that score each word piece of a text, run by onnxruntime; the bundled tagger is one."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import numpy as np
import onnxruntime

from rallybook.coding.columns import Columns
from rallybook.coding.tagged import TAGGER, Tagged
from rallybook.coding.windows import NOWHERE, READINGS, Window, windows
from rallybook.errors import InputError, RallybookError
from rallybook.grounding.sentences import Sentence
from rallybook.logs import say

MODEL = "tagger.onnx"
# log odds of an act that some piece must have to make a text worth a second reading
_AN_ACT = 0.0
_GPU, _CPU = "CUDAExecutionProvider", "CPUExecutionProvider"
# on a CPU a norm and the sum before it are faster apart: a window of 192 pieces takes 10.6 ms and not 12.3
_SLOWER = ["SkipLayerNormFusion"]


class Network:
    """Scores the pieces of windows; one thread, as articles are coded side by side by processes."""

    def __init__(self, folder: Traversable, name: str, columns: Columns) -> None:
        """Load the network `name` of a folder; raises `RallybookError` where it is not what its checksum says."""
        try:
            model = folder.joinpath(name).read_bytes()
            wanted = folder.joinpath(f"{name}.sha256").read_text("utf-8").split()[0]
        except (OSError, IndexError) as error:
            raise InputError(
                "model", str(folder), f"a folder with {name} and {name}.sha256 ({error})"
            ) from None
        found = hashlib.sha256(model).hexdigest()
        if found != wanted:
            raise RallybookError(f"the network {name}: received SHA-256 {found}, allowed: {wanted}")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = _session(model, options)
        self._columns = columns

    def scored(self, cut: Sequence[Window]) -> Tagged:
        """Give the scores of the pieces of some windows of a text."""
        # one window a run: as fast as sixteen, and what is said of one hangs on no other (8-bit scales are a run's own)
        rows = [self._session.run(None, padded([window]))[0][0] for window in cut]
        return joined(cut, rows, self._columns)


class Tagger(Network):
    """Scores the pieces of texts."""

    def __init__(self, folder: Traversable | None = None) -> None:
        """Load the tagger that rallybook ships, or that of another folder."""
        super().__init__(folder or files("rallybook.models"), MODEL, TAGGER)

    def read(self, text: str, title: str, sentences: Sequence[Sentence]) -> Tagged:
        """Give the scores of the pieces of some sentences of a text, `title` being read before each window.

        They are the means of what is said of each piece in windows of several lengths, or what the longest ones say
        where these show no act, or one window holds the text.
        """
        first, *others = READINGS
        told = self.scored(windows(text, title, sentences, first))
        seen = told.most()
        if seen is None or seen < _AN_ACT:
            return told
        cuts = [windows(text, title, sentences, longest) for longest in others]
        return mean_of([told, *(self.scored(cut) for cut in cuts if len(cut) > 1)])


def _session(model: bytes, options: Any) -> Any:  # noqa: ANN401 - onnxruntime has no types
    """Give a network ready to run: on a GPU where onnxruntime was built for one and finds it, else on the CPU."""
    wanted = [provider for provider in (_GPU, _CPU) if provider in onnxruntime.get_available_providers()]
    apart = [] if _GPU in wanted else _SLOWER
    session = onnxruntime.InferenceSession(model, options, providers=wanted, disabled_optimizers=apart)
    if _GPU in wanted and _GPU not in session.get_providers():
        _say("onnxruntime finds no GPU that it can use; the networks run on the CPU")
    return session


@cache
def _say(words: str) -> None:
    # once a process, however many networks it loads
    say(words, level="warning")


def padded(cut: Sequence[Window]) -> dict[str, Any]:
    """Give windows as the arrays that the encoder takes: pieces, shapes, and 1 where there is a piece."""
    size = (len(cut), max(len(window.pieces) for window in cut))
    pieces, shapes = np.zeros(size, np.int64), np.zeros(size, np.int64)
    mask = np.zeros(size, np.float32)
    for row, window in enumerate(cut):
        length = len(window.pieces)
        pieces[row, :length], shapes[row, :length], mask[row, :length] = window.pieces, window.shapes, 1
    return {"pieces": pieces, "shapes": shapes, "mask": mask}


def joined(cut: Sequence[Window], scores: Sequence[Any], columns: Columns) -> Tagged:
    """Give the scores of windows side by side, without the pieces that are not of the text."""
    starts: list[int] = []
    ends: list[int] = []
    kept: list[Any] = [np.zeros((0, columns.count), np.float32)]
    for window, rows in zip(cut, scores, strict=True):
        inside = [n for n, start in enumerate(window.starts) if start != NOWHERE]
        starts += [window.starts[n] for n in inside]
        ends += [window.ends[n] for n in inside]
        kept.append(np.asarray(rows, np.float32)[inside])
    return Tagged(tuple(starts), tuple(ends), np.concatenate(kept), columns)


def mean_of(told: Sequence[Tagged]) -> Tagged:
    """Give the means of several scores of the same pieces."""
    first = told[0]
    if len(told) == 1:
        return first
    return Tagged(first.starts, first.ends, np.mean([one.scores for one in told], axis=0), first.columns)
