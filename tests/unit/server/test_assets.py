import pytest
from starlette.testclient import TestClient

from rallybook.server.app import ASSETS


@pytest.mark.parametrize(("query", "kept"), [("?0f", "immutable"), ("", "no-cache")])
def test_a_browser_keeps_what_is_named_by_its_content(client, query, kept):
    assert kept in client.get(f"/static/page.css{query}").headers["Cache-Control"]


def test_words_come_compressed_and_whole(client):
    told = client.get("/static/map.js", headers={"Accept-Encoding": "gzip"})
    assert told.headers["Content-Encoding"] == "gzip"
    assert told.content == (ASSETS / "map.js").read_bytes()
    again = client.get("/static/map.js", headers={"If-None-Match": told.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_whoever_takes_no_gzip_gets_none(client):
    told = client.get("/static/map.js", headers={"Accept-Encoding": "identity"})
    assert "Content-Encoding" not in told.headers
    assert told.content == (ASSETS / "map.js").read_bytes()


def test_a_part_of_the_map_comes_as_a_part(client: TestClient):
    told = client.get("/static/basemap.pmtiles", headers={"Range": "bytes=0-6", "Accept-Encoding": "gzip"})
    assert (told.status_code, told.content) == (206, b"PMTiles")


def test_the_basemap_comes_as_it_lies(client: TestClient):
    told = client.get("/static/basemap.pmtiles", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in told.headers
    assert told.content == (ASSETS / "basemap.pmtiles").read_bytes()


def test_what_is_not_there_is_no_asset(client):
    assert client.get("/static/nothing.js").status_code == 404
    assert client.get("/static/..%2f..%2fapp.py").status_code == 404
