import json

import pytest
from fake_linker import FakeLinker
from kept_examples import read

from rallybook.book.store import SqliteBook


@pytest.fixture
def decided(rallybook, book):
    rallybook("decide", "same", "a-1", "c-1", "--by", "ann")
    rallybook(
        "decide", "correct", "a-1", "--field", "form", "--value", "vigil", "--by", "bob", "--why", "candles"
    )
    return book


def test_decisions_go_from_one_book_to_another(rallybook, decided, tmp_path):
    lines = rallybook("decisions", "export").stdout
    assert [json.loads(line)["by"] for line in lines.splitlines()] == ["ann", "bob"]
    other = tmp_path / "other.db"
    kept = SqliteBook(other, FakeLinker())
    kept.keep([read("a"), read("c", place="Leeds", form="march")])
    kept.close()
    again = [rallybook("decisions", "import", "-", "--book", other, stdin=lines).stderr for _ in range(2)]
    assert "2 of 2 decisions are new" in again[0]
    assert "0 of 2 decisions are new" in again[1]
    rallybook("link", "--book", other)
    (event,) = map(json.loads, rallybook("events", "--book", other).stdout.splitlines())
    assert (event["form"], len(event["records"])) == ("vigil", 2)
    assert rallybook("decisions", "export", "--book", other).stdout == lines


def test_they_go_through_a_file_that_is_not_there_yet(rallybook, decided, tmp_path):
    path = tmp_path / "decisions.jsonl"
    assert rallybook("decisions", "export", "--out", path).exit_code == 0
    assert path.read_text() == rallybook("decisions", "export").stdout
    again = rallybook("decisions", "export", "--out", path)
    assert again.exit_code == 2
    assert f"--out: received '{path}', allowed: the path of a new file; this one is there" in again.stderr
    assert "0 of 2 decisions are new" in rallybook("decisions", "import", path).stderr


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("no json", "standard input:2: received 'no json', allowed: a decision in JSON"),
        ('{"id": "x"}', "allowed: a decision in JSON"),
        (
            '{"id": "x", "kind": "reject", "records": ["a-1"], "by": "", "at": "2024-06-01T12:00:00Z"}',
            "allowed: a decision with an id",
        ),
        (
            '{"id": "x", "kind": "correct", "records": ["a-1"], "by": "a", "at": "2024-06-01T12:00:00Z", "field": "x"}',
            "field: received 'x'",
        ),
    ],
)
def test_a_line_that_is_no_decision_is_named_and_none_is_taken_in(rallybook, decided, line, said):
    good = '{"id": "good", "kind": "reject", "records": ["a-1"], "by": "ann", "at": "2024-06-01T12:00:00Z"}'
    result = rallybook("decisions", "import", stdin=f"{good}\n{line}\n")
    assert result.exit_code == 2
    assert said in result.stderr
    assert len(rallybook("decisions", "export").stdout.splitlines()) == 2


def test_import_writes_nothing(rallybook, decided, tmp_path):
    result = rallybook("decisions", "import", "--out", tmp_path / "x", stdin="")
    assert result.exit_code == 2
    assert "nothing with import" in result.stderr


def test_a_missing_file_is_named(rallybook, decided, tmp_path):
    result = rallybook("decisions", "import", tmp_path / "gone.jsonl")
    assert result.exit_code == 1
    assert "gone.jsonl" in result.stderr
