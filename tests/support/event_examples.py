"""Events for the tests of what is handed out: two that are told whole, and any that a book may hold."""

import datetime as dt

from coded_examples import CHAIN, NOWHERE
from hypothesis import strategies as st

from rallybook.model.event import Event, SizeClaim, Telling
from rallybook.model.record import FORMS, STATUSES, EventDate, EventPlace, Harm, Response, Size
from rallybook.model.values import Range

_FIELDS = (
    "form",
    "status",
    "focus",
    "umbrella",
    "date",
    "place",
    "size",
    "participants",
    "claims",
    "response",
)


def event_of(name, record, *articles):
    """Give the event that a record and some articles tell."""
    return Event(
        id=name,
        **{field: getattr(record, field) for field in _FIELDS},
        records=tuple(
            Telling(article=one, record=f"{one}-1", source="The Argus", quote=record.quote)
            for one in articles
        ),
        claims_of_size=(SizeClaim(low=200, text="More than 200", article="a"),),
        confidence={"record": 0.9},
        revision=2,
    )


EVENTS = (event_of("e1", CHAIN, "a", "b"), event_of("e2", NOWHERE, "c"))


def march(**changed):
    """A march in Oban on a Sunday, told by one article."""
    facts = {
        "id": "e",
        "form": "march",
        "status": "happened",
        "focus": "focal",
        "umbrella": False,
        "date": EventDate("2024-05-12"),
        "place": EventPlace("the pier", "Oban", "GB", 56.415, -5.472, "site"),
        "records": (
            Telling(
                article="a", record="a-1", published=dt.date(2024, 5, 13), source="The Argus", quote="They marched."
            ),
        ),
    }  # fmt: skip
    return Event(**facts | changed)


_texts = st.text(max_size=12)
_words = st.lists(_texts, max_size=3).map(tuple)
_counts = st.none() | st.integers(0, 10**9)
_ranges = st.builds(Range, _counts, _counts)
_degrees = st.none() | st.floats(-90, 90)
_dates = st.sampled_from(
    ("", "2024-05-12", "2024-05", "2024", "201X", "2024-05-12~", "XXXX-11-03", "2024-05-12/2024-05-20", "2024-05-01/..",
     "../2024-05-01", "2024-05-01/2024-05-31", "2024-24", "2024-02-30", "2024-05-1X"),
)  # fmt: skip
_tellings = st.builds(
    Telling, article=_texts, record=_texts, published=st.none() | st.dates(), source=_texts, url=_texts, quote=_texts
)  # fmt: skip
_claims = st.builds(SizeClaim, low=_counts, high=_counts, text=_texts, by=_texts, article=_texts)

any_event = st.builds(
    Event,
    id=st.uuids().map(lambda one: one.hex[:16]),
    form=st.sampled_from(FORMS),
    status=st.sampled_from(STATUSES),
    focus=st.sampled_from(("focal", "background")),
    umbrella=st.booleans(),
    date=st.builds(EventDate, _dates, _texts),
    place=st.builds(
        EventPlace, _texts, _texts, st.sampled_from(("", "GB", "NO", "XK", "QQ")), _degrees, _degrees,
        st.sampled_from(("site", "city", "region", "country", "unknown")),
    ),
    size=st.builds(Size, _texts, _counts, _counts),
    participants=_words,
    organisers=_words,
    targets=_words,
    claims=_words,
    response=st.builds(
        Response,
        st.lists(
            st.sampled_from(("none", "present", "warned", "blocked", "dispersal", "force", "arrests")),
            unique=True, max_size=3,
        ).map(tuple),
        _ranges,
    ),
    harm=st.builds(Harm, _ranges, _ranges),
    records=st.lists(_tellings, min_size=1, max_size=12).map(tuple),
    claims_of_size=st.lists(_claims, max_size=2).map(tuple),
    support=st.dictionaries(_texts, _words, max_size=2),
    confidence=st.dictionaries(st.sampled_from(("record", "form", "date")), st.floats(0, 1), max_size=3),
    revision=st.integers(1, 50),
)  # fmt: skip
