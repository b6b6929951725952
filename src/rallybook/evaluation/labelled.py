"""Files of records to compare: gold ones made by people, and predicted ones."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from rallybook.errors import InputError
from rallybook.model.record import Record
from rallybook.model.values import Place

Number = int | float


class LabelledDate(msgspec.Struct, frozen=True):
    """When."""

    edtf: str | None = None


class LabelledPlace(msgspec.Struct, frozen=True):
    """Where."""

    name: str | None = None
    country: str | None = None
    lat: Number | None = None
    lon: Number | None = None
    precision: str | None = None


class LabelledRange(msgspec.Struct, frozen=True):
    """How many."""

    low: Number | None = None
    high: Number | None = None


class LabelledResponse(msgspec.Struct, frozen=True):
    """What the authorities did."""

    actions: tuple[str, ...] | None = None
    arrests: LabelledRange | None = None


class LabelledHarm(msgspec.Struct, frozen=True):
    """Who was hurt."""

    injured: LabelledRange | None = None
    killed: LabelledRange | None = None


class Also(msgspec.Struct, frozen=True):
    """Readings on which the people who labelled differed: any of them is right."""

    date: tuple[str, ...] = ()
    form: tuple[str, ...] = ()
    status: tuple[str, ...] = ()


class Labelled(msgspec.Struct, frozen=True):
    """A record as a file holds it: any field may be missing. `optional`: only one coder saw it."""

    form: str | None = None
    status: str | None = None
    focus: str | None = None
    umbrella: bool | None = None
    date: LabelledDate | None = None
    place: LabelledPlace | None = None
    size: LabelledRange | None = None
    participants: tuple[str, ...] | None = None
    organisers: tuple[str, ...] | None = None
    targets: tuple[str, ...] | None = None
    claims: tuple[str, ...] | None = None
    response: LabelledResponse | None = None
    harm: LabelledHarm | None = None
    trigger: str | None = None
    quote: str | None = None
    also: Also | None = None
    optional: bool = False

    @property
    def edtf(self) -> str:
        """The date, empty where there is none."""
        return (self.date and self.date.edtf) or ""

    @property
    def site(self) -> LabelledPlace:
        """The place, one without facts where there is none."""
        return self.place or LabelledPlace()

    @property
    def focal(self) -> bool:
        """Whether the article reports this as its news, and it happened."""
        return self.focus == "focal" and self.status == "happened"


def as_labelled(record: Record) -> Labelled:
    """Give a record as a file would hold it."""
    return msgspec.convert(msgspec.to_builtins(record), Labelled)


def placed(place: Place | None) -> Labelled:
    """Give a record that tells nothing but a place; its precision is "unknown" where there is none."""
    if place is None:
        return Labelled(place=LabelledPlace(precision="unknown"))
    return Labelled(
        place=LabelledPlace(place.name, place.country, place.lat, place.lon, place.precision),
    )


class LabelledArticle(msgspec.Struct, frozen=True):
    """One line of such a file; its other keys are not looked at, the text aside."""

    id: str | int
    events: tuple[Labelled, ...] | None = None


Articles = dict[str, tuple[Labelled, ...]]


def load(path: Path) -> Articles:
    """Give the records of each article of a file of JSON lines, by its id; the last line of an id holds.

    Raises `InputError` for a file that cannot be read and for a line that is no such object.
    """
    decoder = msgspec.json.Decoder(LabelledArticle)
    articles: Articles = {}
    for number, line in lines(path):
        try:
            article = decoder.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise InputError(f"{path}, line {number}", shortened(line), f"one article ({error})") from None
        articles[str(article.id)] = article.events or ()
    return articles


def lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """Give the lines of a file that hold anything, with their numbers; raises `InputError`."""
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield number, line
    except OSError as error:
        raise InputError("file", str(path), f"a file of JSON lines ({error.strerror})") from None


def shortened(line: bytes, length: int = 60) -> str:
    """Give the start of a line for a message."""
    text = line[: length + 1].decode("utf-8", "replace").strip()
    return text[:length] + "…" if len(text) > length else text
