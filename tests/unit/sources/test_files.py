import csv
import datetime as dt
import io
import itertools
import json
import os
import threading
from pathlib import Path

import pytest

from rallybook.model.article import Article, article_id
from rallybook.model.outcome import Failure
from rallybook.sources.encodings import MOST_BYTES
from rallybook.sources.files import FileSource
from rallybook.sources.streams import LONGEST_LINE

TEXT = "Hundreds marched in Accra on Monday."


@pytest.fixture
def read(tmp_path):
    def read_it(name, content, **options):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return list(FileSource([str(path)], **options).articles())

    return read_it


def from_stdin(content, **options):
    return list(FileSource(["-"], stdin=io.BytesIO(content), **options).articles())


def jsonl(*rows):
    return "".join(json.dumps(row) + "\n" for row in rows)


def test_a_text_file_is_one_article_as_given(read):
    text = "A headline\n\nHundreds marched\r\nin Accra.\n"
    (article,) = read("a.txt", text, published=dt.date(2021, 2, 14))
    assert article == Article(id=article_id(text), text=text, published=dt.date(2021, 2, 14))


def test_the_heading_of_a_markdown_file_is_its_title(read):
    (article,) = read("a.md", "# Teachers march \n\nHundreds marched.")
    assert article.title == "Teachers march"
    assert article.text.startswith("# Teachers")


def test_rows_come_in_order_with_their_ids_and_the_bad_ones_named(read):
    lines = [json.dumps({"id": n, "text": TEXT}) for n in range(1, 7)] + [
        "{wrong",
        "",
        json.dumps({"text": TEXT}),
    ]
    items = read("rows.jsonl", "\n".join(lines))
    assert [item.id for item in items if isinstance(item, Article)] == [*"123456", article_id(TEXT)]
    failure = items[6]
    assert isinstance(failure, Failure)
    assert "rows.jsonl:7: row: received no JSON" in failure.reason


@pytest.mark.parametrize(
    "line", ["[1, 2]", '"march"', "7", "null", "[" * 100_000, '{"a":' * 100_000, "9" * 5000]
)
def test_json_that_is_no_row_is_named_and_the_others_are_read(read, line):
    failure, article = read("rows.jsonl", f"{line}\n{jsonl({'text': TEXT})}")
    assert "rows.jsonl:1" in failure.reason
    assert article.text == TEXT


def test_an_id_given_twice_is_kept_twice(read):
    items = read("rows.jsonl", jsonl({"id": "a", "text": "one"}, {"id": "a", "text": "two"}))
    assert [(item.id, item.text) for item in items] == [("a", "one"), ("a", "two")]


def test_half_a_surrogate_pair_in_json_escapes_is_read(read):
    (article,) = read("rows.jsonl", '{"text": "flags \\ud83d raised"}')
    assert article.text == "flags \ufffd raised"


def test_utf16_rows_are_read(read):
    (article,) = read("rows.jsonl", jsonl({"text": TEXT}).encode("utf-16"))
    assert article.text == TEXT


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_a_table_is_read_whatever_parts_its_columns(read, mark):
    lines = (
        mark.join(("ID", " Text ", "published"))
        + "\n"
        + mark.join(("7", f'"Hundreds{mark} marched"', "2021-02-14"))
    )
    (article,) = read("a.csv", "\ufeff" + lines)
    assert (article.id, article.text, article.published) == (
        "7",
        f"Hundreds{mark} marched",
        dt.date(2021, 2, 14),
    )


def test_a_text_over_several_lines_is_one_cell(read):
    (article,) = read("a.csv", 'id,text\r\n1,"one\r\n\r\ntwo"\r\n')
    assert article.text == "one\r\n\r\ntwo"


def test_a_text_longer_than_pythons_usual_cell_is_read(read):
    text = "march " * 50_000
    assert len(text) > csv.field_size_limit(csv.field_size_limit()) or csv.field_size_limit() > 131_072
    assert read("a.csv", f'text\n"{text}"\n')[0].text == text


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("Hundreds marched,1\nok,2\n", "text is needed"),
        ("id,text\n", "no rows"),
        (
            "text\n" + "a" * (LONGEST_LINE + 1),
            f"a.csv:2: received a line of more than {LONGEST_LINE:,} characters",
        ),
    ],
)
def test_a_table_that_cannot_be_read_is_named(read, content, words):
    (failure,) = read("a.csv", content)
    assert words in failure.reason


def test_rows_of_white_space_only_are_named(read):
    (failure,) = read("a.jsonl", " \u2003 \n\u2003\n")
    assert "no rows" in failure.reason


def test_a_row_that_is_too_long_is_named_and_the_others_are_read(read):
    failure, article = read("a.jsonl", b"x" * (3 * LONGEST_LINE + 5) + b'\n{"text": "one two"}')
    assert failure.article.endswith("a.jsonl:1")
    assert article.text == "one two"


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.jsonl", "a.csv"])
@pytest.mark.parametrize("content", [b"", b" \n\n", b"\x89PNG\r\n\x1a\n" + b"\0" * 99])
def test_empty_and_binary_files_are_named(read, name, content):
    (failure,) = read(name, content)
    assert failure.article.endswith(name)
    assert failure.stage == "read"
    assert "received" in failure.reason


def test_a_text_of_fifty_megabytes_is_refused_with_the_limit(read):
    (failure,) = read("a.txt", b"a" * 50_000_000)
    assert f"more than {MOST_BYTES:,} bytes" in failure.reason


def test_the_others_are_read_when_one_path_fails(tmp_path):
    (tmp_path / "a.txt").write_text("one")
    (tmp_path / "z.txt").write_text("two")
    (tmp_path / "link.txt").symlink_to("nowhere")
    items = list(FileSource([str(tmp_path), "missing.txt", str(tmp_path / "z.txt")]).articles())
    assert [item.text if isinstance(item, Article) else "failed" for item in items] == [
        "one",
        "failed",
        "two",
        "failed",
        "two",
    ]


def test_a_name_that_is_no_utf8_does_not_break_the_message(tmp_path):
    path = os.fsdecode(os.fsencode(tmp_path) + b"/bad\xff.txt")
    Path(path).touch()
    (failure,) = FileSource([path]).articles()
    failure.reason.encode("utf-8")


@pytest.mark.parametrize(
    ("content", "texts"),
    [
        (b'\n\n{"text": "one"}\n{"text": "two"}\n', ["one", "two"]),
        (b"<html><body><p>Hundreds marched.</p></body></html>", ["Hundreds marched."]),
        (b"Hundreds marched.", ["Hundreds marched."]),
        (b'"Hundreds" marched: {"text": 1}', ['"Hundreds" marched: {"text": 1}']),
    ],
)
def test_standard_input_is_told_by_its_beginning(content, texts):
    assert [article.text for article in from_stdin(content)] == texts


def test_empty_standard_input_is_named():
    (failure,) = from_stdin(b"")
    assert failure.article == "stdin"


def test_rows_of_a_pipe_are_given_before_it_ends():
    ends = os.pipe()
    with os.fdopen(ends[0], "rb") as reading, os.fdopen(ends[1], "wb", buffering=0) as writing:
        writing.write(jsonl({"text": "one"}).encode())
        articles = FileSource(["-"], stdin=reading).articles()
        got = []
        taking = threading.Thread(target=lambda: got.append(next(articles)), daemon=True)
        taking.start()
        taking.join(timeout=10)
        assert [article.text for article in got] == ["one"]


def test_a_source_reads_no_further_than_it_is_asked(tmp_path):
    def endless():
        for number in itertools.count():
            yield json.dumps({"id": number, "text": TEXT}).encode() + b"\n"

    class Endless(io.RawIOBase):
        rows = endless()

        def readable(self):
            return True

        def readinto(self, buffer):
            row = next(self.rows)
            buffer[: len(row)] = row
            return len(row)

    articles = FileSource(["-"], stdin=io.BufferedReader(Endless())).articles()
    assert [article.id for article in itertools.islice(articles, 500)] == [str(n) for n in range(500)]
