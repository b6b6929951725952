import errno
import multiprocessing
from pathlib import Path

import pytest
from shard_works import held

from rallybook.errors import LedgerError
from rallybook.model.outcome import Failure
from rallybook.running import ledger as ledgers
from rallybook.running.ledger import Ledger, Marker, place

HOW = {"coder": "fake 1", "min_confidence": ""}
KEY = "ab" * 32


def test_what_is_marked_is_known_again_and_what_was_coded_goes(tmp_path):
    marker = Marker(articles=3, last="a3", failed=(Failure("a", "read", "why"),))
    with Ledger(tmp_path / "new" / "ledger", HOW) as ledger:
        ledger.result(KEY).parent.mkdir()
        ledger.result(KEY).write_bytes(b"coded")
        ledger.mark(KEY, marker)
        assert not ledger.result(KEY).exists()
    with Ledger(tmp_path / "new" / "ledger", HOW) as ledger:
        assert ledger.marker(KEY) == marker
        ledger.forget(KEY)
        assert not place(ledger.folder, KEY, "done").exists()


def test_an_unfinished_run_goes_on_as_it_began(tmp_path):
    with Ledger(tmp_path, HOW) as ledger:
        ledger.begin()
    with pytest.raises(
        LedgerError, match=r"coder 'fake 2', allowed: 'fake 1', with which this run began .* --ledger"
    ):
        Ledger(tmp_path, {**HOW, "coder": "fake 2"})
    with Ledger(tmp_path, HOW) as ledger:
        ledger.finish()
    with Ledger(tmp_path, {**HOW, "coder": "fake 2"}):
        pass


def test_a_run_that_never_began_binds_nobody(tmp_path):
    with Ledger(tmp_path, HOW):
        pass
    with Ledger(tmp_path, {**HOW, "coder": "fake 2"}):
        pass


def test_a_ledger_of_another_version_is_named(tmp_path):
    (tmp_path / "ledger.json").write_text('{"version": 7}')
    with pytest.raises(LedgerError, match="received a ledger of version 7, allowed: version 1"):
        Ledger(tmp_path, HOW)


@pytest.mark.parametrize("content", ["", "no json", "[]", '{"version": "x"}'])
def test_what_is_no_ledger_is_named(tmp_path, content):
    (tmp_path / "ledger.json").write_text(content)
    with pytest.raises(LedgerError, match="received no ledger"):
        Ledger(tmp_path, HOW)


def test_one_run_at_a_time(tmp_path):
    context = multiprocessing.get_context("spawn")
    said = context.Queue()
    with Ledger(tmp_path, HOW):
        process = context.Process(target=held, args=(tmp_path, HOW, said))
        process.start()
        assert "a run that goes on in another process" in said.get(timeout=30)
        process.join()
    process = context.Process(target=held, args=(tmp_path, HOW, said))
    process.start()
    assert said.get(timeout=30) == "opened"
    process.join()


def test_what_was_left_half_is_cleared_away(tmp_path):
    with Ledger(tmp_path, HOW) as ledger:
        ledger.result(KEY).parent.mkdir()
        left = ledgers.beside(ledger.result(KEY))
        left.write_bytes(b"half")
        ledger.begin()
        assert not left.exists()


def test_a_folder_that_cannot_be_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(LedgerError, match="a folder that cannot be written"):
        Ledger(tmp_path / "file" / "ledger", HOW)


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS])
def test_a_full_or_closed_disk_is_named_and_nothing_half_is_left(tmp_path, monkeypatch, code):
    with Ledger(tmp_path, HOW) as ledger:

        def refuse(path, target):
            raise OSError(code, "the system says why", str(path))

        monkeypatch.setattr(Path, "replace", refuse)
        with pytest.raises(
            LedgerError, match=r"cannot be written \(the system says why\).* what is done is safe"
        ):
            ledger.mark(KEY, Marker())
    assert [path.name for path in tmp_path.rglob("*.tmp")] == []


def test_a_marker_that_is_damaged_is_named(tmp_path):
    with Ledger(tmp_path, HOW) as ledger:
        ledger.mark(KEY, Marker())
        place(tmp_path, KEY, "done").write_text("{")
        with pytest.raises(LedgerError, match=r"\.done: received no marker"):
            ledger.marker(KEY)
