"""What is known of pairs follows what is in the book, however it came there."""

import random
import sqlite3
from contextlib import closing

import pytest
from kept_examples import read
from sqlalchemy import create_engine

from rallybook import api
from rallybook.book.likenesses import known_of
from rallybook.book.store import SqliteBook

# who came, for what, how, and how many: unlike enough to be a crowd to each other
GROUPS = (
    ("nurses", "higher pay", "vigil", 30),
    ("miners", "safer shafts", "strike", 9_000),
    ("farmers", "cheap diesel", "blockade", 400),
)


def _told(name, chance, place="Oban"):
    group, claim, form, size = chance.choice(GROUPS)
    return read(
        name,
        place=place,
        form=form,
        size=size,
        quote=f"{group.capitalize()} came for {claim}.",
        claims=(claim,),
        participants=(group,),
        precision=chance.choice(("city", "city", "region", "country")),
    )


def _known(path):
    """The crowd of each record and the weight of each comparison, by the ids of the records."""
    with closing(sqlite3.connect(path)) as connection:
        ids = dict(connection.execute("SELECT number, id FROM records WHERE current = 1"))
    with create_engine(f"sqlite:///{path}").connect() as db:
        known = known_of(db, ids)
    crowds = {ids[n]: one.crowd for n, one in known.items()}
    return crowds, {(ids[n], ids[other]): weight for n, one in known.items() for other, weight in one.all()}


def _book(path, *steps):
    book = SqliteBook(path, api.linker())
    for articles in steps:
        book.keep(articles)
        book.link()
    return book


@pytest.fixture
def news():
    chance = random.Random(4)
    return [_told(f"x{number}", chance) for number in range(24)]


def test_crowds_and_comparisons_are_the_same_at_once_and_one_by_one(tmp_path, news):
    _book(tmp_path / "a.db", news).close()
    _book(tmp_path / "b.db", *([one] for one in reversed(news))).close()
    crowds, weights = known = _known(tmp_path / "a.db")
    assert known == _known(tmp_path / "b.db")
    assert len(crowds) == 24
    assert any(crowds.values())
    assert {(b, a): weight for (a, b), weight in weights.items()} == weights != {}


def test_a_newer_version_leaves_nothing_of_the_older_one(tmp_path, news):
    newer = _told("x3", random.Random(9), place="Leeds")
    newer = (type(newer[0])(id="x3", text="Another text."), newer[1])
    _book(tmp_path / "a.db", news, [newer]).close()
    _book(tmp_path / "b.db", [one for one in news if one[0].id != "x3"], [newer]).close()
    assert _known(tmp_path / "a.db") == _known(tmp_path / "b.db")


def test_a_take_down_leaves_nothing_of_the_article(tmp_path, news):
    book = _book(tmp_path / "a.db", news)
    book.take_down("x3", by="ann", why="asked")
    book.close()
    _book(tmp_path / "b.db", [one for one in news if one[0].id != "x3"]).close()
    assert _known(tmp_path / "a.db") == _known(tmp_path / "b.db")


def test_linking_all_anew_finds_the_same(tmp_path, news):
    book = _book(tmp_path / "a.db", news)
    before = _known(tmp_path / "a.db"), list(book.events())
    book.link(everything=True)
    assert (_known(tmp_path / "a.db"), list(book.events())) == before
    book.close()
