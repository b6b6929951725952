"""GDAL, and so QGIS and R, reads the events as a layer of OGC API – Features."""

import contextlib
import socket
import subprocess
import sys
import time

import pytest

pyogrio = pytest.importorskip("pyogrio", reason="pyogrio, which has GDAL, is not there")
_SERVE = "import sys; from rallybook.cli.app import run; sys.argv[0] = 'rallybook'; run()"


@pytest.fixture(scope="module")
def layer(_made_once):
    """The address of a server, as GDAL wants it; in a process of its own, for GDAL holds up all threads of this one."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", _SERVE, "serve", "--port", str(port), "--book", str(_made_once)]
    # the accounts beside the book make no difference to who only reads
    server = subprocess.Popen(command, stderr=subprocess.PIPE)
    until = time.monotonic() + 60
    while time.monotonic() < until and server.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            break
        time.sleep(0.1)
    yield f"OAPIF:http://127.0.0.1:{port}/ogc"
    server.terminate()
    server.communicate(timeout=30)


def test_the_layer_is_found_with_its_points(layer):
    assert pyogrio.list_layers(layer).tolist() == [["events", "Point"]]


def test_features_are_read_page_by_page(layer):
    meta, _, geometry, fields = pyogrio.raw.read(layer, layer="events", PAGE_SIZE="2")
    places = dict(zip(meta["fields"], fields, strict=True))["place"].tolist()
    assert sorted(places) == ["Leeds", "Oban", "Suva", "Tomsk"]
    assert all(point is not None for point in geometry)


def test_a_box_is_asked_of_the_server(layer):
    meta, _, _, fields = pyogrio.raw.read(layer, layer="events", bbox=(-6, 56, -5, 57))
    assert dict(zip(meta["fields"], fields, strict=True))["place"].tolist() == ["Oban"]
