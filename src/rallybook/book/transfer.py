"""Moving a whole book from one database to another: a file to a server, a server to a file, whatever it holds.

All goes in one transaction, so that there is the whole book or nothing. Facts, events with their ids and revisions,
redirects and what linking knows are copied as they are; only the indexes of words and of space are made anew.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from rallybook.book.choosing import accounts_of, database_of
from rallybook.book.moving import move, refuse_what_is_there


class Moved(msgspec.Struct, frozen=True):
    """How much of a book was copied."""

    articles: int
    records: int
    decisions: int
    events: int
    accounts: int


def copy_book(name: str, target: str, *, step: Callable[[], None] = lambda: None) -> Moved:
    """Copy a book with its accounts to another place; the names are paths or addresses. `step` hears of each article.

    Raises `BookError` where there is no book to copy, and where something is already; then nothing is changed.
    """
    old, new = database_of(name), database_of(target)
    kept, keeping = accounts_of(name), None
    try:
        old.make_ready(create=False)
        new.make_ready(create=True)
        known = kept.held()
        if known:
            keeping = accounts_of(target, create=True)
        with old.reading() as source, new.writing(durable=True) as db:
            refuse_what_is_there(db, new)
            copied = move(source, db, step)
            if keeping:
                keeping.take_over(known)
        new.tidy()
    finally:
        for opened in (old, new, kept, keeping):
            if opened is not None:
                opened.close()
    return Moved(
        articles=copied["articles"],
        records=copied["records"],
        decisions=copied["decisions"],
        events=copied["events"],
        accounts=len(known.get("accounts", ())),
    )
