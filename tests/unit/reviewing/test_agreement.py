from two_coders import alike, hand_in, told

from rallybook.reviewing.agreement import agreement
from rallybook.reviewing.ruling import ruling


def test_agreement_is_counted_over_all_and_by_month(kept):
    hand_in(kept, "a", alike())
    hand_in(kept, "c", told("Leeds"), minutes=60 * 24 * 40)
    total, june, july = agreement(kept)
    assert (total.articles, total.both, total.disputed, total.found) == (2, 2, 1, 1.0)
    assert [(one.period, one.articles) for one in (june, july)] == [("2024-06", 1), ("2024-07", 1)]
    assert (total.fields["status"].alpha, total.fields["status"].same) == (None, 1.0)
    assert total.fields["place"].alpha == 1.0
    assert total.fields["form"].same == 0.5
    assert june.fields["form"].alpha is None
    assert [one.period for one in agreement(kept, by="week")] == ["", "2024-W23", "2024-W28"]


def test_whoever_saw_what_the_first_one_did_does_not_count(kept):
    hand_in(kept, "a", alike(), blind=False)
    (total,) = agreement(kept)
    assert total.articles == 0
    assert total.fields["form"].alpha is None


def test_what_only_one_found_lowers_the_share_of_events_found(kept):
    hand_in(kept, "a")
    hand_in(kept, "c", told("Leeds", form="march"))
    (total, _) = agreement(kept)
    assert (total.events, total.both, total.found) == ((2, 1), 1, 0.6667)


def test_a_ruling_changes_no_figure_of_what_the_coders_agreed_on(kept):
    hand_in(kept, "a", alike(form="vigil"))
    before = agreement(kept)
    kept.decide(ruling(kept, "a", [alike(form="vigil", record="a-1")], by="cy"))
    assert agreement(kept) == before
