"""Coded articles for the tests of the formats."""

import datetime as dt

from rallybook.model.outcome import Coded, Failure
from rallybook.model.record import EventDate, EventPlace, Harm, Record, Response, Size
from rallybook.model.values import Range

CHAIN = Record(
    id="r1",
    form="human_chain",
    status="happened",
    focus="focal",
    umbrella=False,
    date=EventDate("2024-05-12", "on Sunday"),
    place=EventPlace("the harbour of Oban", "Oban", "GB", 56.415, -5.472, "site"),
    size=Size("More than 200", 200, None),
    participants=("fishers", "students"),
    claims=("=SUM(A1) is no claim",),
    response=Response(("none",), Range(0, 0)),
    trigger="formed a chain",
    quote="More than 200 fishers and students formed a chain round the harbour of Oban on Sunday.",
    spans={"trigger": ((40, 54),)},
    confidence={"record": 0.875},
)
STRIKE = Record(
    id="r2",
    form="hunger_strike",
    status="planned",
    focus="background",
    umbrella=True,
    date=EventDate("2024-05-12/2024-05-20"),
    place=EventPlace("", "Peru", "PE", -10.0, -76.0, "country"),
    response=Response(("force", "arrests"), Range(30, None)),
    harm=Harm(Range(3, 3), Range(None, 2)),
    trigger="fast",
    quote="They will fast.",
)
NOWHERE = Record(
    id="r3",
    form="rally",
    status="cancelled",
    focus="focal",
    umbrella=False,
    place=EventPlace("by the old mill"),
)
ARTICLE = Coded(
    id="a1",
    published=dt.date(2024, 5, 13),
    language="en",
    coder="test 1",
    events=(CHAIN, STRIKE, NOWHERE),
)
QUIET = Coded(id="a2")
FAILED = Coded(id="a3", failures=(Failure("a3", "read", "no text\x1b[2J"),))
