import gzip
import io
import itertools
import zipfile

import pytest
from made_tables import ROWS, items, made

from rallybook.errors import InputError, SourceError
from rallybook.model.article import Article
from rallybook.model.outcome import Failure
from rallybook.sources.datasets import DataSets, guessed
from rallybook.sources.files import FileSource

NAMES = sorted(ROWS)


def _read(path, name="", stdin=None):
    sets = DataSets(name)
    return list(FileSource([str(path)], datasets=sets, stdin=stdin).articles()), sets.told


@pytest.mark.parametrize("name", NAMES)
def test_a_table_is_known_by_its_first_line(name):
    assert guessed(made(name).partition("\n")[0]) == name


@pytest.mark.parametrize(
    "line", ["", "text,id", "text,event_id_cnty,sub_event_type,event_date", "a\tb", "date,state"]
)
def test_what_is_not_plain_is_no_table(line):
    assert guessed(line) == ""


@pytest.mark.parametrize("width", [57, 58, 61])
def test_gdelt_is_known_by_its_width(width):
    line = made("gdelt", width=width)
    assert guessed(line.strip("\n")) == "gdelt"
    (article,) = items("gdelt", line)
    assert article.url == ("" if width == 57 else "https://news.example.org/ferries")


@pytest.mark.parametrize("name", NAMES)
def test_a_row_is_an_article_made_of_its_own_cells(name):
    (article,) = items(name, made(name))
    assert article.id.startswith(f"{name}:")
    assert article.row.table == name
    assert article.row.origin == ("file.csv:1" if name == "gdelt" else "file.csv:2")
    lines = dict(line.split(": ", 1) for line in article.text.split("\n"))
    assert lines
    assert lines.items() <= ROWS[name].items()


def test_what_no_field_rests_on_is_not_kept():
    (article,) = items("acled", made("acled", {"timestamp": "1715500000", "source_scale": "National"}))
    assert "1715500000" not in article.text
    assert "source_scale" not in article.text


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_the_mark_between_the_columns_is_found(mark):
    (article,) = items("acled", made("acled", mark=mark))
    assert "location: Leeds" in article.text


def test_a_cell_over_several_lines_is_one_line():
    (article,) = items("acled", made("acled", {"notes": "They came.\nThey left."}))
    assert "notes: They came. They left." in article.text


def test_an_apostrophe_against_formulas_is_taken_off():
    (article,) = items("ccc", made("ccc", {"title": "'=1+1", "claims": "'tis ours"}))
    assert "title: =1+1" in article.text
    assert "claims: 'tis ours" in article.text


def test_what_is_no_protest_is_passed_over_and_counted(tmp_path):
    path = tmp_path / "acled.csv"
    changes = [{}, {"event_type": "Battles"}, {"event_type": ""}, {"event_id_cnty": "GBR2"}]
    path.write_text(made("acled", *changes))
    found, told = _read(path)
    assert [one.id for one in found] == ["acled:GBR1", "acled:GBR2"]
    (counts,) = told.values()
    assert (counts.table, counts.rows, counts.passed_over) == ("ACLED", 4, 2)


def test_an_unknown_kind_of_event_names_row_column_value_and_what_is_allowed():
    (one, other) = items("acled", made("acled", {"event_type": "Parades"}, {}))
    assert one.article == "file.csv:2"
    assert "file.csv:2: event_type: received 'Parades', allowed: Protests, Riots, Battles" in one.reason
    assert isinstance(other, Article)


def test_missing_columns_are_named():
    text = made("acled").replace("event_type", "kind", 1)
    with pytest.raises(SourceError, match=r"missing: event_type"):
        items("acled", text)


def test_a_row_of_another_width_fails_and_the_rest_goes_on():
    lines = made("gdelt", {}, {"GLOBALEVENTID": "2"}).splitlines()
    found = items("gdelt", "\n".join([lines[0], "1\t2\t3", lines[1]]))
    assert [type(one) for one in found] == [Article, Failure, Article]
    assert "file.csv:2: columns: received '3', allowed: 57 or 58 or 61, between tabs" in found[1].reason


def test_a_file_with_another_mark_is_given_up_after_a_hundred_rows():
    text = made("gdelt", *[{"GLOBALEVENTID": str(n)} for n in range(500)], mark=",")
    sets, found = DataSets("gdelt"), []
    with pytest.raises(
        SourceError, match="100 rows with another number of columns; the rest of the file was not read"
    ):
        found.extend(sets.rows(text.splitlines(), "file.csv", "gdelt"))
    assert sets.told["file.csv"].rows == 100


def test_a_row_without_the_id_of_its_table_fails():
    (one,) = items("acled", made("acled", {"event_id_cnty": ""}))
    assert "event_id_cnty: received '', allowed: the id of the row" in one.reason


def test_rows_without_ids_are_told_apart_by_all_of_their_cells():
    one, other, again = items("ccc", made("ccc", {"fips_code": "1"}, {"fips_code": "2"}, {"fips_code": "1"}))
    assert one.id == again.id != other.id


def test_a_publication_day_that_is_none_fails():
    (one,) = items("gdelt", made("gdelt", {"DATEADDED": "yesterday"}))
    assert "DATEADDED: received 'yesterday'" in one.reason


def test_columns_of_the_third_phase_of_ccc_are_those_of_the_others():
    old = made("ccc")
    new = old
    for before, after in (("type", "event_type"), ("location_detail", "location"), ("source_1", "source1")):
        new = new.replace(f",{before},", f",{after},", 1)
    assert new != old
    assert items("ccc", new)[0].text == items("ccc", old)[0].text


def test_quotes_in_a_file_of_tabs_are_words():
    lines = made("polecat", {"Placename": 'The "Old" Pier'}, {"Event ID": "p-2"}).replace('"', "")
    lines = lines.replace("The Old Pier", 'The "Old Pier')
    assert [one.id for one in items("polecat", lines)] == ["polecat:p-1", "polecat:p-2"]


def test_empty_cells_behind_the_last_column_do_not_matter():
    head, *rows = made("polecat").splitlines()
    assert len(items("polecat", "\n".join([head, *(row + "\t\t" for row in rows)]))) == 1


def test_rows_are_read_as_they_come():
    endless = itertools.chain(
        made("gdelt").splitlines(), itertools.repeat(made("gdelt", {"EventRootCode": "04"}))
    )
    first = next(iter(DataSets().rows(endless, "pipe", "gdelt")))
    assert first.id == "gdelt:900000001"


@pytest.mark.parametrize("name", NAMES)
def test_files_are_read_plain_in_gzip_and_in_zip(name, tmp_path):
    plain = tmp_path / "plain.csv"
    plain.write_text(made(name))
    packed = tmp_path / "one.CSV.gz"
    packed.write_bytes(gzip.compress(made(name).encode()))
    archive = tmp_path / "20240513.export.CSV.zip"
    with zipfile.ZipFile(archive, "w") as made_archive:
        made_archive.writestr("a/one.CSV", made(name))
        made_archive.writestr("two.CSV", made(name))
    for path, count in ((plain, 1), (packed, 1), (archive, 2)):
        for asked in (name, ""):
            found, told = _read(path, asked)
            assert [type(one) for one in found] == [Article] * count, found
            assert len(told) == count


def test_a_file_of_tabs_that_is_called_text_is_known(tmp_path):
    path = tmp_path / "ngec.txt"
    path.write_text(made("polecat"))
    assert _read(path)[0][0].id == "polecat:p-1"


def test_a_table_comes_through_a_pipe():
    stream = io.BufferedReader(io.BytesIO(made("ccc").encode()))
    found, told = _read("-", "ccc", stdin=stream)
    assert [type(one) for one in found] == [Article]
    assert list(told) == ["stdin"]


def test_a_folder_holds_tables_where_one_is_asked_for(tmp_path):
    (tmp_path / "a.tsv").write_text(made("polecat"))
    (tmp_path / "b.txt").write_text(made("polecat", {"Event ID": "p-2"}))
    assert [one.id for one in _read(tmp_path, "polecat")[0]] == ["polecat:p-1", "polecat:p-2"]


def _encrypted():
    made_archive = io.BytesIO()
    with zipfile.ZipFile(made_archive, "w") as archive:
        archive.writestr("one.csv", made("acled"))
    raw = bytearray(made_archive.getvalue())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.index(mark) + at] |= 1
    return bytes(raw)


@pytest.mark.parametrize(
    ("name", "raw", "words"),
    [
        ("a.csv.gz", gzip.compress(made("acled").encode() * 50)[:-40], "packed data that is broken"),
        ("a.csv.gz", b"\x1f\x8b\x08\x00nonsense", "packed data that is broken"),
        ("a.zip", b"PK\x03\x04nonsense", "packed data that is broken"),
        ("a.zip", _encrypted(), "received an encrypted ZIP archive"),
        ("a.tsv", b"a\tb\n1\t2\n", "allowed: a table that is asked for by its name"),
    ],
)
def test_a_file_that_cannot_be_unpacked_or_known_is_a_failure(name, raw, words, tmp_path):
    path = tmp_path / name
    path.write_bytes(raw)
    failures = [one for one in _read(path)[0] if isinstance(one, Failure)]
    assert len(failures) == 1
    assert words in failures[0].reason
    assert str(path) in failures[0].reason


def test_a_table_that_is_none_is_refused():
    with pytest.raises(InputError, match="table: received 'icews'"):
        DataSets("icews")
