import msgspec
import pytest
from kept_examples import article, read

from rallybook.book import adding
from rallybook.book.adding import add
from rallybook.model.keeping import Added
from rallybook.model.outcome import Failure, SetAside
from rallybook.model.waiting import Waiting, opened


class _Book:
    """Remembers what it was given to keep, batch by batch."""

    def __init__(self, there=()):
        self.there = set(there)
        self.batches = []

    def standings(self, articles):
        return ["there" if one.id in self.there else "new" for one in articles]

    def keep(self, pairs, failed=()):
        self.batches.append([one.id for one, _ in pairs])
        self.there.update(self.batches[-1])
        return Added(new=len(pairs), failed=tuple(failed))


def _coded(items):
    return ((item, read(item.id if hasattr(item, "id") else "x")[1]) for item in items)


@pytest.fixture
def book():
    return _Book()


def test_a_batch_has_no_more_rows_than_it_may(book, monkeypatch):
    monkeypatch.setattr(adding, "MOST_ROWS", 20)  # five rows an article
    added = add(book, [article(f"a{n}") for n in range(10)], _coded)
    assert [len(batch) for batch in book.batches] == [4, 4, 2]
    assert added.new == 10


def test_a_batch_is_kept_when_it_lasts(book):
    times = iter(range(0, 100, 3))
    add(book, [article("a"), article("b")], _coded, clock=lambda: next(times))
    assert book.batches == [["a"], ["b"]]


def test_what_is_there_is_not_read(monkeypatch):
    book = _Book(there=["a"])
    seen = []

    def coded(items):
        for item in items:
            seen.append(item.id)
            yield item, read(item.id)[1]

    assert add(book, [article("a"), article("b"), article("b")], coded) == Added(new=1, there=2)
    assert seen == ["b"]


def test_failures_are_kept_and_each_item_is_a_step(book):
    steps = []
    failure = Failure("gone.txt", "read", "no such file")
    added = add(book, [failure, article("a"), article("a")], _coded, step=lambda: steps.append(1))
    assert (added.failed, added.new, added.there, len(steps)) == ((failure,), 1, 1, 3)


def test_texts_are_mended_before_they_are_read(book):
    given = msgspec.structs.replace(article("a"), text="A rally \ud800.")
    texts = []

    def coded(items):
        for item in items:
            texts.append(item.text)
            yield item, read("a")[1]

    add(book, [given], coded)
    assert texts == ["A rally \ufffd."]


def test_pages_that_were_set_aside_are_counted_and_not_kept(book):
    items = [
        SetAside("a.warc@0", "words"),
        article("a"),
        SetAside("a.warc@9", "language"),
        SetAside("b", "words"),
    ]
    steps = []
    added = add(book, items, _coded, step=lambda: steps.append(1))
    assert added == Added(new=1, set_aside=2, other_language=1)
    assert book.batches == [["a"]]
    assert len(steps) == 4


def test_pages_that_wait_are_given_to_be_read_and_what_they_give_is_kept(book):
    def coded(items):
        return _coded(map(opened, items))

    waiting = [Waiting(article, "a"), Waiting(lambda name: SetAside(name, "words"), "b")]
    assert add(book, waiting, coded) == Added(new=1, set_aside=1)
    assert book.batches == [["a"]]


def test_where_nothing_is_to_be_kept_the_book_is_left_alone(book):
    assert add(book, [SetAside("a", "words")], _coded) == Added(set_aside=1)
    assert book.batches == []
