"""What a map and a timeline show of many events."""

from __future__ import annotations

import datetime as dt
from typing import Literal, get_args

import msgspec

from rallybook.model.record import Form, Status
from rallybook.model.values import Precision

BinWidth = Literal["day", "week", "month"]
BIN_WIDTHS: tuple[BinWidth, ...] = get_args(BinWidth)
# a browser draws 50,000 points in 2.4 s and 200,000 in 4.1 s: whoever has more draws cells
MOST_POINTS = 50_000
# a cell of the finest resolution is some ten metres wide, finer than any place is known
FINEST_CELLS = 22


class Bin(msgspec.Struct, frozen=True):
    """How many events of each form began in a stretch of days, which begins on `first` (a week on its Monday)."""

    first: dt.date
    forms: dict[Form, int]


class Points(msgspec.Struct, frozen=True, kw_only=True):
    """Events as points of a map, column by column, in the order of events.

    `lons` and `lats` are WGS 84 degrees, `days` first days in ISO 8601 (empty: undated), `lows` and `highs` head
    counts. Of all that were asked for, `matched` in number, those whose place is known to a country only
    (`country_only`) or not at all (`placeless`) are no points; `undated` ones may be.
    """

    ids: tuple[str, ...] = ()
    lons: tuple[float, ...] = ()
    lats: tuple[float, ...] = ()
    precisions: tuple[Precision, ...] = ()
    days: tuple[str, ...] = ()
    forms: tuple[Form, ...] = ()
    statuses: tuple[Status, ...] = ()
    lows: tuple[int | None, ...] = ()
    highs: tuple[int | None, ...] = ()
    matched: int = 0
    country_only: int = 0
    placeless: int = 0
    undated: int = 0


class Cell(msgspec.Struct, frozen=True):
    """How many events lie in a cell of the map, and the middle of these in WGS 84 degrees.

    Cells are those of web maps (Web Mercator): resolution z parts the world into 2 to the power of z columns
    and as many rows; `x` counts the columns from the 180th meridian eastwards, `y` the rows from 85° N southwards.
    """

    x: int
    y: int
    count: int
    lon: float
    lat: float


class Spots(msgspec.Struct, frozen=True, kw_only=True):
    """How many events lie on each spot of a map, column by column, and how many are on none.

    `lons` and `lats` are WGS 84 degrees, each pair once; many events of one city lie on one spot. The other numbers are
    those of `Points`.
    """

    lons: tuple[float, ...] = ()
    lats: tuple[float, ...] = ()
    counts: tuple[int, ...] = ()
    matched: int = 0
    country_only: int = 0
    placeless: int = 0
    undated: int = 0
