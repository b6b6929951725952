import pytest
from kept_examples import decision
from two_coders import book_of, nurses

from rallybook.reviewing.codings import coding_of
from rallybook.reviewing.finding import found
from rallybook.reviewing.first import reviewed


def _reviewed(kept, name, **options):
    return reviewed(kept, kept.article(name), **options)


def test_the_first_coders_side_has_what_was_corrected(kept):
    found = _reviewed(kept, "c")
    assert [(one.id, one.form) for one in found.kept] == [("c-1", "march")]
    assert found.by == ("ann",)


@pytest.mark.parametrize("kind", ["correct", "same"])
def test_an_article_is_reviewed_when_each_record_was_accepted_or_rejected(tmp_path, kind):
    kept = book_of(tmp_path / "fresh.db", judged=False)
    assert _reviewed(kept, "a") is None
    kept.decide([decision("correct", "a-1", field="form", value="march")])
    assert _reviewed(kept, "a") is None
    kept.decide([decision("reject", "a-1", value="not_a_protest", minute=2)])
    assert _reviewed(kept, "a").rejected == {"a-1": "not_a_protest"}
    # the rejection taken back says no more than that it stands
    kept.decide([decision("restore", "a-1", minute=3)])
    assert _reviewed(kept, "a") is None
    kept.close()


def test_what_was_decided_later_or_by_the_second_coder_is_not_the_firsts(kept):
    kept.decide([decision("correct", "a-1", by="bob", minute=5, field="form", value="vigil")])
    kept.decide([decision("correct", "a-1", minute=9, field="form", value="march")])
    until = decision("skip", "a-1", minute=7).at
    assert _reviewed(kept, "a", apart_from="bob").kept[0].form == "march"
    assert _reviewed(kept, "a", apart_from="bob", until=until).kept[0].form == "rally"


def test_what_an_event_of_several_reports_was_corrected_to_is_in_doubt_where_they_may_differ(kept):
    kept.decide(
        [
            decision("correct", "a-1", "c-1", field="size.low", value=900, minute=4),
            decision("correct", "a-1", "c-1", field="place.name", value="Tomsk", minute=4),
        ]
    )
    found = _reviewed(kept, "a")
    assert found.kept[0].place.name == "Tomsk"
    assert found.kept[0].size.low == 300
    assert "size.low of record a-1" in found.doubts[0]


def test_a_correction_in_words_of_the_text_is_found_there(kept):
    kept.decide([decision("correct", "a-1", field="claims", value=["higher pay"], minute=4)])
    (record,) = _reviewed(kept, "a").kept
    text = kept.article("a").text
    assert [text[start:end] for start, end in record.spans["claims"]] == ["higher pay"]
    assert "trigger" in record.spans


def test_what_was_found_later_or_by_the_second_coder_does_not_count(kept):
    made = {}
    for by, form in (("ann", "strike"), ("bob", "walkout")):
        told = coding_of(kept.article("a"), [nurses(form=form)])
        like = decision("found", by=by, minute=5, article="a")
        (made[by],) = found(like, told.text, told.events)
    kept.decide([*made.values()])
    until = decision("skip", "a-1", minute=3).at

    def forms(**options):
        return sorted(one.form for one in _reviewed(kept, "a", **options).kept)

    assert forms() == ["rally", "strike", "walkout"]
    assert forms(apart_from="bob") == ["rally", "strike"]
    assert forms(until=until) == ["rally"]
