"""How near the tagger comes to what the machine can do: pieces a second beside the rate of plain 8-bit products.

    python bench/encoder_rate.py            (needs the extra `train` for onnx)

One core. The rate of the machine is that of one large product of 8-bit matrices (1,024³, u8 × s8 into s32) by the same
library, the best of some; the encoder's is that of its matrix products alone: two operations for each weight and piece, and for
attention two for each pair of pieces and unit. What the encoder takes beyond is attention's softmax, norms, GELU, the change between 8-bit
and floating numbers, and products too small to run at the full rate.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper

_SIDE, _LAYERS, _WIDTH, _INNER = 1024, 6, 384, 1536
_LENGTHS = (64, 128, 192, 256)
_REPEATS, _SECONDS = 5, 0.5


def main() -> None:
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    products = [(_SIDE, _SIDE, _SIDE), (128, _WIDTH, _WIDTH), (128, _WIDTH, _INNER), (128, _INNER, _WIDTH)]
    print("| what | operations a second | share of the large product |\n|---|---|---|")
    rates = [2 * m * k * n * _rate(_product(m, k, n)) for m, k, n in products]
    for (m, k, n), rate in zip(products, rates, strict=True):
        print(f"| 8-bit product {m} × {k} × {n} | {rate / 1e9:.0f} G | {rate / rates[0]:.2f} |")
    session = _session(files("rallybook.models").joinpath("tagger.onnx").read_bytes())
    for length in _LENGTHS:
        a_second = length * _rate(_reading(session, length))
        rate = a_second * _operations(length)
        name = f"tagger, windows of {length} pieces: {a_second:,.0f} pieces a second"
        print(f"| {name} | {rate / 1e9:.0f} G | {rate / rates[0]:.2f} |")


def _operations(length: int) -> int:
    """Give the operations of a piece: its products with the weights, and with all pieces of its window."""
    weights = _LAYERS * (4 * _WIDTH * _WIDTH + 2 * _WIDTH * _INNER)
    return 2 * weights + _LAYERS * 2 * 2 * length * _WIDTH


def _rate(work: Callable[[], object]) -> float:
    """Give how often work is done in a second of CPU time, the best of some."""
    work()
    best = 0.0
    for _ in range(_REPEATS):
        start, times = time.process_time(), 0
        while time.process_time() - start < _SECONDS:
            work()
            times += 1
        best = max(best, times / (time.process_time() - start))
    return best


def _reading(session: onnxruntime.InferenceSession, length: int) -> Callable[[], object]:
    given = {
        "pieces": np.random.default_rng(1).integers(1000, 30000, (1, length)),
        "shapes": np.zeros((1, length), np.int64),
        "mask": np.ones((1, length), np.float32),
    }
    return lambda: session.run(None, given)


def _product(m: int, k: int, n: int) -> Callable[[], object]:
    numbers = np.random.default_rng(1)
    right = numbers.integers(-127, 127, (k, n), dtype=np.int8)
    graph = helper.make_graph(
        [helper.make_node("MatMulInteger", ["left", "right"], ["product"])],
        "product",
        [helper.make_tensor_value_info("left", TensorProto.UINT8, [m, k])],
        [helper.make_tensor_value_info("product", TensorProto.INT32, [m, n])],
        [onnx.numpy_helper.from_array(right, "right")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    with tempfile.TemporaryDirectory() as room:
        path = Path(room) / "product.onnx"
        onnx.save(model, str(path))
        session = _session(path.read_bytes())
    left = numbers.integers(0, 255, (m, k), dtype=np.uint8)
    return lambda: session.run(None, {"left": left})


def _session(model: bytes) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


if __name__ == "__main__":
    main()
