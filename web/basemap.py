"""Build the basemap of the map page from npm world-atlas (Natural Earth, public domain) and the compiled gazetteer.

    npm ci && python basemap.py          in web/, with pyogrio and shapely; some five seconds

Writes `basemap.pmtiles` (countries, zoom 0 to 6) and `labels.json` (names of countries and large cities) beside the
other built assets. Run it where world-atlas or the gazetteer has changed; a rebuild of the scripts leaves both alone.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyogrio
import shapely
from shapely.affinity import translate
from shapely.geometry import MultiPolygon, Polygon, box

HERE = Path(__file__).parent
ROOT = HERE.parent
ATLAS = HERE / "node_modules" / "world-atlas" / "countries-50m.json"
GAZETTEER = ROOT / "src" / "rallybook" / "grounding" / "data" / "gazetteer.sqlite"
STATIC = ROOT / "src" / "rallybook" / "server" / "web" / "static"

_WEST, _EAST = box(-180, -90, 180, 90), box(180, -90, 540, 90)
# a ring that reaches this far south is Antarctica, which is closed along the edge of the map already
_POLE = -89.0
# so many people make a city that is named on the map: some 1,200 of them
_NAMED = 500_000


def cut(shape: Polygon | MultiPolygon) -> MultiPolygon:
    """Give a shape cut at the 180th meridian, so that none is drawn as a band around the world."""
    parts: list[Polygon] = []
    for polygon in shapely.get_parts(shape):
        for piece in _pieces(polygon):
            parts += [one for one in shapely.get_parts(piece) if isinstance(one, Polygon) and one.area > 0]
    return MultiPolygon(parts)


def _pieces(polygon: Polygon) -> Iterator[shapely.Geometry]:
    lon, lat = np.asarray(polygon.exterior.coords).T[:2]
    if not (np.abs(np.diff(lon)) > 180).any() or lat.min() < _POLE:
        yield polygon
        return
    rings = [_unwound(ring) for ring in (polygon.exterior, *polygon.interiors)]
    whole = shapely.make_valid(Polygon(rings[0], rings[1:]))
    yield whole.intersection(_WEST)
    yield translate(whole.intersection(_EAST), xoff=-360)


def _unwound(ring: shapely.LinearRing) -> list[tuple[float, float]]:
    return [(lon + 360 if lon < 0 else lon, lat) for lon, lat, *_ in ring.coords]


def countries() -> tuple[list[MultiPolygon], list[str]]:
    """Give the countries as shapes with their names."""
    _, _, shapes, (names,) = pyogrio.raw.read(ATLAS, layer="countries", columns=["name"])
    return [cut(shape) for shape in shapely.from_wkb(shapes)], [str(name) for name in names]


def labels(shapes: list[MultiPolygon], names: list[str]) -> list[dict[str, object]]:
    """Give a label for each country, in its largest part, and for each large city; the larger come first."""
    found = []
    for shape, name in zip(shapes, names, strict=True):
        largest = max(shapely.get_parts(shape), key=lambda part: part.area)
        spot = largest.representative_point()
        found.append((shape.area * 1e7, _label(name, "country", spot.x, spot.y)))
    with sqlite3.connect(f"file:{GAZETTEER}?mode=ro", uri=True) as gazetteer:
        cities = gazetteer.execute(
            "SELECT name, lon, lat, population, feature FROM place"
            " WHERE feature IN ('PPL', 'PPLC') AND population >= ?",
            (_NAMED,),
        )
        for name, lon, lat, population, feature in cities:
            kind = "capital" if feature == "PPLC" else "city"
            found.append((population, _label(name, kind, lon / 1e4, lat / 1e4, people=population)))
    return [label for _, label in sorted(found, key=lambda pair: -pair[0])]


def _label(name: str, kind: str, lon: float, lat: float, *, people: int = 0) -> dict[str, object]:
    told = {"name": name, "kind": kind} | ({"people": people // 1000} if people else {})
    spot = {"type": "Point", "coordinates": [round(lon, 2), round(lat, 2)]}
    return {"type": "Feature", "properties": told, "geometry": spot}


def main() -> None:
    """Write the basemap and its labels."""
    shapes, names = countries()
    STATIC.mkdir(parents=True, exist_ok=True)
    tiles = STATIC / "basemap.pmtiles"
    tiles.unlink(missing_ok=True)
    pyogrio.raw.write(
        tiles,
        shapely.to_wkb(np.array(shapes, dtype=object)),
        [np.array(names, dtype=object)],
        fields=["name"],
        layer="countries",
        driver="PMTiles",
        geometry_type="MultiPolygon",
        crs="EPSG:4326",
        dataset_options={"MINZOOM": "0", "MAXZOOM": "6", "NAME": "countries"},
    )
    written = {"type": "FeatureCollection", "features": labels(shapes, names)}
    text = json.dumps(written, ensure_ascii=False, separators=(",", ":"))
    (STATIC / "labels.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
