"""A small BERT in torch, to be fine-tuned: six layers of 384 units (MiniLM-L6), its weights read from a file."""

from __future__ import annotations

import json
from pathlib import Path

import torch
from torch import Tensor, nn


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
        mixed = (self.drop(weight) @ value).transpose(1, 2).reshape(batch, tokens, width)
        x = self.norm(x + self.drop(self.out(mixed)))
        return self.norm_out(x + self.drop(self.down(nn.functional.gelu(self.up(x)))))


class Encoder(nn.Module):
    """Token numbers in, one vector a token out."""

    def __init__(self, sizes: dict[str, int], dropout: float = 0.1) -> None:
        super().__init__()
        width = sizes["hidden_size"]
        self.width = width
        self.words = nn.Embedding(sizes["vocab_size"], width)
        self.positions = nn.Embedding(sizes["max_position_embeddings"], width)
        self.segment = nn.Parameter(torch.zeros(width))
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.drop = nn.Dropout(dropout)
        self.layers = nn.ModuleList(
            Layer(width, sizes["num_attention_heads"], sizes["intermediate_size"], dropout)
            for _ in range(sizes["num_hidden_layers"])
        )

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Give the states (batch, tokens, width) of token numbers; `mask` is 1 where there is a token."""
        place = torch.arange(ids.shape[1], device=ids.device)
        x = self.drop(self.norm(self.words(ids) + self.positions(place) + self.segment))
        bias = (1.0 - mask[:, None, None, :].to(x.dtype)) * -1e4
        for layer in self.layers:
            x = layer(x, bias)
        return x


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


def pretrained(folder: Path, dropout: float = 0.1) -> Encoder:
    """Give the encoder with the weights of a BERT checkpoint (`config.json`, `model.safetensors`)."""
    from safetensors.torch import load_file  # noqa: PLC0415 - part of the extra

    encoder = Encoder(json.loads((folder / "config.json").read_text("utf-8")), dropout)
    given = {name.removeprefix("bert."): value for name, value in load_file(folder / "model.safetensors").items()}
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
    encoder.load_state_dict(state)
    return encoder
