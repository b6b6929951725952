"""An open book, as the library offers it. The command line is a face of this."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, Unpack, cast

from rallybook import api, composed
from rallybook.api import CODERS, as_day
from rallybook.filters import Filters, Unreleased, question
from rallybook.model.event import Event
from rallybook.model.keeping import Added
from rallybook.model.match import Match
from rallybook.model.outcome import Coded, SetAside
from rallybook.model.overview import MOST_POINTS, Bin, BinWidth, Cell, Points
from rallybook.model.waiting import Found, Item, opened
from rallybook.ports import Book
from rallybook.review import Review

if TYPE_CHECKING:
    import pandas
    import polars

    from rallybook.coding.llm.endpoint import Endpoint
    from rallybook.evaluation.sides import Compared
    from rallybook.publishing.dossier import Dossier
    from rallybook.publishing.release import Released
    from rallybook.running.local import LocalRunner

DEFAULT_BOOK = "rallybook.db"


def open(path: str | Path = DEFAULT_BOOK, *, create: bool = True) -> OpenBook:  # noqa: A001 - rallybook.open
    """Open a book, and make it where it is not there yet (unless `create` is False).

    `path` is that of a file, or "postgresql://USER@HOST/DATABASE" for a book on a server. Use it in a `with`
    statement, or call its `close`. Raises `BookError` for a file that is no book, for a book that a newer rallybook
    made, and for a path or a server where none can be opened; `InputError` for an address of something else.
    """
    from rallybook.book.choosing import open_book  # noqa: PLC0415 - start-up time

    return OpenBook(open_book(str(path), api.linker(), create=create))


class OpenBook(Review):
    """A book that articles are added to and events are asked of.

    `book` is the store behind it, with what a face needs beyond this.
    """

    def __init__(self, book: Book) -> None:
        self.book = book

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the book."""
        self.book.close()

    def add(
        self,
        articles: Iterable[Item],
        *,
        jobs: int = 1,
        by: str | Path = CODERS[0],
        min_confidence: float | None = None,
        endpoint: Endpoint | None = None,
        step: Callable[[], None] | None = None,
    ) -> Added:
        """Code articles, keep them with their records, and link these; give what became of them.

        An article that is there with the same text adds nothing and is not read again (a waiting page of an archive is,
        and adds nothing); with another text it is a newer version. `jobs`, `by`, `min_confidence` and `endpoint` are
        those of `code_all`; `step` is called once an article. What has been kept stays when the run is cut off, and the
        next one goes on after it. Raises `InputError` and `BookError`.
        """
        from rallybook.book.adding import add  # noqa: PLC0415 - start-up time
        from rallybook.running.local import LocalRunner  # noqa: PLC0415

        api.coder(by, min_confidence, endpoint)  # what cannot be used is said before the first article
        work = partial(_read, by, min_confidence, endpoint)
        added = add(self.book, articles, partial(LocalRunner(jobs).run, work), step=step or _unheard)
        self.link(jobs=jobs)
        return added

    def watch(
        self,
        listed: str | Path,
        state: str | Path,
        *,
        allow_private: bool = False,
        jobs: int = 1,
        min_confidence: float | None = None,
        step: Callable[[], None] | None = None,
    ) -> Added:
        """Look at the feeds and sitemaps of a watch list once, and add the articles that are new since the last time.

        `listed` is a file of YAML (docs/sources.md), `state` the file in which is kept what was seen. Addresses of this
        machine and its network, and other ports than those of the web, are fetched with `allow_private` only. The rest
        is as in `add`. Raises `InputError` for a list or a state that cannot be read, and `BookError`.
        """
        from rallybook.sources.addresses import reach_of  # noqa: PLC0415 - start-up time
        from rallybook.sources.fetching import Fetcher  # noqa: PLC0415
        from rallybook.sources.robots import Pace  # noqa: PLC0415
        from rallybook.sources.watching import Seen, WatchSource, watch_list  # noqa: PLC0415

        what, seen = watch_list(Path(listed)), Seen.read(Path(state))
        fetcher = Fetcher(reach_of(allow_private=allow_private), pace=Pace(what.delay), contact=what.contact)
        articles = WatchSource(what, seen, fetcher).articles()
        added = self.add(articles, jobs=jobs, min_confidence=min_confidence, step=step)
        # only now: what a run that was cut off did not keep is looked at again
        seen.write(Path(state))
        return added

    def link(self, *, everything: bool = False, jobs: int = 1) -> int:
        """Link the records that wait for it into events, or all anew; give their number.

        `jobs` is the number of processes that share the work where there is much, from some 24,000 records on.
        """
        return self.book.link(everything=everything, runner=sharers(jobs) if jobs > 1 else None)

    def events(self, **filters: Unpack[Filters]) -> Iterator[Event]:
        """Give the events that fulfil all filters, in the order of their first day; see `Filters`."""
        return self.book.events(question(**filters))

    def openly(self, **filters: Unpack[Filters]) -> Iterator[Event]:
        """Give these events without what rests on rows whose terms do not allow to pass them on; see `Filters`."""
        told = (composed.republishable(self.book, event) for event in self.events(**filters))
        return (event for event in told if event is not None)

    def compare(
        self,
        left: str = "rallybook",
        right: str = "acled",
        *,
        out: str | Path | None = None,
        **filters: Unpack[Filters],
    ) -> Compared:
        """Compare two sides: how many of these events both have, how many one only, and where they differ.

        A side is "rallybook" (what was read in texts) or a table ("acled", "ccc", "gdelt", "polecat"). `out` is a CSV
        to write: who has each event, and what each side says. Raises `InputError` for another side, and what `export`
        raises.
        """
        return composed.compared(self.book, self.events(**filters), (left, right), Path(out) if out else None)

    def facets(self, **filters: Unpack[Filters]) -> dict[str, dict[str, int]]:
        """Give how many events each country, form, month, status, focus, source and response has; see `Filters`."""
        return self.book.facets(question(**filters))

    def count(self, **filters: Unpack[Filters]) -> int:
        """Give how many events fulfil all filters, whatever the page."""
        return self.book.count(question(**filters))

    def timeline(self, *, by: BinWidth = "day", **filters: Unpack[Filters]) -> tuple[Bin, ...]:
        """Give how many events began in each "day", "week" or "month", by form; see `Filters`."""
        return self.book.timeline(question(**filters), by=by)

    def points(self, **filters: Unpack[Filters]) -> Points:
        """Give events as points of a map, and how many are none; see `Filters`, of which `limit` is the most points."""
        asked = question(**filters)
        return self.book.points(asked, limit=MOST_POINTS if asked.limit is None else asked.limit)

    def cells(self, *, resolution: int, **filters: Unpack[Filters]) -> tuple[Cell, ...]:
        """Give how many events lie in each cell of a web map; see `Cell` and `Filters`."""
        return self.book.cells(question(**filters), resolution=resolution)

    def event(self, name: str) -> Event:
        """Give the event of an id or of a record's id; an id that is no more leads to where its records went."""
        return self.book.event(name)

    def dossier(self, name: str) -> Dossier:
        """Give an event with the words behind its values, what people decided of it, and what it was before."""
        return composed.dossier(self.book, name)

    def why(self, one: str, other: str) -> Match:
        """Give what speaks for and against two records being one event, of two events for their likest records.

        Raises `InputError` for what is not there, and for a record or an event with itself.
        """
        return composed.why(self.book, one, other)

    def export(
        self,
        path: str | Path,
        *,
        layout: str = "rallybook",
        format: str = "csv",  # noqa: A002 - as the command has it
        overwrite: bool = False,
        openly: bool = False,
        **filters: Unpack[Filters],
    ) -> int:
        """Write events to a file, and give their number.

        `layout` says whose columns and codes: "rallybook", "acled", "ccc" or "plover" (docs/reference/layouts.md).
        `format` is "csv", "jsonl", "json", "parquet" (GeoParquet), "geojson" or "geojsonl". `openly` leaves out what
        rests on rows whose terms do not allow to pass them on. The file appears when it is whole. Raises `InputError`
        for a path where something is, unless it is a file and `overwrite` is set, and `ExportError` where it cannot be
        written.
        """
        from rallybook.publishing.event_formats import Counted, exported  # noqa: PLC0415 - start-up time
        from rallybook.publishing.writing import write_whole  # noqa: PLC0415

        events = self.openly(**filters) if openly else self.events(**filters)
        counted = Counted(events)
        write_whole(exported(counted, layout=layout, format=format), Path(path), overwrite=overwrite)
        return counted.count

    def release(
        self,
        path: str | Path,
        *,
        before: str | Path | None = None,
        date: dt.date | str | None = None,
        licence: str = "",
        title: str = "",
        reasons: bool = False,
        **filters: Unpack[Unreleased],
    ) -> Released:
        """Write a dated release of events into a new folder: a data package (docs/export.md); give what is in it.

        `before` is the folder of the release before, `date` by default today, `licence` an SPDX identifier
        ("CC-BY-4.0"). `reasons` gives the reasons of rejections, too. What rests on rows of other data sets whose terms
        do not allow to pass them on is left out and counted, unless you have `permission`. The same state of the book
        gives the same bytes. Raises `InputError` for a path where something is, for a `before` that is none, for an
        unknown licence; `ExportError` where it cannot be written.
        """
        from rallybook.publishing.data_package import licence_of  # noqa: PLC0415 - start-up time
        from rallybook.publishing.release import Terms  # noqa: PLC0415

        permission = filters.pop("permission", False)
        day = as_day(date, "date") or dt.datetime.now(dt.UTC).date()
        terms = Terms(day, title or "Protest events", licence_of(licence), reasons, permission)
        former = Path(before) if before is not None else None
        return composed.released(self.book, Path(path), question(**cast("Filters", filters)), terms, former)

    def back_up(self, file: str | Path) -> None:
        """Copy the book as it is at one moment into a new file, which is a book itself; raises `BookError`."""
        self.book.back_up(Path(file))

    def to_pandas(self, **filters: Unpack[Filters]) -> pandas.DataFrame:
        """Give events as a pandas frame with the flat columns of the CSV; raises `InputError` without pandas."""
        from rallybook.publishing.frames import frame  # noqa: PLC0415 - start-up time

        framed: pandas.DataFrame = frame(self.events(**filters), "pandas")
        return framed

    def to_polars(self, **filters: Unpack[Filters]) -> polars.DataFrame:
        """Give events as a polars frame with the flat columns of the CSV; raises `InputError` without polars."""
        from rallybook.publishing.frames import frame  # noqa: PLC0415 - start-up time

        framed: polars.DataFrame = frame(self.events(**filters), "polars")
        return framed


def sharers(jobs: int, *, spawn: bool = False) -> LocalRunner:
    """Give so many processes that share the work of linking."""
    from rallybook.running.local import LocalRunner  # noqa: PLC0415 - start-up time

    # each has one round at a time: the longer a round waits to be written, the likelier others have changed
    return LocalRunner(jobs, chunk=1, ahead=1, spawn=spawn)


def _read(
    by: str | Path, min_confidence: float | None, endpoint: Endpoint | None, item: Item
) -> tuple[Found, Coded]:
    from rallybook.coding.row_coder import coder_of  # noqa: PLC0415 - start-up time
    from rallybook.running.local import guarded  # noqa: PLC0415

    found = opened(item)
    if isinstance(found, SetAside):
        return found, Coded(id=found.article)
    return found, guarded(coder_of(found, api.coder(by, min_confidence, endpoint)), found)


def _unheard() -> None:
    """Hear of an article that is done, and say nothing."""
