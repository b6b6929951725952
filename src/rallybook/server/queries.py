"""The filters of a request, as the library's `Filters` have them."""

from __future__ import annotations

from typing import Annotated, Any, Literal, cast
from urllib.parse import urlencode

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from rallybook.errors import InputError
from rallybook.model.question import Question
from rallybook.model.record import Form, Status
from rallybook.opened import Filters, question

PAGE, LONGEST_PAGE = 100, 1_000
# longer than any name or quote that is looked for; what is longer costs the index of words time for nothing
_LONGEST = 500
_NUMBER = r"-?\d{1,3}(\.\d{1,15})?"
_DAY = r"^\d{4}-\d{2}-\d{2}$"
Words = Annotated[str, StringConstraints(max_length=_LONGEST)]
Country = Annotated[str, StringConstraints(pattern="^[A-Za-z]{2}$")]


class FilterQuery(BaseModel):
    """Which events; what is not told leaves none out."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    from_: str | None = Field(
        None, alias="from", pattern=_DAY, description="Events that last until this day or longer.",
        examples=["2024-05-01"],
    )  # fmt: skip
    to: str | None = Field(
        None, pattern=_DAY, description="Events that begin on this day or earlier.", examples=["2024-05-31"]
    )
    country: list[Country] = Field([], max_length=300, description="ISO 3166-1 alpha-2.", examples=[["GB"]])
    form: list[Form] = Field([], description="Forms of the act.", examples=[["march", "rally"]])
    status: list[Status] = Field([], description="Whether it happened.", examples=[["happened"]])
    near: str | None = Field(
        None, pattern=rf"^{_NUMBER},{_NUMBER},\d{{1,5}}(\.\d+)?$",
        description="Latitude, longitude and kilometres: no further than these from a point.",
        examples=["56.4,-5.5,25"],
    )  # fmt: skip
    box: str | None = Field(
        None, pattern=rf"^{_NUMBER}(,{_NUMBER}){{3}}$",
        description="West, south, east and north in degrees; west above east crosses the 180th meridian.",
        examples=["-11,49,3,61"],
    )  # fmt: skip
    text: Words = Field("", description='Words of an article; "in quotes" side by side.')
    quote: Words = Field("", description="Words of a quote that proves the event.")

    def filters(self) -> Filters:
        """Give these as the filters of the library."""
        told: dict[str, Any] = {name: getattr(self, name) for name in self._names() if getattr(self, name)}
        for name in ("near", "box"):
            if name in told:
                told[name] = tuple(float(number) for number in told[name].split(","))
        return cast("Filters", told)

    def question(self) -> Question:
        """Give the question that these ask; raises `InputError`."""
        return question(**self.filters())

    def encoded(self, **others: object) -> str:
        """Give these as the query of a URL, with others in their place."""
        told = self.model_dump(by_alias=True, exclude_defaults=True) | others
        return urlencode({name: value for name, value in told.items() if value not in (None, "")}, doseq=True)

    @classmethod
    def _names(cls) -> list[str]:
        return [name for name in cls.model_fields if name in Filters.__annotations__]


class PageQuery(FilterQuery):
    """Which events, from where on, how many."""

    after: Words = Field("", description="The id of the last event of the page before.")
    limit: int = Field(PAGE, ge=1, le=LONGEST_PAGE, description="The most events to give.")


def checked_text(text: str) -> str:
    """Give the words that are searched for; raises `InputError` where there are none."""
    if not text.strip():
        raise InputError("text", text, "at least one word")
    return text


class TimelineQuery(FilterQuery):
    """Which events, in which steps."""

    by: Literal["day", "week", "month"] = Field(
        "month", description="What each bin holds; weeks begin on Monday."
    )
