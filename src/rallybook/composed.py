"""What takes several rooms: an event with all that is known of it, events as they may be passed on, a comparison."""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from rallybook.errors import InputError
from rallybook.model.event import Event, Report
from rallybook.model.match import Match
from rallybook.model.question import Question
from rallybook.ports import Book

if TYPE_CHECKING:
    from rallybook.evaluation.sides import Compared
    from rallybook.publishing.dossier import Dossier
    from rallybook.publishing.release import Released, Terms

# events whose reports are asked of the book at once
_AT_ONCE = 200


def dossier(book: Book, name: str) -> Dossier:
    """Give an event with the words behind its values, what people decided of it, and what it was before."""
    from rallybook.book.judgements import disagreements  # noqa: PLC0415 - start-up time
    from rallybook.linking.umbrellas import kin  # noqa: PLC0415
    from rallybook.publishing.dossier import Dossier, in_a_line, proofs  # noqa: PLC0415

    event = book.event(name)
    ids = [telling.record for telling in event.records]
    texts = {record: article.text for record, article in book.articles_of(ids).items()}
    decided = book.decisions(ids)
    beside = kin(event, book.told_with(event.id))
    return Dossier(
        event=event,
        words=proofs(event, texts),
        decisions=decided,
        disagreements=tuple(map(str, disagreements(decided))),
        versions=book.versions(event.id),
        parts=tuple(map(in_a_line, beside.parts)),
        part_of=tuple(map(in_a_line, beside.wholes)),
    )


def why(book: Book, one: str, other: str) -> Match:
    """Give what speaks for and against two records being one event; see `OpenBook.why`. Raises `InputError`."""
    from rallybook.linking.explaining import explained, likest  # noqa: PLC0415 - start-up time

    sides = [book.records_of(name) for name in (one, other)]
    near = book.compared([record for side in sides for record in side])
    told = [[report for report in near if report.record.id in side] for side in sides]
    for name, found in zip((one, other), told, strict=True):
        if not found:
            raise InputError("record", name, "one that tells an event or may tell one")
    if set(sides[0]) & set(sides[1]):
        raise InputError("why", f"{one} {other}", "two records or events that have no record in common")
    return explained(likest(*told), near)


def released(book: Book, path: Path, asked: Question, terms: Terms, before: Path | None) -> Released:
    """Write a release; see `OpenBook.release`. Raises `InputError` and `ExportError`."""
    from rallybook.publishing.release import write_release  # noqa: PLC0415 - start-up time

    passing = None if terms.permission else partial(republishable, book)
    return write_release(book, path, asked, terms=terms, before=before, passing=passing)


def republishable(book: Book, event: Event) -> Event | None:
    """Give an event without what rests on rows that may not be passed on; None where nothing else tells it."""
    from rallybook.linking import republishing  # noqa: PLC0415 - start-up time

    if not republishing.withheld(event):
        return event
    ids = [telling.record for telling in event.records]
    return republishing.republishable(event, book.reports_of(ids), book.decisions(ids))


def compared(
    book: Book, events: Iterable[Event], sides: tuple[str, str], out: Path | None = None
) -> Compared:
    """Compare what two sides tell of some events; see `OpenBook.compare`. Raises `InputError` and `ExportError`."""
    from rallybook.evaluation.sides import Comparison  # noqa: PLC0415 - start-up time
    from rallybook.evaluation.sides_report import pair_lines  # noqa: PLC0415
    from rallybook.publishing.lines import encoded  # noqa: PLC0415
    from rallybook.publishing.writing import write_whole  # noqa: PLC0415

    comparison = Comparison(_by_side(book, events), sides)
    if out:
        write_whole(encoded(pair_lines(comparison)), out)
    else:
        deque(comparison, maxlen=0)
    return comparison.found()


def _by_side(book: Book, events: Iterable[Event]) -> Iterator[tuple[Event, dict[str, Event]]]:
    """Give each event with what each side alone tells of it."""
    from rallybook.evaluation.sides import side_of  # noqa: PLC0415 - start-up time
    from rallybook.linking.consolidation import consolidated  # noqa: PLC0415

    rest = iter(events)
    while group := list(itertools.islice(rest, _AT_ONCE)):
        reports = book.reports_of([telling.record for event in group for telling in event.records])
        for event in group:
            told: dict[str, list[Report]] = {}
            for telling in event.records:
                told.setdefault(side_of(telling), []).append(reports[telling.record])
            yield event, {side: consolidated(own) for side, own in told.items()}
