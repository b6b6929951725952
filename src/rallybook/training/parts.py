"""The parts of the corpus by which the reader of acts is cross-validated, and the encoders that did not see one."""

from __future__ import annotations

import hashlib
from pathlib import Path

from rallybook.coding.act_reader import NETWORK

PARTS = 3


def part_of(name: str) -> int:
    """Give the part of the corpus to which the article of this name belongs."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % PARTS


def fold(folder: Path, part: int) -> Path:
    """Give the folder of the encoder that did not learn from a part of the corpus."""
    return folder / f"part-{part}"


def folds(folder: Path) -> dict[int, Path]:
    """Give the folders of the encoders that there are, by the part that each did not learn from."""
    return {part: path for part in range(PARTS) if (path := fold(folder, part)).joinpath(NETWORK).is_file()}
