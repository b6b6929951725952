"""Facets from columns are those of the tables, whatever has changed since they were read."""

import random

import pytest
from fake_linker import FakeLinker
from kept_examples import decision, read

from rallybook.book import counting
from rallybook.book.columns import Counters
from rallybook.book.store import SqliteBook
from rallybook.model.question import Box, Question

ASKED = (
    Question(),
    Question(forms=("march", "rally")),
    Question(text="Leeds"),
    Question(sources=("Herald",)),
    Question(box=Box(-10, 50, 0, 60)),
    Question(text="nothing of the kind"),
)


@pytest.fixture
def book(tmp_path):
    opened = SqliteBook(tmp_path / "book.db", FakeLinker())
    yield opened
    opened.close()


def _news(chance, name):
    return read(
        name,
        place=chance.choice(("Oban", "Leeds", "Tomsk", "Suva")),
        day=chance.choice(("2024-05-12", "2024-05-13", "2024-06", "")),
        form=chance.choice(("rally", "march", "vigil")),
        source=chance.choice(("Herald", "Courier", "")),
        response=chance.choice(((), ("present",), ("present", "arrests"))),
    )


def _hold(book, counters):
    with book._database.reading() as db:
        for asked in ASKED:
            assert counters.facets(db, asked) == counting.facets(db, asked)


@pytest.mark.parametrize("seed", range(3))
def test_columns_follow_what_is_added_decided_and_taken_down(book, seed):
    chance, counters = random.Random(seed), Counters()
    _hold(book, counters)
    for step in range(20):
        what = chance.choice(("add", "add", "newer", "reject", "restore", "same", "correct", "down"))
        names = [f"x{number}" for number in range(step)]
        if what == "add" or len(names) < 2:
            book.keep([_news(chance, f"x{step}")])
        elif what == "newer":
            article, coded = _news(chance, chance.choice(names))
            book.keep([(type(article)(id=article.id, text=f"Another text, {step}."), coded)])
        elif what == "down":
            kept = [name for name in names if book.articles_of([f"{name}-1"])]
            if kept:
                book.take_down(chance.choice(kept), by="ann", why="asked")
        else:
            one, other = chance.sample(names, 2)
            facts = {"field": "form", "value": "strike"} if what == "correct" else {}
            chosen = (f"{one}-1", f"{other}-1") if what == "same" else (f"{one}-1",)
            book.decide([decision(what, *chosen, minute=step, **facts)])
        book.link()
        if chance.random() < 0.7:
            _hold(book, counters)
    _hold(book, counters)


def test_a_reader_of_an_older_state_has_its_own_answer(book):
    chance = random.Random(1)
    book.keep([_news(chance, "a"), _news(chance, "b")])
    book.link()
    before = book.facets()
    with book.snapshot() as seen:
        book.keep([_news(chance, "c")])
        book.link()
        assert book.facets() != before
        assert seen.facets() == before
    assert sum(book.facets()["form"].values()) == book.count()
