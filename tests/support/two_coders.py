"""A book of three articles in which a first coder judged every record, for the tests of second coders."""

import datetime as dt

import msgspec
from fake_linker import FakeLinker
from kept_examples import PLACES, decision, read

from rallybook.book.store import SqliteBook
from rallybook.model.record import EventDate, Size
from rallybook.reviewing.codings import Told, ToldPlace, coding_of, decided

# words of article a in which no machine reads an event
NURSES = "Some 300 nurses came."
HANDED_IN = dt.datetime(2024, 6, 3, 12, tzinfo=dt.UTC)


def book_of(path, *, judged=True):
    """Articles a (Oban), c (Leeds) and d (Tomsk), each with one rally that Ann accepted; in c she made it a march."""
    kept = SqliteBook(path, FakeLinker())
    kept.keep(
        [
            read(
                "a",
                size=300,
                words=f"{NURSES} They want higher pay.",
                quote="A rally was held in Oban",
            ),
            read("c", place="Leeds", quote="A rally was held in Leeds"),
            read("d", place="Tomsk", day="2024-06-02", quote="A rally was held in Tomsk"),
        ]
    )
    kept.link()
    if judged:
        kept.decide(
            [
                decision("correct", "c-1", field="form", value="march"),
                *(decision("restore", f"{name}-1", minute=1, value="accepted") for name in "acd"),
            ]
        )
    return kept


def told(place="Oban", day="2024-05-12", **facts):
    """One rally as a second coder writes it down."""
    return Told(
        **{
            "form": "rally",
            "trigger": "rally",
            "quote": f"A rally was held in {place}",
            "date": EventDate(day, day),
            "place": ToldPlace(place, place, PLACES[place][0], "city"),
        }
        | facts
    )


def alike(**facts):
    """The rally of Oban as the first coder has it."""
    return told(**{"size": Size("", 300, 300)} | facts)


def nurses(**facts):
    """A strike in Oban on the day before, which the machine did not read."""
    said = {"form": "strike", "trigger": "nurses", "quote": NURSES, "date": EventDate("2024-05-11")}
    return told(**said | {"participants": ("nurses",)} | facts)


def hand_in(kept, article, *events, by="bob", blind=True, minutes=0):
    """Keep what somebody read in an article."""
    found = kept.article(article)
    made = decided(found, coding_of(found, events, blind=blind), by=by)
    made = msgspec.structs.replace(made, id=f"{made.id}-{by}", at=HANDED_IN + dt.timedelta(minutes=minutes))
    kept.decide([made])
    return made
