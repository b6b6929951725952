"""Build the basemap of the map page from npm world-atlas (Natural Earth, public domain) and the compiled gazetteer.

    npm ci && python basemap.py          in web/, with pyogrio, shapely and pmtiles; some twenty seconds

Writes `basemap.pmtiles` (land, borders and names, zoom 0 to 6) and `cities.json` (where large cities are) beside
the other built assets. Run it where world-atlas or the gazetteer has changed; a rebuild of the scripts leaves both
alone.

Each zoom is drawn no finer than its pixels: all countries are simplified together, so that neighbours still meet, land
is one shape without the lines inside it, and a border is drawn once, not once for each of its two countries. A map
without a graphics card is drawn three times as fast so.
"""

from __future__ import annotations

import gzip
import itertools
import json
import math
import sqlite3
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyogrio
import shapely
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer
from shapely.affinity import translate

HERE = Path(__file__).parent
ROOT = HERE.parent
ATLAS = HERE / "node_modules" / "world-atlas" / "countries-50m.json"
GAZETTEER = ROOT / "src" / "rallybook" / "grounding" / "data" / "gazetteer.sqlite"
STATIC = ROOT / "src" / "rallybook" / "server" / "web" / "static"

_FINEST = 6
# metres around the equator in Web Mercator, and pixels of a tile of MapLibre
_ROUND, _TILE = 40_075_016.686, 512
_EDGE = _ROUND / 2
# where a map of Web Mercator ends
_MOST_NORTH = 85.0511287798066
# a ring that reaches this far south is Antarctica, which is closed along the edge of the map already
_POLE = -89.0
# so many people make a city that is named on the map: some 1,200 of them
_NAMED = 500_000
# what names a place at each zoom: hundredths of a square degree of a country, thousands of people of a city
_COUNTRIES = (10**6, 1_000, 200, 30, 0)
_CITIES = (10**6, 10**6, 10**6, 3_000, 1_000, 0)


def countries() -> tuple[np.ndarray, list[str]]:
    """Give the countries as shapes in degrees, those that cross the 180th meridian on beyond it, and their names."""
    _, _, shapes, (names,) = pyogrio.raw.read(ATLAS, layer="countries", columns=["name"])
    whole = [
        shapely.MultiPolygon([*map(_unwound, shapely.get_parts(shape))]) for shape in shapely.from_wkb(shapes)
    ]
    return np.array(whole, dtype=object), [str(name) for name in names]


def _unwound(polygon: shapely.Polygon) -> shapely.Polygon:
    """Give a polygon whose western part, beyond the 180th meridian, lies east of it."""
    lon, lat = np.asarray(polygon.exterior.coords).T[:2]
    if not (np.abs(np.diff(lon)) > 180).any() or lat.min() < _POLE:
        return polygon
    return shapely.transform(polygon, lambda at: np.where(at[:, :1] < 0, at + np.array((360, 0)), at))


def mercator(at: np.ndarray) -> np.ndarray:
    """Give positions in degrees as metres of Web Mercator."""
    lat = np.radians(np.clip(at[:, 1], -_MOST_NORTH, _MOST_NORTH))
    return np.column_stack(
        (at[:, 0] * _ROUND / 360, np.log(np.tan(math.pi / 4 + lat / 2)) * _ROUND / math.tau)
    )


def drawn_at(zoom: int, shapes: np.ndarray) -> dict[str, list[shapely.Geometry]]:
    """Give the land and the borders as a zoom shows them: no finer than its pixels."""
    pixel = _ROUND / (_TILE * 2**zoom)
    simple = shapely.coverage_simplify(shapes, pixel) if zoom < _FINEST else shapes
    kept = [_without_specks(shape, pixel) for shape in simple]
    lines = shapely.union_all([shapely.boundary(shape) for shape in kept])
    return {
        "land": _within_the_map(shapely.union_all(kept)),
        "borders": _within_the_map(shapely.line_merge(lines.difference(_sides()))),
    }


def _without_specks(shape: shapely.MultiPolygon, pixel: float) -> shapely.MultiPolygon:
    """Give a country without islands of less than a pixel; the largest stays."""
    parts = sorted(shapely.get_parts(shape), key=lambda part: -part.area)
    return shapely.MultiPolygon([part for at, part in enumerate(parts) if not at or part.area > pixel**2])


def _sides() -> shapely.Geometry:
    """Give the edges of the map but the northern one: no coast, though Antarctica ends there."""
    ends = [((side, -_EDGE), (side, 0)) for side in (-_EDGE, _EDGE)]
    return shapely.union_all(
        [shapely.LineString(end).buffer(1) for end in (*ends, ((-_EDGE, -_EDGE), (_EDGE, -_EDGE)))]
    )


def _within_the_map(shape: shapely.Geometry) -> list[shapely.Geometry]:
    """Give the parts of a shape, those beyond the 180th meridian where they belong."""
    west, east = shapely.box(-_EDGE, -_EDGE, _EDGE, _EDGE), shapely.box(_EDGE, -_EDGE, 3 * _EDGE, _EDGE)
    wanted = shapely.get_type_id(shapely.get_parts(shape)[0])
    pieces = [shape.intersection(west), translate(shape.intersection(east), xoff=-_ROUND)]
    parts = [part for piece in pieces for part in shapely.get_parts(piece)]
    return [part for part in parts if shapely.get_type_id(part) == wanted and not part.is_empty]


def named_at(zoom: int, named: list[Label]) -> dict[str, list[Label]]:
    """Give the names that a zoom shows: the larger a country and the more people in a city, the sooner."""
    least = {
        layer: sizes[min(zoom, len(sizes) - 1)]
        for layer, sizes in (("names", _COUNTRIES), ("cities", _CITIES))
    }
    return {
        layer: [
            one for one in named if one.size >= least[layer] and (one.kind == "country") == (layer == "names")
        ]
        for layer in least
    }


def tiles(shapes: np.ndarray, named: list[Label]) -> dict[tuple[int, int, int], bytes]:
    """Give the vector tiles by zoom, column and row; a tile is its layers one after the other."""
    found: dict[tuple[int, int, int], bytes] = defaultdict(bytes)
    for zoom in range(_FINEST + 1):
        layers = [_tiled(layer, zoom, parts) for layer, parts in drawn_at(zoom, shapes).items()]
        for layer, labels in named_at(zoom, named).items():
            if labels:
                spots = mercator(np.array([(one.lon, one.lat) for one in labels]))
                layers.append(_tiled(layer, zoom, list(shapely.points(spots)), labels))
        for at, tile in itertools.chain.from_iterable(layers):
            found[at] += tile
    return found


def _tiled(
    layer: str, zoom: int, parts: list[shapely.Geometry], labels: list[Label] | None = None
) -> Iterator[tuple[tuple[int, int, int], bytes]]:
    facts = {"name": [one.name for one in labels], "size": [one.size for one in labels]} if labels else {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tiles.mbtiles"
        pyogrio.raw.write(
            path,
            shapely.to_wkb(np.array(parts, dtype=object)),
            [
                np.array(column) if isinstance(column[0], int) else np.array(column, dtype=object)
                for column in facts.values()
            ],
            fields=[*facts],
            layer=layer,
            driver="MBTiles",
            geometry_type=shapely.GeometryType(shapely.get_type_id(parts[0]))
            .name.title()
            .replace("string", "String"),
            crs="EPSG:3857",
            dataset_options={"MINZOOM": str(zoom), "MAXZOOM": str(zoom), "NAME": layer},
        )
        with sqlite3.connect(path) as made:
            for column, row, tile in made.execute("SELECT tile_column, tile_row, tile_data FROM tiles"):
                # rows of MBTiles count from the south
                yield (zoom, column, 2**zoom - 1 - row), gzip.decompress(tile)


def write(path: Path, made: dict[tuple[int, int, int], bytes]) -> None:
    """Write tiles as PMTiles."""
    with path.open("wb") as file:
        writer = Writer(file)
        for at in sorted(made, key=lambda at: zxy_to_tileid(*at)):
            writer.write_tile(zxy_to_tileid(*at), gzip.compress(made[at], 9, mtime=0))
        world = {"min_lon_e7": -180, "min_lat_e7": -85, "max_lon_e7": 180, "max_lat_e7": 85}
        header = {
            "tile_type": TileType.MVT,
            "tile_compression": Compression.GZIP,
            "min_zoom": 0,
            "max_zoom": _FINEST,
        }
        middle = {"center_zoom": 0, "center_lon_e7": 0, "center_lat_e7": 0}
        layers = [{"id": layer, "fields": {}} for layer in ("land", "borders", "names", "cities")]
        writer.finalize(
            header | middle | {side: degrees * 10**7 for side, degrees in world.items()},
            {"name": "Natural Earth", "vector_layers": layers},
        )


class Label(NamedTuple):
    """A name on the map: of a country with its hundredths of square degrees, a city with its thousands of people."""

    name: str
    kind: str
    lon: float
    lat: float
    size: int


def labels(shapes: np.ndarray, names: list[str]) -> list[Label]:
    """Give a label for each country, in its largest part, and for each large city; the larger come first."""
    found = []
    for shape, name in zip(shapes, names, strict=True):
        largest = max(shapely.get_parts(shape), key=lambda part: part.area)
        spot = largest.representative_point()
        found.append(
            (
                shape.area * 1e7,
                Label(name, "country", (spot.x + 180) % 360 - 180, spot.y, int(shape.area * 100)),
            )
        )
    with sqlite3.connect(f"file:{GAZETTEER}?mode=ro", uri=True) as gazetteer:
        cities = gazetteer.execute(
            "SELECT name, lon, lat, population, feature FROM place"
            " WHERE feature IN ('PPL', 'PPLC') AND population >= ?",
            (_NAMED,),
        )
        for name, lon, lat, population, feature in cities:
            kind = "capital" if feature == "PPLC" else "city"
            found.append((population, Label(name, kind, lon / 1e4, lat / 1e4, population // 1000)))
    return [label for _, label in sorted(found, key=lambda pair: -pair[0])]


def main() -> None:
    """Write the basemap, and the names of cities by which a page names an area."""
    shapes, names = countries()
    named = labels(shapes, names)
    STATIC.mkdir(parents=True, exist_ok=True)
    write(STATIC / "basemap.pmtiles", tiles(shapely.transform(shapes, mercator), named))
    cities = [one for one in named if one.kind != "country"]
    columns = {
        "name": [one.name for one in cities],
        "lon": [round(one.lon, 2) for one in cities],
        "lat": [round(one.lat, 2) for one in cities],
    }
    text = json.dumps(columns, ensure_ascii=False, separators=(",", ":"))
    (STATIC / "cities.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
