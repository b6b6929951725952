"""Where two coders differ, and what an adjudicator decides: a ruling, and what follows from it for the events."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence

import msgspec

from rallybook.book.judging import identified
from rallybook.errors import InputError
from rallybook.evaluation.labelled import as_labelled
from rallybook.evaluation.pairing import pairs
from rallybook.model.article import Article
from rallybook.model.coding import Coded, Coding
from rallybook.model.decision import WHOLE, Decision
from rallybook.model.event import Event
from rallybook.model.record import Record
from rallybook.ports import Book
from rallybook.reviewing.codings import Told, coding_of, current, decided, standing, text_hash
from rallybook.reviewing.comparing import FIELDS, Pair, compared, differing
from rallybook.reviewing.finding import found, known_again
from rallybook.reviewing.first import reviewed


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """What one of the two coders has: who, when, and the events; `whole` where the article was coded as a whole."""

    by: tuple[str, ...]
    at: dt.datetime
    events: tuple[Record, ...]
    whole: bool
    blind: bool = False


class TwoCodings(msgspec.Struct, frozen=True, kw_only=True):
    """An article as two coders read it, event by event."""

    article: Article
    first: Side
    second: Side
    pairs: tuple[Pair, ...]

    @property
    def disputed(self) -> int:
        """How many events there is something to decide of."""
        return sum(pair.disputed for pair in self.pairs)


def two_codings(book: Book, *, blind: bool = False) -> Iterator[TwoCodings]:
    """Give the articles that two coders have read, in the order in which the second one was done.

    The first coder is whoever reviewed all of the article's records, or else the first who coded it as a whole.
    With `blind` only those count whose second coder saw nothing of what the first one did.
    """
    by_article: dict[str, list[Coded]] = {}
    articles: dict[str, Article] = {}
    for article, one in current(book, standing(book.decisions([WHOLE]))):
        if not one.final:
            articles[article.id] = article
            by_article.setdefault(article.id, []).append(one)
    found = (
        _two(book, articles[name], sorted(told, key=_age), blind=blind) for name, told in by_article.items()
    )
    yield from sorted((one for one in found if one), key=lambda one: (one.second.at, one.article.id))


def waiting(book: Book) -> tuple[TwoCodings, ...]:
    """Give what an adjudicator has to decide: what two coders read differently and nobody has decided since."""
    held = settled(book)
    return tuple(one for one in two_codings(book) if one.disputed and one.article.id not in held)


def settled(book: Book) -> dict[str, Coded]:
    """Give the rulings that hold, by their articles."""
    return {one.article: one for one in standing(book.decisions([WHOLE])) if one.final}


def dispute(book: Book, article: str) -> TwoCodings:
    """Give the two codings of an article; raises `InputError` where there are no two."""
    found = next((one for one in two_codings(book) if one.article.id == article), None)
    if found is None:
        raise InputError("article", article, "an article that two coders have coded")
    return found


def records_of(both: TwoCodings, known: Mapping[str, Record]) -> tuple[str, ...]:
    """Give for each pair of two codings the record of the machine that it is, "" where the machine read none."""
    used = {pair.first.id for pair in both.pairs if pair.first and pair.first.id in known}
    free = [record for name, record in known.items() if name not in used]
    alone = [pair.first or pair.second for pair in both.pairs]
    unknown = [n for n, one in enumerate(alone) if one and one.id not in used]
    likest = pairs([*map(as_labelled, free)], [as_labelled(one) for n in unknown if (one := alone[n])])
    found = {unknown[place]: free[record].id for record, place in likest}
    return tuple(one.id if one and one.id in used else found.get(n, "") for n, one in enumerate(alone))


def ruling(book: Book, article: str, told: Sequence[Told], *, by: str, why: str = "") -> tuple[Decision, ...]:
    """Give the decisions of an adjudicator's ruling: what the article tells, and what that changes in the events.

    They are final: they hold over whatever a coder says later. An event that no machine has read is found. Raises
    `InputError` for an article that no two coders have coded, and for what cannot be a coding.
    """
    both = dispute(book, article)
    reports = book.reports_of(book.read_in(article))
    known = {name: report.record for name, report in reports.items()}
    ruled = known_again(both.article, coding_of(both.article, told, known=known), known)
    made = decided(both.article, ruled, by=by, why=why, final=True)
    alone = (one for one in ruled.events if one.id not in known)
    return (
        made,
        *(_final(one, made) for one in _consequences(book, both, known, ruled)),
        *found(msgspec.structs.replace(made, why=_why(made)), ruled.text, alone),
    )


def agreed(book: Book, articles: Collection[str]) -> tuple[Decision, ...]:
    """Give the decisions that keep what two coders found in some articles in which they differ in nothing.

    They are of the moment when the second one was done, so that the same codings give the same decisions.
    """
    held = settled(book)
    alike = [
        one
        for one in two_codings(book)
        if one.article.id in articles and not one.disputed and one.article.id not in held
    ]
    return tuple(decision for both in alike for decision in _agreed(book, both))


def _agreed(book: Book, both: TwoCodings) -> tuple[Decision, ...]:
    name = both.article.id
    known = {record: report.record for record, report in book.reports_of(book.read_in(name)).items()}
    read = zip(both.pairs, records_of(both, known), strict=True)
    alone = [pair.first for pair, record in read if pair.first and not record]
    (by,) = both.second.by
    why = "two coders read it alike"
    like = Decision(id="", kind="found", by=by, at=both.second.at, why=why, article=name)
    return found(like, text_hash(both.article), alone)


def _consequences(
    book: Book, both: TwoCodings, known: dict[str, Record], ruled: Coding
) -> Iterator[Decision]:
    """Give what a ruling says of the records that the machine read."""
    kept = {one.id: one for one in ruled.events if one.id in known}
    if gone := tuple(sorted(known.keys() - kept.keys())):
        yield _about("reject", gone)
    if kept:
        yield _about("restore", tuple(sorted(kept)), value="accepted")
    first = {one.id: one for one in both.first.events}
    for name, record in kept.items():
        event, began = _event(book, name), first.get(name, known[name])
        for field in FIELDS:
            if _to_be_set(field, record, began, both, event):
                yield _about(
                    "correct", (name,), field=field, value=msgspec.to_builtins(getattr(record, field))
                )


def _to_be_set(field: str, record: Record, began: Record, both: TwoCodings, event: Event | None) -> bool:
    """Tell whether a ruling sets a field of the event of a record.

    What was disputed is set, and what the ruling changed. An event that others tell, too, keeps what it has from them.
    """
    changed = field in differing(began, record) or getattr(began, field) != getattr(record, field)
    disputed = any(
        pair.first and pair.first.id == record.id and field in pair.differing for pair in both.pairs
    )
    if not (changed or disputed):
        return False
    alone = event is None or len(event.records) == 1
    return alone or getattr(event, field) == getattr(began, field)


def _event(book: Book, record: str) -> Event | None:
    try:
        return book.event(record)
    except InputError:  # it tells none now
        return None


def _about(kind: str, records: tuple[str, ...], *, field: str = "", value: object = None) -> Decision:
    return Decision(id="", kind=kind, records=records, by="", at=dt.datetime.min, field=field, value=value)  # type: ignore[arg-type]


def _final(one: Decision, made: Decision) -> Decision:
    told = msgspec.structs.replace(one, by=made.by, at=made.at, why=_why(made), final=True)
    return identified(told)


def _why(made: Decision) -> str:
    return f"adjudicated: {made.why}".rstrip(": ")


def _two(book: Book, article: Article, told: Sequence[Coded], *, blind: bool) -> TwoCodings | None:
    seconds = [one for one in told if one.coding.blind or not blind]
    for one in seconds:
        first = _first(book, article, one, told)
        if first is not None:
            second = _side(one)
            return TwoCodings(
                article=article, first=first, second=second, pairs=compared(first.events, second.events)
            )
    return None


def _first(book: Book, article: Article, second: Coded, told: Sequence[Coded]) -> Side | None:
    """Give the first coder's side as it was when the second one handed in."""
    found = reviewed(book, article, until=second.at, apart_from=second.by)
    if found is not None:
        return Side(by=found.by, at=found.at, events=found.kept, whole=False)
    before = next((one for one in told if one.by != second.by and one.at <= second.at), None)
    return _side(before) if before else None


def _side(one: Coded) -> Side:
    return Side(by=(one.by,), at=one.at, events=one.coding.events, whole=True, blind=one.coding.blind)


def _age(one: Coded) -> tuple[float, str]:
    return one.at.timestamp(), one.decision
