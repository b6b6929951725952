"""Kill drivers and workers of runs over shards with SIGKILL at random moments, and look what is lost, twice and done again.

    python bench/kills.py [--kills 50] [--seed 1] [--runner local|ray]

With the runner "local" the coder is one of the tests, which notes what it codes, so that what is done again can be
counted; with "ray" it is the rules. It is the loop of tests/contracts/test_killed_shards.py, with more kills.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))
from killing import JOBS, ended, events_in, kill_until_done, start, write_news

# articles for each kill: more than a run codes between two
_ARTICLES = 60


def main() -> int:
    """Run, kill and count."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--kills", type=int, default=50)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--runner", default="local", choices=["local", "ray"])
    given = arguments.parse_args()
    articles, began = _ARTICLES * given.kills, time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        news, local = write_news(folder / "a.jsonl", articles), given.runner == "local"
        notes = folder / "notes.txt" if local else ""
        run = ("--runner", given.runner, "--jobs", str(JOBS), *(() if local else ("--coder", "rules")))
        found = kill_until_done(folder, news, *run, kills=given.kills, seed=given.seed, notes=notes)
        plain = ("--jobs", "2", *(() if local else ("--coder", "rules")))
        ended(start(news, folder / "whole.db", *plain, notes=folder / "plain.txt" if local else ""), 3600)
        same = events_in(folder / "killed.db") == events_in(folder / "whole.db")
    again = (
        f"{found.done_again() / found.deaths:.1f} articles of a shard of 10 to 16" if local else "not counted"
    )
    print("| what | measured |\n|---|---|")
    print(f"| killed: drivers, workers | {found.drivers}, {found.workers} |")
    print(f"| articles lost, twice | {len(found.lost(articles))}, {len(found.twice())} of {articles:,} |")
    print(f"| events the same as of a run that nobody killed | {'yes' if same else 'no'} |")
    print(f"| done again for each kill | {again} |")
    print(f"| it took | {time.monotonic() - began:.0f} s |")
    return 0 if same and not found.lost(articles) and not found.twice() else 1


if __name__ == "__main__":
    sys.exit(main())
