"""What the server counts, in the text format of Prometheus: its own requests, and what the book has."""

from __future__ import annotations

import datetime as dt
import math
import time
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from threading import Lock

from rallybook.model.keeping import Figures
from rallybook.version import __version__

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
# seconds; a page takes some milliseconds, an export minutes
BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
Labels = Mapping[str, str]
Sample = tuple[str, Labels, float]


class Requests:
    """Counts the requests that this process answered; what one process counts, another does not know."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._began = time.time()
        self._answers: Counter[tuple[str, str, int]] = Counter()
        self._within: defaultdict[tuple[str, str], list[int]] = defaultdict(lambda: [0] * (len(BOUNDS) + 1))
        self._seconds: defaultdict[tuple[str, str], float] = defaultdict(float)

    def count(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count an answer: the template of its route, and how many seconds it took to its last byte."""
        with self._lock:
            self._answers[method, route, status] += 1
            self._within[method, route][bisect_left(BOUNDS, seconds)] += 1
            self._seconds[method, route] += seconds

    def lines(self) -> Iterator[str]:
        """Give what was counted, line by line."""
        with self._lock:
            answers = dict(self._answers)
            within = {key: tuple(counts) for key, counts in self._within.items()}
            seconds = dict(self._seconds)
        yield from _family(
            "rallybook_http_requests_total", "counter", "Requests that were answered.",
            (("", {"method": m, "route": r, "status": str(s)}, count) for (m, r, s), count in answers.items()),
        )  # fmt: skip
        yield from _family(
            "rallybook_http_request_duration_seconds", "histogram", "How long an answer took, to its last byte.",
            (sample for key, counts in within.items() for sample in _histogram(key, counts, seconds[key])),
        )  # fmt: skip
        yield from _family(
            "process_start_time_seconds", "gauge", "When this process began to serve, in seconds since 1970.",
            [("", {}, self._began)],
        )  # fmt: skip


def book_lines(had: Figures, *, for_review: int) -> Iterator[str]:
    """Give what a book has, line by line; `for_review` events need a person."""
    yield from _family(
        "rallybook_info", "gauge", "The version of rallybook.", [("", {"version": __version__}, 1)]
    )
    counts = {
        "articles": (had.articles, "Articles in the book."),
        "records": (had.records, "Records that were read in these."),
        "events": (had.events, "Events that follow from the records."),
        "decisions": (had.decisions, "Decisions of people."),
        "records_to_link": (had.waiting, "Records that wait to be linked."),
        "events_to_review": (for_review, "Events that need a person and that nobody has judged yet."),
    }
    for name, (count, about) in counts.items():
        yield from _family(f"rallybook_{name}", "gauge", about, [("", {}, count)])
    failed = [("", {"stage": stage}, count) for stage, count in sorted(had.failures.items())]
    yield from _family("rallybook_failures", "gauge", "What could not be read or coded, by stage.", failed)
    if had.last_added:
        age = (dt.datetime.now(dt.UTC) - had.last_added).total_seconds()
        about = "Seconds since the last article was added."
        yield from _family("rallybook_last_article_age_seconds", "gauge", about, [("", {}, max(age, 0.0))])


def _histogram(key: tuple[str, str], counts: Iterable[int], seconds: float) -> Iterator[Sample]:
    labels = {"method": key[0], "route": key[1]}
    so_far = 0
    for bound, count in zip((*BOUNDS, math.inf), counts, strict=True):
        so_far += count
        yield "_bucket", {**labels, "le": "+Inf" if bound == math.inf else f"{bound:g}"}, so_far
    yield "_sum", labels, seconds
    yield "_count", labels, so_far


def _family(name: str, kind: str, about: str, samples: Iterable[Sample]) -> Iterator[str]:
    yield f"# HELP {name} {about}\n# TYPE {name} {kind}\n"
    for ending, labels, value in samples:
        told = ",".join(f'{label}="{_escaped(words)}"' for label, words in labels.items())
        number = f"{value:d}" if isinstance(value, int) else repr(float(value))
        yield f"{name}{ending}{{{told}}} {number}\n" if told else f"{name}{ending} {number}\n"


def _escaped(words: str) -> str:
    return words.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
