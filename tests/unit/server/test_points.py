import msgspec
from fake_linker import FakeLinker
from kept_examples import read
from starlette.testclient import TestClient

from rallybook.book.store import SqliteBook
from rallybook.model.record import EventPlace
from rallybook.server.app import create_app
from rallybook.server.settings import Settings


def _known_to(precision, name):
    article, coded = read(name)
    place = EventPlace("Fiji", "Fiji", "FJ", -18.0, 178.0, precision)
    record = msgspec.structs.replace(coded.events[0], place=place)
    return article, msgspec.structs.replace(coded, events=(record,))


def test_points_come_column_by_column(client):
    told = client.get("/api/v1/points?country=GB").json()
    points = told["points"]
    assert {len(column) for column in points.values()} == {2}
    assert list(zip(points["form"], points["lat"], points["low"], strict=True)) == [
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
