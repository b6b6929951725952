"""Fuzzing of reading and coding: `python tests/fuzz/fuzz_code.py --seconds 60`.

Throws random and damaged texts and files at the source, the reading, the language and the coder, and checks
their laws: every span is verbatim, twice gives the same, nothing is raised. Prints the number of cases and
failures at the end; exit code 1 where there were failures.
"""

import argparse
import io
import json
import sys
import tempfile
import time
import traceback
from pathlib import Path

import msgspec
from cases import Cases

from rallybook.api import ground
from rallybook.grounding.language import detect
from rallybook.grounding.reading import read
from rallybook.model.article import Article
from rallybook.model.outcome import Failure
from rallybook.publishing.findings import KINDS, as_line
from rallybook.sources.files import FileSource


def check_reading(article: Article) -> None:
    """Check that every span of a reading is verbatim, and that reading twice gives the same."""
    reading = read(article)
    size = len(reading.text)
    for start in range(0, size + 1, max(1, size // 200)):
        for end in (start, start + 1, start + 7, size):
            if start <= end <= size:
                span = reading.span(start, end)
                assert article.text[span.start : span.end] == span.words, (start, end)
    assert read(article) == reading
    assert detect(reading.text) == detect(reading.text)


def check_coding(article: Article, coder: object) -> None:
    """Check that every value of every record is verbatim and proved, and that coding twice gives the same."""
    coded = coder.code(article)
    assert coder.code(article) == coded
    assert coded.id == article.id
    for record in coded.events:
        row = msgspec.to_builtins(record)
        for path, spans in record.spans.items():
            value = row
            for key in path.split("."):
                value = value[key]
            assert all(0 <= start < end <= len(article.text) for start, end in spans), (path, spans)
            words = tuple(article.text[start:end] for start, end in spans)
            if isinstance(value, str):
                assert value in words, (path, value, words)
            elif path in ("participants", "organisers", "targets", "claims"):
                assert tuple(value) == words, (path, value, words)
        for value in (record.trigger, record.quote, record.place.text, record.date.text, record.size.text):
            assert value in article.text, value
        assert record.trigger
        assert record.quote
        assert all(0 <= value <= 1 for value in record.confidence.values()), record.confidence
    msgspec.json.encode(msgspec.to_builtins(coded.events, str_keys=True))


def check_grounding(article: Article) -> None:
    """Check that what the grounders find is verbatim, and the same twice."""
    line = as_line(ground(article))
    assert as_line(ground(article)) == line
    found = json.loads(line)
    for kind in KINDS:
        for entry in found[kind]:
            assert entry["start"] < entry["end"], (kind, entry)
            assert article.text[entry["start"] : entry["end"]] == entry["text"], (kind, entry)
            if kind == "sizes":
                assert (entry["low"] or 0) <= (entry["high"] or entry["low"] or 0), entry
            if kind == "places":
                assert -90 <= entry["lat"] <= 90, entry
                assert -180 <= entry["lon"] <= 180, entry


def check_file(suffix: str, raw: bytes, folder: Path) -> None:
    """Check that a file gives articles and named failures only, twice the same, by name and from stdin."""
    path = folder / f"case{suffix}"
    path.write_bytes(raw)
    items = list(FileSource([str(path)]).articles())
    assert items == list(FileSource([str(path)]).articles())
    assert items
    for item in items + list(FileSource(["-"], stdin=io.BytesIO(raw)).articles()):
        if isinstance(item, Failure):
            assert item.article
            assert item.reason
            item.reason.encode("utf-8")
        else:
            assert item.id
            assert item.text.strip()
            msgspec.json.encode(item)


def check_seed(seed: int, coder: object | None, folder: Path) -> None:
    """Check one case of each kind; the same seed gives the same cases."""
    cases = Cases(seed)
    article = cases.article()
    check_reading(article)
    if coder is not None:
        check_coding(article, coder)
        check_grounding(article)
    if seed % 4 == 0:
        check_file(*cases.file(), folder)


def place_of(error: Exception) -> str:
    """Name the kind of an error and where it was raised, so that each bug is shown once."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {Path(frame.filename).name}:{frame.lineno} {frame.name}"


def main() -> int:
    """Check case after case until the time is over."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=0, help="the first case")
    options = parser.parse_args()
    from rallybook.coding.pipeline import EventCoder  # noqa: PLC0415 - the checks of files need none

    coder, failed, seed, slowest = EventCoder(), {}, options.seed, (0.0, 0)
    end = time.monotonic() + options.seconds
    with tempfile.TemporaryDirectory() as folder:
        while time.monotonic() < end:
            start = time.monotonic()
            try:
                check_seed(seed, coder, Path(folder))
            except Exception as error:  # noqa: BLE001 - each is counted and shown
                place = place_of(error)
                if place not in failed:
                    sys.stderr.write(f"--- seed {seed}: {place}\n{traceback.format_exc(limit=-4)}\n")
                failed.setdefault(place, []).append(seed)
            slowest = max(slowest, (time.monotonic() - start, seed))
            seed += 1
    for place, seeds in sorted(failed.items(), key=lambda item: -len(item[1])):
        sys.stdout.write(f"{len(seeds)} × {place}, seeds {' '.join(map(str, seeds[:8]))}\n")
    cases, failures = seed - options.seed, sum(map(len, failed.values()))
    sys.stdout.write(f"{cases} cases, {failures} failures; slowest {slowest[0]:.2f} s (seed {slowest[1]})\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
