"""What the tagger says of single words: how well it ranks those that name an act and those that play a role in one.

    RALLYBOOK_DATA=../shared/data python bench/tags.py [--model FOLDER] [FILE ...]

Average precision of the pieces that labels tag, over all pieces about which they say something, in `dev`, `dev_written`
and the project's own articles from which no network has learned (or in each FILE of labelled articles); of the pieces
that name an act, how often the likeliest form and the focus are right. FOLDER holds another tagger than the bundled
one. A small set of records tells two taggers apart badly: there are ten times as many pieces as records.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rallybook.coding.columns import ACT
from rallybook.coding.pipeline import gazetteer
from rallybook.coding.scene import survey
from rallybook.coding.tagged import ROLES, TAGGER, Tagged
from rallybook.coding.tagger import Tagger
from rallybook.coding.windows import NOWHERE, Window
from rallybook.grounding.reading import read
from rallybook.grounding.sentences import sentences
from rallybook.model.article import Article
from rallybook.sources.rows import from_row
from rallybook.training.corpus import Lesson, lesson_of
from rallybook.training.page import ACT_TAG, FOCUS_TAG, FORM_TAG, ROLE_TAG, UNTOLD
from rallybook.training.rows import Row, rows
from rallybook.training.tags import sheet

DATA = Path(os.environ.get("RALLYBOOK_DATA", "../shared/data")) / "protest_records"
LABELLED = Path(__file__).parents[1] / "labelled"
SETS = (
    DATA / "dev.jsonl",
    DATA / "dev_written.jsonl",
    LABELLED / "held_out.jsonl",
    LABELLED / "unread.jsonl",
)
Scores = NDArray[np.float32]
Tags = NDArray[np.int8]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("files", type=Path, nargs="*", metavar="FILE")
    parser.add_argument("--model", type=Path, metavar="FOLDER", help="another tagger than the bundled one")
    options = parser.parse_args()
    tagger = Tagger(options.model)
    print(f"| set | pieces of acts | act | form right | focus right | {' | '.join(ROLES)} |")
    print("|---|---|---|---|---" + "|---" * len(ROLES) + "|")
    for path in options.files or SETS:
        told = list(judged(path, tagger))
        scores, tags = (np.concatenate(part) for part in zip(*told, strict=True))
        print(
            f"| {path.stem} | {(tags[:, ACT_TAG] == 1).sum()} | {' | '.join(cells(scores, tags))} |",
            flush=True,
        )


def judged(path: Path, tagger: Tagger) -> Iterator[tuple[Scores, Tags]]:
    """Give for each labelled article the scores of its pieces and their tags."""
    for row in rows(path):
        lesson, tagged = read_with(tagger, row, path.stem)
        known = sheet(lesson)
        yield (
            tagged.scores,
            np.concatenate([tags[inside(w)] for w, tags in zip(known.windows, known.tags, strict=True)]),
        )


def read_with(tagger: Tagger, row: Row, name: str) -> tuple[Lesson, Tagged]:
    """Give a labelled article of a file as it is surveyed with a tagger, and what that one says of it."""
    article = next(one for one in from_row(row, name) if isinstance(one, Article))
    reading = read(article)
    tagged = tagger.read(reading.text, article.title, sentences(reading.text))
    return lesson_of(name, row, survey(reading, gazetteer(), tagged)), tagged


def inside(window: Window) -> list[int]:
    """Give the numbers of the pieces of a window that are of the text."""
    return [n for n, start in enumerate(window.starts) if start != NOWHERE]


def cells(scores: Scores, tags: Tags) -> Iterator[str]:
    """Give the figures of some pieces."""
    yield f"{ranked(scores[:, ACT], tags[:, ACT_TAG]):.3f}"
    form = (tags[:, ACT_TAG] == 1) & (tags[:, FORM_TAG] != UNTOLD)
    yield f"{(scores[form][:, TAGGER.form].argmax(1) == tags[form, FORM_TAG]).mean():.3f}"
    focus = (tags[:, ACT_TAG] == 1) & (tags[:, FOCUS_TAG] != UNTOLD)
    yield f"{((scores[focus, TAGGER.focus] > 0) == (tags[focus, FOCUS_TAG] == 1)).mean():.3f}"
    for n in range(len(ROLES)):
        yield f"{ranked(scores[:, TAGGER.role.start + n], tags[:, ROLE_TAG + n]):.3f}"


def ranked(scores: Scores, tags: Tags) -> float:
    """Give the average precision of scores: the mean, over what is tagged, of how pure all that is no less likely is."""
    told = tags != UNTOLD
    order = np.argsort(-scores[told], kind="stable")
    right = tags[told][order] == 1
    return float((np.cumsum(right) / np.arange(1, len(right) + 1))[right].mean())


if __name__ == "__main__":
    main()
