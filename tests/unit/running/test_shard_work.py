import errno
import gzip
import os

import pytest

from rallybook.model.article import Article
from rallybook.model.outcome import Coded, Failure
from rallybook.model.shard import Part, Shard
from rallybook.running.ledger import place
from rallybook.running.shard_work import Reading, ShardWork, coded_lines
from rallybook.running.tries import MOST_TRIES, Tries

SHARD = Shard((Part("news.jsonl"),))
ITEMS = [Article(id="a", text="one"), Failure("news.jsonl:2", "read", "no row"), Article(id="b", text="two")]


class Killed(BaseException):
    """Stands for a signal: nothing catches it."""


def _reading(items=ITEMS, *, deadly=(), content=b"x", **options):
    def parts(part):
        for item in items:
            if item == "deadly":
                raise Killed
            yield item

    def code(item):
        name = item.id if isinstance(item, Article) else item.article
        if name in deadly:
            raise Killed
        return Coded(id=name, failures=(item,) if isinstance(item, Failure) else ())

    return Reading(parts=parts, content=lambda part: [content], code=code, **options)


def _until_done(folder, reading, run="run"):
    """Try a shard as runners do: again, where the worker has died."""
    for deaths in range(20):
        try:
            return ShardWork(folder, run, reading)(SHARD), deaths
        except Killed:
            continue
    raise AssertionError("it never ends")


def test_what_was_coded_lies_in_the_ledger(tmp_path):
    outcome = ShardWork(tmp_path, "run", _reading())(SHARD)
    assert outcome.state == "coded"
    *lines, end = coded_lines(place(tmp_path, outcome.key, "jsonl.gz"))
    assert [line.article or line.failure for line in lines] == ITEMS
    assert [line.coded.id for line in lines] == ["a", "news.jsonl:2", "b"]
    assert (end.there, end.taken_down, end.passed) == (0, 0, 0)
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [f"{outcome.key}.jsonl.gz"]


def test_a_shard_is_known_by_what_is_in_it_and_how_it_is_read(tmp_path):
    keys = {
        ShardWork(tmp_path, "run", _reading(content=raw, of=of))(shard).key
        for raw in (b"x", b"y")
        for of in ("", "2024-05-13")
        for shard in (SHARD, Shard((Part("news.csv"),)), Shard((Part("news.jsonl", 5, 9, 1),)))
    }
    assert len(keys) == 12
    moved = Shard((Part("elsewhere/news.jsonl"),))
    assert ShardWork(tmp_path, "run", _reading())(moved).key in keys


def test_what_is_done_is_not_done_again(tmp_path):
    work = ShardWork(tmp_path, "run", _reading())
    key = work(SHARD).key
    asked = ShardWork(tmp_path, "next", _reading(deadly={"a", "b"}))
    assert asked(SHARD).state == "coded"
    place(tmp_path, key, "jsonl.gz").rename(place(tmp_path, key, "done"))
    assert asked(SHARD).state == "kept"


def test_articles_of_the_book_are_not_read_again(tmp_path):
    reading = _reading(
        deadly={"a", "b"},
        standings=lambda articles: ["there" if article.id == "a" else "taken down" for article in articles],
    )
    outcome = ShardWork(tmp_path, "run", reading)(SHARD)
    *lines, end = coded_lines(place(tmp_path, outcome.key, "jsonl.gz"))
    assert [line.failure for line in lines] == [ITEMS[1]]
    assert (end.there, end.taken_down, end.last) == (1, 1, "a")


def test_an_article_that_kills_is_passed_over_and_named(tmp_path):
    outcome, deaths = _until_done(tmp_path, _reading(deadly={"a"}))
    assert (outcome.state, deaths) == ("coded", 2)
    *lines, end = coded_lines(place(tmp_path, outcome.key, "jsonl.gz"))
    assert lines[0].coded.failures[0].reason.startswith("a: passed over: 2 worker processes died at it")
    assert lines[2].coded == Coded(id="b")
    assert end.passed == 1


def test_what_kills_while_it_is_read_ends_the_shard_there(tmp_path):
    outcome, deaths = _until_done(tmp_path, _reading([ITEMS[0], "deadly", ITEMS[2]]))
    assert (outcome.state, deaths) == ("coded", 2)
    *lines, end = coded_lines(place(tmp_path, outcome.key, "jsonl.gz"))
    assert [line.coded.id for line in lines] == ["a", "news.jsonl"]
    assert "news.jsonl: the rest was not read: 2 worker processes died" in lines[1].failure.reason
    assert end.passed == 1


def test_a_shard_at_which_workers_die_here_and_there_is_given_up(tmp_path):
    items = [Article(id=f"{n}", text="x") for n in range(9)]
    outcome, deaths = _until_done(tmp_path, _reading(items, deadly={f"{n}" for n in range(9)}))
    assert (outcome.state, deaths) == ("failed", MOST_TRIES)
    assert outcome.reason == "news.jsonl: given up: 6 worker processes died at it (killed, or out of memory)"
    # the next run tries it again
    with pytest.raises(Killed):
        ShardWork(tmp_path, "next", _reading(items, deadly={"0"}))(SHARD)


def _die_at_seven(tries):
    with tries:
        tries.at(7)
        raise Killed


def test_tries_of_another_run_do_not_count(tmp_path):
    path = tmp_path / "ab" / "x.tries"
    for run, counted in (("one", 0), ("one", 1), ("two", 0), ("two", 1), ("one", 0)):
        tries = Tries(path, run)
        assert tries.count == counted
        with pytest.raises(Killed):
            _die_at_seven(tries)
    with Tries(path, "one") as tries:
        assert (tries.count, tries.deadly()) == (1, frozenset())
    assert not path.exists()


def test_a_disk_that_is_full_stops_the_run_and_leaves_nothing_half(tmp_path, monkeypatch):
    def full(descriptor):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    outcome = ShardWork(tmp_path, "run", _reading())(SHARD)
    assert outcome.state == "stopped"
    assert "No space left on device" in outcome.reason
    assert list(tmp_path.rglob("*.tmp")) == list(tmp_path.rglob("*.gz")) == []


def test_a_shard_that_is_gone_is_a_failure_that_names_it(tmp_path):
    def gone(part):
        raise FileNotFoundError(errno.ENOENT, "No such file or directory", part.path)

    outcome = ShardWork(tmp_path, "run", _reading()._replace(content=gone))(SHARD)
    assert (outcome.state, outcome.reason) == (
        "failed",
        "news.jsonl: cannot be read (No such file or directory)",
    )


def test_what_was_coded_can_be_read_with_zcat(tmp_path):
    outcome = ShardWork(tmp_path, "run", _reading())(SHARD)
    with gzip.open(place(tmp_path, outcome.key, "jsonl.gz"), "rt") as file:
        assert '"text":"one"' in file.readline()
