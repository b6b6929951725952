"""What a person reads in an article as a whole, from the form that was filled in to the decision that keeps it."""

from __future__ import annotations

import datetime as dt
import hashlib
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Annotated, Literal

import msgspec

from rallybook.book.judging import checked, identified
from rallybook.errors import InputError
from rallybook.grounding.gazetteer import CompiledGazetteer
from rallybook.model.article import Article
from rallybook.model.coding import Coded, Coding
from rallybook.model.decision import WHOLE, Decision
from rallybook.model.proof import LISTS, said_in, spans_of, strange_in
from rallybook.model.record import (
    EventDate,
    EventPlace,
    Focus,
    Form,
    Harm,
    Record,
    Response,
    Size,
    Status,
)
from rallybook.model.values import Precision
from rallybook.ports import Book

_Words = Annotated[str, msgspec.Meta(max_length=2_000)]
_Phrases = Annotated[
    tuple[Annotated[str, msgspec.Meta(min_length=1, max_length=500)], ...], msgspec.Meta(max_length=50)
]
_MOST_EVENTS = 100


class ToldPlace(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where, as a person writes it down: the words, and the town, region or country that they stand for."""

    text: _Words = ""
    name: Annotated[str, msgspec.Meta(max_length=200)] = ""
    country: Annotated[str, msgspec.Meta(pattern="^([A-Z]{2})?$")] = ""
    precision: Precision = "unknown"


class Told(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One event as a person writes it down; what is words (`trigger`, `quote`, `text`, lists) stands in the article.

    `record` is the id of the record that the person began with, empty for what nobody had read before.
    """

    form: Form
    trigger: Annotated[str, msgspec.Meta(min_length=1, max_length=500)]
    quote: Annotated[str, msgspec.Meta(min_length=1, max_length=2_000)]
    status: Status = "happened"
    focus: Focus = "focal"
    umbrella: bool = False
    date: EventDate = EventDate()
    place: ToldPlace = ToldPlace()
    size: Size = Size()
    participants: _Phrases = ()
    organisers: _Phrases = ()
    targets: _Phrases = ()
    claims: _Phrases = ()
    response: Response = Response()
    harm: Harm = Harm()
    record: Annotated[str, msgspec.Meta(max_length=500)] = ""


def told_of(record: Record, *, known: bool) -> Told:
    """Give a record as a person would write it down; `known` where it is one of the book that may be named."""
    table = msgspec.to_builtins(record)
    place = {name: table["place"][name] for name in ToldPlace.__struct_fields__}
    fields = {name: table[name] for name in Told.__struct_fields__ if name in table}
    return msgspec.convert(fields | {"place": place, "record": record.id if known else ""}, Told)


def text_hash(article: Article) -> str:
    """Give 16 hexadecimal digits by which a text is known."""
    return hashlib.sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def coding_of(
    article: Article, told: Sequence[Told], *, known: Mapping[str, Record] = {}, blind: bool = False
) -> Coding:
    """Give what a person wrote down as a coding; `known` are the records that it may have begun with, by their ids.

    Raises `InputError`, which names the event and the field, for words that the article does not have, a date that is
    none, a record that is not of this article.
    """
    if len(told) > _MOST_EVENTS:
        raise InputError("events", f"{len(told)} events", f"up to {_MOST_EVENTS}")
    used = [one.record for one in told if one.record]
    if twice := [name for name in used if used.count(name) > 1]:
        raise InputError("record", twice[0], "each record once")
    return Coding(
        text=text_hash(article),
        events=tuple(_record(article, one, number, known) for number, one in enumerate(told, start=1)),
        blind=blind,
    )


def decided(article: Article, coding: Coding, *, by: str, why: str = "", final: bool = False) -> Decision:
    """Give the decision that keeps a coding."""
    made = whole(article.id, "code", by=by, why=why, value=msgspec.to_builtins(coding))
    return identified(msgspec.structs.replace(made, id="", final=True)) if final else made


def whole(
    article: str, kind: Literal["take", "code"], *, by: str, why: str = "", value: object = None
) -> Decision:
    """Give a decision on an article as a whole, of this moment."""
    at = dt.datetime.now(dt.UTC)
    return identified(Decision(id="", kind=kind, by=by, at=at, why=why, value=value, article=article))


def codings(book: Book) -> tuple[Coded, ...]:
    """Give what holds of the codings of a book: the newest of each person on each article, the oldest first.

    What was taken back is not among them, nor what was read in a text that the article no longer has.
    """
    return standing(book.decisions([WHOLE]))


def standing(decisions: Iterable[Decision]) -> tuple[Coded, ...]:
    """Give the codings that some decisions, the oldest first, leave standing."""
    newest: dict[tuple[str, str, bool], Decision] = {}
    for decision in decisions:
        if decision.kind == "code":
            key = (decision.article, decision.by, decision.final)
            newest.pop(key, None)
            newest[key] = decision
    return tuple(_coded(decision) for decision in newest.values() if decision.value is not None)


def current(book: Book, found: Iterable[Coded]) -> Iterator[tuple[Article, Coded]]:
    """Give the codings of articles that are there, of the text that they have, each with its article."""
    kept: dict[str, Article | None] = {}
    for one in found:
        if one.article not in kept:
            kept[one.article] = _article(book, one.article)
        article = kept[one.article]
        if article is not None and text_hash(article) == one.coding.text:
            yield article, one


def _article(book: Book, name: str) -> Article | None:
    try:
        return book.article(name)
    except InputError:  # taken down, or not in this book
        return None


def _coded(decision: Decision) -> Coded:
    return Coded(
        decision=decision.id,
        article=decision.article,
        by=decision.by,
        at=decision.at,
        coding=msgspec.convert(decision.value, Coding),
        final=decision.final,
    )


def _record(article: Article, told: Told, number: int, known: Mapping[str, Record]) -> Record:
    where = f"event {number}: "
    if told.record and told.record not in known:
        raise InputError(f"{where}record", told.record, sorted(known) or "none: this article has no record")
    if told.trigger not in told.quote:
        raise InputError(f"{where}trigger", told.trigger, "words of the quote")
    said = said_in(told)
    if strange := strange_in(article.text, said):
        raise InputError(f"{where}{strange[0]}", strange[1], "words of the article")
    for path, count in (("size", told.size), ("response.arrests", told.response.arrests),
                        ("harm.injured", told.harm.injured), ("harm.killed", told.harm.killed)):  # fmt: skip
        low, high = count.low, count.high
        if min(low or 0, high or 0) < 0 or (low is not None and high is not None and low > high):
            raise InputError(f"{where}{path}", f"{low} to {high}", "numbers from 0 on, the lower one first")
    try:
        checked("date.edtf", told.date.edtf)
    except InputError as error:
        raise InputError(f"{where}date", told.date.edtf, error.allowed) from None
    return Record(
        id=told.record or f"{article.id}:{number}",
        form=told.form,
        status=told.status,
        focus=told.focus,
        umbrella=told.umbrella,
        date=told.date,
        place=_placed(told.place, known.get(told.record), where),
        size=told.size,
        response=told.response,
        harm=told.harm,
        trigger=told.trigger,
        quote=told.quote,
        spans=spans_of(article.text, said),
        **{name: getattr(told, name) for name in LISTS},
    )


def _placed(told: ToldPlace, began: Record | None, where: str) -> EventPlace:
    """Give the place with the position that the gazetteer has for it; one that was left as it was keeps its own."""
    if began and (began.place.name, began.place.country) == (told.name, told.country):
        return msgspec.structs.replace(began.place, text=told.text, precision=told.precision)
    if not told.name:
        return EventPlace(text=told.text, country=told.country, precision=told.precision)
    found = [one for one in _gazetteer().named(told.name) if told.country in ("", one.country)]
    if found:
        best = found[0]
        return EventPlace(told.text, told.name, best.country, best.lat, best.lon, told.precision)
    if not told.country:
        raise InputError(f"{where}place.name", told.name, "a name of the gazetteer, or one with its country")
    return EventPlace(text=told.text, name=told.name, country=told.country, precision=told.precision)


# a gazetteer is read in the thread that opened it; a server has several
_here = threading.local()


def _gazetteer() -> CompiledGazetteer:
    if not hasattr(_here, "gazetteer"):
        _here.gazetteer = CompiledGazetteer()
    found: CompiledGazetteer = _here.gazetteer
    return found
