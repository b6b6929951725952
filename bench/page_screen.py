"""The gate before extraction: what it lets through, what it costs, and what faster extractions would change.

    RALLYBOOK_DATA=../shared/data python bench/page_screen.py [ARTICLES]

Labelled articles (not part of the project) are put into made-up pages, up to ARTICLES (300) of a set. Told are the shares
that the gate lets through, that the gate of the coder lets through in the main text of the page, and that only the
second one does: what is lost. Then made-up pages are read with other options of trafilatura.
"""

from __future__ import annotations

import json
import os
import random
import resource
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import trafilatura

from rallybook.coding.page_screen import PageScreen
from rallybook.coding.screen import worth_reading
from rallybook.coding.triggers import triggers
from rallybook.grounding.reading import read
from rallybook.sources.encodings import decode_page
from rallybook.sources.page_words import words_of
from rallybook.sources.pages import from_page, tree_of
from rallybook.sources.warc import ArchivedPage, read_page

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))
from made_up_news.markup import page
from made_up_news.stream import FIRST, stream
from made_up_news.telling import Told

DATA = Path(os.environ.get("RALLYBOOK_DATA", "../shared/data"))
SOURCES = (
    "World Desk",
    "Plain Facts",
    "Union Standard",
    "Metro Gazette",
    "Globe Dispatch",
    "Harbour Tribune",
)
OPTIONS = {
    "as it is": {},
    "fast=True": {"fast": True},
    "favor_precision=True": {"favor_precision": True},
    "without metadata": {"with_metadata": False},
}


def main() -> None:
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    chance = random.Random(5)
    told = {
        name: rows(f"protest_records/{name}")
        for name in ("dev", "dev_written", "train", "written", "sentences")
    }
    sets = {f"{name}, with records": [row for row in held if row["events"]] for name, held in told.items()}
    sets |= {"lgl": rows("places/lgl"), "trnews": rows("places/trnews")}
    sets["glocon, other"] = [row for row in rows("relevance/glocon_documents") if not row["label"]]
    print(
        "| set | pages | a word of the lexicon | gate of pages | gate of articles | lost | lost by that on all words |"
    )
    print("|---|---|---|---|---|---|---|")
    for name, held in sets.items():
        chosen = chance.sample(held, min(most, len(held)))
        line(name, [wrapped(row["text"], number, chance) for number, row in enumerate(chosen)])
    _, news = stream(most * 2, seed=3)
    pages = [page(one, number, chance) for number, one in enumerate(news)]
    texts = [decode_page(one.raw, one.charset) for one in pages]
    costs(texts)
    options(texts[:most])
    memory()


def rows(path: str) -> list[dict[str, Any]]:
    with (DATA / f"{path}.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(row) for row in lines]


def wrapped(text: str, number: int, chance: random.Random) -> str:
    """Give the page of a labelled article."""
    parts = [part for part in text.split("\n") if part.strip()]
    made = page(Told("", parts[0][:60], "\n".join(parts), chance.choice(SOURCES), FIRST), number, chance)
    return decode_page(made.raw, made.charset)


def line(name: str, pages: Sequence[str]) -> None:
    words = through = passed = lost = lost_plainly = 0
    for text in pages:
        pieces = words_of(tree_of(text, ""))
        words += bool(triggers("\n".join(pieces)))
        first = not PageScreen().of_page(pieces)
        second = worth_reading(read(from_page(text, "")).text)
        through, passed, lost = through + first, passed + second, lost + (second and not first)
        lost_plainly += second and not worth_reading("\n".join(pieces))
    shares = " | ".join(f"{count / len(pages):.3f}" for count in (words, through, passed, lost, lost_plainly))
    print(f"| {name} | {len(pages)} | {shares} |", flush=True)


def costs(pages: Sequence[str]) -> None:
    """Print what each step costs on a page of made-up news."""
    trees = [tree_of(text, "") for text in pages]
    pieces = [words_of(tree) for tree in trees]
    print(f"\n{len(pages)} made-up pages, ms of CPU time a page:")
    print(
        f"  tree {timed(lambda text: tree_of(text, ''), pages):.2f}, words {timed(words_of, trees):.2f}, gate",
        end=" ",
    )
    print(
        f"{timed(PageScreen().of_page, pieces):.2f}; extraction {timed(lambda text: from_page(text, ''), pages):.2f}"
    )
    through = sum(not PageScreen().of_page(piece) for piece in pieces) / len(pieces)
    print(f"  let through: {through:.3f}")


def timed(work: Callable[[Any], object], items: Iterable[Any]) -> float:
    items = list(items)
    triggers.cache_clear()
    start = time.process_time()
    for item in items:
        work(item)
    return 1000 * (time.process_time() - start) / len(items)


def options(pages: Sequence[str]) -> None:
    """Print how the texts of other options differ from those that are read now."""
    print("\n| extraction | ms a page | the same text | as many words within 2 % |\n|---|---|---|---|")
    now = [extracted(text, {}) for text in pages]
    for name, how in OPTIONS.items():
        cost = timed(lambda text, how=how: extracted(text, how), pages)
        got = [extracted(text, how) for text in pages]
        same = sum(one == other for one, other in zip(now, got, strict=True)) / len(now)
        near = sum(
            abs(len(one.split()) - len(other.split())) <= 0.02 * len(one.split())
            for one, other in zip(now, got, strict=True)
        ) / len(now)
        print(f"| {name} | {cost:.1f} | {same:.3f} | {near:.3f} |", flush=True)


def memory() -> None:
    """Print what the largest pages that are read take; each grows the process, or does not."""
    protest = "<p>Hundreds of teachers marched through Accra on Sunday to demand higher pay.</p>"
    heavy = {
        "text of 390,000 characters": protest * 4_800,
        "200,000 tags in a row": protest + "<b>a</b>" * 99_000,
        "links": protest + "<li><a href='/x'>a march</a></li>" * 49_000,
        "a script of 3.6 MB": f"<script>{'x=1;' * 900_000}</script>{protest}",
    }
    print("\nthe largest pages: seconds of CPU time, and the most memory of the process so far")
    for name, body in heavy.items():
        start = time.process_time()
        made = f"<html><body>{body}</body></html>".encode()
        found = read_page(
            ArchivedPage("x@0", "http://a.example/1", made, "", "", "utf-8", None, None), PageScreen()
        )
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"  {name}: {type(found).__name__}, {time.process_time() - start:.1f} s, {most:.0f} MB",
            flush=True,
        )


def extracted(text: str, how: dict[str, bool]) -> str:
    document = trafilatura.bare_extraction(
        tree_of(text, ""), **({"include_comments": False, "with_metadata": True} | how)
    )
    return (document.text or "") if document else ""


if __name__ == "__main__":
    main()
