"""What the filters of a page offer, and what they ask."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from fastapi import Request
from pydantic import ValidationError

from rallybook.errors import InputError
from rallybook.model.question import Question
from rallybook.server.meta import VOCABULARY
from rallybook.server.queries import PageQuery
from rallybook.server.rendering import country_names
from rallybook.server.shelf import Shelf

_FACETS = ("form", "status", "response", "focus")


class Choices(msgspec.Struct, frozen=True, kw_only=True):
    """Countries as (code, name, number), the values of the vocabulary with their numbers; None where none are known."""

    countries: tuple[tuple[str, str, int | None], ...]
    form: tuple[tuple[str, int | None], ...]
    status: tuple[tuple[str, int | None], ...]
    response: tuple[tuple[str, int | None], ...]
    focus: tuple[tuple[str, int | None], ...]


def choices(here: Shelf, asked: Question) -> Choices:
    """Give what the filters offer; numbers of a facet are those of the events asked for."""
    counted = here.facets(msgspec.structs.replace(asked, after="", limit=None))
    everywhere = here.facets(Question())["country"]
    names = country_names()
    countries = sorted((names.get(code, code), code, number) for code, number in everywhere.items() if code)
    facets = {name: tuple(_counted(VOCABULARY[name], counted.get(name))) for name in _FACETS}
    return Choices(
        countries=tuple((code, name, number) for name, code, number in countries),
        **facets,
    )


def uncounted() -> Choices:
    """Give what the filters offer without numbers, for a page whose script asks for these."""
    countries = sorted((name, code) for code, name in country_names().items())
    facets = {name: tuple(_counted(VOCABULARY[name], None)) for name in _FACETS}
    return Choices(countries=tuple((code, name, None) for name, code in countries), **facets)


def _counted(values: Iterable[str], numbers: Mapping[str, int] | None) -> Iterable[tuple[str, int | None]]:
    for value in values:
        yield value, numbers.get(value, 0) if numbers is not None else None


def asked_of(request: Request, here: Shelf) -> tuple[PageQuery, str]:
    """Give what the URL of a page asks, and what is wrong with it in words, empty where nothing is.

    A form sends its empty fields, too: they ask nothing. A question that is none asks for everything.
    """
    told: dict[str, Any] = {}
    fields = {field.alias or name: field for name, field in PageQuery.model_fields.items()}
    for name in dict.fromkeys(request.query_params):
        values = [value for value in request.query_params.getlist(name) if value.strip()]
        if values and name in fields:
            told[name] = values if "list" in str(fields[name].annotation) else values[-1]
    try:
        query = PageQuery.model_validate(told)
        # the book knows best what cannot be asked, and says so before it looks
        list(here.opened.book.events(msgspec.structs.replace(query.question(), limit=0)))
    except ValidationError as error:
        first = error.errors()[0]
        return PageQuery.model_validate({}), f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
    except InputError as error:
        return PageQuery.model_validate({}), str(error)
    return query, ""
