"""Cells of H3: how many events lie in each hexagon of the globe."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import h3
import msgspec

from rallybook.model.question import Box

# a hexagon of some 60 metres: finer than any place is known
FINEST_HEXAGONS = 10
# degrees of a ring are told so exactly: some ten metres
_DIGITS = 4


class Hexagon(msgspec.Struct, frozen=True):
    """A cell with the number of its events and their middle, in WGS 84 degrees."""

    cell: str
    count: int
    lon: float
    lat: float


def counted(spots: Iterable[tuple[float, float, int]], resolution: int) -> list[Hexagon]:
    """Give the cells in which spots (longitude, latitude, number of events) lie, the fullest first."""
    inside: dict[str, list[tuple[float, float, int]]] = defaultdict(list)
    for spot in spots:
        inside[h3.latlng_to_cell(spot[1], spot[0], resolution)].append(spot)
    return sorted(
        (_hexagon(cell, held) for cell, held in inside.items()), key=lambda one: (-one.count, one.cell)
    )


def _hexagon(cell: str, held: list[tuple[float, float, int]]) -> Hexagon:
    count = sum(number for *_, number in held)
    # spots on both sides of the 180th meridian are neighbours
    first = held[0][0]
    east = sum((lon + 360 * round((first - lon) / 360)) * number for lon, _, number in held) / count
    return Hexagon(cell, count, _wrapped(east), sum(lat * number for _, lat, number in held) / count)


def ring(cell: str) -> tuple[float, ...]:
    """Give the corners of a cell: longitude, latitude, longitude and so on.

    A cell that crosses the 180th meridian goes on beyond it, so that it stays one shape.
    """
    return tuple(round(side, _DIGITS) for corner in _corners(cell) for side in corner)


def _corners(cell: str) -> list[tuple[float, float]]:
    corners = h3.cell_to_boundary(cell)
    _, middle = h3.cell_to_latlng(cell)
    return [(lon + 360 * round((middle - lon) / 360), lat) for lat, lon in corners]


def box_of(cell: str) -> Box:
    """Give a box that holds a cell; a cell that holds a pole is all around it."""
    corners = _corners(cell)
    lats = [lat for _, lat in corners]
    for pole in (90.0, -90.0):
        if holds(cell, 0, pole):
            return Box(-180, min(*lats, pole), 180, max(*lats, pole))
    # its edges are arcs, which bulge a little beyond the corners
    west, east = min(lon for lon, _ in corners), max(lon for lon, _ in corners)
    bulge = (max(lats) - min(lats)) * 0.1
    around = (east - west) * 0.1
    return Box(
        _wrapped(west - around),
        max(-90, min(lats) - bulge),
        _wrapped(east + around),
        min(90, max(lats) + bulge),
    )


def _wrapped(lon: float) -> float:
    return (lon + 180) % 360 - 180


def is_cell(name: str) -> bool:
    """Tell whether a name is that of a cell that is coarse enough to be asked for."""
    return bool(h3.is_valid_cell(name)) and int(h3.get_resolution(name)) <= FINEST_HEXAGONS


def holds(cell: str, lon: float, lat: float) -> bool:
    """Tell whether a spot lies in a cell."""
    return str(h3.latlng_to_cell(lat, lon, h3.get_resolution(cell))) == cell
