import datetime as dt
import sys
import threading
import types

import pytest
from fake_coder import FakeCoder
from fake_linker import FakeLinker
from kept_examples import article, decision, read

import rallybook
from rallybook import api
from rallybook.errors import BookError, InputError
from rallybook.filters import question


@pytest.fixture(autouse=True)
def _fake(monkeypatch):
    coder, linker = FakeCoder(), FakeLinker()
    monkeypatch.setattr(api, "coder", lambda *_, **__: coder)
    monkeypatch.setattr(api, "linker", lambda: linker)


@pytest.fixture
def book(tmp_path):
    with rallybook.open(tmp_path / "book.db") as opened:
        opened.add([article("a", words="rally"), article("b", words="rally"), article("c", day="no day")])
        yield opened


def test_articles_are_added_and_told_as_events(book):
    (event,) = book.events()
    assert [telling.article for telling in event.records] == ["a", "b", "c"]
    assert book.event(event.id) == event
    assert book.add([article("a", words="rally")]).there == 1
    assert book.link() == 0


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_is_no_rally_tells_nothing(tmp_path, jobs):
    with rallybook.open(tmp_path / "other.db") as opened:
        added = opened.add([rallybook.Article(id="r", text="Rain fell.")], jobs=jobs)
        assert (added.new, added.no_event, list(opened.events())) == (1, 1, [])


def test_decisions_are_made_by_name(book):
    (event,) = book.events()
    (made,) = book.decide("correct", event.id, by="ann", field="form", value="march")
    assert made.records == ("a-1", "b-1", "c-1")
    assert [one.form for one in book.events(form="march")] == ["march"]
    assert book.dossier("a-1").decisions == (made,)


def test_events_are_counted_by_kind_by_day_and_by_place(book):
    assert book.count() == book.count(source="The Argus") == 1
    assert book.facets(form="rally")["source"] == {"The Argus": 1}
    assert [len(stretch.forms) for stretch in book.timeline(by="week")] == [1]
    # the coder of these tests knows no coordinates
    assert (book.points().ids, book.points().matched, book.points(limit=0).placeless) == ((), 1, 1)
    assert book.cells(resolution=3) == ()


def test_filters_are_one_value_or_several():
    assert question(response="arrests", source=["Herald"]).responses == ("arrests",)
    assert question(undated=False, min_size=3).undated is False
    assert question(country="gb").countries == question(country=["GB"]).countries == ("GB",)
    assert question(from_="2024-05-12").first.isoformat() == "2024-05-12"
    assert question(near=(56, -5, 10)).near.km == 10


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        ({"place": "Leeds"}, "filter: received 'place', allowed: from_, to, country"),
        ({"to": "May"}, "to: received 'May'"),
        ({"near": (1, 2)}, "near: received .*allowed: 3 numbers"),
        ({"box": "abcd"}, "box: received 'abcd', allowed: 4 numbers"),
    ],
)
def test_a_filter_that_is_none_is_named(filters, said):
    with pytest.raises(InputError, match=said):
        question(**filters)


@pytest.mark.parametrize("name", ["pandas", "polars"])
def test_data_frames_need_their_package(book, monkeypatch, name):
    monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(InputError, match=f"{name}: received 'not installed', allowed: pip install {name}"):
        getattr(book, f"to_{name}")()


@pytest.mark.parametrize("name", ["pandas", "polars"])
def test_data_frames_have_the_columns_of_the_table(book, monkeypatch, name):
    monkeypatch.setitem(sys.modules, name, types.SimpleNamespace(DataFrame=dict))
    frame = getattr(book, f"to_{name}")(form="rally")
    assert frame["form"] == ["rally"]
    assert frame["articles"] == [["a", "b", "c"]]


def test_a_missing_book_is_not_made_where_none_is_wanted(tmp_path):
    with pytest.raises(BookError, match="no such file"):
        rallybook.open(tmp_path / "none.db", create=False)


def test_an_export_is_of_one_moment_while_others_decide(tmp_path):
    days = [(dt.date(2023, 1, 1) + dt.timedelta(n)).isoformat() for n in range(700)]
    with rallybook.open(tmp_path / "book.db") as opened:
        opened.book.keep([read(f"x{n}", day=day) for n, day in enumerate(days)])
        opened.book.link()

    def decide():
        # the first and the last event go together and come back together
        with rallybook.open(tmp_path / "book.db") as other:
            for number in range(20):
                kind = ("reject", "restore")[number % 2]
                other.book.decide([decision(kind, "x0-1", "x699-1", minute=number)])

    writer = threading.Thread(target=decide)
    with rallybook.open(tmp_path / "book.db") as opened:
        writer.start()
        counts = []
        while writer.is_alive() or not counts:
            count = opened.export(tmp_path / "events.csv", overwrite=True)
            told = (tmp_path / "events.csv").read_text().splitlines()[1:]
            ends = ("2023-01-01" in told[0]) + ("2024-11-30" in told[-1])
            assert (len(told), count) == (698 + ends, 698 + ends)
            assert ends != 1
            counts.append(count)
        writer.join()
