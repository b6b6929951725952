"""An open book, as the library offers it. The command line is a face of this."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypedDict, Unpack

from rallybook import api
from rallybook.api import CODERS, as_day
from rallybook.errors import InputError
from rallybook.model.article import Article
from rallybook.model.decision import Decision, DecisionKind
from rallybook.model.event import Event
from rallybook.model.keeping import Added
from rallybook.model.outcome import Coded, Failure
from rallybook.model.question import Box, Near, Question
from rallybook.ports import Book

if TYPE_CHECKING:
    import pandas
    import polars

    from rallybook.coding.llm.endpoint import Endpoint
    from rallybook.publishing.dossier import Dossier

Item = Article | Failure
DEFAULT_BOOK = "rallybook.db"


def open(path: str | Path = DEFAULT_BOOK, *, create: bool = True) -> OpenBook:  # noqa: A001 - rallybook.open
    """Open a book, and make it where it is not there yet (unless `create` is False).

    Use it in a `with` statement, or call its `close`. Raises `BookError` for a file that is no book, for a book that a
    newer rallybook made, and for a path where none can be opened.
    """
    from rallybook.book.store import SqliteBook  # noqa: PLC0415 - start-up time

    name = str(path)
    if "://" in name:
        raise InputError("book", name, "the path of a file")
    return OpenBook(SqliteBook(Path(path), api.linker(), create=create))


class Filters(TypedDict, total=False):
    """What events are chosen by, all of it optional.

    `from_` and `to` are days, dates or ISO 8601: events whose own days touch them. `country` (ISO 3166-1 alpha-2),
    `form` and `status` are one value or several. `near` is latitude, longitude and kilometres, `box` west, south, east
    and north, in WGS 84 degrees. `text` are words that all stand in one article of the event, `quote` in one of its
    quotes. `after` is the id of the last event of the page before, `limit` the most to give.
    """

    from_: dt.date | str | None
    to: dt.date | str | None
    country: str | Sequence[str]
    form: str | Sequence[str]
    status: str | Sequence[str]
    near: tuple[float, float, float] | None
    box: tuple[float, float, float, float] | None
    text: str
    quote: str
    after: str
    limit: int | None


def question(**filters: Unpack[Filters]) -> Question:
    """Give the question that some filters ask; raises `InputError` for one that is none."""
    if unknown := sorted(filters.keys() - Filters.__annotations__.keys()):
        raise InputError("filter", unknown[0], Filters.__annotations__)
    near, box = filters.get("near"), filters.get("box")
    asked: dict[str, Any] = {
        "first": as_day(filters.get("from_"), "from"),
        "last": as_day(filters.get("to"), "to"),
        "countries": tuple(name.upper() for name in _several(filters.get("country", ()))),
        "forms": _several(filters.get("form", ())),
        "statuses": _several(filters.get("status", ())),
        "near": Near(*_numbers("near", near, 3)) if near is not None else None,
        "box": Box(*_numbers("box", box, 4)) if box is not None else None,
    }
    asked |= {name: value for name, value in filters.items() if name in ("text", "quote", "after", "limit")}
    return Question(**asked)


def _several(values: str | Sequence[str]) -> tuple[str, ...]:
    return (values,) if isinstance(values, str) else tuple(values)


def _numbers(thing: str, values: Sequence[float], count: int) -> Sequence[float]:
    if len(values) != count or not all(isinstance(value, int | float) for value in values):
        raise InputError(thing, values, f"{count} numbers")
    return values


def _frames(name: str) -> Any:  # noqa: ANN401 - a package that need not be there
    try:
        return import_module(name)
    except ModuleNotFoundError:
        raise InputError(name, "not installed", f"pip install {name}") from None


def _columns(events: Iterable[Event]) -> dict[str, list[Any]]:
    from rallybook.publishing.event_columns import EVENT_COLUMNS, event_rows  # noqa: PLC0415 - start-up time

    rows = [[list(cell) if isinstance(cell, tuple) else cell for cell in row] for row in event_rows(events)]
    return {column.name: [row[place] for row in rows] for place, column in enumerate(EVENT_COLUMNS)}


class OpenBook:
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

        An article that is there with the same text adds nothing and is not read again; with another text it is a newer
        version. `jobs`, `by`, `min_confidence` and `endpoint` are those of `code_all`; `step` is called once an
        article. What has been kept stays when the run is cut off, and the next one goes on after it. Raises
        `InputError` and `BookError`.
        """
        from rallybook.book.adding import add  # noqa: PLC0415 - start-up time
        from rallybook.running.local import LocalRunner  # noqa: PLC0415

        api.coder(by, min_confidence, endpoint)  # what cannot be used is said before the first article
        work = partial(_read, by, min_confidence, endpoint)
        added = add(self.book, articles, partial(LocalRunner(jobs).run, work), step=step or _unheard)
        self.link()
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

    def link(self, *, everything: bool = False) -> int:
        """Link the records that wait for it into events, or all anew; give their number."""
        return self.book.link(everything=everything)

    def events(self, **filters: Unpack[Filters]) -> Iterator[Event]:
        """Give the events that fulfil all filters, in the order of their first day; see `Filters`."""
        return self.book.events(question(**filters))

    def event(self, name: str) -> Event:
        """Give the event of an id or of a record's id; an id that is no more leads to where its records went."""
        return self.book.event(name)

    def dossier(self, name: str) -> Dossier:
        """Give an event with the words behind its values, what people decided of it, and what it was before."""
        from rallybook.book.judgements import disagreements  # noqa: PLC0415 - start-up time
        from rallybook.publishing.dossier import Dossier, proofs  # noqa: PLC0415

        event = self.event(name)
        ids = [telling.record for telling in event.records]
        texts = {record: article.text for record, article in self.book.articles_of(ids).items()}
        decided = self.book.decisions(ids)
        return Dossier(
            event=event,
            words=proofs(event, texts),
            decisions=decided,
            disagreements=tuple(map(str, disagreements(decided))),
            versions=self.book.versions(event.id),
        )

    def decide(
        self,
        kind: DecisionKind,
        *names: str,
        by: str,
        why: str = "",
        field: str = "",
        value: Any = None,  # noqa: ANN401 - that of the field
    ) -> tuple[Decision, ...]:
        """Judge events or records, named by their ids; give the decisions that were kept.

        "same" and "different" take two or more: they are one event, or no two of them are. "correct" gives `field`
        ("form", "place.name") a `value`; "reject" says that they tell no event, "restore" takes that back. `by` is who
        judges, `why` the reason. Raises `InputError` for what is not there, for a field or value that is none, and for
        a judgement that contradicts others by way of still others.
        """
        from rallybook.book.judging import decisions_of  # noqa: PLC0415 - start-up time

        made = decisions_of(self.book, kind, names, by=by, why=why, correction=(field, value))
        self.book.decide(made)
        return made

    def to_pandas(self, **filters: Unpack[Filters]) -> pandas.DataFrame:
        """Give events as a pandas frame with the flat columns of the CSV; raises `InputError` without pandas."""
        return _frames("pandas").DataFrame(_columns(self.events(**filters)))

    def to_polars(self, **filters: Unpack[Filters]) -> polars.DataFrame:
        """Give events as a polars frame with the flat columns of the CSV; raises `InputError` without polars."""
        return _frames("polars").DataFrame(_columns(self.events(**filters)))


def _read(
    by: str | Path, min_confidence: float | None, endpoint: Endpoint | None, item: Item
) -> tuple[Item, Coded]:
    from rallybook.running.local import guarded  # noqa: PLC0415 - start-up time

    return item, guarded(api.coder(by, min_confidence, endpoint), item)


def _unheard() -> None:
    """Hear of an article that is done, and say nothing."""
