import csv
import io
import json

import pyarrow.parquet as pq
import pytest
from kept_examples import HASHES

from rallybook.cli.app import app
from rallybook.cli.export import ExportFormat, Layout


def _rows(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("layout", Layout)
@pytest.mark.parametrize("written", ExportFormat)
def test_every_layout_is_written_in_every_format(rallybook, book, tmp_path, layout, written):
    path = tmp_path / f"events.{written}"
    result = rallybook("export", "--layout", layout, "--out", path)
    assert result.exit_code == 0, result.stderr
    assert result.stdout == ""
    assert f"{path}: 3 events" in result.stderr
    again = rallybook("export", "--layout", layout, "--format", written)
    assert again.stdout_bytes == path.read_bytes()
    assert not any(one.encode() in path.read_bytes() for one in HASHES)


def test_events_are_chosen_as_those_of_events_are(rallybook, book):
    rows = _rows(rallybook("export", "--layout", "acled", "--country", "gb", "--form", "march").stdout)
    assert [(row["location"], row["event_type"]) for row in rows] == [("Leeds", "Protests")]


def test_both_verbs_have_the_same_filters():
    commands = {command.name: command.callback for command in app.registered_commands}
    own = {"events": {"book", "format"}, "export": {"book", "format", "layout", "out", "overwrite", "openly"},
           "release": {"book", "out", "before", "date", "licence", "title", "reasons", "permission"}}  # fmt: skip
    shared = [set(commands[verb].__annotations__) - names for verb, names in own.items()]
    assert shared[0] == shared[1] == shared[2] >= {"country", "near", "after"}


def test_the_format_is_that_of_the_suffix_or_the_one_that_is_named(rallybook, book, tmp_path):
    assert rallybook("export", "--out", tmp_path / "one.parquet").exit_code == 0
    assert pq.read_table(tmp_path / "one.parquet").num_rows == 3
    assert rallybook("export", "--out", tmp_path / "two.dat", "--format", "jsonl").exit_code == 0
    assert len((tmp_path / "two.dat").read_text().splitlines()) == 3
    result = rallybook("export", "--out", tmp_path / "three.xlsx")
    assert result.exit_code == 2
    assert "allowed: .csv, .jsonl, .parquet, .geojson, .geojsonl, any with --format" in result.stderr


def test_a_file_that_is_there_is_replaced_only_where_that_is_asked_for(rallybook, book, tmp_path):
    path = tmp_path / "events.csv"
    path.write_text("old")
    result = rallybook("export", "--out", path)
    assert result.exit_code == 2
    assert "a file that is there" in result.stderr
    assert path.read_text() == "old"
    for option in ("--overwrite", "--force"):
        assert rallybook("export", "--out", path, option).exit_code == 0
    assert len(_rows(path.read_text())) == 3


def test_a_release_is_made_and_the_next_one_tells_what_changed(rallybook, book, tmp_path):
    one, two = tmp_path / "one", tmp_path / "two"
    result = rallybook("release", "--out", one, "--date", "2024-07-01", "--licence", "CC0-1.0")
    assert (result.exit_code, result.stdout) == (0, ""), result.stderr
    assert (
        rallybook("decide", "correct", "c-1", "--by", "ann", "--field", "form", "--value", "vigil").exit_code
        == 0
    )
    result = rallybook("release", "--out", two, "--before", one, "--date", "2024-08-01", "--title", "Ours")
    assert f"{two}: 3 events, 1 changed" in result.stderr
    package = json.loads((two / "datapackage.json").read_text())
    assert (package["title"], package["created"]) == ("Ours", "2024-08-01T00:00:00Z")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--licence", "mine"), "licence: received 'mine', allowed: CC-BY-4.0"),
        (("--date", "May"), "date: received 'May', allowed: a day as YYYY-MM-DD"),
        (("--before", "nowhere"), "before: received 'nowhere', allowed: the folder of a release"),
        (("--form", "picnic"), "form: received 'picnic'"),
    ],
)
def test_a_release_that_cannot_be_made_is_not_begun(rallybook, book, tmp_path, options, said):
    result = rallybook("release", "--out", tmp_path / "release", *options)
    assert result.exit_code == 2
    assert said in result.stderr
    assert not (tmp_path / "release").exists()
