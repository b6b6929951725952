import os
import subprocess
import sys
from pathlib import Path

import pytest

from rallybook.errors import ExportError, InputError
from rallybook.publishing.writing import chunks, whole_folder, write_whole


def _names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_file_appears_when_it_is_whole(tmp_path):
    path = tmp_path / "new" / "events.csv"

    def pieces():
        yield b"one "
        assert not path.exists()
        yield b"two"

    write_whole(pieces(), path)
    assert path.read_bytes() == b"one two"
    assert _names(path.parent) == ["events.csv"]


def test_a_run_that_breaks_leaves_what_was_there_and_nothing_else(tmp_path):
    path = tmp_path / "events.csv"
    path.write_text("old")

    def broken():
        yield b"x" * 100_000
        raise ValueError

    with pytest.raises(ValueError):
        write_whole(broken(), path, overwrite=True)
    assert path.read_text() == "old"
    assert _names(tmp_path) == ["events.csv"]


def test_what_is_there_stays_unless_it_is_a_file_to_be_replaced(tmp_path):
    path = tmp_path / "events.csv"
    path.write_text("old")
    with pytest.raises(
        InputError, match=r"a file that is there\).*, allowed: a path where nothing is, or --overwrite"
    ):
        write_whole([b"new"], path)
    with pytest.raises(InputError, match="something that is there and no file"):
        write_whole([b"new"], tmp_path, overwrite=True)
    assert path.read_text() == "old"
    write_whole([b"new"], path, overwrite=True)
    assert path.read_text() == "new"


def test_a_link_goes_on_leading_to_the_file(tmp_path):
    path, link = tmp_path / "events.csv", tmp_path / "latest.csv"
    path.write_text("old")
    link.symlink_to(path)
    write_whole([b"new"], link, overwrite=True)
    assert link.is_symlink()
    assert path.read_text() == "new"


def test_a_path_through_a_file_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ExportError, match=r"file/events.csv: received a path through a file"):
        write_whole([b"new"], tmp_path / "file" / "events.csv")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    tmp_path.chmod(0o555)
    with pytest.raises(ExportError, match="a folder that cannot be written"):
        write_whole([b"new"], tmp_path / "events.csv")


_LIMITED = """
import resource, sys
from pathlib import Path
from rallybook.errors import ExportError
from rallybook.publishing.writing import write_whole
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
try:
    write_whole((b"x" * 70_000 for _ in range(9)), Path(sys.argv[1]), overwrite=True)
except ExportError as error:
    print(error)
"""


def test_no_room_leaves_what_was_there_and_nothing_else(tmp_path):
    path = tmp_path / "events.csv"
    path.write_text("old")
    run = subprocess.run([sys.executable, "-c", _LIMITED, path], capture_output=True, text=True, check=True)
    assert "events.csv: received a file larger than the limit, allowed: room for the whole" in run.stdout
    assert path.read_text() == "old"
    assert _names(tmp_path) == ["events.csv"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this machine")
def test_a_full_disk_is_said(tmp_path, monkeypatch):
    opened = Path.open
    monkeypatch.setattr(Path, "open", lambda _, *rest, **more: opened(Path("/dev/full"), "wb", buffering=0))
    with pytest.raises(ExportError, match=r"events.csv: received no room to write \(the disk is full\)"):
        write_whole([b"new"], tmp_path / "events.csv")
    assert _names(tmp_path) == []


def test_a_folder_appears_when_it_is_whole(tmp_path):
    path = tmp_path / "release"
    with whole_folder(path) as filling:
        filling.put("one.csv", [b"1"])
        assert not path.exists()
    assert _names(path) == ["one.csv"]
    with pytest.raises(InputError, match="something that is there and no file"), whole_folder(path):
        pass
    assert _names(tmp_path) == ["release"]


def test_a_folder_that_breaks_is_cleared_away(tmp_path):
    def broken():
        yield b"1"
        raise ValueError

    with pytest.raises(ValueError), whole_folder(tmp_path / "release") as filling:
        filling.put("one.csv", broken())
    assert _names(tmp_path) == []


def test_chunks_hold_the_same_bytes():
    pieces = [b"a" * 40_000] * 5
    found = list(chunks(pieces))
    assert b"".join(found) == b"".join(pieces)
    assert [len(chunk) for chunk in found] == [80_000, 80_000, 40_000]
