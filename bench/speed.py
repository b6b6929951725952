"""How fast rallybook is: articles a second beside dateparser's date search, start-up times, memory.

    python bench/speed.py [--articles 100]

Reads the first articles of places/lgl.jsonl and protest_records/train.jsonl below RALLYBOOK_DATA (default ../shared/data), which are not part
of the project. Everything runs on one core; nothing is written; prints a table in Markdown. Work is timed in CPU
time, which other work on the machine changes little; a start in the time that a user waits, the best of five.
Both libraries read as many other articles first, so that what each loads once is not counted.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from dateparser.search import search_dates

from rallybook.api import coder
from rallybook.model.article import Article
from rallybook.ports import Coder

ROOT = Path(__file__).parents[1]
DATA = Path(os.environ.get("RALLYBOOK_DATA", ROOT.parent / "shared" / "data"))
ARTICLE = "More than 100 women marched in Leeds on Sunday. Police arrested two of them.\n"
_PROGRAM = """
import sys
from rallybook.cli.app import run
try:
    run()
finally:
    with open("/proc/self/status") as status:
        sys.stderr.write(status.read())
"""
_COMMAND = [sys.executable, "-c", _PROGRAM]
_REPEATS = 5
# of local news, most of it without a protest, and of nothing but articles about protests
_TARGETS = {"rules": "at least 10", "tagger": "at least 8"}
_PROTEST_TARGETS = {"rules": "", "tagger": "at least 1"}
_PROTEST = 60


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--articles", type=int, default=100)
    count = arguments.parse_args().articles
    path, protest = DATA / "places" / "lgl.jsonl", DATA / "protest_records" / "train.jsonl"
    if not path.is_file():
        sys.stderr.write(f"no articles at {path}; set RALLYBOOK_DATA\n")
        return 2
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    print("| what | measured | target |\n|---|---|---|")
    for what, measured, target in (
        *speed(path, count, "mixed news", _TARGETS),
        *speed(protest, _PROTEST, "protest articles", _PROTEST_TARGETS),
        ("peak memory, all loaded", f"{_peak(_own_status()):.0f} MB", "at most 500 MB"),
        *starts(),
    ):
        print(f"| {what} | {measured} | {target} |")
    return 0


def speed(path: Path, count: int, kind: str, targets: dict[str, str]) -> list[tuple[str, str, str]]:
    """Code the first articles of a set and search their dates with dateparser, in the same process."""
    with path.open(encoding="utf-8") as file:
        texts = [json.loads(line)["text"] for line in file]
    # the last one passes the screen for sure, so that all is loaded
    warm, texts = [*texts[count : 2 * count], ARTICLE], texts[:count]
    articles = [Article(id=str(number), text=text, language="") for number, text in enumerate(texts)]
    for text in warm:
        search_dates(text, languages=["en"])
    for by in targets:
        for text in warm:
            coder(by).code(Article(id="warm", text=text))
    shown = []
    for by, target in targets.items():
        theirs, ours = _in_turn(articles, coder(by))
        shown += [
            (
                f"{kind}: dateparser.search, beside {by}",
                f"{len(texts) / theirs:.0f} articles a CPU second",
                "",
            ),
            (f"{kind}: coding, {by}", f"{len(texts) / ours:.0f} articles a CPU second", ""),
            (f"{kind}: ratio, {by}", f"{theirs / ours:.1f}", target),
        ]
    return shown


def _own_status() -> str:
    return Path("/proc/self/status").read_text(encoding="utf-8")


def _in_turn(articles: list[Article], own: Coder) -> tuple[float, float]:
    """Give the CPU seconds of dateparser and of a coder, article by article in turn.

    A shared machine changes its speed within a run.
    """
    theirs = ours = 0.0
    for article in articles:
        theirs += _seconds(lambda text=article.text: search_dates(text, languages=["en"]))
        ours += _seconds(lambda article=article: own.code(article))
    return theirs, ours


def starts() -> list[tuple[str, str, str]]:
    """Start the command anew, the best of several runs."""
    shown = min(_waited("--help") for _ in range(_REPEATS))
    one = ("code", "-", "--published", "2024-05-13", "--jobs", "1")
    coded = min(_waited(*one) for _ in range(_REPEATS))
    return [
        ("rallybook --help", f"{shown:.2f} s", "at most 0.3 s"),
        ("one article from a cold start", f"{coded:.2f} s", "at most 1.5 s"),
        ("peak memory of that", f"{_peak(_run(*one)):.0f} MB", "at most 500 MB"),
    ]


def _run(*arguments: str) -> str:
    """Give what the command says on stderr; at its end that is how much memory it took."""
    return subprocess.run(
        [*_COMMAND, *arguments], input=ARTICLE, text=True, capture_output=True, check=True
    ).stderr


def _peak(status: str) -> float:
    """Give the most memory that a process took, in MB, from its status (Linux).

    Not from getrusage: a child begins with the peak of its parent there.
    """
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found[1]) / 1024 if found else float("nan")


def _waited(*arguments: str) -> float:
    start = time.perf_counter()
    _run(*arguments)
    return time.perf_counter() - start


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


if __name__ == "__main__":
    sys.exit(main())
