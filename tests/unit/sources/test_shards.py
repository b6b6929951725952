"""Shards together give what the whole files give, and stay the same where something else has changed."""

import gzip
import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rallybook.model.outcome import Failure
from rallybook.model.shard import Part, Shard
from rallybook.sources.files import FileSource
from rallybook.sources.shards import Sizes, content, large, read_part, shards

SMALL = Sizes(archive=2_000, lines=200, small=300)


def _cut(*paths, sizes=SMALL):
    return list(shards([str(path) for path in paths], sizes))


def _read(*paths, sizes=SMALL):
    return [item for shard in _cut(*paths, sizes=sizes) for part in shard.parts for item in read_part(part)]


def _whole(path):
    return list(FileSource([str(path)]).articles())


def _row(number, text="A rally was held."):
    return json.dumps({"id": f"a{number}", "text": text})


def _page(
    number, words="Hundreds of teachers marched through Accra on Sunday to ask for more pay, they said."
):
    html = f"<html><body><article><p>{words} Number {number}.</p></article></body></html>"
    block = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{html}".encode()
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2021-02-15T08:00:00Z\r\n"
        f"WARC-Target-URI: http://site.test/{number}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("last", ["", "\n", "\n\n\n"])
def test_lines_are_read_as_the_whole_file_would_be(tmp_path, end, mark, last):
    path = tmp_path / "a.jsonl"
    lines = [_row(n, "Ein Zug durch Köln." * (n % 4)) if n % 5 else ("no json", "")[n % 2] for n in range(60)]
    path.write_bytes(mark + (end.join(lines) + last).encode())
    assert len(_cut(path)) > 3
    assert _read(path) == _whole(path)


def test_a_wrong_line_is_named_by_its_number_in_the_file(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join([*map(_row, range(40)), "no json"]))
    assert [item.article for item in _read(path) if isinstance(item, Failure)] == [f"{path}:41"]


@given(st.lists(st.integers(0, 90), max_size=40), st.integers(1, 300), st.booleans())
def test_every_byte_is_in_one_part(tmp_path_factory, lengths, size, ends):
    path = tmp_path_factory.mktemp("law") / "a.jsonl"
    path.write_bytes(b"\n".join(b"x" * length for length in lengths) + b"\n" * ends)
    parts = [part for shard in _cut(path, sizes=Sizes(lines=size)) for part in shard.parts]
    assert b"".join(piece for part in parts for piece in content(part)) == path.read_bytes()
    for part in parts[1:]:
        before = path.read_bytes()[: part.start]
        assert before.endswith(b"\n")
        assert part.lines == before.count(b"\n")
    assert all(part.end - part.start >= size for part in parts[:-1] if part.end is not None)


def test_what_is_appended_leaves_the_shards_before_it_alone(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text("".join(_row(n) + "\n" for n in range(50)))
    before = _cut(path)
    path.write_text("".join(_row(n) + "\n" for n in range(80)))
    assert _cut(path)[: len(before) - 1] == before[:-1]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le"])
def test_lines_whose_letters_are_wide_are_one_shard(tmp_path, encoding):
    path = tmp_path / "a.jsonl"
    path.write_bytes("\n".join(map(_row, range(60))).encode(encoding))
    assert _cut(path) == [Shard((Part(str(path)),))]
    assert len(_read(path)) == 60


def test_an_archive_is_cut_between_records(tmp_path):
    path = tmp_path / "a.warc.gz"
    path.write_bytes(b"".join(gzip.compress(_page(n)) for n in range(60)))
    assert len(_cut(path)) > 3
    assert _read(path) == _whole(path)
    assert len(_read(path)) == 60


def test_what_looks_like_a_record_within_one_is_no_cut(tmp_path):
    # packed without packing, so that the mark of gzip stands in the file as it is
    path = tmp_path / "a.warc.gz"
    inner = gzip.compress(b"nothing" * 50).decode("latin-1")
    path.write_bytes(
        b"".join(gzip.compress(_page(n, inner + "A rally of nurses." * 5), 0) for n in range(20))
    )
    starts = {part.start for shard in _cut(path) for part in shard.parts}
    records = {0}
    for n in range(20):
        records.add(max(records) + len(gzip.compress(_page(n, inner + "A rally of nurses." * 5), 0)))
    assert len(starts) > 2
    assert starts <= records


def test_damage_gives_the_same_failure_and_the_rest_goes_on(tmp_path):
    path = tmp_path / "a.warc.gz"
    records = [gzip.compress(_page(n)) for n in range(60)]
    records[30] = records[30][:40] + b"\xff" * 30 + records[30][70:]
    path.write_bytes(b"".join(records)[:-20])
    assert len(_cut(path)) > 3
    assert _read(path) == _whole(path)
    # named by the last record that was whole, and by the one that ends early
    wrong = [f"{path}@{sum(map(len, records[:n]))}" for n in (29, 59)]
    assert [item.article for item in _read(path) if isinstance(item, Failure)] == wrong
    assert len(_read(path)) == 60


def test_an_archive_that_was_packed_as_a_whole_is_one_shard(tmp_path):
    path = tmp_path / "a.warc.gz"
    chance = random.Random(7)
    path.write_bytes(gzip.compress(b"".join(_page(chance.random()) for _ in range(150))))
    assert path.stat().st_size > SMALL.archive
    assert _cut(path) == [Shard((Part(str(path), 0, path.stat().st_size),))]
    assert len(_read(path)) == 150


def test_small_files_come_together_and_a_new_one_changes_its_group_only(tmp_path):
    for n in range(0, 400, 2):
        (tmp_path / f"{n:03}.txt").write_text(f"Rally {n}.")
    before = _cut(tmp_path, sizes=Sizes())
    assert sum(len(shard.parts) for shard in before) == 200
    assert 2 < len(before) < 30
    (tmp_path / "201.txt").write_text("Another.")
    after = _cut(tmp_path, sizes=Sizes())
    assert len(set(after) - set(before)) <= 2
    assert len(_read(tmp_path, sizes=Sizes())) == 201


def test_what_cannot_be_read_is_a_failure(tmp_path):
    (tmp_path / "a.txt").write_text("A rally.")
    found = _cut(tmp_path / "a.txt", tmp_path / "gone.txt", tmp_path / "b.pdf")
    assert [type(item).__name__ for item in found] == ["Failure", "Failure", "Shard"]
    assert "gone.txt: no such file" in found[0].reason
    (gone,) = read_part(Part(str(tmp_path / "gone.jsonl"), 5, 9))
    assert "cannot be read (No such file" in gone.reason


def test_large_is_many_bytes_or_many_files(tmp_path):
    for n in range(5):
        (tmp_path / f"{n}.txt").write_text("x" * 100)
    assert not large([str(tmp_path)], most_bytes=500, most_files=5)
    assert large([str(tmp_path)], most_bytes=499, most_files=5)
    assert large([str(tmp_path)], most_bytes=500, most_files=4)
    assert not large([str(tmp_path / "gone")], most_bytes=0, most_files=5)
    table = tmp_path / "table.csv"
    with table.open("wb") as file:
        file.truncate(5 << 20)
    assert not large([str(table)], most_bytes=500, most_files=5)
    table.rename(tmp_path / "table.jsonl")
    assert large([str(tmp_path / "table.jsonl")], most_bytes=500, most_files=5)
