"""What the library offers: reading articles and coding them. The command line is a face of this."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from rallybook.errors import InputError, SourceError
from rallybook.model.article import Article, article_id
from rallybook.model.outcome import Coded, Failure, SetAside
from rallybook.model.reading import Reading
from rallybook.model.record import Record
from rallybook.model.waiting import Item, opened
from rallybook.page_reading import apart, page_reader, told
from rallybook.ports import Coder, Linker
from rallybook.publishing.findings import KINDS, Findings

if TYPE_CHECKING:
    from rallybook.coding.llm.endpoint import Endpoint
    from rallybook.grounding.conventions import Convention
    from rallybook.sources.posts import PostReader

# what can read: the bundled tagger with the rules, the rules alone, or a large language model at an endpoint
CODERS = ("tagger", "rules", "llm")
# the salt with which the authors of posts are hashed
SALT = "RALLYBOOK_SALT"
# torch without the CUDA libraries, which are 2 GB and not needed
_TRAIN = "pip install torch==2.13.0, then pip install 'rallybook[train]'"
# what is said of a crowd as a number: by our codebook, or as the Crowd Counting Consortium, Count Love or MPEDS do
CONVENTIONS = ("codebook", "ccc", "count_love", "mpeds")


def code(
    text: str,
    *,
    published: dt.date | str | None = None,
    title: str = "",
    language: str = "",
    by: str | Path = CODERS[0],
    min_confidence: float | None = None,
) -> list[Record]:
    """Give the protest events that a text tells, each value with the offsets of its words.

    `published` is the day of publication, a date or ISO 8601 ("2021-02-14"): without it, "on Sunday" stays
    without a date. `by` is one of `CODERS`; "llm" asks the endpoint that `RALLYBOOK_LLM_URL` and
    `RALLYBOOK_LLM_MODEL` name (docs/llm-coder.md); a `Path` is a folder that `train` wrote: the records are then the
    acts that its codebook counts, each with `own`. `min_confidence` is the probability, 0 to 1, below which an event
    is left out; without it, the one at which most events are right and fewest are missed. Raises `InputError` for
    another kind of date, coder, probability or folder, `RallybookError` for a text that cannot be coded.
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
    allow_private: bool = False,
    posts: bool = False,
    table: str = "",
    on_set_aside: Callable[[SetAside], None] | None = None,
) -> Iterator[Article]:
    """Give the articles of files, folders and web addresses, lazily; `published` holds where one tells no date.

    What cannot be read goes to `on_failure`, and the rest goes on; without it raises `SourceError`. Addresses of this
    machine and its network, and other ports than those of the web, are fetched with `allow_private` only. With `posts`
    the rows of tables are posts on social media; with `table` ("acled", "ccc", "gdelt", "polecat") all files are those
    of that data set, and what is plainly one is read so without it (docs/sources.md). Pages of archives whose words
    tell no protest go to `on_set_aside`, where it is given, and are not read further.
    """
    from rallybook.sources.datasets import DataSets  # noqa: PLC0415 - start-up time
    from rallybook.sources.named import Readers, named  # noqa: PLC0415

    reader, sets = post_reader() if posts else None, DataSets(table)
    how = Readers(posts=reader, datasets=sets, pages=page_reader(likely=True) if on_set_aside else None)
    items = named(paths, published=as_day(published), allow_private=allow_private, **how)
    for item in told(items, on_set_aside):
        if isinstance(item, Article):
            yield item
        elif on_failure is None:
            raise SourceError(item.article or "input", item.reason)
        else:
            on_failure(item)


def code_all(
    items: Iterable[Item],
    *,
    jobs: int = 1,
    by: str | Path = CODERS[0],
    min_confidence: float | None = None,
    endpoint: Endpoint | None = None,
    on_set_aside: Callable[[SetAside], None] | None = None,
) -> Iterator[Coded]:
    """Give what was coded of each article, in the order of the articles, with `jobs` worker processes.

    A `Failure` among the items comes out as an outcome without events. `by` and `min_confidence` are those of `code`;
    raises `InputError` for others. `endpoint` is where "llm" asks. Pages that were set aside go to `on_set_aside`.
    """
    from rallybook.running.local import LocalRunner, one_each  # noqa: PLC0415 - start-up time

    if _known(by) == "llm":
        endpoint = endpoint or llm_endpoint()
    coder(by, min_confidence, endpoint)  # what cannot be used is said before the first article
    work = partial(_coded, by, min_confidence, endpoint)
    yield from one_each(apart(LocalRunner(jobs).run(work, items), on_set_aside))


def post_reader(keep_photos: Path | None = None) -> PostReader:
    """Give what reads rows of posts; their authors are hashed with the salt that the environment names."""
    from rallybook.sources.posts import PostReader  # noqa: PLC0415 - only where it is asked for

    return PostReader(salt=os.environ.get(SALT, ""), keep=keep_photos)


def coder(
    by: str | Path = CODERS[0], min_confidence: float | None = None, endpoint: Endpoint | None = None
) -> Coder:
    """Give one of `CODERS`, or the tagger with a model that `train` wrote; lexicons are loaded once a process.

    `endpoint` is where "llm" asks, by default what the environment names. Raises `InputError` for another name or
    folder, a `min_confidence` that the coder cannot keep to, an endpoint that is not named whole.
    """
    bound = bound_of(by, min_confidence)
    if isinstance(by, Path):
        return _own_coder(by, bound)
    return _bundled_coder(by, bound) if _known(by) != "llm" else _llm_coder(endpoint or llm_endpoint())


@cache
def _bundled_coder(by: str, at_least: float | None) -> Coder:
    from rallybook.coding.pipeline import EventCoder  # noqa: PLC0415 - start-up time

    return EventCoder(tags=by == CODERS[0], at_least=at_least)


@cache
def _own_coder(model: Path, at_least: float | None) -> Coder:
    from rallybook.coding.own import OwnReader  # noqa: PLC0415 - start-up time
    from rallybook.coding.pipeline import EventCoder  # noqa: PLC0415

    return EventCoder(at_least=at_least, own=OwnReader(model))


@cache
def _llm_coder(endpoint: Endpoint) -> Coder:
    from rallybook.coding.llm.coder import LlmCoder  # noqa: PLC0415 - only where it is asked for

    return LlmCoder(endpoint)


def llm_endpoint(*, url: str | None = None, model: str | None = None, prices: str | None = None) -> Endpoint:
    """Give where "llm" asks: what is named here, and for the rest what the environment names; raises `InputError`."""
    from rallybook.coding.llm.endpoint import endpoint_of  # noqa: PLC0415 - only where it is asked for

    return endpoint_of(os.environ, url=url, model=model, prices=prices)


def llm_estimate(items: Iterable[Article | Failure], endpoint: Endpoint) -> str:
    """Give what it will cost to have "llm" code some articles, in words; nothing is sent."""
    from rallybook.coding.llm.cost import estimate  # noqa: PLC0415 - only where it is asked for

    return str(estimate(items, endpoint))


def _known(by: str | Path) -> str | Path:
    if not isinstance(by, Path) and by not in CODERS:
        raise InputError("coder", by, " or ".join((", ".join(CODERS[:-1]), CODERS[-1])))
    return by


def bound_of(by: str | Path, value: float | None) -> float | None:
    """Give a `min_confidence`; raises `InputError` for one that is no probability or that the coder cannot keep to."""
    if value is not None and not 0 <= value <= 1:
        raise InputError("min_confidence", value, "a number from 0 to 1")
    if value is not None and _known(by) == "llm":
        raise InputError(
            "min_confidence", value, "none with the coder llm, whose records have no probability"
        )
    return value


def as_day(day: dt.date | str | None, thing: str = "published") -> dt.date | None:
    """Give a day as a date; raises `InputError`, which names the `thing`, for what is no date nor ISO 8601."""
    if day is None or (isinstance(day, dt.date) and not isinstance(day, dt.datetime)):
        return day
    if isinstance(day, dt.datetime):
        return day.date()
    try:
        return dt.date.fromisoformat(day.strip())
    except ValueError:
        raise InputError(thing, day, "a day as YYYY-MM-DD") from None


def _coded(
    by: str | Path, min_confidence: float | None, endpoint: Endpoint | None, item: Item
) -> Coded | SetAside:
    from rallybook.coding.row_coder import coder_of  # noqa: PLC0415 - start-up time
    from rallybook.running.local import guarded  # noqa: PLC0415

    found = opened(item)
    if isinstance(found, SetAside):
        return found
    return guarded(coder_of(found, coder(by, min_confidence, endpoint)), found)


def linker() -> Linker:
    """Give what links the records of a book."""
    from rallybook.linking.bundled import linker as bundled  # noqa: PLC0415 - start-up time

    return bundled()


def train(
    data: str | Path,
    out: str | Path,
    *,
    codebook: str | Path | None = None,
    epochs: int | None = None,
    seed: int | None = None,
    said: Callable[[str], None] = lambda _: None,
) -> list[str]:
    """Train a model of a codebook on labelled articles, and write it into the folder `out`.

    `data` is a file of JSON lines or a folder of such files, each line an article with its `events`; `codebook` is a
    file of YAML with forms and roles (docs/own-codebook.md), by default rallybook's own. `said` hears of the progress.
    Gives what was wrong with the articles: they were left out. Raises `CodebookError` and `InputError`,
    also where the extra `train` is not installed.
    """
    from rallybook.codebook.own import own_or_default  # noqa: PLC0415 - start-up time

    book = own_or_default(Path(codebook) if codebook else None)
    try:
        from rallybook.training import own  # noqa: PLC0415 - part of the extra
    except ModuleNotFoundError as error:
        raise InputError("the extra train", f"no {error.name}", _TRAIN) from None
    how = own.Lessons(epochs or own.EPOCHS, own.SEED if seed is None else seed, said)
    return own.train(Path(data), Path(out), book, how)


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
