import csv
import json

import pytest
from kept_examples import read
from made_tables import made

from rallybook.api import linker
from rallybook.book.store import SqliteBook

# the bundled one, which other tests of the command line do without
LINKER = linker()


@pytest.fixture
def acled(tmp_path):
    path = tmp_path / "acled.csv"
    rows = [
        {"notes": "A rally was held.", "tags": "crowd size=about 100", "assoc_actor_1": ""},
        {"event_id_cnty": "GBR2", "event_date": "2024-06-20"},
        {"event_id_cnty": "GBR3", "event_type": "Battles"},
        {"event_id_cnty": "GBR4", "latitude": "95"},
    ]
    path.write_text(made("acled", *rows))
    return path


@pytest.fixture
def book(tmp_path, rallybook, monkeypatch, acled):
    """A book with an article and a row of ACLED of one rally in Leeds, and another row."""
    monkeypatch.setattr("rallybook.api.linker", lambda: LINKER)
    path = tmp_path / "book.db"
    monkeypatch.setenv("RALLYBOOK_BOOK", str(path))
    kept = SqliteBook(path, LINKER)
    kept.keep([read("a", place="Leeds", size=90)])
    kept.close()
    rallybook("add", acled, "--jobs", 1)
    return path


def test_a_table_is_added_and_what_became_of_its_rows_is_told(rallybook, acled, tmp_path):
    result = rallybook("add", acled, "--book", tmp_path / "book.db", "--jobs", 1)
    assert result.exit_code == 1
    assert f"rallybook: {acled}: read as ACLED, 4 rows, 1 passed over: no protests" in result.stderr
    assert "2 new, 0 already there, 1 failed" in result.stderr
    assert f"acled:GBR4 ({acled}:5): latitude: received '95', allowed: degrees" in result.stderr


def test_a_table_can_be_named(rallybook, tmp_path):
    path = tmp_path / "weekly"
    path.write_text(made("polecat"))
    result = rallybook("code", path, "--table", "polecat", "--format", "jsonl", "--jobs", 1)
    (line,) = map(json.loads, result.stdout.splitlines())
    assert line["events"][0]["imported"] == {
        "table": "polecat", "row": "p-1", "terms": "CC0-1.0", "republish": True, "single": False
    }  # fmt: skip
    assert "read as POLECAT, 1 rows" in result.stderr


def test_a_row_in_a_table_of_columns_names_its_data_set(rallybook, acled):
    result = rallybook("code", acled, "--format", "csv", "--jobs", 1)
    rows = list(csv.DictReader(result.stdout.splitlines()))
    assert [row["table"] for row in rows] == ["acled", "acled"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--table", "icews"], "table: received 'icews', allowed: acled, ccc, gdelt, polecat"),
        (["--table", "acled", "--posts"], "--table: received 'acled', allowed: none with --posts"),
    ],
)
def test_wrong_tables_are_refused(rallybook, acled, options, words):
    result = rallybook("code", acled, *options)
    assert result.exit_code == 2
    assert words in result.stderr


def test_an_event_says_which_of_its_sources_is_a_row(rallybook, book):
    result = rallybook("show", _id(rallybook))
    assert (
        "row GBR1 of ACLED, no text was read; terms: ACLED terms of use; not to be passed on" in result.stdout
    )
    assert "“sub_event_type: Peaceful protest”" in result.stdout
    assert "article a, record a-1" in result.stdout


def _id(rallybook):
    (line,) = rallybook("events", "--from", "2024-05-12", "--to", "2024-05-12").stdout.splitlines()
    event = json.loads(line)
    assert {one["article"] for one in event["records"]} == {"a", "acled:GBR1"}
    return event["id"]


def test_two_sides_are_compared(rallybook, book, tmp_path):
    out = tmp_path / "sides.csv"
    result = rallybook("compare", "--right", "acled", "--by", "week", "--out", out)
    assert result.exit_code == 0
    assert result.stdout.startswith("2 events\n  both                      1   50.0 %\n")
    assert "2024-W19" in result.stdout
    rows = list(csv.DictReader(out.read_text().splitlines()))
    assert [(row["side"], row["size_high_left"], row["size_high_right"]) for row in rows] == [
        ("both", "90", "100"),
        ("right", "", "200"),
    ]


def test_a_comparison_can_be_had_as_json_and_over_a_window(rallybook, book):
    found = json.loads(rallybook("compare", "--format", "json", "--to", "2024-05-31").stdout)
    assert found["events"] == {"both": 1, "left": 0, "right": 0}
    assert found["by"]["country"] == {"GB": found["events"]}
    assert found["fields"]["size"] == {"agree": 0, "differ": 1, "left_only": 0, "right_only": 0}


def test_sides_that_are_the_same_are_refused(rallybook, book):
    result = rallybook("compare", "--left", "acled")
    assert result.exit_code == 2
    assert "right: received 'acled', allowed: another side than the left one" in result.stderr


def test_a_release_leaves_closed_rows_out_and_says_how_many(rallybook, book, tmp_path):
    out = tmp_path / "release"
    result = rallybook("release", "--out", out, "--date", "2024-07-01")
    assert f"rallybook: {out}: 1 event" in result.stderr
    words = "Rows whose terms do not allow to pass them on: 2 of ACLED, and 1 event that nothing else tells."
    assert words in result.stderr
    assert words in (out / "README.md").read_text()
    facts = json.loads((out / "datapackage.json").read_text())["rallybook"]
    assert facts["withheld"] == {"rows": {"acled": 2}, "events": 1}
    shown = "".join((out / name).read_text() for name in ("events.jsonl", "events.csv", "reports.csv"))
    assert "GBR" not in shown
    assert "Peaceful protest" not in shown
    (event,) = map(json.loads, (out / "events.jsonl").read_text().splitlines())
    assert event["size"]["high"] == 90


def test_whoever_has_the_permission_may_release_all(rallybook, book, tmp_path):
    out = tmp_path / "release"
    rallybook("release", "--out", out, "--permission", "--date", "2024-07-01")
    assert len((out / "events.jsonl").read_text().splitlines()) == 2
    package = json.loads((out / "datapackage.json").read_text())
    assert any("ACLED" in source["title"] for source in package["sources"])
    rows = list(csv.DictReader((out / "reports.csv").read_text().splitlines()))
    assert sorted(row["terms"] for row in rows) == ["", "ACLED terms of use", "ACLED terms of use"]
    # words of rows are in no release at all
    assert "notes" not in (out / "events.jsonl").read_text()


def test_open_rows_are_released_and_their_data_set_is_named(rallybook, book, tmp_path):
    table, out = tmp_path / "ccc.csv", tmp_path / "release"
    table.write_text(made("ccc"))
    rallybook("add", table, "--jobs", 1)
    rallybook("release", "--out", out, "--date", "2024-07-01")
    assert "1 row of Crowd Counting Consortium (MIT" in (out / "README.md").read_text()
    assert any(
        "Crowd Counting" in one["title"]
        for one in json.loads((out / "datapackage.json").read_text())["sources"]
    )


def test_an_export_names_its_tables_and_can_leave_closed_rows_out(rallybook, book):
    rows = list(csv.DictReader(rallybook("export").stdout.splitlines()))
    assert [row["tables"] for row in rows] == ["acled", "acled"]
    # the words of a closed row are in no layout
    assert [row["quote"] for row in rows] == ["A rally was held.", ""]
    rows = list(csv.DictReader(rallybook("export", "--openly").stdout.splitlines()))
    assert [(row["tables"], row["size_high"]) for row in rows] == [("", "90")]


def test_a_book_of_rows_is_sound(rallybook, book):
    result = rallybook("check")
    assert (result.exit_code, result.stdout) == (0, "")
