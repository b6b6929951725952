import msgspec
import pytest
from kept_examples import decision

from rallybook import opened
from rallybook.model.event import Event, SizeClaim, StatusChange
from rallybook.model.question import Question
from rallybook.model.record import Size
from rallybook.server.review_queue import reasons, waiting

_SURE = Event(
    id="e", form="rally", status="happened", focus="focal", umbrella=False, confidence={"record": 0.9}
)


def _with(**facts):
    return msgspec.structs.replace(_SURE, **facts)


def _told(status):
    return StatusChange(status, None, ("r",))


@pytest.mark.parametrize(
    ("event", "why"),
    [
        (_SURE, []),
        (_with(confidence={"record": 0.9, "place": 0.4}), ["unsure"]),
        (_with(size=Size("20,000", 20_000, 20_000)), ["large"]),
        (_with(claims_of_size=(SizeClaim(low=300), SizeClaim(low=2_000))), ["sizes"]),
        (_with(claims_of_size=(SizeClaim(low=300), SizeClaim(low=350))), []),
        (_with(claims_of_size=(SizeClaim(),)), []),
        (_with(status_history=(_told("planned"), _told("happened"))), []),
        (_with(status_history=(_told("happened"), _told("denied"))), ["statuses"]),
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


def _waits(kept, record, by=""):
    return kept.event(record).id in {one.event.id for one in waiting(kept.book, Question(), by=by)}


def test_what_two_people_judged_differently_comes_first_until_it_is_adjudicated(book):
    with opened.open(book) as kept:
        kept.book.decide(
            [
                decision("correct", "a-1", by="ann", field="form", value="march"),
                decision("correct", "a-1", by="bob", field="form", value="vigil", minute=1),
            ]
        )
        first = waiting(kept.book, Question())[0]
        assert (first.event.id, first.why[0]) == (kept.event("a-1").id, "people")
        kept.book.decide(
            [decision("correct", "a-1", by="cy", field="form", value="march", minute=2, final=True)]
        )
        assert not _waits(kept, "a-1")


def test_what_somebody_skipped_waits_for_others_and_again_when_it_is_taken_back(book):
    with opened.open(book) as kept:
        kept.book.decide([decision("skip", "a-1", "b-1", by="ann")])
        assert not _waits(kept, "a-1", by="ann")
        assert _waits(kept, "a-1", by="bob")
        kept.book.decide([decision("skip", "a-1", "b-1", by="ann", minute=1, value=False)])
        assert _waits(kept, "a-1", by="ann")


def test_an_acceptance_that_was_taken_back_waits_again(book):
    with opened.open(book) as kept:
        kept.book.decide([decision("restore", "a-1", value="accepted")])
        assert not _waits(kept, "a-1")
        kept.book.decide([decision("restore", "a-1", minute=1)])
        assert _waits(kept, "a-1")


def test_the_queue_ends_where_it_is_told_to(book):
    with opened.open(book) as kept:
        assert len(waiting(kept.book, Question(), limit=1)) == 1
