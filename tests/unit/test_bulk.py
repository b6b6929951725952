"""Many files into a book; the work is done in this process here, so that its parts can be watched."""

import json
import shutil
from pathlib import Path

import pytest
from fake_coder import FakeCoder
from fake_linker import FakeLinker
from made_up_news.archive import archive
from made_up_news.stream import stream
from shard_works import InThisProcess

import rallybook
from rallybook import api, bulk, opened, shard_reading
from rallybook.book import relinking
from rallybook.bulk import add_files, is_large
from rallybook.errors import BookError, InputError, LedgerError


@pytest.fixture
def runner(monkeypatch):
    """Has the work done here, by a coder and a linker that need no lexicon."""
    coder, linker, made = FakeCoder(), FakeLinker(), InThisProcess()
    monkeypatch.setattr(api, "coder", lambda *_, **__: coder)
    monkeypatch.setattr(api, "linker", lambda: linker)
    monkeypatch.setattr(bulk, "_runner", lambda how: made)
    shard_reading._near.cache_clear()
    yield made
    shard_reading._near.cache_clear()


@pytest.fixture
def news(tmp_path):
    """Three files of articles, each a shard: the names decide that."""
    for name in ("a", "b", "c"):
        rows = [
            {
                "id": f"{name}{n}",
                "text": f"Story {n}: {'a rally' if n % 2 else 'rain'}.",
                "published": "2024-05-13",
            }
            for n in range(6)
        ]
        text = "\n".join(map(json.dumps, rows))
        (tmp_path / f"{name}.jsonl").write_text(text + " " * (200_000 - len(text)))
    return [str(tmp_path / f"{name}.jsonl") for name in "abc"]


def _events(book):
    with rallybook.open(book) as kept:
        return sorted((event.id, [told.record for told in event.records]) for event in kept.events())


def _added(added):
    return added.new, added.there, len(added.failed)


def test_a_book_is_the_same_as_by_add(runner, news, tmp_path):
    steps = []
    added = add_files(tmp_path / "shards.db", news, step=lambda: steps.append(1))
    assert len(runner.given) == 3
    with rallybook.open(tmp_path / "plain.db") as book:
        assert added == book.add(rallybook.read(*news))
    assert _events(tmp_path / "shards.db") == _events(tmp_path / "plain.db") != []
    assert len(steps) == 18


def test_many_records_are_linked_by_as_many_processes_as_code(runner, news, tmp_path, monkeypatch):
    monkeypatch.setattr(relinking, "_ROUND", 1)
    asked = []
    sharers = opened.sharers
    monkeypatch.setattr(
        opened, "sharers", lambda jobs, *, spawn: asked.append((jobs, spawn)) or sharers(jobs, spawn=spawn)
    )
    add_files(tmp_path / "shared.db", news, jobs=2)
    add_files(tmp_path / "alone.db", news, jobs=1)
    # threads of a cluster's client do not outlive a fork
    assert asked == [(2, True)]
    assert _events(tmp_path / "shared.db") == _events(tmp_path / "alone.db") != []


def test_what_is_done_is_skipped_and_counted(runner, news, tmp_path):
    first = add_files(tmp_path / "b.db", news)
    events = _events(tmp_path / "b.db")
    again = add_files(tmp_path / "b.db", news)
    assert (_added(first), _added(again)) == ((18, 0, 0), (0, 18, 0))
    assert _events(tmp_path / "b.db") == events
    assert sorted(path.suffix for path in (tmp_path / "b.db.shards").glob("*/*")) == [".done"] * 3


def test_a_run_that_was_cut_off_is_taken_up(runner, news, tmp_path):
    runner.stop = 2
    with pytest.raises(KeyboardInterrupt):
        add_files(tmp_path / "b.db", news)
    runner.stop = None
    assert _added(add_files(tmp_path / "b.db", news)) == (6, 12, 0)


def test_a_file_that_has_changed_is_done_again_and_no_other(runner, news, tmp_path, monkeypatch):
    add_files(tmp_path / "b.db", news)
    coded = []
    monkeypatch.setattr(FakeCoder, "code", _watched(FakeCoder.code, coded))
    with Path(news[1]).open("a") as file:
        file.write('\n{"id": "new", "text": "One more rally."}')
    assert _added(add_files(tmp_path / "b.db", news)) == (1, 18, 0)
    assert coded == ["new"]


def test_a_file_that_has_moved_is_not(runner, news, tmp_path, monkeypatch):
    add_files(tmp_path / "b.db", news)
    shutil.move(news[0], (tmp_path / "else").mkdir() or tmp_path / "else" / "a.jsonl")
    coded = []
    monkeypatch.setattr(FakeCoder, "code", _watched(FakeCoder.code, coded))
    assert _added(add_files(tmp_path / "b.db", [tmp_path / "else" / "a.jsonl"])) == (0, 6, 0)
    assert coded == []


def test_articles_that_came_another_way_are_not_coded_again(runner, news, tmp_path, monkeypatch):
    with rallybook.open(tmp_path / "b.db") as book:
        book.add(rallybook.read(news[0]))
    coded = []
    monkeypatch.setattr(FakeCoder, "code", _watched(FakeCoder.code, coded))
    assert _added(add_files(tmp_path / "b.db", news)) == (12, 6, 0)
    assert len(coded) == 12


@pytest.mark.parametrize("kind", ["another book", "an older copy"])
def test_what_the_book_has_not_got_is_done_again(runner, news, tmp_path, kind):
    book, ledger = tmp_path / "b.db", tmp_path / "ledger"
    add_files(book, news[:1], ledger=ledger)
    with rallybook.open(book) as kept:
        kept.back_up(tmp_path / "copy.db")
    add_files(book, news, ledger=ledger)
    other = tmp_path / ("copy.db" if kind == "an older copy" else "new.db")
    assert _added(add_files(other, news, ledger=ledger))[0] == (12 if kind == "an older copy" else 18)
    assert _events(other) == _events(book)


def test_what_fails_is_named_kept_and_told_again(runner, news, tmp_path):
    with Path(news[0]).open("a") as file:
        file.write('\nno json\n{"id": "x", "text": "break it"}')
    first = add_files(tmp_path / "b.db", [*news, str(tmp_path / "gone.txt")])
    assert sorted(failure.stage for failure in first.failed) == ["code", "read", "read"]
    again = add_files(tmp_path / "b.db", news)
    assert (again.new, again.there, [failure.stage for failure in again.failed]) == (0, 18, ["read", "code"])
    with rallybook.open(tmp_path / "b.db") as book:
        assert len(book.book.failures()) == 3


def test_a_shard_that_was_given_up_is_a_failure_and_tried_again(runner, news, tmp_path):
    runner.deadly = ["b.jsonl"]
    added = add_files(tmp_path / "b.db", news)
    assert _added(added) == (12, 0, 1)
    assert added.failed[0].stage == "run"
    assert "b.jsonl: given up" in added.failed[0].reason
    runner.deadly = ()
    assert _added(add_files(tmp_path / "b.db", news)) == (6, 12, 0)


def test_what_was_coded_and_cannot_be_read_is_coded_again(runner, news, tmp_path, monkeypatch):
    runner.stop = 2
    with pytest.raises(KeyboardInterrupt):
        add_files(tmp_path / "b.db", news)
    runner.stop = None
    plain, damaged = runner.run, []

    def run(work, shards):
        for outcome in plain(work, shards):
            path = tmp_path / "b.db.shards" / outcome.key[:2] / f"{outcome.key}.jsonl.gz"
            if path.exists() and not damaged:
                damaged.append(path.write_bytes(path.read_bytes()[:50]))
            yield outcome

    monkeypatch.setattr(runner, "run", run)
    assert _added(add_files(tmp_path / "b.db", news)) == (6, 12, 0)
    assert len(damaged) == 1


def test_failures_beyond_those_named_are_counted(runner, tmp_path, monkeypatch):
    monkeypatch.setattr(bulk, "_NAMED", 3)
    path = tmp_path / "a.jsonl"
    path.write_text("no json\n" * 10 + '{"id": "a", "text": "A rally."}')
    added = add_files(tmp_path / "b.db", [path])
    assert (len(added.failed), added.unnamed, added.new) == (3, 7, 1)


def test_a_day_of_publication_is_part_of_how_it_is_read(runner, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("A rally.")
    add_files(tmp_path / "b.db", [path], published="2024-05-13")
    assert len(runner.given) == 1
    assert len(list((tmp_path / "b.db.shards").glob("*/*.done"))) == 1
    add_files(tmp_path / "b.db", [path], published="2024-05-14")
    assert len(list((tmp_path / "b.db.shards").glob("*/*.done"))) == 2


def test_another_coder_does_not_take_up_what_one_began(runner, news, tmp_path, monkeypatch):
    runner.stop = 1
    with pytest.raises(KeyboardInterrupt):
        add_files(tmp_path / "b.db", news)
    runner.stop = None
    monkeypatch.setattr(FakeCoder, "version", "fake 2")
    with pytest.raises(LedgerError, match="coder 'fake 2', allowed: 'fake 1'"):
        add_files(tmp_path / "b.db", news)
    assert _added(add_files(tmp_path / "b.db", news, ledger=tmp_path / "else")) == (12, 6, 0)


def test_another_coder_reads_nothing_again_after_the_end(runner, news, tmp_path, monkeypatch):
    add_files(tmp_path / "b.db", news)
    monkeypatch.setattr(FakeCoder, "version", "fake 2")
    assert _added(add_files(tmp_path / "b.db", news)) == (0, 18, 0)


def test_a_run_that_cannot_begin_leaves_no_run_behind(news, tmp_path, monkeypatch):
    for how, allowed in (
        ({"runner": "spark"}, "allowed: local or ray"),
        ({"by": "llm"}, "allowed: tagger, rules or a model"),
        ({"by": "nobody"}, "allowed: tagger, rules or llm"),
        ({"address": "auto"}, "allowed: none with the runner local"),
        ({"colour": "red"}, "allowed: runner, address, jobs"),
        ({"jobs": 0}, "allowed: 1 to 256"),
        ({"published": "soon"}, "allowed: a day"),
    ):
        with pytest.raises(InputError, match=allowed):
            add_files(tmp_path / "b.db", news, **how)
    assert not (tmp_path / "b.db.shards" / "ledger.json").exists()


def test_a_book_that_is_none_is_named(runner, news, tmp_path):
    (tmp_path / "b.db").write_text("no book")
    with pytest.raises(BookError, match="no SQLite database"):
        add_files(tmp_path / "b.db", news)


def test_large_is_what_takes_minutes(tmp_path):
    path = tmp_path / "a.jsonl"
    with path.open("wb") as file:
        file.truncate(16 << 20)
    assert not is_large([str(path)])
    with path.open("ab") as file:
        file.write(b"x")
    assert is_large([str(path)])


def _watched(code, coded):
    def watching(self, article):
        coded.append(article.id)
        return code(self, article)

    return watching


def test_a_page_that_is_set_aside_is_a_step_too(runner, tmp_path):
    path = tmp_path / "news.warc.gz"
    assert list(archive(path, stream(30, seed=4, protest_share=0.2)[1], damaged=0, kilobytes=1))
    for _ in range(2):  # once read, once from the ledger
        steps = []
        added = add_files(tmp_path / "b.db", [path], step=lambda: steps.append(1))  # noqa: B023
        assert added.set_aside > 0
        assert len(steps) == 30
