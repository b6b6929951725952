"""The flat columns of a record: one table that CSV, GeoJSON, GeoParquet and their reference pages share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from rallybook.model.outcome import Coded
from rallybook.model.record import Record
from rallybook.publishing.table import Cell, Heading, Kind, Row, Table


class Column(NamedTuple):
    """One column: its name, the kind of its cells, what it holds, and how to read it from a record."""

    name: str
    kind: Kind
    about: str
    cell: Callable[[Coded, Record], Cell]


COLUMNS: tuple[Column, ...] = (
    Column("article", "text", "id of the article", lambda c, _: c.id),
    Column(
        "published",
        "text",
        "day of publication, ISO 8601",
        lambda c, _: c.published.isoformat() if c.published else "",
    ),
    Column("record", "text", "id of the record", lambda _, r: r.id),
    Column("form", "text", "form of the act", lambda _, r: r.form),
    Column("status", "text", "happened, planned, cancelled, prevented or denied", lambda _, r: r.status),
    Column("focus", "text", "focal or background", lambda _, r: r.focus),
    Column("umbrella", "flag", "the action as a whole, over many places", lambda _, r: r.umbrella),
    Column("date", "text", "EDTF level 1; empty: not known", lambda _, r: r.date.edtf),
    Column("date_text", "text", "the words that date it", lambda _, r: r.date.text),
    Column("place", "text", "populated place, region or country", lambda _, r: r.place.name),
    Column("place_text", "text", "the words for the place", lambda _, r: r.place.text),
    Column("country", "text", "ISO 3166-1 alpha-2", lambda _, r: r.place.country),
    Column("lat", "number", "latitude, WGS 84 degrees", lambda _, r: r.place.lat),
    Column("lon", "number", "longitude, WGS 84 degrees", lambda _, r: r.place.lon),
    Column("precision", "text", "site, city, region, country or unknown", lambda _, r: r.place.precision),
    Column("size_low", "integer", "fewest participants", lambda _, r: r.size.low),
    Column("size_high", "integer", "most participants", lambda _, r: r.size.high),
    Column("size_text", "text", "the words for the head count", lambda _, r: r.size.text),
    Column("participants", "list", "who took part", lambda _, r: r.participants),
    Column("organisers", "list", "who called for it or led it", lambda _, r: r.organisers),
    Column("targets", "list", "whom it was addressed to", lambda _, r: r.targets),
    Column("claims", "list", "what they demand, support or oppose", lambda _, r: r.claims),
    Column("response", "list", "what the authorities did", lambda _, r: r.response.actions),
    Column("arrests_low", "integer", "fewest arrests", lambda _, r: r.response.arrests.low),
    Column("arrests_high", "integer", "most arrests", lambda _, r: r.response.arrests.high),
    Column("injured_low", "integer", "fewest injured", lambda _, r: r.harm.injured.low),
    Column("injured_high", "integer", "most injured", lambda _, r: r.harm.injured.high),
    Column("killed_low", "integer", "fewest killed", lambda _, r: r.harm.killed.low),
    Column("killed_high", "integer", "most killed", lambda _, r: r.harm.killed.high),
    Column("trigger", "text", "the words that name the act", lambda _, r: r.trigger),
    Column("quote", "text", "the words that prove the record", lambda _, r: r.quote),
    Column("confidence", "number", "probability of the record", lambda _, r: r.confidence.get("record")),
    Column("table", "text", "data set whose row it is; empty: read in a text", lambda _, r: _table(r)),
    Column("own_form", "text", "form by a codebook of one's own", lambda _, r: r.own.form if r.own else ""),
    Column("own_roles", "list", "its roles, as role: words", lambda _, r: _own_roles(r)),
)


def _table(record: Record) -> str:
    return record.imported.table if record.imported else ""


def _own_roles(record: Record) -> tuple[str, ...]:
    roles = record.own.roles if record.own else {}
    return tuple(f"{role}: {one}" for role, words in roles.items() for one in words)


def record_table(coded: Iterable[Coded]) -> Table:
    """Give coded articles as a table, one row for each record, in the order of `COLUMNS`."""
    headings = tuple(Heading(column.name, column.kind) for column in COLUMNS)
    return Table(headings, ("lat", "lon"), _rows(coded))


def _rows(coded: Iterable[Coded]) -> Iterator[Row]:
    for article in coded:
        for record in article.events:
            yield Row(record.id, tuple(column.cell(article, record) for column in COLUMNS))
