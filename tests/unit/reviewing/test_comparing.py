from two_coders import alike, told

from rallybook.model.record import EventDate, Size
from rallybook.reviewing.codings import coding_of
from rallybook.reviewing.comparing import compared, differing


def _records(kept, *events):
    return coding_of(kept.article("a"), events).events


def test_events_of_two_coders_are_paired_and_their_fields_compared(kept):
    one = _records(kept, alike(claims=("higher pay",)))
    (pair,) = compared(one, _records(kept, alike(form="march", size=Size("", 900, 900))))
    assert pair.differing == ("form", "size", "claims")
    assert pair.disputed
    (same,) = compared(one, one)
    assert not same.disputed


def test_what_only_one_coder_has_is_disputed(kept):
    both = _records(kept, alike())
    assert [(p.first is None, p.second is None) for p in compared(both, ())] == [(False, True)]
    assert [(p.first is None, p.second is None) for p in compared((), both)] == [(True, False)]


def test_counts_that_are_nearly_the_same_and_a_longer_stretch_of_words_are_no_dispute(kept):
    (one,) = _records(kept, told(size=Size("", 300, 300), claims=("higher pay",)))
    (other,) = _records(kept, told(size=Size("", 310, 310), claims=("want higher pay",)))
    assert differing(one, other) == ()
    (later,) = _records(kept, told(date=EventDate("2024-05-14")))
    assert "date" in differing(one, later)
