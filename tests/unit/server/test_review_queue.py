import msgspec
import pytest
from kept_examples import decision

from rallybook import opened
from rallybook.model.event import Event, SizeClaim
from rallybook.model.question import Question
from rallybook.model.record import Size
from rallybook.server.review_queue import reasons, waiting

_SURE = Event(
    id="e", form="rally", status="happened", focus="focal", umbrella=False, confidence={"record": 0.9}
)


def _with(**facts):
    return msgspec.structs.replace(_SURE, **facts)


@pytest.mark.parametrize(
    ("event", "why"),
    [
        (_SURE, []),
        (_with(confidence={"record": 0.9, "place": 0.4}), ["unsure"]),
        (_with(size=Size("20,000", 20_000, 20_000)), ["large"]),
        (_with(claims_of_size=(SizeClaim(low=300), SizeClaim(low=2_000))), ["sizes"]),
        (_with(claims_of_size=(SizeClaim(low=300), SizeClaim(low=350))), []),
        (_with(claims_of_size=(SizeClaim(),)), []),
    ],
)
def test_an_event_says_why_it_needs_a_person(event, why):
    assert [reason for reason, _ in reasons(event)] == why


def test_what_was_judged_waits_no_longer(book):
    with opened.open(book) as kept:
        before = waiting(kept.book, Question())
        chosen = before[0].event.id
        record = kept.event(chosen).records[0].record
        kept.book.decide([decision("correct", record, field="form", value="march")])
        after = waiting(kept.book, Question())
    assert {one.event.id for one in before} - {one.event.id for one in after} == {chosen}


def test_the_queue_ends_where_it_is_told_to(book):
    with opened.open(book) as kept:
        assert len(waiting(kept.book, Question(), limit=1)) == 1
