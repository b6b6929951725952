"""What the library offers: reading articles and coding them. The command line is a face of this."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from rallybook.errors import InputError, SourceError
from rallybook.model.article import Article, article_id
from rallybook.model.outcome import Coded, Failure
from rallybook.model.reading import Reading
from rallybook.model.record import Record
from rallybook.ports import Coder
from rallybook.publishing.findings import KINDS, Findings

if TYPE_CHECKING:
    from rallybook.grounding.conventions import Convention

# what can read: the bundled tagger with the rules, or the rules alone
CODERS = ("tagger", "rules")
# what is said of a crowd as a number: by our codebook, or as the Crowd Counting Consortium, Count Love or MPEDS do
CONVENTIONS = ("codebook", "ccc", "count_love", "mpeds")


def code(
    text: str,
    *,
    published: dt.date | str | None = None,
    title: str = "",
    language: str = "",
    by: str = CODERS[0],
    min_confidence: float | None = None,
) -> list[Record]:
    """Give the protest events that a text tells, each value with the offsets of its words.

    `published` is the day of publication, a date or ISO 8601 ("2021-02-14"): without it, "on Sunday" stays
    without a date. `by` is one of `CODERS`. `min_confidence` is the probability, 0 to 1, below which an event is left
    out; without it, the one at which most events are right and fewest are missed. Raises `InputError` for another
    kind of date, coder or probability, `RallybookError` for a text that cannot be coded.
    """
    article = Article(
        id=article_id(text), text=text, title=title, published=as_day(published), language=language
    )
    coded = coder(by, min_confidence).code(article)
    if coded.failures and not coded.events:
        raise SourceError(coded.id, "; ".join(failure.reason for failure in coded.failures))
    return list(coded.events)


def read(
    *paths: str | Path,
    published: dt.date | str | None = None,
    on_failure: Callable[[Failure], None] | None = None,
) -> Iterator[Article]:
    """Give the articles of files and folders, lazily; `published` holds where an article tells no date.

    What cannot be read goes to `on_failure`, and the rest goes on; without it raises `SourceError`.
    """
    for item in source_items(paths, published=as_day(published)):
        if isinstance(item, Article):
            yield item
        elif on_failure is None:
            raise SourceError(item.article or "input", item.reason)
        else:
            on_failure(item)


def code_all(
    items: Iterable[Article | Failure],
    *,
    jobs: int = 1,
    by: str = CODERS[0],
    min_confidence: float | None = None,
) -> Iterator[Coded]:
    """Give what was coded of each article, in the order of the articles, with `jobs` worker processes.

    A `Failure` among the items comes out as an outcome without events. `by` and `min_confidence` are those of `code`;
    raises `InputError` for others.
    """
    from rallybook.running.local import LocalRunner, one_each  # noqa: PLC0415 - start-up time

    work = partial(_coded, _known(by), _probability(min_confidence))
    yield from one_each(LocalRunner(jobs).run(work, items))


def source_items(
    paths: Iterable[str | Path], *, published: dt.date | None = None, stdin: BinaryIO | None = None
) -> Iterator[Article | Failure]:
    """Give the articles of files, folders and (for "-") `stdin`, and what could not be read of them."""
    from rallybook.sources.files import FileSource  # noqa: PLC0415 - start-up time

    return FileSource([str(path) for path in paths], published=published, stdin=stdin).articles()


@cache
def coder(by: str = CODERS[0], min_confidence: float | None = None) -> Coder:
    """Give one of `CODERS`; its lexicons are loaded once a process. Raises `InputError` for another name."""
    from rallybook.coding.pipeline import EventCoder  # noqa: PLC0415 - start-up time

    return EventCoder(tags=_known(by) == CODERS[0], at_least=_probability(min_confidence))


def _known(by: str) -> str:
    if by not in CODERS:
        raise InputError("coder", by, " or ".join(CODERS))
    return by


def _probability(value: float | None) -> float | None:
    if value is not None and not 0 <= value <= 1:
        raise InputError("min_confidence", value, "a number from 0 to 1")
    return value


def as_day(day: dt.date | str | None) -> dt.date | None:
    """Give a day as a date; raises `InputError` for what is neither a date nor ISO 8601."""
    if day is None or (isinstance(day, dt.date) and not isinstance(day, dt.datetime)):
        return day
    if isinstance(day, dt.datetime):
        return day.date()
    try:
        return dt.date.fromisoformat(day.strip())
    except ValueError:
        raise InputError("published", day, "a day as YYYY-MM-DD") from None


def _coded(by: str, min_confidence: float | None, item: Article | Failure) -> Coded:
    from rallybook.running.local import guarded  # noqa: PLC0415 - start-up time

    return guarded(coder(by, min_confidence), item)


def ground(article: Article, kinds: Iterable[str] = KINDS, *, counted_by: str = CONVENTIONS[0]) -> Findings:
    """Give what the grounders find in an article, without coding events; `kinds` are some of `KINDS`.

    `counted_by`, one of `CONVENTIONS`, says what words like "several hundred" are worth. Raises `InputError` for
    another one.
    """
    from rallybook.grounding.reading import read as as_reading  # noqa: PLC0415 - start-up time

    if counted_by not in CONVENTIONS:
        raise InputError("counted_by", counted_by, " or ".join(CONVENTIONS))
    reading = as_reading(article)
    grounders = _grounders(cast("Convention", counted_by))
    return Findings(reading=reading, **{kind: tuple(grounders[kind](reading)) for kind in kinds})


@cache
def _grounders(counted_by: Convention) -> dict[str, Callable[[Reading], Iterable[Any]]]:
    from rallybook.grounding.dates import timexes  # noqa: PLC0415 - start-up time
    from rallybook.grounding.gazetteer import CompiledGazetteer  # noqa: PLC0415
    from rallybook.grounding.headcounts import head_counts  # noqa: PLC0415
    from rallybook.grounding.places import Geoparser  # noqa: PLC0415
    from rallybook.grounding.response import responses  # noqa: PLC0415

    places = Geoparser(CompiledGazetteer()).names
    sizes = partial(head_counts, convention=counted_by)
    return {"places": places, "dates": timexes, "sizes": sizes, "response": responses}
