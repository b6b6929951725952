"""How fast rallybook is: articles a second beside dateparser's date search, start-up times, memory.

    python bench/speed.py [--articles 100]

Reads the first articles of places/lgl.jsonl below RALLYBOOK_DATA (default ../shared/data), which are not part
of the project. Everything runs on one core; nothing is written; prints a table in Markdown.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from dateparser.search import search_dates

from rallybook.api import coder
from rallybook.model.article import Article

ROOT = Path(__file__).parents[1]
DATA = Path(os.environ.get("RALLYBOOK_DATA", ROOT.parent / "shared" / "data"))
ARTICLE = "More than 100 women marched in Leeds on Sunday. Police arrested two of them.\n"
_COMMAND = [sys.executable, "-c", "from rallybook.cli.app import run; run()"]
_REPEATS = 5


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--articles", type=int, default=100)
    count = arguments.parse_args().articles
    path = DATA / "places" / "lgl.jsonl"
    if not path.is_file():
        sys.stderr.write(f"no articles at {path}; set RALLYBOOK_DATA\n")
        return 2
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    print("| what | measured | target |\n|---|---|---|")
    for what, measured, target in (*speed(path, count), *starts()):
        print(f"| {what} | {measured} | {target} |")
    return 0


def speed(path: Path, count: int) -> list[tuple[str, str, str]]:
    """Code the articles, then search their dates with dateparser, in the same process."""
    with path.open(encoding="utf-8") as file:
        texts = [json.loads(line)["text"] for line in file]
    warm, texts = texts[count : count + 10], texts[:count]
    articles = [Article(id=str(number), text=text, language="") for number, text in enumerate(texts)]
    for text in warm:  # lexicons, gazetteer and patterns are loaded once
        coder().code(Article(id="warm", text=text))
        search_dates(text, languages=["en"])
    ours = _seconds(lambda: [coder().code(article) for article in articles])
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    theirs = _seconds(lambda: [search_dates(text, languages=["en"]) for text in texts])
    rate, other = len(texts) / ours, len(texts) / theirs
    return [
        (f"coding {len(texts)} articles", f"{rate:.0f} articles/s", ""),
        ("dateparser.search on the same", f"{other:.0f} articles/s", ""),
        ("ratio", f"{rate / other:.1f}", "at least 10"),
        ("peak memory, both libraries loaded", f"{memory:.0f} MB", "at most 500 MB"),
    ]


def starts() -> list[tuple[str, str, str]]:
    """Start the command anew, the best of several runs."""
    shown = min(_seconds(lambda: _run("--help")) for _ in range(_REPEATS))
    coded = min(_seconds(lambda: _run("code", "-", "--published", "2024-05-13")) for _ in range(_REPEATS))
    return [
        ("rallybook --help", f"{shown:.2f} s", "at most 0.3 s"),
        ("one article from a cold start", f"{coded:.2f} s", "at most 1.5 s"),
        ("peak memory of that", f"{_peak_of_children():.0f} MB", "at most 500 MB"),
    ]


def _run(*arguments: str) -> None:
    subprocess.run([*_COMMAND, *arguments], input=ARTICLE, text=True, capture_output=True, check=True)


def _peak_of_children() -> float:
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
