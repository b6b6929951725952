"""Pages of a web archive into a linked book by shards: workers of this machine beside Ray on the same cores.

    python bench/running.py [--pages 300,900] [--rounds 1] [--runs local1,local2,ray2] [--shard 300000] [--heavy]

The archive is made up: pages of some 30 KB of mark-up, 3 % of them with an example article about a protest. Each run is a
process of its own, with a new book; the runs take turns. *Steady* is the rate from the first shard that came into the book
to the last: without the start of Ray, of the workers and of their models. CPU time and memory are those of all processes
below the run, looked at five times a second, Ray's own included; the driver writes the book and links. CPU time is also told
for the pages by which a larger run is longer than a smaller: that is what a long run takes, and other work on the machine
changes it little. With --heavy only the memory of a worker on the largest inputs is told.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ARTICLES = Path(__file__).parents[1] / "examples" / "articles" / "news.jsonl"
OTHER = "The council will repair the bridge over the river next spring, and the road to the harbour in the year after. "
_SHARD = 300_000
_TICK = os.sysconf("SC_CLK_TCK")
# a run of its own: steps are the moments at which an article came into the book
_RUN = """
import json, sys, time
from functools import partial
from rallybook.sources import shards
shards.shards = partial(shards.shards, sizes=shards.Sizes(archive=%d))
from rallybook.bulk import add_files
if __name__ == "__main__":
    runner, jobs, archive, book = sys.argv[1:]
    steps, began = [], time.monotonic()
    added = add_files(book, [archive], runner=runner, jobs=int(jobs), step=lambda: steps.append(time.monotonic()))
    print(json.dumps({"whole": time.monotonic() - began, "new": added.new, "records": added.records,
                      "steps": [step - began for step in steps]}))
"""


def main() -> None:
    """Make the archive up and run each way in turn."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--pages", default="300,900")
    arguments.add_argument("--rounds", type=int, default=1)
    arguments.add_argument("--runs", default="local1,local2,ray2")
    arguments.add_argument(
        "--shard", type=int, default=_SHARD, help="bytes of a shard; those of a user have 4 MiB"
    )
    arguments.add_argument("--heavy", action="store_true")
    given = arguments.parse_args()
    if given.heavy:
        heavy()
        return
    sizes, ways = [int(size) for size in given.pages.split(",")], given.runs.split(",")
    found: dict[tuple[str, int], list[dict[str, float]]] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "run.py").write_text(_RUN % given.shard)
        for size in sizes:
            weight = write(folder / "news.warc.gz", size)
            print(
                f"{size:,} pages, {weight / 1e6:.0f} MB of mark-up; load {os.getloadavg()[0]:.1f}", flush=True
            )
            for turn in range(given.rounds):
                for way in ways:
                    found.setdefault((way, size), []).append(
                        one(folder, way, folder / f"{way}-{size}-{turn}.db")
                    )
    told(found)
    if len(sizes) > 1:
        told_between(found, sizes[0], sizes[-1], ways)
    print(f"\nload {os.getloadavg()[0]:.1f}")


def told(found: dict[tuple[str, int], list[dict[str, float]]]) -> None:
    """Print a line for each way and size."""
    print(
        "\n| run | pages | a second, steady | whole run | a CPU second | of the driver | CPU of Ray itself | a worker's memory |"
    )
    print("|---|---|---|---|---|---|---|---|")
    for (way, size), runs in found.items():
        middle = {key: statistics.median(run[key] for run in runs) for key in runs[0]}
        print(
            f"| {way} | {size} | {middle['steady']:.1f} | {middle['whole']:.1f} | {size / middle['cpu']:.1f} "
            f"| {size / middle['driver']:.0f} | {middle['own']:.0f} s | {max(run['memory'] for run in runs):.0f} MB |"
        )


def told_between(
    found: dict[tuple[str, int], list[dict[str, float]]], few: int, many: int, ways: list[str]
) -> None:
    """Print what the pages cost by which the larger run is longer: without the start of workers and models."""
    print("\n| run | pages a CPU second, the start left out | of the driver |")
    print("|---|---|---|")
    for way in ways:
        short, long = (
            {key: statistics.median(run[key] for run in found[way, size]) for key in ("cpu", "driver")}
            for size in (few, many)
        )
        rates = ((many - few) / (long[key] - short[key]) for key in ("cpu", "driver"))
        print(f"| {way} | {' | '.join(f'{rate:.1f}' for rate in rates)} |")


def heavy() -> None:
    """Print the memory of a worker that reads the largest articles and pages that are read at all."""
    rows = [json.loads(line) for line in ARTICLES.read_text(encoding="utf-8").splitlines()]
    told = "\n\n".join(row["text"] for row in rows)
    chance = random.Random(7)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "run.py").write_text(_RUN % _SHARD)
        for kind in (
            "article of 390,000 characters",
            "page of 3.9 MB, mostly words",
            "page of 3.9 MB, mostly mark-up",
        ):
            pages = (
                [told * (390_000 // len(told))] if "words" not in kind else [told * (300_000 // len(told))]
            )
            page = markup(pages[0] if "up" not in kind else told[:3_000], "News", 1, chance)
            filler = (
                b"<p>" + OTHER.encode() * 3 + b"</p>"
                if "words" in kind
                else b'<div class="x"><a href="/1">more</a></div>'
            )
            raw = page.replace(
                b"</article>", filler * ((3_900_000 - len(page)) // len(filler)) + b"</article>"
            )
            if "article" in kind:
                raw = f"<html><body><article><p>{pages[0]}</p></article></body></html>".encode()
            (folder / "news.warc.gz").write_bytes(packed(raw, 1) * 2)
            result = one(folder, "local1", folder / f"{len(kind)}.db")
            print(f"| {kind} | {result['memory']:.0f} MB | {result['records']:.0f} records |", flush=True)


def one(folder: Path, way: str, book: Path) -> dict[str, float]:
    """Run one way; give its rates in pages a second, and the most memory of a worker in MB."""
    command = [
        sys.executable,
        str(folder / "run.py"),
        way[:-1],
        way[-1],
        str(folder / "news.warc.gz"),
        str(book),
    ]
    # to files: what a long run tells is more than a pipe holds that nobody reads before it ends
    out, said = folder / "out.json", folder / "said.txt"
    with (
        out.open("w") as told,
        said.open("w") as noted,
        subprocess.Popen(command, stdout=told, stderr=noted) as process,
    ):
        seen: dict[int, tuple[float, float, str]] = {}
        while process.poll() is None:
            for child in below(process.pid):
                seen[child] = looked_at(child) or seen.get(child, (0, 0, ""))
            time.sleep(0.2)
    if process.returncode:
        raise SystemExit(said.read_text()[-2000:])
    result = json.loads(out.read_text().splitlines()[-1])
    steps = result["steps"]
    first = sum(step < steps[0] + 0.05 for step in steps)  # those of the first shard came at once
    workers = [
        memory for _, memory, name in seen.values() if "multiprocessing-fork" in name or "MapWorker" in name
    ]
    own = sum(cpu for cpu, _, name in seen.values() if "ray" in name and "MapWorker" not in name)
    return {
        "steady": (len(steps) - first) / max(steps[-1] - steps[0], 0.001),
        "whole": len(steps) / result["whole"],
        "cpu": sum(cpu for cpu, _, _ in seen.values()),
        "driver": seen[process.pid][0],
        "own": own,
        "memory": max(workers),
        "records": result["records"],
    }


def below(process: int) -> list[int]:
    """Give a process and all that it has started, and these."""
    found, line = [process], [process]
    while line:
        for path in Path(f"/proc/{line.pop()}/task").glob("*/children"):
            try:
                line += (children := [int(child) for child in path.read_text().split()])
            except OSError:
                continue
            found += children
    return found


def looked_at(process: int) -> tuple[float, float, str] | None:
    """Give the CPU seconds of a process, the most memory that it had in MB, and its command; None where it has ended."""
    try:
        folder = Path(f"/proc/{process}")
        fields = (folder / "stat").read_text().rpartition(")")[2].split()
        status = (folder / "status").read_text()
        name = (folder / "cmdline").read_bytes().decode("utf-8", "replace")
    except OSError:
        return None
    if "VmHWM" not in status:
        return None
    memory = int(status.partition("VmHWM:")[2].split()[0]) / 1024
    return (int(fields[11]) + int(fields[12])) / _TICK, memory, name


def write(path: Path, count: int) -> int:
    """Write an archive of so many pages; give the size of their mark-up in bytes."""
    chance, total = random.Random(7), 0
    rows = [json.loads(line) for line in ARTICLES.read_text(encoding="utf-8").splitlines()]
    with path.open("wb") as file:
        for number in range(count):
            row = chance.choice(rows) if chance.random() < 0.03 else {"text": OTHER * chance.randint(5, 60)}
            page = markup(f"{row['text']}\nNumber {number}.", row.get("title", "News"), number, chance)
            total += len(page)
            file.write(packed(page, number))
    return total


def packed(page: bytes, number: int) -> bytes:
    """Give a page as a record of an archive."""
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2021-02-15T08:00:00Z\r\n"
        f"WARC-Target-URI: https://news{number % 97}.example/{number}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + block + b"\r\n\r\n", 6)


def markup(text: str, title: str, number: int, chance: random.Random) -> bytes:
    """Give a page around a text: menus, a script, teasers."""
    menu = "".join(f'<li class="nav-{n}"><a href="/section/{n}">Section {n}</a></li>' for n in range(120))
    script = f"<script>var data = [{', '.join(str(chance.random()) for _ in range(600))}];</script>"
    words = "".join(f"<p>{part}</p>" for part in text.split("\n") if part.strip())
    more = "".join(
        f'<div class="teaser"><a href="/{n}">Another story, number {n}</a></div>' for n in range(60)
    )
    day = f"2021-02-{1 + number % 28:02d}"
    head = f'<title>{title}</title><meta property="article:published_time" content="{day}T08:00:00Z">{script}'
    body = f"<nav><ul>{menu}</ul></nav><article><h1>{title}</h1>{words}</article><aside>{more}</aside>"
    return (
        f"<!DOCTYPE html><html><head>{head}</head><body>{body}<footer>Imprint</footer></body></html>".encode()
    )


if __name__ == "__main__":
    main()
