"""How many clients at once the OGC API serves, beside pygeoapi on the same events in the same run.

    python bench/server_peers.py --pygeoapi VENV/bin/python [--book BOOK] [--events 5000] [--clients 200] [--seconds 60]

Needs wrk (`apt-get install wrk libsqlite3-mod-spatialite`) and a virtual environment with pygeoapi, starlette and
uvicorn, of a Python whose sqlite3 loads extensions, as Debian's does. The events of the book are handed to pygeoapi as a
GeoPackage with a spatial index, behind its SQLite provider. Each server is one process of uvicorn with what it comes
with, asked at 127.0.0.1 for pages of 100 features of boxes of ten to sixty degrees: first for 60 boxes again and again,
then, for a third of the time, for boxes that nobody asked for before. Both answers hold the same number of features,
which is compared first; ours also say how many match in all. Prints a table in Markdown.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import geopandas
import pyogrio

import web
from rallybook import opened
from rallybook.server.features import feature
from served import cpu_of, free_port, running, served

_OURS, _THEIRS = "/ogc/collections/events/items", "/collections/events/items"
_AGAIN, _FRESH = 60, 50_000
_REST = 10
_LUA = """
local paths, at = {}, 0
for line in io.lines("%s") do paths[#paths + 1] = line end
local threads = 0
function setup(thread) thread:set("number", threads); threads = threads + 1 end
function init() at = number * math.floor(#paths / 2) end
function request() at = at %% #paths + 1; return wrk.format("GET", paths[at]) end
"""
_CONFIG = """
server: {bind: {host: 127.0.0.1, port: %(port)d}, url: "http://127.0.0.1:%(port)d", mimetype: application/json; charset=UTF-8,
  encoding: utf-8, languages: [en-US], gzip: false, pretty_print: false, limits: {default_items: 100, max_items: 1000},
  map: {url: "", attribution: ""}}
logging: {level: ERROR}
metadata: {identification: {title: a, description: b, keywords: [c], keywords_type: theme, terms_of_service: d, url: "http://e.example"},
  license: {name: f, url: "http://e.example"}, provider: {name: g, url: "http://e.example"},
  contact: {name: h, email: i@e.example}}
resources:
  events:
    type: collection
    title: events
    description: events
    keywords: [events]
    links: []
    extents: {spatial: {bbox: [-180, -90, 180, 90], crs: "http://www.opengis.net/def/crs/OGC/1.3/CRS84"}}
    providers:
      - {type: feature, name: SQLiteGPKG, data: "%(data)s", id_field: fid, table: events}
"""


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument(
        "--pygeoapi", type=Path, required=True, help="the Python of its virtual environment"
    )
    arguments.add_argument("--book", type=Path)
    arguments.add_argument("--events", type=int, default=5_000)
    arguments.add_argument("--clients", type=int, default=200)
    arguments.add_argument("--seconds", type=int, default=60)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        book = given.book or folder / "book.db"
        if not book.exists():
            web.make(book, given.events)
        number = packed(book, folder / "events.gpkg")
        print(f"{number:,} features, {given.clients} clients for {given.seconds} s\n")
        print(
            "| server | boxes | answers a second | p50, p99 | errors | CPU of the server an answer |\n|---|---|---|---|---|---|"
        )
        load = (given.clients, given.seconds)
        with served(book) as (port, process):
            matched = [_matched(port, _OURS, box) for box in _boxes(5, 5)]
            for row in rows("rallybook", port, process, _OURS, load):
                print(row, flush=True)
        with pygeoapi(given.pygeoapi, folder) as (port, process):
            if matched != (theirs := [_matched(port, _THEIRS, box) for box in _boxes(5, 5)]):
                print(f"The servers do not find the same: {matched} and {theirs}", file=sys.stderr)
                return 1
            for row in rows("pygeoapi", port, process, _THEIRS, load):
                print(row, flush=True)
    return 0


def packed(book: Path, path: Path) -> int:
    """Write the events of a book that are points as a GeoPackage with the properties of the OGC API; give their number."""
    with opened.open(book, create=False) as read:
        told = [feature(event) for event in read.events(unplaced=False)]
    rows = [
        {name: _flat(getattr(one.properties, name)) for name in one.properties.__struct_fields__}
        for one in told
    ]
    points = geopandas.points_from_xy(
        *zip(*(one.geometry.coordinates for one in told if one.geometry), strict=True)
    )
    pyogrio.write_dataframe(geopandas.GeoDataFrame(rows, geometry=points, crs=4326), path, layer="events")
    return len(told)


def _flat(value: object) -> object:
    """Give a value of a property as a column holds it."""
    return value if isinstance(value, str | int | float | None) else json.dumps(value, default=str)


@contextlib.contextmanager
def pygeoapi(python: Path, folder: Path) -> Iterator[tuple[int, int]]:
    """Serve the GeoPackage by pygeoapi; give the port and the process."""
    port = free_port()
    config, described = folder / "pygeoapi.yml", folder / "openapi.yml"
    config.write_text(_CONFIG % {"port": port, "data": folder / "events.gpkg"}, encoding="utf-8")
    told = {"PYGEOAPI_CONFIG": str(config), "PYGEOAPI_OPENAPI": str(described)}
    generate = [python.with_name("pygeoapi"), "openapi", "generate", config, "--output-file", described]
    subprocess.run(generate, check=True, env=os.environ | told, stdout=subprocess.DEVNULL)
    serve = [
        str(python),
        "-m",
        "uvicorn",
        "pygeoapi.starlette_app:APP",
        "--port",
        str(port),
        "--log-level",
        "error",
    ]
    with running(serve, port, told) as process:
        yield port, process


def rows(name: str, port: int, process: int, path: str, load: tuple[int, int]) -> Iterator[str]:
    """Load a server with boxes that come again, and with boxes that do not."""
    clients, seconds = load
    for what, boxes, took in (
        (f"{_AGAIN} again and again, {seconds} s", _boxes(7, _AGAIN), seconds),
        (f"another each time, {seconds // 3} s", _boxes(8, _FRESH), seconds // 3),
    ):
        cpu = cpu_of(process)
        told = _wrk(port, [f"{path}?limit=100&f=json&bbox={box}" for box in boxes], (clients, took))
        answers = int(_found(r"(\d+) requests in", told))
        cpu = 1000 * (cpu_of(process) - cpu) / max(answers, 1)
        p50, p99 = _found(r"\n +50% +(\S+)", told), _found(r"\n +99% +(\S+)", told)
        failed = [
            int(number)
            for line in re.findall(r"Socket errors:.*|Non-2xx.*", told)
            for number in re.findall(r"\d+", line[7:])
        ]
        rate = float(_found(r"Requests/sec:\s+(\S+)", told))
        yield f"| {name} | {what} | {rate:,.0f} | {p50}, {p99} | {sum(failed)} | {cpu:.1f} ms |"
        # what was still asked for when the time was up is no load of the next row
        time.sleep(_REST)


def _wrk(port: int, paths: list[str], load: tuple[int, int]) -> str:
    clients, seconds = load
    with tempfile.TemporaryDirectory() as name:
        listed, script = Path(name) / "paths", Path(name) / "paths.lua"
        listed.write_text("\n".join(paths), encoding="utf-8")
        script.write_text(_LUA % listed, encoding="utf-8")
        command = [
            "wrk",
            "-t2",
            f"-c{clients}",
            f"-d{seconds}s",
            "--timeout",
            "30s",
            "--latency",
            "-s",
            script,
        ]
        return subprocess.run(
            [*command, f"http://127.0.0.1:{port}"], check=True, capture_output=True, text=True
        ).stdout


def _found(pattern: str, told: str) -> str:
    found = re.search(pattern, told)
    assert found, told
    return found.group(1)


def _boxes(seed: int, count: int) -> Iterator[str]:
    chance = random.Random(seed)
    for _ in range(count):
        west, south, wide = chance.uniform(-180, 120), chance.uniform(-60, 50), chance.uniform(10, 60)
        yield f"{west:.4f},{south:.4f},{west + wide:.4f},{south + wide / 2:.4f}"


def _matched(port: int, path: str, box: str) -> int:
    """Give how many features a server finds in a box, up to a thousand."""
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port)) as connection:
        connection.request("GET", f"{path}?limit=1000&f=json&bbox={box}")
        return len(json.loads(connection.getresponse().read())["features"])


if __name__ == "__main__":
    sys.exit(main())
