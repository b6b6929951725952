"""What a coder read in one article about one protest event: the fields of the codebook."""

from __future__ import annotations

import datetime as dt
from typing import Literal, get_args

import msgspec

from rallybook.model.row import Imported
from rallybook.model.values import Precision, Range

Form = Literal[
    "rally", "march", "vigil", "human_chain", "sit_in", "occupation", "blockade", "strike", "walkout",
    "hunger_strike", "boycott", "caravan", "symbolic", "riot", "other",
]  # fmt: skip
Status = Literal["happened", "planned", "cancelled", "prevented", "denied"]
Focus = Literal["focal", "background"]
# who read a record where it was no machine; a person's name is nobody's business
ReadBy = Literal["people"]
# what a value rests on where no words tell it
PlaceBasis = Literal["", "geotag", "photo"]
DateBasis = Literal["", "photo"]
ResponseAction = Literal["none", "present", "warned", "blocked", "dispersal", "force", "arrests"]

FORMS: tuple[Form, ...] = get_args(Form)
STATUSES: tuple[Status, ...] = get_args(Status)
FOCUSES: tuple[Focus, ...] = get_args(Focus)
RESPONSE_ACTIONS: tuple[ResponseAction, ...] = get_args(ResponseAction)


class EventDate(msgspec.Struct, frozen=True):
    """When: EDTF level 1 (empty: the text gives no hold) and the words that say so (empty: inferred)."""

    edtf: str = ""
    text: str = ""


class EventPlace(msgspec.Struct, frozen=True):
    """Where: the most specific words, and the populated place, region or country they resolve to."""

    text: str = ""
    name: str = ""
    country: str = ""
    lat: float | None = None
    lon: float | None = None
    precision: Precision = "unknown"


class Size(msgspec.Struct, frozen=True):
    """How many took part, and the words that say so."""

    text: str = ""
    low: int | None = None
    high: int | None = None


class Response(msgspec.Struct, frozen=True):
    """What the authorities did; no actions: the text is silent."""

    actions: tuple[ResponseAction, ...] = ()
    arrests: Range = Range()


class Harm(msgspec.Struct, frozen=True):
    """Who was hurt, on any side."""

    injured: Range = Range()
    killed: Range = Range()


class Own(msgspec.Struct, frozen=True):
    """What a codebook of one's own says of the act: its form, and for each role the words that play it."""

    codebook: str
    form: str
    roles: dict[str, tuple[str, ...]] = {}


class Shown(msgspec.Struct, frozen=True):
    """A picture that a post shows of an event: its fingerprint, the day on which it was taken, as its file told.

    `recycled`: it was there before the event, by its file or in an earlier post, so that it shows something else.
    """

    picture: str
    taken: dt.date | None = None
    recycled: bool = False


class Media(msgspec.Struct, frozen=True):
    """What of a record rests on something else than words: on the place a post was sent from, or on a photo's file."""

    place: PlaceBasis = ""
    date: DateBasis = ""
    pictures: tuple[Shown, ...] = ()


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """One protest event as one article tells it.

    `spans` gives, for each field path ("place.text", "claims"), the offsets of its words in the article's
    text as given; `confidence` gives probabilities for the record, form, status, date, place and size, and is
    empty where the coder has none that were calibrated. `own` is there only where a model of one's own codebook read,
    `media` only for a post that came with a place or pictures, `imported` only for a row of a table: then no text was
    read, and the spans lead to the row's own cells. `coder` is there only where people found what no machine had read.
    """

    id: str
    form: Form
    status: Status
    focus: Focus
    umbrella: bool
    date: EventDate = EventDate()
    place: EventPlace = EventPlace()
    size: Size = Size()
    participants: tuple[str, ...] = ()
    organisers: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    response: Response = Response()
    harm: Harm = Harm()
    trigger: str = ""
    quote: str = ""
    spans: dict[str, tuple[tuple[int, int], ...]] = {}
    confidence: dict[str, float] = {}
    own: Own | msgspec.UnsetType = msgspec.UNSET
    media: Media | msgspec.UnsetType = msgspec.UNSET
    imported: Imported | msgspec.UnsetType = msgspec.UNSET
    coder: ReadBy | msgspec.UnsetType = msgspec.UNSET
