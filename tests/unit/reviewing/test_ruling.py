import msgspec
import pytest
from kept_examples import decision, read
from two_coders import NURSES, alike, book_of, hand_in, nurses, told

from rallybook.book.judging import decisions_in
from rallybook.book.undoing import undoing
from rallybook.errors import InputError
from rallybook.publishing.lines import as_json
from rallybook.reviewing.codings import told_of
from rallybook.reviewing.ruling import agreed, dispute, records_of, ruling, settled, two_codings, waiting


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


# --- an event that no machine has read


def _forms(kept, article="a"):
    reports = kept.reports_of(kept.read_in(article))
    return {name: report.record.form for name, report in reports.items()}


def _found(made):
    return [one for one in made if one.kind == "found"]


def test_what_the_second_coder_found_and_an_adjudicator_settled_is_an_event(kept):
    before = kept.count()
    hand_in(kept, "a", alike(), nurses())
    assert [one.disputed for one in waiting(kept)] == [1]
    made = _rule(kept, "a", alike(record="a-1"), nurses())
    (found,) = _found(made)
    assert (found.final, found.by, found.why) == (True, "cy", "adjudicated: read again")
    event = kept.event(found.records[0])
    (telling,) = event.records
    assert (event.form, event.date.edtf, telling.coder) == ("strike", "2024-05-11", "people")
    text = kept.article("a").text
    assert text[slice(*telling.spans["quote"][0])] == telling.quote == NURSES
    assert (kept.count(), waiting(kept)) == (before + 1, ())
    kept.link(everything=True)
    assert kept.event(found.records[0]) == event


def test_the_same_ruling_again_changes_no_event(kept):
    hand_in(kept, "a", alike(), nurses())
    _rule(kept, "a", alike(record="a-1"), nurses())
    (name,) = (one for one in _forms(kept) if one != "a-1")
    before = kept.event(name)
    for again in (nurses(), nurses(record=name)):
        assert _found(_rule(kept, "a", alike(record="a-1"), again)) == []
        assert kept.event(name) == before


def test_another_ruling_corrects_or_rejects_what_was_found(kept):
    hand_in(kept, "a", alike(), nurses())
    (found,) = _found(_rule(kept, "a", alike(record="a-1"), nurses()))
    (name,) = found.records
    both = dispute(kept, "a")
    known = {one: report.record for one, report in kept.reports_of(kept.read_in("a")).items()}
    assert records_of(both, known) == ("a-1", name)
    _rule(kept, "a", alike(record="a-1"), nurses(form="walkout", record=name))
    assert kept.event(name).form == "walkout"
    _rule(kept, "a", alike(record="a-1"))
    with pytest.raises(InputError):
        kept.event(name)
    _rule(kept, "a", alike(record="a-1"), nurses())
    assert kept.event(name).records[0].record == name


def test_a_ruling_that_is_taken_back_takes_what_was_found_with_it(kept):
    hand_in(kept, "a", alike(), nurses())
    before = list(kept.events())
    made = _rule(kept, "a", alike(record="a-1"), nurses())
    # what was found goes with the ruling, named or not
    assert [one.kind for one in undoing(kept, [made[0].id], by="cy")] == ["code", "found"]
    undone = undoing(kept, [one.id for one in made], by="cy")
    assert len(_found(undone)) == 1
    kept.decide(undone)
    assert (list(_forms(kept)), settled(kept)) == (["a-1"], {})
    assert [event.id for event in kept.events()] == [event.id for event in before]
    assert [one.article.id for one in waiting(kept)] == ["a"]
    # and what was taken back can be given again
    (withdrawn,) = _found(undone)
    kept.decide(undoing(kept, [withdrawn.id], by="cy"))
    assert sorted(_forms(kept).values()) == ["rally", "strike"]


def test_a_ruling_moves_neither_side_of_two_coders(kept):
    hand_in(kept, "a", alike(), nurses())
    before = dispute(kept, "a")
    _rule(kept, "a", alike(record="a-1"), nurses())
    assert dispute(kept, "a") == before


def test_what_was_found_survives_an_export(kept, tmp_path):
    hand_in(kept, "a", alike(), nurses())
    (found,) = _found(_rule(kept, "a", alike(record="a-1"), nurses()))
    lines = [as_json(one).encode() for one in kept.decisions()]
    other = book_of(tmp_path / "other.db", judged=False)
    other.decide(list(decisions_in(lines, "test")))
    assert other.event(found.records[0]).form == "strike"
    (line,) = (one for one in lines if b'"kind":"found"' in one)
    forged = line.replace(NURSES.encode(), b"Some 900 nurses came.")
    with pytest.raises(InputError, match="the id that follows from it"):
        list(decisions_in([forged], "test"))
    with pytest.raises(InputError, match="what a person found"):
        list(decisions_in([line.replace(b'"form":"strike"', b'"form":"picnic"')], "test"))
    other.close()


def test_what_two_coders_found_alike_needs_no_ruling(kept):
    article, coded = read("e", words=NURSES)
    kept.keep([(article, msgspec.structs.replace(coded, events=()))])
    kept.link()
    hand_in(kept, "e", nurses(), by="ann", blind=False)
    assert agreed(kept, ["e"]) == ()
    hand_in(kept, "e", nurses(), minutes=1)
    (made,) = agreed(kept, ["e"])
    assert (made.by, made.final, made.article) == ("bob", False, "e")
    kept.decide([made])
    assert kept.event(made.records[0]).form == "strike"
    assert agreed(kept, ["e"]) == ()
    # what was taken back is not found again by the same codings
    kept.decide(undoing(kept, [made.id], by="bob"))
    kept.decide(agreed(kept, ["e"]))
    assert _forms(kept, "e") == {}


def test_where_two_coders_differ_nothing_is_found_before_a_ruling(kept):
    hand_in(kept, "a", alike(), nurses())
    assert agreed(kept, ["a"]) == ()
