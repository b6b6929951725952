"""How long a coder waits from pressing Enter on a correction until it is saved, and whether it outlives the server.

    python bench/correcting.py [--events 5000] [--book BOOK] [--corrections 100] [--kills 5] [--browser /usr/bin/chromium]

Needs Chromium and playwright. The book is that of bench/web.py, or one that is named, which is changed. In the review page of
one event after the other a value is typed over and sent with Enter; the clock stops when the page says that it is saved,
which it does when the server has answered. A run for each of `--kills` ends with SIGKILL for the server at that moment; then the book itself is asked.
Prints a table in Markdown.
"""

from __future__ import annotations

import argparse
import os
import signal
import statistics
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

import rallybook
import web
from served import served

# the page itself takes the time: the driver of the browser looks now and then only
_WATCH = """() => {
    let began = 0;
    addEventListener("keydown", () => { began = performance.now(); }, { capture: true, once: true });
    const said = document.getElementById("said");
    window.saved = new Promise((done) => {
        new MutationObserver((_, watch) => {
            if (!said.textContent.includes("corrected")) return;
            watch.disconnect();
            done(performance.now() - began);
        }).observe(said, { childList: true });
    });
}"""


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--events", type=int, default=5_000)
    arguments.add_argument("--book", type=Path)
    arguments.add_argument("--corrections", type=int, default=100)
    arguments.add_argument("--kills", type=int, default=5)
    arguments.add_argument("--browser", default="/usr/bin/chromium")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = given.book or Path(folder) / "book.db"
        if not path.exists():
            web.make(path, given.events)
        waited: list[float] = []
        lost = 0
        for turn in range(given.kills):
            few = given.corrections // given.kills
            with rallybook.open(path) as book:
                chosen = [event.id for event in islice(book.events(), turn * few, (turn + 1) * few)]
            made = corrected(path, chosen, given.browser, waited)
            with rallybook.open(path) as book:
                lost += sum(book.event(name).place.text != said for name, said in made.items())
        with rallybook.open(path) as book:
            events = book.count()
    print("| what | measured |\n|---|---|")
    p95 = statistics.quantiles(waited, n=20)[18]
    print(
        f"| {len(waited)} corrections in a book of {events:,} events, from Enter to saved | "
        f"p50 {statistics.median(waited):.0f} ms, p95 {p95:.0f} ms, most {max(waited):.0f} ms |"
    )
    print(
        f"| of these lost where the server was killed the moment they were saved, {given.kills} times | {lost} |"
    )
    return 1 if lost else 0


def corrected(path: Path, chosen: list[str], browser: str, waited: list[float]) -> dict[str, str]:
    """Correct the place of each event, kill the server, and give what each was corrected to."""
    made: dict[str, str] = {}
    with served(path) as (port, process), sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=browser, args=["--no-sandbox", "--disable-gpu"])
        page = chromium.new_page()
        for name in chosen:
            _open(page, port, name)
            made[name] = f"Square {time.time_ns()}"
            page.fill("[name='place.text']", made[name])
            page.evaluate(_WATCH)
            page.keyboard.press("Enter")
            waited.append(page.evaluate("window.saved"))
        os.kill(process, signal.SIGKILL)
        chromium.close()
    return made


def _open(page: Page, port: int, event: str) -> None:
    page.goto(f"http://127.0.0.1:{port}/review?event={event}")
    page.wait_for_selector(f"#review[data-event='{event}'] #articles .text")
    page.wait_for_load_state("networkidle")  # a coder reads before they correct


if __name__ == "__main__":
    sys.exit(main())
