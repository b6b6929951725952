"""What a book has, counted by source and month."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import Connection, Text, distinct, func, literal_column, select

from rallybook.book.dialect import beginning
from rallybook.book.found import people_read
from rallybook.book.schema import articles, failures, members, records
from rallybook.model.keeping import Coverage, Holdings

# spelled out: a parameter would be another one where rows are grouped
_NONE = literal_column("''", Text)
_SOURCE = func.coalesce(articles.c.source, _NONE)
_MONTH = func.coalesce(beginning(7, articles.c.published), _NONE)


def holdings(db: Connection) -> Holdings:
    """Give the coverage of a book, and who read it."""
    current = articles.c.current == 1
    every = select(_SOURCE, _MONTH, func.count()).where(current)
    telling = (
        select(
            _SOURCE,
            _MONTH,
            func.count(distinct(articles.c.number)),
            func.count(),
            func.count(distinct(members.c.event)),
        )
        .join(records, records.c.article == articles.c.number)
        .join(members, members.c.record == records.c.number)
    )
    failed = select(_SOURCE, _MONTH, func.count()).select_from(failures)
    failed = failed.outerjoin(articles, (articles.c.id == failures.c.article) & current)
    counted: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for source, month, count in db.execute(every.group_by(_SOURCE, _MONTH)):
        counted[source, month] |= {"articles": count, "no_event": count}
    for source, month, told, of_records, of_events in db.execute(telling.group_by(_SOURCE, _MONTH)):
        silent = counted[source, month].get("articles", 0) - told
        counted[source, month] |= {"no_event": silent, "records": of_records, "events": of_events}
    for source, month, count in db.execute(failed.group_by(_SOURCE, _MONTH)):
        counted[source, month]["failures"] = count
    coders = db.execute(
        select(articles.c.coder).where(current).distinct().order_by(articles.c.coder)
    ).scalars()
    return Holdings(
        coverage=tuple(
            Coverage(source=source, month=month, **counts)
            for (source, month), counts in sorted(counted.items())
        ),
        coders=(*filter(None, coders), *(("people",) if people_read(db) else ())),
    )
