"""Teaches the tagger on by a larger encoder that learned the labelled articles better.

    python -m rallybook.training.distillation DATA --teacher FILE [--write]

DATA is the folder of labelled sets. The larger encoder (`mpnet`) learns every article, unless FILE holds its weights
from an earlier run: its weights go there. What it says of each page then teaches the tagger of the package, beside the
labels; the mean of that one and the one before is put into the package by `--write`, quantised to 8 bits. Some two
hours and a quarter on one core, three quarters of them for the larger encoder.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

import torch

from rallybook.coding.tagged import TAGGER
from rallybook.coding.tagger import MODEL
from rallybook.training.course import Course, Stakes
from rallybook.training.encoder import Encoder, export
from rallybook.training.mpnet import Mpnet, mpnet
from rallybook.training.page import Page
from rallybook.training.soft_tags import told_by
from rallybook.training.tagger import corpus, halfway, pages_of
from rallybook.training.teaching import say, say_epoch, taught

# words of acts in `labelled/held_out.jsonl` after one pass .782 (mean precision), after two .825, and rising
_TEACHER = Course(TAGGER, epochs=2, seed=1, stakes=Stakes(focus=1.0), rate=1e-4)
_PUPIL = Course(TAGGER, epochs=2, seed=5, stakes=Stakes(focus=1.0), rate=3e-4)


def main() -> None:
    """Read the arguments, teach, write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("data", type=Path)
    parser.add_argument(
        "--teacher", type=Path, metavar="FILE", required=True, help="weights of the larger encoder"
    )
    parser.add_argument("--write", action="store_true", help="put the tagger into the package")
    options = parser.parse_args()
    torch.set_num_threads(1)
    pages = list(pages_of(list(corpus(options.data))))
    say(f"{len(pages)} pages, {sum(len(page.window.pieces) for page in pages)} pieces")
    encoder = distilled(pages, teacher(pages, options.teacher))
    if options.write:
        say(export(encoder, Path(str(files("rallybook.models"))), MODEL))


def teacher(pages: Sequence[Page], path: Path) -> Mpnet:
    """Give the larger encoder that has learned some pages: the one of a file, or a new one, which is put there."""
    torch.manual_seed(_TEACHER.seed)
    encoder = mpnet(TAGGER)
    if path.is_file():
        encoder.load_state_dict(torch.load(path))
        encoder.eval()
        return encoder
    taught(encoder, pages, _TEACHER, said=say_epoch)
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.save(encoder.state_dict(), path)
    return encoder


def distilled(pages: Sequence[Page], larger: Encoder) -> Encoder:
    """Give the mean of the tagger of the package and of one that was taught on by what a larger encoder says."""
    return halfway(list(told_by(larger, pages)), _PUPIL)


if __name__ == "__main__":
    main()
