"""A book that is served, with an article that means harm, and accounts of each role."""

import sqlite3

import msgspec
from argon2 import PasswordHasher
from fake_linker import FakeLinker
from kept_examples import decision, private, read

from rallybook.book.accounts import SqliteAccounts
from rallybook.book.store import SqliteBook
from rallybook.model.account import ROLES

PASSWORD = "a password of some length"
# one cheap pass: the tests log in often
_HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
SCRIPT = "<script>alert(1)</script>"
# names of people and reasons, which no public answer may hold
PRIVATE = ("Cora Coder", "her cousin was there")


def serve_book(path):
    """Make a book of five articles: two of one rally in Oban, a march in Leeds, a rally in Tomsk, one with scripts."""
    kept = SqliteBook(path, FakeLinker())
    kept.keep(
        [
            read("a", size=300, words="Nurses came.", quote="Nurses held a rally."),
            read("b", size=500),
            private(*read("c", place="Leeds", form="march")),
            read("d", place="Tomsk", day="2024-06"),
            harmful(),
        ]
    )
    kept.link()
    kept.decide(
        [
            _judged("1", "correct", "c-1", field="form", value="vigil"),
            _judged("2", "reject", "d-1"),
            _judged("3", "restore", "d-1", minute=1),
        ]
    )
    kept.close()
    # what stands in the log beside it goes into the file, so that it can be copied
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _judged(name, *told, **facts):
    # the ids of real decisions tell nothing either
    return msgspec.structs.replace(decision(*told, by=PRIVATE[0], why=PRIVATE[1], **facts), id=name)


def harmful():
    """An article whose every text would run a script, were it let."""
    article, coded = read("e", place="Suva", day="2024-05-20", quote=f"{SCRIPT} They held a rally.")
    article = msgspec.structs.replace(
        article,
        title=f"{SCRIPT} title",
        source=f'"><img src=x onerror=alert(1)>{SCRIPT}',
        url="javascript:alert(1)",
    )
    return article, coded


def add_accounts(path):
    """Make an account of each role, named like it."""
    accounts = SqliteAccounts(path, create=True)
    for role in ROLES:
        accounts.add(role, role, _HASH)
    accounts.close()
