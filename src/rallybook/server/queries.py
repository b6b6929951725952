"""The filters of a request, as the library's `Filters` have them."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Annotated, Any, Literal, cast
from urllib.parse import urlencode

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from rallybook.errors import InputError
from rallybook.filters import Filters, question
from rallybook.model.overview import MOST_POINTS, BinWidth
from rallybook.model.question import Box, Question
from rallybook.model.record import Focus, Form, ResponseAction, Status
from rallybook.server.hexagons import FINEST_HEXAGONS

PAGE, LONGEST_PAGE = 100, 1_000
# longer than any name or quote that is looked for; what is longer costs the index of words time for nothing
_LONGEST = 500
# more than any list of values has; SQLite takes 32,766
_MOST_VALUES = 300
# no head count has more digits, and SQLite has whole numbers of 64 bits
_MOST_PEOPLE = 10**12
NUMBER = r"-?[0-9]{1,3}(\.[0-9]{1,15})?"
_WORDS = r"^[^\x00]*$"
Words = Annotated[str, StringConstraints(max_length=_LONGEST, pattern=_WORDS)]
Country = Annotated[str, StringConstraints(pattern="^[A-Za-z]{2}$")]


class FilterQuery(BaseModel):
    """Which events; what is not told leaves none out."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    from_: str | None = Field(
        None, alias="from", pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
        description="Events that last until this day or longer.", examples=["2024-05-01"],
    )  # fmt: skip
    to: str | None = Field(
        None, pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
        description="Events that begin on this day or earlier.", examples=["2024-05-31"],
    )  # fmt: skip
    country: list[Country] = Field(
        [], max_length=_MOST_VALUES, description="ISO 3166-1 alpha-2.", examples=[["GB", "IE"]]
    )
    form: list[Form] = Field([], description="Forms of the act.", examples=[["march", "rally"]])
    status: list[Status] = Field([], description="Whether it happened.", examples=[["happened"]])
    focus: list[Focus] = Field(
        [], description="Whether an article is about it, or tells it in passing.", examples=[["focal"]]
    )
    response: list[ResponseAction] = Field(
        [], description="What the authorities did.", examples=[["arrests"]]
    )
    source: list[Words] = Field(
        [], max_length=_MOST_VALUES, description="Outlets of its articles.", examples=[["The Argus"]]
    )
    near: str | None = Field(
        None, pattern=rf"^{NUMBER},{NUMBER},[0-9]{{1,5}}(\.[0-9]{{1,15}})?$",
        description="Latitude, longitude and kilometres: no further than these from a point.",
        examples=["56.4,-5.5,25"],
    )  # fmt: skip
    box: str | None = Field(
        None, pattern=rf"^{NUMBER}(,{NUMBER}){{3}}$",
        description="West, south, east and north in degrees; west above east crosses the 180th meridian.",
        examples=["-11,49,3,61"],
    )  # fmt: skip
    text: Words = Field("", description='Words of an article; "in quotes" side by side.', examples=["nurses"])
    quote: Words = Field("", description="Words of a quote that proves the event.", examples=["water cannon"])
    claim: Words = Field("", description="Words of what they want.", examples=["higher pay"])
    min_size: int | None = Field(
        None, ge=0, le=_MOST_PEOPLE, description="At least so many took part.", examples=[100]
    )
    max_size: int | None = Field(
        None, ge=0, le=_MOST_PEOPLE, description="At most so many took part.", examples=[5000]
    )
    min_confidence: float | None = Field(
        None, ge=0, le=1, description="The least probability that it is an event.", examples=[0.8]
    )
    undated: bool | None = Field(
        None, description="Only events without a date, or none of them.", examples=[False]
    )
    unplaced: bool | None = Field(
        None, description="Only events on no map, or none of them.", examples=[False]
    )

    def filters(self) -> Filters:
        """Give these as the filters of the library."""
        told: dict[str, Any] = {
            name: value
            for name in type(self).model_fields
            if name in Filters.__annotations__ and (value := getattr(self, name)) not in (None, "", [])
        }
        for name in ("near", "box"):
            if name in told:
                told[name] = tuple(float(number) for number in told[name].split(","))
        return cast("Filters", told)

    def question(self) -> Question:
        """Give the question that these ask; raises `InputError`."""
        return question(**self.filters())

    def encoded(self, **others: object) -> str:
        """Give these as the query of a URL, with others in their place."""
        told = self.model_dump(mode="json", by_alias=True, exclude_defaults=True) | others
        words = {
            name: str(value).lower() if isinstance(value, bool) else value for name, value in told.items()
        }
        return urlencode(
            {name: value for name, value in words.items() if value not in (None, "")}, doseq=True
        )


class PageQuery(FilterQuery):
    """Which events, from where on, how many."""

    after: Words = Field("", description="The id of the last event of the page before.")
    limit: int = Field(PAGE, ge=1, le=LONGEST_PAGE, description="The most events to give.")


class EventsQuery(PageQuery):
    """Which events, from where on, how many, in which cell."""

    cell: str | None = Field(
        None, pattern="^[0-9a-f]{15}$",
        description="Only events that lie in this cell of H3, as `/points` names them.", examples=["84195dbffffffff"],
    )  # fmt: skip


class TimelineQuery(FilterQuery):
    """Which events, in which steps."""

    by: BinWidth | Literal["fit"] = Field(
        "month",
        description="What each bin holds; weeks begin on Monday. `fit`: what gives some dozens to hundreds.",
    )


class PointsQuery(FilterQuery):
    """Which events, in which part of the map, and how coarse cells are where points would be too many."""

    resolution: int | None = Field(
        None, ge=0, le=14, description="Cells of web maps: 2 to this power of columns (default: 8)."
    )
    h3: int | None = Field(
        None,
        ge=0,
        le=FINEST_HEXAGONS,
        description="Cells of H3 of this resolution in their place, with their corners.",
    )
    view: str | None = Field(
        None, pattern=rf"^{NUMBER}(,{NUMBER}){{3}}$",
        description="West, south, east and north of the part of the map that is looked at: where the points of all"
        " are too many, only what lies in it is given. It is no filter: the numbers of all stay.",
        examples=["-11,49,3,61"],
    )  # fmt: skip
    most: int | None = Field(
        None,
        ge=0,
        le=MOST_POINTS,
        description="Beyond how many points cells take their place, if not those of /meta.",
    )

    def window(self) -> Box | None:
        """Give the part of the map that is looked at; raises `InputError`."""
        if self.view is None:
            return None
        return question(box=cast("Any", tuple(float(number) for number in self.view.split(",")))).box


@contextlib.contextmanager
def going_on(after: str) -> Iterator[None]:
    """Have the event that a page goes on after named as what it was: the parameter `after`."""
    try:
        yield
    except InputError as error:
        if after and error.received == after:
            raise InputError("after", after, f"the last event of the page before: {error.allowed}") from None
        raise
