"""What a book has in numbers, each from an index: cheap enough to be asked for all the time."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Connection, func, select

from rallybook.book.schema import articles, decisions, events, failures, pending, records
from rallybook.model.keeping import Figures


def figures(db: Connection) -> Figures:
    """Give how much a book has, what waits to be linked, what failed, and when the last article came."""
    counts = {
        "articles": select(func.count()).select_from(articles),
        "records": select(func.count()).select_from(records),
        "events": select(func.count()).select_from(events),
        "decisions": select(func.count()).select_from(decisions),
        "waiting": select(func.count()).select_from(pending),
    }
    found = db.execute(select(*(count.scalar_subquery().label(name) for name, count in counts.items()))).one()
    failed = db.execute(select(failures.c.stage, func.count()).group_by(failures.c.stage))
    # numbers go up, so the newest article is at the end of the table
    last = db.execute(select(articles.c.added_at).order_by(articles.c.number.desc()).limit(1)).scalar()
    return Figures(
        **found._mapping,
        failures={stage: count for stage, count in failed},  # noqa: C416 - a row is no pair to mypy
        last_added=dt.datetime.fromisoformat(last) if last else None,
    )
