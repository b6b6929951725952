"""Only what may have changed is looked at again."""

import pytest
from fake_linker import FakeLinker
from kept_examples import decision, read

from rallybook.book.store import SqliteBook


class _Watched(FakeLinker):
    """Remembers which records it was asked to compare and to cluster."""

    def __init__(self):
        self.compared_ones, self.asked = [], []

    def block_keys(self, report):
        place = report.record.place
        if place.precision == "country":
            return {place.country: (True, True)}
        # in its city, and waiting in its country for what knows no city
        return {super()._key(report): (True, True), place.country: (False, True)}

    def compared(self, reports, fresh):
        self.compared_ones.append(([report.record.id for report in reports], sorted(fresh)))
        return super().compared(reports, fresh)

    def clustered(self, articles, *known):
        self.asked.append(sorted(articles))
        return super().clustered(articles, *known)


@pytest.fixture
def linker():
    return _Watched()


@pytest.fixture
def book(tmp_path, linker):
    opened = SqliteBook(tmp_path / "book.db", linker)
    opened.keep([read("a"), read("b"), read("c", place="Leeds"), read("d", place="Tomsk")])
    opened.link()
    linker.asked.clear()
    linker.compared_ones.clear()
    yield opened
    opened.close()


def test_a_new_record_meets_those_of_its_city(book, linker):
    book.keep([read("e")])
    book.link()
    assert linker.compared_ones == [(["a-1", "b-1", "e-1"], ["e-1"])]
    assert linker.asked == [["a-1", "b-1", "e-1"]]


def test_a_new_place_meets_none(book, linker):
    book.keep([read("e", place="Suva")])
    book.link()
    assert linker.compared_ones == [(["e-1"], ["e-1"])]
    assert linker.asked == []


def test_what_knows_no_city_meets_those_that_wait_in_its_country(book, linker):
    wide = read("e")
    (record,) = wide[1].events
    record = type(record)(
        **{**_fields(record), "place": type(record.place)("", "Britain", "GB", 54, -2, "country")}
    )
    book.keep([(wide[0], type(wide[1])(id="e", events=(record,)))])
    book.link()
    assert linker.compared_ones == [(["a-1", "b-1", "c-1", "e-1"], ["e-1"])]
    assert linker.asked == []


def test_a_decision_brings_its_records_and_those_of_their_events(book, linker):
    book.decide([decision("same", "a-1", "d-1")])
    assert linker.compared_ones == []
    assert linker.asked == [["a-1", "b-1", "d-1"]]


def test_what_goes_is_forgotten_and_what_comes_in_its_place_is_compared(book, linker):
    book.decide([decision("same", "a-1", "c-1")])
    linker.asked.clear()
    # a newer text of c takes it to Tomsk, and the decision takes a and b there
    book.keep([read("c", place="Tomsk", words="Corrected.")])
    book.link()
    assert [fresh for _, fresh in linker.compared_ones] == [["c-1"]]
    assert set(linker.asked[-1]) == {"a-1", "b-1", "c-1", "d-1"}


def _fields(record):
    return {name: getattr(record, name) for name in record.__struct_fields__}
