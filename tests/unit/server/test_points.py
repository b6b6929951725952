import datetime as dt

import msgspec
from fake_linker import FakeLinker
from kept_examples import read
from starlette.testclient import TestClient

from rallybook.book.store import SqliteBook
from rallybook.model.overview import Bin
from rallybook.model.record import EventPlace
from rallybook.server import points
from rallybook.server.app import create_app
from rallybook.server.settings import Settings


def _known_to(precision, name):
    article, coded = read(name)
    place = EventPlace("Fiji", "Fiji", "FJ", -18.0, 178.0, precision)
    record = msgspec.structs.replace(coded.events[0], place=place)
    return article, msgspec.structs.replace(coded, events=(record,))


def test_points_come_column_by_column(client):
    told = client.get("/api/v1/points?country=GB").json()
    columns = told["points"]
    assert {len(column) for column in columns.values()} == {2}
    assert list(zip(columns["form"], columns["lat"], columns["low"], strict=True)) == [
        ("vigil", 53.797, None), ("rally", 56.415, 300),
    ]  # fmt: skip
    assert (told["total"], told["unplaced"], told["country_only"], told["undated"]) == (2, 0, 0, 0)


def test_what_is_on_no_map_is_counted(book):
    kept = SqliteBook(book, FakeLinker())
    kept.keep([_known_to("country", "f"), _known_to("unknown", "g")])
    kept.link()
    kept.close()
    with TestClient(create_app(book), base_url="http://127.0.0.1") as client:
        told = client.get("/api/v1/points?country=FJ").json()
    assert told["total"] - told["country_only"] - told["unplaced"] == len(told["points"]["id"]) == 1
    assert told["country_only"] == 1


def test_many_points_are_cells_that_count_each_once(book):
    with TestClient(create_app(book, Settings(most_points=1)), base_url="http://127.0.0.1") as client:
        fine = client.get("/api/v1/points").json()
        coarse = client.get("/api/v1/points?resolution=0").json()
    assert "points" not in fine
    assert fine["cells"]["count"] == [1, 1, 1, 1]
    assert coarse["cells"]["count"] == [4]


def test_the_timeline_counts_forms_by_month_week_or_day(client):
    assert client.get("/api/v1/timeline").json() == {
        "by": "month",
        "bins": ["2024-05-01", "2024-06-01"],
        "counts": {"rally": [2, 1], "vigil": [1, 0]},
    }
    assert client.get("/api/v1/timeline?by=week&country=GB").json()["bins"] == ["2024-05-06"]
    assert client.get("/api/v1/timeline?by=day&country=FJ").json()["bins"] == ["2024-05-20"]


def test_facets_count_values(client):
    facets = client.get("/api/v1/facets?country=GB").json()
    assert facets["form"] == {"rally": 1, "vigil": 1}
    assert facets["country"] == {"GB": 2}


def test_cells_of_h3_have_their_corners_and_count_each_once(book):
    with TestClient(create_app(book, Settings(most_points=1)), base_url="http://127.0.0.1") as client:
        told = client.get("/api/v1/points?h3=2").json()
        coarse = client.get("/api/v1/points?h3=0").json()
    cells = told["cells"]
    assert sum(cells["count"]) == sum(coarse["cells"]["count"]) == told["total"] == 4
    assert {len(column) for column in cells.values()} == {len(cells["h3"])}
    assert {len(ring) for ring in cells["ring"]} <= {10, 12}
    assert cells["count"] == sorted(cells["count"], reverse=True)


def test_a_part_of_the_map_has_points_where_all_are_too_many(book):
    with TestClient(create_app(book, Settings(most_points=2)), base_url="http://127.0.0.1") as client:
        britain = client.get("/api/v1/points?h3=3&view=-11,49,3,61").json()
        fiji = client.get("/api/v1/points?h3=3&view=170,-30,-170,0").json()
        world = client.get("/api/v1/points?h3=3&view=-180,-90,180,90").json()
        chosen = client.get("/api/v1/points?h3=3&view=-11,49,3,61&box=-2,50,180,80&most=1").json()
    assert sorted(britain["points"]["lat"]) == [53.797, 56.415]
    assert (britain["view"], britain["total"]) == ([-11, 49, 3, 61], 4)
    assert fiji["points"]["lon"] == [178.442]
    assert sum(world["cells"]["count"]) == 4
    # the box is a filter, the view is none
    assert (chosen["points"]["lat"], chosen["total"]) == ([53.797], 2)


def test_all_points_come_whatever_the_part_where_they_are_few(client):
    told = client.get("/api/v1/points?view=-11,49,3,61").json()
    assert len(told["points"]["id"]) == 4
    assert "view" not in told


def test_whoever_asks_may_want_cells_sooner_but_no_more_points(client, book):
    assert "cells" in client.get("/api/v1/points?most=3").json()
    with TestClient(create_app(book, Settings(most_points=1)), base_url="http://127.0.0.1") as strict:
        assert "cells" in strict.get("/api/v1/points?most=40000").json()


def test_a_timeline_that_fits_has_days_for_weeks_weeks_for_years_and_months_for_more():
    first = dt.date(2024, 1, 1)

    def told(*days):
        by, bins = points.fitted(tuple(Bin(first + dt.timedelta(day), {"rally": 1}) for day in days))
        return by, [(one.first.isoformat(), one.forms["rally"]) for one in bins]

    assert told(0, 3) == ("day", [("2024-01-01", 1), ("2024-01-04", 1)])
    assert told(0, 3, 200) == ("week", [("2024-01-01", 2), ("2024-07-15", 1)])
    assert told(0, 30, 31, 1600) == ("month", [("2024-01-01", 2), ("2024-02-01", 1), ("2028-05-01", 1)])
    assert points.fitted(()) == ("day", ())


def test_the_timeline_says_what_its_bins_hold(client):
    told = client.get("/api/v1/timeline?by=fit").json()
    assert (told["by"], told["bins"][0]) == ("day", "2024-05-12")


def test_facets_are_counted_once_for_a_page_and_its_script(client, monkeypatch):
    asked = []
    book = client.app.state.shelf.opened.book
    counted = book.facets
    monkeypatch.setattr(book, "facets", lambda question: asked.append(question) or counted(question))
    first = client.get("/events").text
    assert client.get("/events").text == first
    assert client.get("/api/v1/facets").json()["country"] == {"FJ": 1, "GB": 2, "RU": 1}
    assert len(asked) == 1
