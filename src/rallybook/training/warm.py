"""Encoders that begin with what a network of the package knows: its 8-bit weights, made numbers of torch again."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

import torch
from torch import Tensor

from rallybook.coding.act_windows import MARKED
from rallybook.coding.columns import ACT, Columns
from rallybook.coding.tagged import TAGGER
from rallybook.coding.tagger import MODEL
from rallybook.coding.windows import SHAPES
from rallybook.training.encoder import DROPOUT, MARK, Encoder

_NO = -2.0  # log odds of a column that has learned nothing
_HEADS = 12  # of attention in MiniLM-L6, which no weight tells
_PRODUCTS = ("query", "key", "value", "out", "up", "down")  # in the order in which a layer multiplies by them


def shipped(network: str, columns: Columns, *, marks: bool = False) -> Encoder:
    """Give a network of the package as an encoder that can learn on; with `marks` it knows marked words.

    Columns at the end that the network does not have yet say no of everything at first.
    """
    known = _known(network)
    shapes = 2 * SHAPES if marks else SHAPES
    encoder = Encoder(_sizes(known), columns.count, shapes=shapes, dropout=DROPOUT)
    encoder.load_state_dict(known | _grown(known["heads.weight"], known["heads.bias"], columns.count))
    return encoder


def _grown(weight: Tensor, bias: Tensor, columns: int) -> dict[str, Tensor]:
    new = columns - len(bias)
    return {
        "heads.weight": torch.cat([weight, torch.zeros(new, weight.shape[1])]),
        "heads.bias": torch.cat([bias, torch.full((new,), _NO)]),
    }


def warm(columns: Columns) -> Encoder:
    """Give an encoder that knows marks and what the bundled tagger knows; outputs that this one has, too, are kept."""
    known = _known(MODEL)
    encoder = Encoder(_sizes(known), columns.count, shapes=2 * SHAPES, dropout=DROPOUT)
    state = encoder.state_dict()
    for name, value in known.items():
        if not name.startswith(("heads.", "shapes.")):
            state[name] = value
    state["shapes.weight"][:SHAPES] = known["shapes.weight"]
    state["shapes.weight"][MARKED:] = known["shapes.weight"] + torch.randn_like(known["shapes.weight"]) * MARK
    for ours, theirs in _shared(columns, TAGGER):
        for part in ("heads.weight", "heads.bias"):
            state[part][ours] = known[part][theirs]
    encoder.load_state_dict(state)
    return encoder


def _known(network: str) -> dict[str, Tensor]:
    return _unquantised(files("rallybook.models").joinpath(network).read_bytes())


def _sizes(known: dict[str, Tensor]) -> dict[str, int]:
    return {
        "hidden_size": len(known["segment"]),
        "vocab_size": len(known["words.weight"]),
        "max_position_embeddings": len(known["positions.weight"]),
        "num_hidden_layers": sum(name.endswith(".up.bias") for name in known),
        "intermediate_size": len(known["layers.0.up.bias"]),
        "num_attention_heads": _HEADS,
    }


def _shared(ours: Columns, theirs: Columns) -> Iterator[tuple[int, int]]:
    """Give the columns that mean the same in two networks."""
    yield ACT, ACT
    yield ours.focus, theirs.focus
    for mine, other in (
        (ours.forms, theirs.forms),
        (ours.statuses, theirs.statuses),
        (ours.roles, theirs.roles),
    ):
        start = {ours.forms: ours.form, ours.statuses: ours.status, ours.roles: ours.role}[mine].start
        first = {theirs.forms: theirs.form, theirs.statuses: theirs.status, theirs.roles: theirs.role}[
            other
        ].start
        for name in set(mine) & set(other):
            yield start + mine.index(name), first + other.index(name)


def _unquantised(model: bytes) -> dict[str, Tensor]:
    """Give the weights of a network that `export` wrote, by their names in torch.

    Matrices lose their names on the way: they follow each other as the network multiplies by them.
    """
    import onnx  # noqa: PLC0415 - part of the extra

    graph = onnx.load_from_string(model).graph
    held = {i.name: torch.from_numpy(onnx.numpy_helper.to_array(i).copy()) for i in graph.initializer}
    known = {
        name: value
        for name, value in held.items()
        if not name.endswith(("_scale", "_zero_point", "_quantized"))
    }
    matrices: list[Tensor] = []
    for name, numbers in held.items():
        if name.endswith("_quantized"):
            plain = name.removesuffix("_quantized")
            whole = (numbers.float() - held[f"{plain}_zero_point"].float()) * held[f"{plain}_scale"]
            if plain.startswith("onnx::MatMul"):
                matrices.append(whole.T.contiguous())
            else:
                known[plain] = whole
    layers = sum(name.endswith(".up.bias") for name in known)
    names = [f"layers.{n}.{part}" for n in range(layers) for part in _PRODUCTS]
    return known | {f"{name}.weight": m for name, m in zip([*names, "heads"], matrices, strict=True)}
