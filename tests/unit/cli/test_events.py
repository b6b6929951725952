import csv
import io
import json

import pytest
from kept_examples import HASHES


def _lines(result):
    assert result.exit_code == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_in_a_pipe_each_event_is_a_line_as_promised(rallybook, book):
    first = _lines(rallybook("events"))[0]
    assert first.keys() == {
        "id", "form", "status", "focus", "umbrella", "date", "place", "size", "participants", "organisers",
        "targets", "claims", "response", "harm", "records", "claims_of_size", "support", "confidence", "revision",
        "status_history",
    }  # fmt: skip
    leeds = {event["place"]["name"]: event for event in _lines(rallybook("events"))}["Oban"]
    assert leeds["records"][0] == {
        "article": "a",
        "record": "a-1",
        "published": "2024-05-13",
        "source": "The Argus",
        "url": "",
        "quote": "Nurses held a rally.",
        "spans": {"trigger": [[2, 7]]},
        "copy_of": "",
        "superseded_by": "",
    }
    assert [(claim["low"], claim["article"]) for claim in leeds["claims_of_size"]] == [(300, "a"), (500, "b")]
    assert leeds["revision"] == 1


@pytest.mark.parametrize(
    ("options", "places"),
    [
        ((), {"Oban", "Leeds", "Tomsk"}),
        (("--from", "2024-06-01"), {"Tomsk"}),
        (("--to", "2024-05-31"), {"Oban", "Leeds"}),
        (("--country", "ru,fr"), {"Tomsk"}),
        (("--form", "march"), {"Leeds"}),
        (("--near", "56.4,-5.4,10"), {"Oban"}),
        (("--text", "nurses"), {"Oban"}),
        (("--quote", '"held a rally"'), {"Oban"}),
        (("--status", "planned"), set()),
        (("--focus", "focal,background"), {"Oban", "Leeds", "Tomsk"}),
        (("--min-size", "300", "--max-size", "300"), {"Oban"}),
        (("--response", "arrests,force"), set()),
        (("--claim", "rents"), set()),
        (("--source", "Herald", "--source", "The Argus"), {"Oban", "Leeds", "Tomsk"}),
        (("--source", "Herald"), set()),
        (("--min-confidence", "0.5"), set()),
        (("--undated",), set()),
        (("--dated", "--placed"), {"Oban", "Leeds", "Tomsk"}),
        (("--unplaced",), set()),
    ],
)
def test_events_are_chosen_by_options(rallybook, book, options, places):
    assert {event["place"]["name"] for event in _lines(rallybook("events", *options))} == places


def test_pages_follow_each_other(rallybook, book):
    every = [event["id"] for event in _lines(rallybook("events"))]
    (first,) = _lines(rallybook("events", "--limit", 1))
    rest = _lines(rallybook("events", "--after", first["id"]))
    assert [first["id"], *(event["id"] for event in rest)] == every


def test_csv_and_geojson_and_json_are_whole(rallybook, book):
    rows = list(csv.DictReader(io.StringIO(rallybook("events", "--format", "csv").stdout)))
    assert {(row["place"], row["articles"]) for row in rows} >= {("Oban", "a | b"), ("Leeds", "c")}
    features = json.loads(rallybook("events", "--format", "geojson").stdout)["features"]
    assert [
        feature["geometry"]["coordinates"]
        for feature in features
        if feature["properties"]["place"] == "Leeds"
    ] == [[-1.544, 53.797]]
    assert len(json.loads(rallybook("events", "--format", "json").stdout)) == 3


def test_the_table_is_for_people(rallybook, book):
    table = rallybook("events", "--format", "table").stdout
    assert "Oban, GB" in table
    assert "2×" in table
    assert table.rstrip().endswith("3 events")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--near", "Oban"), "--near: received 'Oban', allowed: latitude, longitude and kilometres"),
        (("--near", "99,0,1"), "near: received '99,0,1', allowed: latitude -90 to 90"),
        (("--form", "picnic"), "form: received 'picnic', allowed: rally, march"),
        (("--from", "May"), "from: received 'May', allowed: a day as YYYY-MM-DD"),
        (("--limit", "many"), "--limit: received 'many', allowed: a whole number"),
        (("--text", "?"), "text: received '?', allowed: at least one word"),
        (("--after", "nothing"), "event: received 'nothing'"),
        (("--format", "xml"), "'geojson'"),
    ],
)
def test_what_cannot_be_asked_is_a_usage_error(rallybook, book, options, said):
    result = rallybook("events", *options)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""


def test_a_missing_book_is_named_and_not_made(rallybook, tmp_path):
    path = tmp_path / "none.db"
    result = rallybook("events", "--book", path)
    assert result.exit_code == 1
    assert f"{path}: received no such file" in result.stderr
    assert not path.exists()


@pytest.mark.parametrize("written", ["table", "json", "jsonl", "csv", "geojson"])
def test_hashes_of_authors_and_pictures_are_not_told(rallybook, book, written):
    result = rallybook("events", "--format", written)
    assert result.exit_code == 0
    assert not any(one in result.stdout for one in HASHES)
    assert ('"recycled":true' in result.stdout.replace(" ", "")) is (written in ("json", "jsonl"))
