"""How long the map page takes in a browser: from opening to idle, and from brushing the timeline to redrawn.

    python bench/web.py [--events 5000 200000] [--visits 5] [--keep FOLDER] [--browser /usr/bin/chromium]

Needs Chromium and playwright, which drives it. Books are made up (seeded): reports of protests in the cities of the
gazetteer, larger ones more often, over four years, linked where city, day and form are the same. `--keep` leaves the
books in a folder, to look at. The server is `rallybook serve` in a process of its own. Each visit is of a browser that
keeps nothing; the first one of a book asks what the server has not counted yet, and stands beside the others. Each
brushes other days. A book without events is the measure: the same page and the same map, to be drawn by the same
machine in the same run. CPU is that of all processes of the browser, and the fairer figure where others want the
cores, too. Chromium draws without a graphics card here, as in the tests: on a desk it is faster.
Prints a table in Markdown.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import os
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, Page, sync_playwright

from book import Plain
from rallybook import api
from rallybook.book.store import SqliteBook
from rallybook.grounding.gazetteer import DEFAULT_PATH
from rallybook.model.article import Article
from rallybook.model.copies import CopyGroup
from rallybook.model.decision import Decision
from rallybook.model.event import Event, Report
from rallybook.model.outcome import Coded
from rallybook.model.record import EventDate, EventPlace, Record, Response, Size
from served import cpu_of, served

_FIRST, _DAYS = dt.date(2021, 1, 4), 1_460
_BATCH = 500
_FORMS = {
    "rally": 40,
    "march": 18,
    "strike": 12,
    "sit_in": 6,
    "vigil": 6,
    "blockade": 6,
    "walkout": 3,
    "riot": 3,
    "symbolic": 2,
    "human_chain": 2,
    "hunger_strike": 2,
}
_STATUSES = {"happened": 82, "planned": 11, "cancelled": 3, "prevented": 3, "denied": 1}
_RESPONSES = {
    (): 62,
    ("present",): 14,
    ("arrests",): 8,
    ("dispersal", "arrests"): 5,
    ("force", "dispersal"): 5,
    ("blocked",): 3,
    ("none",): 3,
}
_SIZES = [
    (),
    (),
    (24, 99),
    (200, 999),
    (2_000, 9_999),
    (500, 500),
    (100, None),
    (None, 300),
    (20_000, 99_999),
    (5_000, 5_000),
]
_CLAIMS = (
    "higher wages",
    "the release of prisoners",
    "a stop to the dam",
    "new elections",
    "lower rents",
    "safe streets",
)
_WHO = ("nurses", "students", "farmers", "residents", "dockers", "teachers")
_OUTLETS = [
    f"The {town} {name}"
    for town in ("Harbour", "Valley", "Northern", "Plain", "River")
    for name in ("Courier", "Argus", "Post", "Wire")
]


class ByCity(Plain):
    """Links what has the same city and day, and consolidates as rallybook does."""

    def __init__(self) -> None:
        self.linker = api.linker()

    def consolidated(
        self, reports: Sequence[Report], decisions: Sequence[Decision], copies: Sequence[CopyGroup]
    ) -> Event:
        """Give what the reports tell together."""
        return self.linker.consolidated(reports, decisions, copies)


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--events", type=int, nargs="+", default=[5_000, 200_000])
    arguments.add_argument("--visits", type=int, default=5)
    arguments.add_argument("--keep", type=Path)
    arguments.add_argument("--browser", default="/usr/bin/chromium")
    given = arguments.parse_args()
    print(
        "| book | opened to idle, s | CPU, s | first visit, s | brushed to redrawn, s | CPU, s | server, CPU s a visit"
        " | points, kB | requests elsewhere |\n|---|---|---|---|---|---|---|---|---|",
        flush=True,
    )
    with tempfile.TemporaryDirectory() as folder:
        for count in (0, *given.events):
            path = (given.keep or Path(folder)) / f"{count}.db"
            if not path.exists():
                make(path, count)
            print(measured(path, given.browser, given.visits), flush=True)
    return 0


def make(path: Path, count: int) -> None:
    """Make a book of about so many events."""
    book = SqliteBook(path, ByCity())
    batch: list[tuple[Article, Coded]] = []
    for read in reports(count, random.Random(3)):
        batch.append(read)
        if len(batch) == _BATCH:
            book.keep(batch)
            batch = []
    book.keep(batch)
    book.link()
    book.close()


def reports(count: int, chance: random.Random) -> Iterator[tuple[Article, Coded]]:
    """Give articles that tell one event each; every third event has a second or third report."""
    with sqlite3.connect(f"file:{DEFAULT_PATH}?mode=ro", uri=True) as gazetteer:
        cities = gazetteer.execute(
            "SELECT name, country, lat / 1e4, lon / 1e4, population FROM place"
            " WHERE feature IN ('PPL', 'PPLC') AND population > 100000"
        ).fetchall()
    weights = [city[4] ** 0.6 for city in cities]
    for number in range(count):
        city = chance.choices(cities, weights)[0]
        day = _FIRST + dt.timedelta(int(_DAYS * chance.betavariate(2, 1.6)))
        form = chance.choices([*_FORMS], _FORMS.values())[0]
        for copy in range(chance.choice((1, 1, 1, 2, 3))):
            yield _report(f"{number}-{copy}", (city, day, form), chance)


def _report(
    name: str, told: tuple[tuple[str, str, float, float, int], dt.date, str], chance: random.Random
) -> tuple[Article, Coded]:
    (city, country, lat, lon, _), day, form = told
    size = chance.choice(_SIZES)
    who, claim = chance.choice(_WHO), chance.choice(_CLAIMS)
    counted = f"{size[0] or size[1]} {who}" if size else who
    act = form.replace("_", " ")
    quote = f"About {counted} joined a {act} in {city} on {day:%A} for {claim}."
    text = f"{quote} The council has not answered yet, a spokesman said of report {name}."
    precision = chance.choices(("city", "site", "region", "country", "unknown"), (70, 15, 6, 6, 3))[0]
    spans = {"quote": ((0, len(quote)),)} | {
        path: ((text.index(words), text.index(words) + len(words)),)
        for path, words in (
            ("trigger", act),
            ("place.text", city),
            ("date.text", f"{day:%A}"),
            ("claims", claim),
            ("participants", who),
            ("size.text", counted),
        )
    }
    record = Record(
        id=name,
        form=form,
        status=chance.choices([*_STATUSES], _STATUSES.values())[0],
        focus=chance.choices(("focal", "background"), (8, 2))[0],
        umbrella=precision == "country",
        date=EventDate(day.isoformat() if chance.random() > 0.02 else "", f"{day:%A}"),
        place=EventPlace(city, "" if precision == "unknown" else city, country, lat, lon, precision)
        if precision != "unknown"
        else EventPlace(city),
        size=Size(counted, *size) if size else Size(),
        participants=(who,),
        claims=(claim,),
        response=Response(actions=chance.choices([*_RESPONSES], _RESPONSES.values())[0]),
        trigger=act,
        quote=quote,
        spans=spans,
        confidence={
            field: round(chance.betavariate(6, 1.5), 3)
            for field in ("record", "form", "status", "date", "place", "size")
        },
    )
    article = Article(
        id=name,
        text=text,
        title=f"{form.replace('_', ' ').capitalize()} in {city}",
        published=day + dt.timedelta(1),
        source=chance.choice(_OUTLETS),
    )
    return article, Coded(
        id=name, published=article.published, language="en", coder="made up", events=(record,)
    )


class Visit(NamedTuple):
    """What a visit took: seconds until all was drawn, seconds of CPU of the browser."""

    opened: tuple[float, float]
    brushed: tuple[float, float] | None
    events: str
    points: int
    elsewhere: int


def measured(path: Path, browser: str, count: int) -> str:
    """Give the row of a book."""
    with served(path) as (port, process), sync_playwright() as driver:
        chromium = driver.chromium.launch(
            executable_path=browser, args=["--no-sandbox", "--disable-gpu", "--enable-unsafe-swiftshader"]
        )
        # the browser itself starts once, with a page that is no map
        chromium.new_page().goto(f"http://127.0.0.1:{port}/login")
        visits = [_visit(chromium, f"http://127.0.0.1:{port}", 0)]
        cpu = cpu_of(process)
        visits += [_visit(chromium, f"http://127.0.0.1:{port}", number) for number in range(1, count + 1)]
        cpu = (cpu_of(process) - cpu) / count
        chromium.close()
    first, *others = visits
    brushed = [visit.brushed for visit in others if visit.brushed]
    return (
        f"| {first.events} | {_spread([one.opened[0] for one in others])} | {_median(one.opened[1] for one in others):.1f}"
        f" | {first.opened[0]:.1f} | {_spread([one[0] for one in brushed])} | {_median(one[1] for one in brushed):.1f}"
        f" | {cpu:.2f} | {first.points / 1e3:,.0f} | {sum(visit.elsewhere for visit in visits)} |"
    )


def _visit(chromium: Browser, origin: str, number: int) -> Visit:
    page = chromium.new_context(viewport={"width": 1360, "height": 860}).new_page()
    asked: list[str] = []
    sizes: list[int] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("response", lambda told: sizes.append(len(told.body())) if "/points" in told.url else None)
    opened = _timed(lambda: page.goto(f"{origin}/"), page)
    events, points = page.text_content("#counted li") or "", max(sizes)
    brushed = None if events.startswith("0 ") else _timed(lambda: _brush(page, number), page)
    page.context.close()
    elsewhere = sum(not url.startswith((origin, "blob:", "data:")) for url in asked)
    return Visit(opened, brushed, events, points, elsewhere)


def _brush(page: Page, number: int) -> None:
    """Choose a fifth of the days or more, other ones each time."""
    box = page.locator("#timeline .u-over").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] * (0.4 - 0.03 * number), box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * (0.6 + 0.02 * number), box["y"] + 20, steps=4)
    page.mouse.up()


def _timed(act: Callable[[], object], page: Page) -> tuple[float, float]:
    began, cpu = time.perf_counter(), _browser_cpu()
    act()
    page.wait_for_selector("#map-page[data-idle=yes]", timeout=120_000)
    return time.perf_counter() - began, _browser_cpu() - cpu


def _browser_cpu() -> float:
    """Give the seconds of CPU of the browser: of all that this process started and that is a Chromium."""
    parents = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
    found = {os.getpid()}
    while more := {one for one, parent in parents.items() if parent in found} - found:
        found |= more
    return sum(_cpu_of_chromium(one) for one in found)


def _cpu_of_chromium(process: int) -> float:
    with contextlib.suppress(OSError):
        if "chromium" in Path(f"/proc/{process}/cmdline").read_text():
            return cpu_of(process)
    return 0.0


def _median(times: Iterable[float]) -> float:
    return statistics.median([*times] or [0.0])


def _spread(times: list[float]) -> str:
    return f"{statistics.median(times):.1f} ({min(times):.1f}–{max(times):.1f})" if times else "–"


if __name__ == "__main__":
    sys.exit(main())
