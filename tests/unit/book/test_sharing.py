"""Rounds that workers found out make the events that one process makes, whatever is written meanwhile."""

import os
import random
import signal
from itertools import combinations

import pytest
from dense_news import known, told
from kept_examples import decision, read

from rallybook import api
from rallybook.book import relinking, sharing
from rallybook.book.store import SqliteBook
from rallybook.errors import RunningError
from rallybook.model.event import Comparison
from rallybook.running.local import LocalRunner


@pytest.fixture(autouse=True)
def _small_rounds(monkeypatch):
    monkeypatch.setattr(relinking, "_ROUND", 5)


@pytest.fixture
def news():
    chance = random.Random(8)
    places = ("Oban", "Oban", "Leeds", "Suva")
    return [told(f"x{number}", chance, place=chance.choice(places)) for number in range(60)]


class Hasty:
    """Finds everything out before anything is written, and lets something happen in between, or at the end."""

    def __init__(self, meanwhile=lambda: None, afterwards=lambda: None):
        self.meanwhile = meanwhile
        self.afterwards = afterwards
        self.runs = 0

    def run(self, work, items):
        found = [work(item) for item in items]
        self.runs += 1
        self.meanwhile()
        yield from found
        self.afterwards()


def _book(path, news):
    book = SqliteBook(path, api.linker())
    book.keep(news)
    return book


def _events(book):
    return sorted(sorted(telling.record for telling in event.records) for event in book.events())


def _alone(path, news):
    book = _book(path, news)
    book.link()
    found = _events(book), known(path)
    book.close()
    return found


@pytest.mark.parametrize(
    "runner",
    [LocalRunner(2, chunk=1, ahead=1), LocalRunner(2, chunk=1, spawn=True), LocalRunner(3, chunk=1), Hasty()],
)
def test_events_and_comparisons_are_those_of_one_process(tmp_path, news, runner):
    path = tmp_path / "shared.db"
    book = _book(path, news)
    assert book.link(runner=runner) == 60
    assert (_events(book), known(path)) == _alone(tmp_path / "alone.db", news)
    assert list(book.faults()) == []
    book.close()


def test_few_records_are_left_to_one_process(tmp_path, news):
    book = _book(tmp_path / "book.db", news[: 5 * sharing._FEW - 5])
    runner = Hasty()
    book.link(runner=runner)
    assert (runner.runs, book.count() > 0) == (3, True)
    book.close()


def _more(book):
    chance = random.Random(3)
    book.keep([told(f"y{number}", chance) for number in range(9)])
    book.link()


def _newer(book):
    book.keep([read("x3", place="Leeds", words="Corrected.")])


def _judged(book):
    book.decide([decision("same", "x1-1", "x2-1"), decision("reject", "x4-1", by="cem")])


def _gone(book):
    book.take_down("x5", by="ann", why="asked")


@pytest.mark.parametrize("happens", [_more, _newer, _judged, _gone])
@pytest.mark.parametrize("turn", [1, 2])
def test_what_others_write_meanwhile_is_heeded(tmp_path, news, happens, turn):
    path = tmp_path / "shared.db"
    book, other = _book(path, news), SqliteBook(path, api.linker())

    def meanwhile():
        if runner.runs == turn:
            happens(other)

    runner = Hasty(meanwhile)
    book.link(runner=runner)
    book.link()
    alone = _book(tmp_path / "alone.db", news)
    happens(alone)
    alone.link()
    assert _events(book) == _events(alone)
    assert known(path) == known(tmp_path / "alone.db")
    assert list(book.faults()) == []
    for one in (book, other, alone):
        one.close()


def _by_form(reports, fresh):
    """Of one form: e to 1 that they are one event, a crowd of two aside; of others: apart."""
    for one, other in combinations(reports, 2):
        ids = one.record.id, other.record.id
        alike = one.record.form == other.record.form
        if not fresh.isdisjoint(ids):
            yield Comparison(*ids, 1.0 if alike else -1.0, not alike)


def test_what_others_only_compare_meanwhile_is_heeded(tmp_path, monkeypatch):
    monkeypatch.setattr(sharing, "_FEW", 1)
    linker = api.linker()._replace(compared=_by_form)
    book, other = (SqliteBook(tmp_path / "book.db", linker) for _ in range(2))
    book.keep([read("x1"), read("x2")])
    book.link()
    book.keep([read("y1", form="strike")])
    assert _events(book) == [["x1-1", "x2-1"]]

    def meanwhile():
        # the last round is of x1 and x2, which the first strike touched; the second one makes a crowd of two
        if runner.runs == 3:
            assert other._round(relinking.compare_some) == 1

    def afterwards():
        if runner.runs == 2:
            other.keep([read("y2", form="strike")])

    runner = Hasty(meanwhile, afterwards)
    book.link(runner=runner)
    book.link()
    assert _events(book) == [["x1-1"], ["x2-1"], ["y1-1"], ["y2-1"]]
    book.close()
    other.close()


class Dying(LocalRunner):
    """Loses a worker at the third round."""

    def run(self, work, items):
        self.left = 3

        def mortal(item):
            self.left -= 1
            if not self.left:
                os.kill(os.getpid(), signal.SIGKILL)
            return work(item)

        return super().run(mortal, items)


def test_what_was_linked_before_a_worker_died_is_kept(tmp_path, news):
    path = tmp_path / "shared.db"
    book = _book(path, news)
    with pytest.raises(RunningError):
        book.link(runner=Dying(2, chunk=1, ahead=1))
    assert book.link() < 60
    assert (_events(book), known(path)) == _alone(tmp_path / "alone.db", news)
    book.close()
