import csv
import io

import pytest
from coded_examples import ARTICLE, QUIET
from hypothesis import given
from hypothesis import strategies as st

from rallybook.model.outcome import Coded
from rallybook.model.record import Record
from rallybook.publishing.columns import COLUMNS
from rallybook.publishing.tables import Csv


def _table(*coded):
    return list(csv.DictReader(io.StringIO("".join(Csv().lines(coded)), newline="")))


def test_there_is_one_row_for_each_record():
    assert [row["record"] for row in _table(ARTICLE, QUIET)] == ["r1", "r2", "r3"]


def test_a_run_without_records_gives_the_column_names():
    assert "".join(Csv().lines([])).strip().split(",") == [column.name for column in COLUMNS]


def test_values_stand_in_their_columns():
    row = _table(ARTICLE)[0]
    assert (row["article"], row["published"], row["form"]) == ("a1", "2024-05-13", "human_chain")
    assert (row["lat"], row["lon"], row["precision"]) == ("56.415", "-5.472", "site")
    assert (row["size_low"], row["size_high"]) == ("200", "")
    assert row["participants"] == "fishers | students"
    assert row["umbrella"] == "false"
    assert row["confidence"] == "0.875"


def test_a_negative_number_stays_a_number():
    assert float(_table(ARTICLE)[1]["lat"]) == -10.0


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_text_that_a_spreadsheet_would_run_is_marked_as_text(start):
    record = Record(
        id="r",
        form="rally",
        status="happened",
        focus="focal",
        umbrella=False,
        quote=f"{start}cmd|x",
        claims=(start,),
    )
    row = _table(Coded(id="a", events=(record,)))[0]
    assert row["quote"] == f"'{start}cmd|x"
    assert row["claims"] == f"'{start}"


@given(st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=30))
def test_every_quote_comes_back_but_for_the_apostrophe(quote):
    record = Record(id="r", form="rally", status="happened", focus="focal", umbrella=False, quote=quote)
    row = _table(Coded(id="a", events=(record,)))[0]
    assert row["quote"].removeprefix("'") == quote.removeprefix("'")


def test_column_names_are_unique_and_described():
    names = [column.name for column in COLUMNS]
    assert len(set(names)) == len(names)
    assert all(column.about for column in COLUMNS)
