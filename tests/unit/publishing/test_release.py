import csv
import datetime as dt
import hashlib
import json
import re
import threading

import msgspec
import pyarrow.parquet as pq
import pytest
from fake_linker import FakeLinker
from kept_examples import HASHES, article, decision, private, read

from rallybook.book.store import SqliteBook
from rallybook.errors import InputError
from rallybook.model.event import Event
from rallybook.model.outcome import Coded
from rallybook.model.question import Question
from rallybook.publishing.data_package import licence_of
from rallybook.publishing.release import Terms, write_release

_SECRET = "Mary Smith, 34, was among them."


@pytest.fixture
def book(tmp_path):
    kept = SqliteBook(tmp_path / "book.db", FakeLinker())
    kept.keep(
        [
            read("a", size=300, quote=_SECRET, words=_SECRET),
            read("b", size=500),
            private(*read("c", place="Leeds", form="march")),
            read("d", place="Tomsk", day="2024-06"),
            (article("q"), Coded(id="q", coder="test 1")),
        ]
    )
    kept.link()
    yield kept
    kept.close()


def _released(book, folder, *, before=None, asked=None, **terms):
    facts = {"day": dt.date(2024, 7, 1), "title": "Protests"} | terms
    return write_release(book, folder, asked or Question(), terms=Terms(**facts), before=before)


def _rows(folder, name):
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _package(folder):
    return json.loads((folder / "datapackage.json").read_text())


def _event_in(book, place):
    (found,) = book.events(Question(text=place))
    return found


def test_the_same_state_gives_the_same_bytes(book, tmp_path):
    one, two = tmp_path / "one", tmp_path / "two"
    _released(book, one)
    _released(book, two)
    assert {path.name for path in one.iterdir()} == {
        "README.md", "checksums.sha256", "coverage.csv", "datapackage.json", "events.csv", "events.jsonl",
        "events.parquet", "reports.csv",
    }  # fmt: skip
    assert all(path.read_bytes() == (two / path.name).read_bytes() for path in one.iterdir())


def test_every_form_of_the_events_has_all_of_them(book, tmp_path):
    folder = tmp_path / "release"
    assert _released(book, folder).events == 3
    lines = [
        msgspec.json.decode(line, type=Event) for line in (folder / "events.jsonl").read_bytes().splitlines()
    ]
    ids = [event.id for event in book.events()]
    assert [event.id for event in lines] == ids
    assert [row["event"] for row in _rows(folder, "events.csv")] == ids
    assert pq.read_table(folder / "events.parquet")["event"].to_pylist() == ids


def test_no_words_of_an_article_are_in_it(book, tmp_path):
    folder = tmp_path / "release"
    _released(book, folder)
    for path in folder.iterdir():
        assert b"Mary Smith" not in path.read_bytes(), path.name
    assert b'"spans":{"trigger":[[2,7]]}' in (folder / "events.jsonl").read_bytes()
    assert "quote" not in _rows(folder, "events.csv")[0]


def test_no_hash_of_an_author_or_a_picture_is_in_it_but_whether_it_is_recycled(book, tmp_path):
    folder = tmp_path / "release"
    _released(book, folder)
    for path in folder.iterdir():
        assert not any(one.encode() in path.read_bytes() for one in HASHES), path.name
    assert (folder / "events.jsonl").read_bytes().count(b'"recycled":true') == 1


def test_reports_lead_from_events_to_articles(book, tmp_path):
    folder = tmp_path / "release"
    _released(book, folder)
    oban = _event_in(book, "Oban").id
    told = [row for row in _rows(folder, "reports.csv") if row["event"] == oban]
    assert [(row["article"], row["record"], row["published"]) for row in told] == [
        ("a", "a-1", "2024-05-13"),
        ("b", "b-1", "2024-05-13"),
    ]


def test_coverage_tells_of_articles_without_an_event(book, tmp_path):
    folder = tmp_path / "release"
    _released(book, folder, asked=Question(countries=("RU",)))
    assert _rows(folder, "coverage.csv") == [
        {
            "source": "The Argus", "month": "2024-05", "articles": "5", "no_event": "1", "records": "4",
            "events": "3", "failures": "0",
        }
    ]  # fmt: skip
    assert len(_rows(folder, "events.csv")) == 1


def test_the_description_is_true_of_the_files(book, tmp_path):
    folder = tmp_path / "release"
    _released(book, folder, licence=licence_of("CC-BY-4.0"))
    package = _package(folder)
    assert (package["version"], package["created"]) == ("2024.07.01", "2024-07-01T00:00:00Z")
    assert package["licenses"][0]["name"] == "CC-BY-4.0"
    assert package["rallybook"]["coders"] == ["test 1"]
    for resource in package["resources"]:
        data = (folder / resource["path"]).read_bytes()
        assert resource["bytes"] == len(data)
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
    for line in (folder / "checksums.sha256").read_text().splitlines():
        digest, name = line.split("  ")
        assert digest == hashlib.sha256((folder / name).read_bytes()).hexdigest()
    assert "Creative Commons Attribution 4.0" in (folder / "README.md").read_text()


# the types of a table schema, as its specification has them read
_READ = {
    "string": str,
    "integer": int,
    "number": float,
    "boolean": {"true": True, "false": False}.__getitem__,
    "date": dt.date.fromisoformat,
    "yearmonth": lambda cell: dt.datetime.strptime(cell, "%Y-%m").replace(tzinfo=dt.UTC),
}


def test_the_package_keeps_the_rules_of_frictionless(book, tmp_path):
    before, folder = tmp_path / "before", tmp_path / "release"
    _released(book, before)
    book.decide([decision("same", "a-1", "c-1")])
    _released(book, folder, before=before)
    package = _package(folder)
    assert re.fullmatch(r"[-a-z0-9._/]+", package["name"])
    names = [resource["name"] for resource in package["resources"]]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[-a-z0-9._/]+", name) for name in names)
    for resource in package["resources"]:
        if resource["profile"] != "tabular-data-resource":
            continue
        schema, rows = resource["schema"], _rows(folder, resource["path"])
        assert list(rows[0]) == [field["name"] for field in schema["fields"]]
        for field in schema["fields"]:
            cells = [row[field["name"]] for row in rows if row[field["name"]] not in schema["missingValues"]]
            for cell in cells:
                _READ[field["type"]](cell)
            assert set(cells) <= set(field.get("constraints", {}).get("enum", cells))
        if key := schema.get("primaryKey"):
            assert len({row[key] for row in rows}) == len(rows)
        for foreign in schema.get("foreignKeys", ()):
            keys = {row[foreign["reference"]["fields"]] for row in _rows(folder, "events.csv")}
            assert {row[foreign["fields"]] for row in rows} <= keys


def test_changes_tell_what_was_added_changed_merged_and_withdrawn(book, tmp_path):
    before, folder = tmp_path / "before", tmp_path / "release"
    ids = {place: _event_in(book, place).id for place in ("Oban", "Leeds", "Tomsk")}
    _released(book, before)
    book.keep([read("e", place="Suva"), read("f", place="Apia")])
    book.link()
    book.decide([decision("same", "a-1", "c-1"), decision("reject", "d-1", why="no protest")])
    suva, apia = (_event_in(book, place).id for place in ("Suva", "Apia"))
    written = _released(book, folder, before=before)
    assert written.changes == {"added": 2, "changed": 1, "merged": 1, "withdrawn": 1}
    rows = _rows(folder, "changes.csv")
    assert {row["event"] for row in rows if row["change"] == "added"} == {suva, apia}
    (merged,) = (row for row in rows if row["change"] == "merged")
    assert (merged["event"], merged["into"]) == (ids["Leeds"], ids["Oban"])
    (gone,) = (row for row in rows if row["change"] == "withdrawn")
    assert (gone["event"], gone["why"]) == (ids["Tomsk"], "rejected")
    (articles,) = (row for row in rows if row["field"] == "articles")
    assert (articles["event"], articles["from"], articles["to"]) == (ids["Oban"], "a | b", "a | b | c")


def test_a_corrected_value_is_told_from_and_to(book, tmp_path):
    before, folder = tmp_path / "before", tmp_path / "release"
    _released(book, before)
    book.decide([decision("correct", "c-1", field="form", value="vigil")])
    _released(book, folder, before=before)
    (row,) = _rows(folder, "changes.csv")
    assert (row["change"], row["field"], row["from"], row["to"]) == ("changed", "form", "march", "vigil")


def test_the_reason_of_a_rejection_is_given_only_where_it_is_asked_for(book, tmp_path):
    before = tmp_path / "before"
    _released(book, before)
    book.decide([decision("reject", "d-1", why="told by Mary Smith")])
    _released(book, tmp_path / "one", before=before)
    _released(book, tmp_path / "two", before=before, reasons=True)
    assert [row["why"] for row in _rows(tmp_path / "one", "changes.csv")] == ["rejected"]
    assert [row["why"] for row in _rows(tmp_path / "two", "changes.csv")] == ["rejected: told by Mary Smith"]


def test_what_was_taken_down_is_said_without_why(book, tmp_path):
    before, folder = tmp_path / "before", tmp_path / "release"
    _released(book, before)
    book.take_down("d", by="ann", why="a court said so")
    _released(book, folder, before=before, reasons=True)
    (row,) = _rows(folder, "changes.csv")
    assert (row["change"], row["why"]) == ("withdrawn", "taken down")


def test_what_an_event_showed_by_an_article_that_was_taken_down_is_not_said_again(book, tmp_path):
    before, folder = tmp_path / "before", tmp_path / "release"
    _released(book, before)
    book.take_down("a", by="ann", why="a court said so")
    _released(book, folder, before=before)
    changed = {row["field"]: (row["from"], row["to"]) for row in _rows(folder, "changes.csv")}
    assert changed["articles"] == ("", "b")
    assert changed["size_low"] == ("", "500")


def test_what_the_filters_leave_out_is_not_said_to_be_wrong(book, tmp_path):
    before, folder = tmp_path / "before", tmp_path / "release"
    _released(book, before)
    _released(book, folder, before=before, asked=Question(countries=("GB",)))
    (row,) = _rows(folder, "changes.csv")
    assert row["why"] == "not among those that this release was asked for"
    assert _package(folder)["rallybook"]["filters"] == {"countries": ["GB"]}


def test_nothing_changed_is_an_empty_list(book, tmp_path):
    before, folder = tmp_path / "before", tmp_path / "release"
    _released(book, before)
    assert _released(book, folder, before=before).changes == {}
    assert _rows(folder, "changes.csv") == []


@pytest.mark.parametrize("damage", ["missing", "changed", "no json"])
def test_a_folder_that_is_no_whole_release_is_refused(book, tmp_path, damage):
    before = tmp_path / "before"
    if damage != "missing":
        _released(book, before)
        damaged = {"changed": "events.jsonl", "no json": "datapackage.json"}[damage]
        (before / damaged).write_text("{")
    with pytest.raises(InputError, match=r"before: received .*allowed: the folder of a release"):
        _released(book, tmp_path / "release", before=before)
    assert not (tmp_path / "release").exists()


def test_a_licence_that_is_not_known_is_refused():
    with pytest.raises(InputError, match=r"licence: received 'mine', allowed: CC-BY-4\.0"):
        licence_of("mine")


def test_a_release_of_an_empty_book_is_whole(tmp_path):
    empty = SqliteBook(tmp_path / "empty.db", FakeLinker())
    assert _released(empty, tmp_path / "release").events == 0
    assert "None is stated" in (tmp_path / "release" / "README.md").read_text()
    empty.close()


def test_a_release_is_of_one_moment_while_others_add(book, tmp_path):
    def add():
        other = SqliteBook(book.path, FakeLinker())
        for number in range(30):
            other.keep([read(f"m{number}", day=f"2025-01-{number + 1:02d}", source="Herald")])
            other.link()
        other.close()

    writer = threading.Thread(target=add)
    writer.start()
    seen = []
    while writer.is_alive() or not seen:
        folder = tmp_path / f"release {len(seen)}"
        counted = _released(book, folder).events
        told = [int(row["records"]) for row in _rows(folder, "coverage.csv")]
        assert sum(told) == len(_rows(folder, "reports.csv"))
        assert len(_rows(folder, "events.csv")) == counted
        seen.append(counted)
    writer.join()
    assert seen == sorted(seen)
    assert _released(book, tmp_path / "last").events == 33
