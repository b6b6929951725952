"""What people find in an article that the machine read only in part, for the tests of found events."""

import msgspec
from kept_examples import decision, read

from rallybook.model.coding import found_in
from rallybook.model.record import EventDate, EventPlace, Record
from rallybook.reviewing.codings import text_hash

VIGIL = "Later a vigil was held in Suva."


def with_vigil(name="a", **facts):
    """Give an article of a rally and a vigil, of which the machine read the rally."""
    return read(name, words=f"{VIGIL} {facts.pop('words', '')}".strip(), **facts)


def finding(name="a", *, text=None, withdrawn=False, **facts):
    """Give the decision by which a person found the vigil in an article."""
    told = found_in(name, text_hash(text or with_vigil(name)[0]), vigil(name))
    value = None if withdrawn else {"text": told.text, "record": msgspec.to_builtins(told.record)}
    return decision("found", told.record.id, article=name, value=value, **facts)


def vigil(name="a", *, quote=VIGIL):
    """Give the vigil of an article as a person reads it; its words have no spans yet."""
    return Record(
        id=f"{name}:2",
        form="vigil",
        status="happened",
        focus="focal",
        umbrella=False,
        date=EventDate("2024-05-12"),
        place=EventPlace("Suva", "Suva", "FJ", -18.142, 178.442, "city"),
        trigger="vigil",
        quote=quote,
    )


def vigil_of(name="a"):
    """Give the id of the record of the vigil."""
    return found_in(name, "", vigil(name)).record.id
