import pytest
from kept_examples import decision
from two_coders import alike, book_of, hand_in, told

from rallybook.book.judging import decisions_in
from rallybook.book.undoing import undoing
from rallybook.errors import InputError
from rallybook.publishing.lines import as_json
from rallybook.reviewing.codings import told_of
from rallybook.reviewing.ruling import dispute, records_of, ruling, settled, two_codings, waiting


def _rule(kept, article, *events, by="cy"):
    made = ruling(kept, article, events, by=by, why="read again")
    kept.decide(made)
    return made


def _form(kept, record):
    return kept.event(record).form


def test_what_two_coders_have_alike_goes_through(kept):
    hand_in(kept, "a", alike())
    assert waiting(kept) == ()
    assert [one.disputed for one in two_codings(kept)] == [0]


def test_what_they_read_differently_waits_for_an_adjudicator(kept):
    hand_in(kept, "a", alike(form="vigil"))
    hand_in(kept, "c", told("Leeds", form="march"))
    assert [(one.article.id, one.disputed) for one in waiting(kept)] == [("a", 1)]


def test_a_ruling_changes_the_event_and_holds_over_what_a_coder_says_later(kept):
    hand_in(kept, "a", alike(form="vigil"))
    _rule(kept, "a", alike(form="vigil", record="a-1"))
    assert _form(kept, "a-1") == "vigil"
    assert waiting(kept) == ()
    kept.decide([decision("correct", "a-1", minute=60 * 24 * 2_000, field="form", value="march")])
    assert _form(kept, "a-1") == "vigil"
    kept.link(everything=True)
    assert _form(kept, "a-1") == "vigil"


def test_a_ruling_for_the_first_coder_holds_as_well(kept):
    hand_in(kept, "a", alike(form="vigil"))
    _rule(kept, "a", alike(record="a-1"))
    kept.decide([decision("correct", "a-1", by="bob", minute=60 * 24 * 2_000, field="form", value="vigil")])
    assert _form(kept, "a-1") == "rally"


def test_a_ruling_that_there_is_no_event_rejects_it_for_good(kept):
    hand_in(kept, "a")
    _rule(kept, "a")
    kept.decide([decision("restore", "a-1", minute=60 * 24 * 2_000, value="accepted")])
    with pytest.raises(InputError):
        kept.event("a-1")


def test_a_ruling_brings_back_what_the_first_coder_rejected(kept):
    kept.decide([decision("reject", "a-1", minute=5)])
    hand_in(kept, "a", alike())
    (one,) = waiting(kept)
    known = {name: report.record for name, report in kept.reports_of(["a-1"]).items()}
    assert records_of(one, known) == ("a-1",)
    _rule(kept, "a", alike(record="a-1"))
    assert _form(kept, "a-1") == "rally"


def test_an_event_that_others_tell_too_keeps_what_it_has_from_them(kept):
    # one event of two reports, whose size is of both
    kept.decide(
        [
            decision("same", "a-1", "d-1", minute=3),
            decision("correct", "a-1", "d-1", field="size.low", value=5, minute=4),
        ]
    )
    hand_in(kept, "a", told())
    _rule(kept, "a", told(record="a-1"))
    assert kept.event("a-1").size.low == 5


def test_a_ruling_can_be_taken_back_by_another(kept):
    hand_in(kept, "a", alike(form="vigil"))
    made = _rule(kept, "a", alike(form="vigil", record="a-1"))
    kept.decide(undoing(kept, [one.id for one in made if one.kind in ("code", "correct")], by="cy"))
    assert settled(kept) == {}
    assert _form(kept, "a-1") == "rally"
    assert [one.article.id for one in waiting(kept)] == ["a"]


def test_decisions_survive_an_export_with_all_that_two_coders_said(kept, tmp_path):
    hand_in(kept, "a", alike(form="vigil"))
    _rule(kept, "a", alike(form="vigil", record="a-1"))
    lines = [as_json(one).encode() for one in kept.decisions()]
    other = book_of(tmp_path / "other.db", judged=False)
    other.decide(list(decisions_in(lines, "test")))
    assert other.decisions() == kept.decisions()
    assert _form(other, "a-1") == "vigil"
    assert settled(other) == settled(kept)
    other.close()


def test_two_who_coded_the_article_as_a_whole_are_compared_where_nobody_reviewed_its_records(tmp_path):
    kept = book_of(tmp_path / "fresh.db", judged=False)
    record = kept.reports_of(["a-1"])["a-1"].record
    assert list(two_codings(kept)) == []
    hand_in(kept, "a", told_of(record, known=False), by="bob")
    hand_in(kept, "a", by="eve", minutes=1)
    both = dispute(kept, "a")
    assert (both.first.by, both.second.by, both.disputed) == (("bob",), ("eve",), 1)
    kept.close()


def test_an_article_that_one_coder_has_read_cannot_be_ruled_on(kept):
    with pytest.raises(InputError, match="two coders"):
        ruling(kept, "a", [], by="cy")
