"""A dated release of the events of a book: a folder with data, their description, their coverage and their changes."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from rallybook.errors import InputError
from rallybook.model.event import Telling
from rallybook.model.keeping import Holdings
from rallybook.model.question import Question
from rallybook.ports import Book
from rallybook.publishing.data_package import (
    Field,
    Licence,
    Resource,
    data_package,
    digest,
    layout_fields,
    licence_words,
    pretty,
)
from rallybook.publishing.event_formats import Counted
from rallybook.publishing.event_layouts import OUR_LAYOUT, event_layout
from rallybook.publishing.geoparquet import parquet
from rallybook.publishing.lines import as_json, encoded
from rallybook.publishing.provenance import PassedOn, Passing, sources
from rallybook.publishing.release_changes import Change, changes
from rallybook.publishing.release_readme import readme
from rallybook.publishing.released import released, released_events
from rallybook.publishing.table import Cell, Heading, Row, Table
from rallybook.publishing.tables import csv_lines
from rallybook.publishing.writing import Filling, whole_folder
from rallybook.version import __version__

EVENTS, DESCRIPTOR = "events.jsonl", "datapackage.json"
_CSV, _JSONL, _PARQUET = "text/csv", "application/x-ndjson", "application/vnd.apache.parquet"
_REPORTS = (
    Field("event", "string", "id of the event"),
    Field("record", "string", "id of the record"),
    Field("article", "string", "id of the article"),
    Field("published", "date", "day of publication"),
    Field("source", "string", "source of the article"),
    Field("url", "string", "address of the article"),
    Field("quote_start", "integer", "where the words that prove it begin in the article, in characters"),
    Field("quote_end", "integer", "where they end"),
    Field("terms", "string", "of a row of another data set, for which no text was read: its licence"),
)
_COVERAGE = (
    Field("source", "string", "source of the articles"),
    Field("month", "yearmonth", "month of publication; empty: not known"),
    Field("articles", "integer", "articles of the book"),
    Field("no_event", "integer", "those that tell no event"),
    Field("records", "integer", "what was read of events in the others"),
    Field("events", "integer", "events that these tell; one of several sources counts for each of them"),
    Field("failures", "integer", "articles that could not be read whole"),
)
_CHANGES = (
    Field("event", "string", "id of the event"),
    Field("change", "string", "added, changed, merged or withdrawn"),
    Field("field", "string", "of one that changed: the column; evidence: its spans, head counts or support"),
    Field("from", "string", "what stood there in the release before"),
    Field("to", "string", "what stands there now"),
    Field("into", "string", "of one that was merged: the event that it is part of now"),
    Field("why", "string", "of one that was withdrawn: why"),
)


class Terms(NamedTuple):
    """The day and the title of a release, the licence it is under, and whether it gives the reasons of rejections.

    `permission`: whoever releases may pass on rows whose terms do not allow it to others.
    """

    day: dt.date
    title: str
    licence: Licence | None = None
    reasons: bool = False
    permission: bool = False


class Released(NamedTuple):
    """What is in a release: the number of its events, and of the changes of each kind since the one before.

    `withheld` are rows by their table that may not be passed on, `events_withheld` events that nothing else tells.
    """

    events: int
    changes: dict[str, int]
    withheld: dict[str, int]
    events_withheld: int


def write_release(
    book: Book,
    path: Path,
    asked: Question,
    *,
    terms: Terms,
    before: Path | None = None,
    passing: Passing | None = None,
) -> Released:
    """Write a release of the events that fulfil a question into a new folder, which appears when it is whole.

    All of it is of one moment, whatever is added meanwhile, and the same state of the book gives the same bytes.
    `before` is the folder of the release before; `passing` gives each event as it may be passed on. Raises `InputError`
    for a path where something is and for a folder that is no whole release, `ExportError` where it cannot be written.
    """
    former = _former(before) if before else None
    with whole_folder(path) as filling, book.snapshot() as kept:
        told = PassedOn(kept.events(asked), passing)
        files, events = _event_files(filling, told)
        holdings = kept.holdings()
        files.append(_coverage(filling, holdings))
        counted: Counter[str] = Counter()
        if former:
            listed = changes(kept, former / EVENTS, files[0].path, reasons=terms.reasons)
            files.append(_changes(filling, listed, counted))
        facts = _facts(asked, holdings, former, events) | _told_rows(told)
        described = data_package(
            files, title=terms.title, day=terms.day.isoformat(), licence=terms.licence, facts=facts
        )
        described["sources"] += sources(told.rows)
        written = Released(events, dict(sorted(counted.items())), dict(told.withheld), told.events)
        filling.put(DESCRIPTOR, [pretty(described)])
        licence = licence_words(terms.licence)
        filling.put(
            "README.md", [readme(described, holdings, written.changes, licence).encode("utf-8", "replace")]
        )
        filling.put("checksums.sha256", _checksums(filling.folder))
    return written


def _event_files(filling: Filling, passed_on: PassedOn) -> tuple[list[Resource], int]:
    """Write the events once as the book gives them, and every other form of them from what was written."""
    told = Counted(passed_on)
    lines = filling.put(EVENTS, (f"{as_json(released(event))}\n".encode() for event in told))
    layout = event_layout(OUR_LAYOUT).released()
    csv = filling.put("events.csv", encoded(csv_lines(layout.table(released_events(lines)))))
    maps = filling.put("events.parquet", parquet(layout.table(released_events(lines))))
    reports = filling.put("reports.csv", _table(_REPORTS, _report_rows(lines)))
    return [
        Resource(lines, "The events whole, one on each line, each value with what supports it.", _JSONL),
        Resource(csv, "The events, one row each.", _CSV, layout_fields(layout), key="event"),
        Resource(maps, "The same columns as GeoParquet 1.1, with points.", _PARQUET),
        Resource(reports, "Which articles tell an event, and where.", _CSV, _REPORTS, refers="event"),
    ], told.count


def _report_rows(lines: Path) -> Iterator[tuple[Cell, ...]]:
    for event in released_events(lines):
        for told in event.records:
            start, end = next(iter(told.spans.get("quote", ())), (None, None))
            day = told.published.isoformat() if told.published else ""
            yield event.id, told.record, told.article, day, told.source, told.url, start, end, _terms(told)


def _terms(told: Telling) -> str:
    return told.imported.terms if told.imported else ""


def _coverage(filling: Filling, holdings: Holdings) -> Resource:
    rows = (msgspec.structs.astuple(one) for one in holdings.coverage)
    about = "What the book has of each source and month, whatever events were asked for."
    return Resource(filling.put("coverage.csv", _table(_COVERAGE, rows)), about, _CSV, _COVERAGE)


def _changes(filling: Filling, listed: Iterable[Change], counted: Counter[str]) -> Resource:
    seen: set[str] = set()

    def rows() -> Iterator[Change]:
        for change in listed:
            # one that changed has a line for each field
            if change.event not in seen:
                counted[change.change] += 1
                seen.add(change.event)
            yield change

    path = filling.put("changes.csv", _table(_CHANGES, rows()))
    return Resource(path, "What has changed since the release before.", _CSV, _CHANGES)


def _table(fields: Iterable[Field], rows: Iterable[tuple[Cell, ...]]) -> Iterator[bytes]:
    headings = tuple(Heading(field.name, "text") for field in fields)
    return encoded(csv_lines(Table(headings, ("", ""), (Row("", cells) for cells in rows))))


def _facts(asked: Question, holdings: Holdings, former: Path | None, events: int) -> dict[str, Any]:
    """Give what the data were made of."""
    from rallybook.codebook.lexicon import VERSION  # noqa: PLC0415 - reads the lexicon's rules

    filters = {
        name: value for name, value in msgspec.to_builtins(asked).items() if value not in (None, "", ())
    }
    return {
        "version": __version__,
        "codebook": VERSION,
        "coders": holdings.coders,
        "filters": filters,
        "events": events,
        "before": {"descriptor": f"sha256:{digest(former / DESCRIPTOR)}"} if former else None,
    }


def _told_rows(told: PassedOn) -> dict[str, Any]:
    """Give how many rows of other data sets are among the data, and how many were left out; nothing without any."""
    if not told.rows and not told.withheld:
        return {}
    return {
        "rows": dict(sorted(told.rows.items())),
        "withheld": {"rows": dict(sorted(told.withheld.items())), "events": told.events},
    }


def _checksums(folder: Path) -> Iterator[bytes]:
    # listed first: the file of the checksums is there as soon as it is begun
    paths = sorted(path for path in folder.iterdir() if path.name != "checksums.sha256")
    return (f"{digest(path)}  {path.name}\n".encode() for path in paths)


def _former(folder: Path) -> Path:
    """Give a folder that is a whole release; raises `InputError` for one that is none."""
    allowed = "the folder of a release that rallybook wrote, as it wrote it"
    try:
        described = msgspec.json.decode((folder / DESCRIPTOR).read_bytes())
        hashes = {one["path"]: one["hash"] for one in described["resources"]}
        whole = hashes[EVENTS] == f"sha256:{digest(folder / EVENTS)}"
    except (OSError, msgspec.DecodeError, KeyError, TypeError) as error:
        raise InputError("before", str(folder), f"{allowed} ({type(error).__name__})") from None
    if not whole:
        raise InputError("before", f"{folder} ({EVENTS} is not as it was released)", allowed)
    return folder
