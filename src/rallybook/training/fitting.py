"""What the fits of arguments and measures share: their options, the articles, and where the models go."""

from __future__ import annotations

import argparse
import json
import pickle
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

import msgspec

from rallybook.coding import linear
from rallybook.coding.act_reader import ActReader
from rallybook.coding.tagged import Tagged
from rallybook.grounding.gazetteer import CompiledGazetteer
from rallybook.training.corpus import Lesson, lessons
from rallybook.training.parts import folds

FOLDER = Path(linear.__file__).parent / "data"


class Options(NamedTuple):
    """The folder of labelled sets, the file of the tagger's cross-validated scores if any, whether to write.

    `reader` is the folder of the cross-validated readers of acts, where a fit asks them; `refine` is whether to begin
    with the weights that there are.
    """

    data: Path
    tagged: Path | None
    write: bool
    reader: Path | None = None
    refine: bool = False


def options(about: str | None, *, reader: bool = False, refine: bool = False) -> Options:
    """Read the arguments of a fit from the command line; `about` is what the module says of itself.

    `reader` allows for `--reader`, `refine` for `--refine`.
    """
    parser = argparse.ArgumentParser(description=(about or "").split("\n", maxsplit=1)[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--tagged", type=Path, metavar="FILE", help="cross-validated scores of the tagger")
    parser.add_argument("--write", action="store_true", help="put the weights into the coder")
    if reader:
        parser.add_argument("--reader", type=Path, metavar="FOLDER", help="cross-validated readers of acts")
    if refine:
        parser.add_argument("--refine", action="store_true", help="begin with the weights that there are")
    return Options(**vars(parser.parse_args()))


def fitted_on(asked: Options) -> list[Lesson]:
    """Give the labelled articles that may decide weights; those that a reader which did not learn from them reads."""
    return list(lessons(asked.data, CompiledGazetteer(), tagger_scores(asked), readers(asked)))


@cache
def readers(asked: Options) -> Mapping[int, ActReader]:
    """Give the cross-validated readers of acts by the part that each did not learn from; none where none is asked."""
    return {part: ActReader(folder) for part, folder in folds(asked.reader).items()} if asked.reader else {}


@cache
def tagger_scores(asked: Options) -> Mapping[str, Tagged] | None:
    """Give what the tagger says of each article by its name; None where the rules alone are fitted."""
    return pickle.loads(asked.tagged.read_bytes()) if asked.tagged else None  # noqa: S301 - our own file


def mean(values: Iterable[float | None]) -> float:
    """Give the mean of the values that there are."""
    told = [value for value in values if value is not None]
    return sum(told) / max(len(told), 1)


def store(name: str, models: object) -> None:
    """Write models into a data file of the coder, a line for each weight."""
    told = json.dumps(msgspec.to_builtins(models), indent=0, sort_keys=True, ensure_ascii=False)
    (FOLDER / name).write_text(f"{told}\n", "utf-8")
