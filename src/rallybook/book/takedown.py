"""Taking an article down: nothing of it is answered any more, and a tombstone says so."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Connection, delete, func, insert, select, text, update

from rallybook.book.neighbourhood import among
from rallybook.book.relinking import link
from rallybook.book.rows import now
from rallybook.book.schema import articles, blocks, failures, pending, records, tombstones, versions
from rallybook.errors import InputError
from rallybook.model.keeping import Tombstone
from rallybook.ports import Linker

# an index of words forgets a text when it is told the text once more
_FORGET = (
    "INSERT INTO article_words (article_words, rowid, title, text) "
    "SELECT 'delete', number, title, text FROM articles WHERE number IN (SELECT value FROM json_each(:numbers))",
    "INSERT INTO quote_words (quote_words, rowid, quote) "
    "SELECT 'delete', number, quote FROM records WHERE article IN (SELECT value FROM json_each(:numbers))",
)
# what was forgotten leaves the file only when the index is written anew
_PURGE = (
    "INSERT INTO article_words (article_words) VALUES ('optimize')",
    "INSERT INTO quote_words (quote_words) VALUES ('optimize')",
    "INSERT INTO claim_words (claim_words) VALUES ('optimize')",
)


def take_down(db: Connection, linker: Linker, article: str, *, by: str, why: str) -> Tombstone:
    """Erase an article in all its versions, with its records and what events showed of them; give its tombstone.

    Raises `InputError` for an article that is not there.
    """
    rows = db.execute(select(articles.c.number, articles.c.sha).where(articles.c.id == article)).all()
    if not rows:
        raise _absent(db, article)
    numbers = [row.number for row in rows]
    told = list(db.execute(select(records.c.number).where(records.c.article.in_(numbers))).scalars())
    db.execute(update(records).where(records.c.number.in_(among(told))).values(current=0))
    link(db, linker, told)
    _erase(db, article, numbers, told)
    stone = Tombstone(article=article, at=dt.datetime.fromisoformat(now()), by=by, why=why)
    left = {"article": article, "at": stone.at.isoformat(), "by": by, "why": why}
    db.execute(insert(tombstones), [{**left, "sha": row.sha} for row in rows])
    return stone


def stones(db: Connection) -> tuple[Tombstone, ...]:
    """Give what is left of the articles that were taken down, the oldest first."""
    left = select(tombstones.c.article, tombstones.c.at, tombstones.c.by, tombstones.c.why).distinct()
    return tuple(
        Tombstone(article=article, at=dt.datetime.fromisoformat(at), by=by, why=why)
        for article, at, by, why in db.execute(left.order_by(tombstones.c.at, tombstones.c.article))
    )


def _absent(db: Connection, article: str) -> InputError:
    gone = db.execute(select(tombstones.c.at).where(tombstones.c.article == article)).scalar()
    if gone:
        return InputError("article", article, f"one that is there; this one was taken down on {gone[:10]}")
    return InputError("article", article, "the id of an article in this book")


def _erase(db: Connection, article: str, numbers: list[int], told: list[int]) -> None:
    for statement in _FORGET:
        db.execute(text(statement), {"numbers": str(numbers)})
    for statement in _PURGE:
        db.execute(text(statement))
    shown = func.json_each(versions.c.data, "$.records").table_valued("value")
    ours = func.json_extract(shown.c.value, "$.article") == article
    db.execute(delete(versions).where(select(1).select_from(shown).where(ours).exists()))
    for table in (blocks, pending):
        db.execute(delete(table).where(table.c.record.in_(among(told))))
    db.execute(delete(records).where(records.c.number.in_(among(told))))
    db.execute(delete(articles).where(articles.c.number.in_(numbers)))
    # the reason of a failure may quote the article
    db.execute(delete(failures).where(failures.c.article == article))
