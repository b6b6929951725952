import pytest

from rallybook.errors import InputError
from rallybook.server.ogc import box, days

ITEMS = "/ogc/collections/events/items"


def test_the_landing_page_leads_to_everything(client):
    landing = client.get("/ogc").json()
    links = {link["rel"]: link["href"] for link in landing["links"]}
    assert links.keys() == {"self", "service-desc", "conformance", "data"}
    for href in links.values():
        assert client.get(href).status_code == 200
    core = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core"
    assert core in client.get(links["conformance"]).json()["conformsTo"]


def test_features_come_in_pages(client):
    url, seen = f"{ITEMS}?limit=3", []
    while url:
        answer = client.get(url)
        assert answer.headers["content-type"] == "application/geo+json"
        page = answer.json()
        assert page["numberMatched"] == 4
        assert page["numberReturned"] == len(page["features"])
        seen += [feature["id"] for feature in page["features"]]
        url = next((link["href"] for link in page["links"] if link["rel"] == "next"), None)
    assert len(set(seen)) == len(seen) == 4


@pytest.mark.parametrize(
    ("query", "places"),
    [
        ("bbox=-6,56,-5,57", ["Oban"]),
        ("bbox=-6,56,0,-5,57,100", ["Oban"]),
        ("bbox=170,-30,-170,0", ["Suva"]),
        ("datetime=2024-05-20", ["Suva"]),
        ("datetime=2024-05-20T00:00:00Z/..", ["Suva", "Tomsk"]),
        ("datetime=../2024-05-13", ["Leeds", "Oban"]),
    ],
)
def test_a_box_and_a_time_choose(client, query, places):
    features = client.get(f"{ITEMS}?{query}").json()["features"]
    assert sorted(feature["properties"]["place"] for feature in features) == places


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("bbox=1,2,3", "bbox"),
        ("bbox=0,99,1,100", "bbox"),
        ("datetime=yesterday", "datetime"),
        ("colour=red", "colour"),
    ],
)
def test_what_cannot_be_asked_is_named(client, query, parameter):
    answer = client.get(f"{ITEMS}?{query}")
    assert answer.status_code in {400, 422}
    assert answer.json()["parameter"] == parameter


def test_a_limit_above_the_most_is_the_most(client):
    # OGC 17-069r4, /req/core/fc-limit-response-1
    assert client.get(f"{ITEMS}?limit=1000000").status_code == 200


def test_one_feature_has_its_point_and_its_links(client):
    first = client.get(f"{ITEMS}?limit=1").json()["features"][0]
    one = client.get(f"{ITEMS}/{first['id']}").json()
    assert one["geometry"] == {"type": "Point", "coordinates": [-1.544, 53.797]}
    assert {link["rel"] for link in one["links"]} == {"self", "collection"}


@pytest.mark.parametrize(
    "path", ["/ogc/collections/nothing", "/ogc/collections/nothing/items", f"{ITEMS}/nobody"]
)
def test_what_nobody_knows_is_not_found(client, path):
    assert client.get(path).status_code == 404


def test_heights_are_passed_over_and_open_ends_are_open():
    assert box("1,2,3,4,5,6") == box("1,2,4,5")
    assert days("../..") == (None, None)
    with pytest.raises(InputError):
        days("..")
