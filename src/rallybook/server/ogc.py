"""OGC API – Features, Part 1: Core (OGC 17-069r4) with GeoJSON: one collection, the events of the book.

QGIS opens it as "WFS / OGC API – Features" by the address of the landing page, GDAL as `OAPIF:` before that address.
"""

from __future__ import annotations

import datetime as dt
from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import urlencode

import msgspec
from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from rallybook.errors import InputError
from rallybook.model.question import Box, Question
from rallybook.server.answers import JSON, fresh
from rallybook.server.features import Feature, feature, first_day
from rallybook.server.problems import ProblemError, found
from rallybook.server.queries import NUMBER, Words, going_on
from rallybook.server.shelf import Here, Shelf

router = APIRouter(prefix="/ogc", tags=["OGC API – Features"])
GEOJSON = "application/geo+json"
_OPENAPI = "application/vnd.oai.openapi+json;version=3.1"
_COLLECTION = "events"
_USUAL, _MOST = 10, 10_000
_CLASSES = tuple(
    f"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/{part}" for part in ("core", "geojson", "oas30")
)
_WGS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
_HEIGHT = r"-?[0-9]{1,9}(\.[0-9]{1,15})?"
_TIME = r"([0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:.]{5,15}(Z|[+-][0-9]{2}:[0-9]{2})?)?|\.\.|)"


class Link(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A link; `rel` says what it leads to."""

    href: str
    rel: str
    type: str
    title: str = ""


class Landing(msgspec.Struct, frozen=True, kw_only=True):
    """Where everything else is."""

    title: str
    description: str
    links: tuple[Link, ...]


class Conformance(msgspec.Struct, frozen=True, rename="camel"):
    """What this keeps to."""

    conforms_to: tuple[str, ...]


class Collection(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A layer: what it holds and where its features are."""

    id: str
    title: str
    description: str
    extent: dict[str, Any]
    item_type: str
    crs: tuple[str, ...]
    links: tuple[Link, ...]


class Collections(msgspec.Struct, frozen=True):
    """All layers."""

    collections: tuple[Collection, ...]
    links: tuple[Link, ...]


class FeatureCollection(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Some features, how many there are, and where the ones after them are."""

    type: str = "FeatureCollection"
    features: tuple[Feature, ...]
    number_matched: int
    number_returned: int
    links: tuple[Link, ...]


class OneFeature(Feature, frozen=True, kw_only=True):
    """A feature with its links."""

    links: tuple[Link, ...]


class ItemsQuery(BaseModel):
    """Which features, from where on, how many."""

    model_config = ConfigDict(extra="forbid")

    limit: int = Field(
        _USUAL, ge=1, description=f"The most features to give; above {_MOST:,} this is {_MOST:,}."
    )
    bbox: str | None = Field(
        None, pattern=rf"^{NUMBER},{NUMBER},({_HEIGHT},)?{NUMBER},{NUMBER}(,{_HEIGHT})?$",
        description="West, south, east and north in degrees; heights are passed over.", examples=["-11,49,3,61"],
    )  # fmt: skip
    datetime: str | None = Field(
        None, pattern=rf"^{_TIME}(/{_TIME})?$",
        description="A day or moment, or two with / between; .. is open.", examples=["2024-05-01/2024-05-31"],
    )  # fmt: skip
    after: Words = Field("", description="The id of the last feature of the page before; links have it.")
    f: str | None = Field(None, pattern="^(json|geojson)$", description="The format, which is GeoJSON.")

    def question(self) -> Question:
        """Give the question that these ask; raises `InputError`."""
        first, last = days(self.datetime)
        return Question(
            first=first, last=last, box=box(self.bbox), after=self.after, limit=min(self.limit, _MOST)
        )


@router.get("")
def landing(request: Request, here: Here) -> Response:
    """Give the landing page."""
    links = (
        _link(request, "", "self"),
        Link(href=_at(request, "/api/v1/openapi.json"), rel="service-desc", type=_OPENAPI),
        _link(request, "/conformance", "conformance"),
        _link(request, "/collections", "data"),
    )
    about = "Protest events with the words of the news that prove them."
    return fresh(request, lambda: Landing(title=here.name, description=about, links=links))


@router.get("/conformance")
def conformance(request: Request) -> Response:
    """Give what this keeps to."""
    return fresh(request, lambda: Conformance(_CLASSES))


@router.get("/collections")
def collections(request: Request, here: Here) -> Response:
    """Give the layers: one."""
    links = (_link(request, "/collections", "self"),)
    return fresh(request, lambda: Collections((_events(request, here),), links))


@router.get("/collections/{collection}")
def collection(
    request: Request, collection: Annotated[str, Path(max_length=100, examples=[_COLLECTION])], here: Here
) -> Response:
    """Give a layer."""
    _known(collection)
    return fresh(request, lambda: _events(request, here))


@router.get("/collections/{collection}/items")
def items(
    request: Request,
    collection: Annotated[str, Path(max_length=100, examples=[_COLLECTION])],
    query: Annotated[ItemsQuery, Query()],
    here: Here,
) -> Response:
    """Give features, a page at a time, in the order of their first day."""
    _known(collection)
    asked = query.question()
    return fresh(request, lambda: _page(request, query, asked, here), media_type=GEOJSON)


@router.get("/collections/{collection}/items/{name}")
def item(
    request: Request,
    collection: Annotated[str, Path(max_length=100, examples=[_COLLECTION])],
    name: Annotated[str, Path(min_length=1, max_length=200)],
    here: Here,
) -> Response:
    """Give one feature."""
    _known(collection)
    with found():
        told = feature(here.opened.event(name))
    path = f"/collections/{_COLLECTION}"
    links = (_link(request, f"{path}/items/{told.id}", "self", GEOJSON), _link(request, path, "collection"))
    one = OneFeature(id=told.id, geometry=told.geometry, properties=told.properties, links=links)
    return fresh(request, lambda: one, media_type=GEOJSON)


def box(told: str | None) -> Box | None:
    """Give the box of four numbers, or of six with heights, which are passed over; raises `InputError`."""
    if told is None:
        return None
    numbers = [float(number) for number in told.split(",")]
    if len(numbers) == 6:
        numbers = [*numbers[:2], *numbers[3:5]]
    if len(numbers) != 4:
        raise InputError("bbox", told, "four numbers, or six with heights")
    west, south, east, north = numbers
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90):
        raise InputError("bbox", told, "longitudes -180 to 180, latitudes -90 to 90, south up to north")
    return Box(west, south, east, north)


def days(told: str | None) -> tuple[dt.date | None, dt.date | None]:
    """Give the first and the last day of a moment or an interval, None where it is open; raises `InputError`."""
    if told is None:
        return None, None
    ends = told.split("/")
    if len(ends) == 1:
        ends *= 2
        if not told.strip("."):
            raise InputError("datetime", told, "a day, or an interval")
    first, last = (_day(end, told) for end in ends)
    return first, last


def _day(end: str, told: str) -> dt.date | None:
    if end in ("", ".."):
        return None
    try:
        return dt.datetime.fromisoformat(end).date()
    except ValueError:
        raise InputError("datetime", told, "RFC 3339, as 2024-05-01 or 2024-05-01T00:00:00Z") from None


def _page(request: Request, query: ItemsQuery, asked: Question, here: Shelf) -> FeatureCollection:
    book = here.opened.book
    with going_on(query.after):
        told = tuple(feature(event) for event in book.events(asked))
    path = f"/collections/{_COLLECTION}/items"
    given = query.model_dump(exclude_defaults=True)
    links = [_link(request, f"{path}{_query(given)}", "self", GEOJSON)]
    if len(told) == asked.limit:
        links.append(_link(request, f"{path}{_query(given | {'after': told[-1].id})}", "next", GEOJSON))
    return FeatureCollection(
        features=told,
        number_matched=book.count(msgspec.structs.replace(asked, after="", limit=None)),
        number_returned=len(told),
        links=tuple(links),
    )


def _events(request: Request, here: Shelf) -> Collection:
    path = f"/collections/{_COLLECTION}"
    first = next((first_day(event) for event in here.opened.book.events(Question(limit=1))), None)
    span = [f"{first}T00:00:00Z" if first else None, None]
    return Collection(
        id=_COLLECTION,
        title=f"Protest events: {here.name}",
        description="One feature for each event; without a geometry where its place is known to a country only.",
        extent={
            "spatial": {"bbox": [[-180, -90, 180, 90]], "crs": _WGS84},
            "temporal": {"interval": [span]},
        },
        item_type="feature",
        crs=(_WGS84,),
        links=(_link(request, path, "self"), _link(request, f"{path}/items", "items", GEOJSON)),
    )


def _known(collection: str) -> None:
    if collection != _COLLECTION:
        raise ProblemError(
            HTTPStatus.NOT_FOUND, "no such collection", parameter="collection", received=collection[:200],
            allowed=_COLLECTION,
        )  # fmt: skip


def _link(request: Request, path: str, rel: str, kind: str = JSON) -> Link:
    return Link(href=_at(request, f"{router.prefix}{path}"), rel=rel, type=kind)


def _at(request: Request, path: str) -> str:
    return f"{request.base_url}{path.removeprefix('/')}"


def _query(given: dict[str, Any]) -> str:
    return f"?{urlencode(given)}" if given else ""
