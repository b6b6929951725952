import json

from kept_examples import decision
from two_coders import alike, hand_in, told

from rallybook.codebook.own import own_or_default
from rallybook.evaluation.labelled import load
from rallybook.model.outcome import Failure
from rallybook.publishing.lines import as_json
from rallybook.reviewing.labelled import labelled
from rallybook.reviewing.ruling import ruling
from rallybook.training.own_articles import own_articles


def _rows(kept, **options):
    return {row.article if isinstance(row, Failure) else row["id"]: row for row in labelled(kept, **options)}


def test_reviewed_articles_are_labelled_with_what_people_said(kept):
    rows = _rows(kept)
    assert sorted(rows) == ["a", "c", "d"]
    assert [event["form"] for event in rows["c"]["events"]] == ["march"]
    assert rows["a"]["text"] == kept.article("a").text


def test_train_and_evaluate_read_them(kept, tmp_path):
    path = tmp_path / "labelled.jsonl"
    hand_in(kept, "a", alike(claims=("higher pay",), participants=("nurses",)))
    kept.decide(ruling(kept, "a", [alike(claims=("higher pay",), participants=("nurses",))], by="cy"))
    path.write_text("".join(as_json(row) + "\n" for row in labelled(kept)), encoding="utf-8")
    read = list(own_articles(path, own_or_default(None)))
    assert [item.problems for item in read] == [()] * 3
    assert read[0].events[0]["claims"] == ["higher pay"]
    assert {name: len(events) for name, events in load(path).items()} == {"a": 1, "c": 1, "d": 1}
    assert set(json.loads(path.read_text().splitlines()[0])) >= {"id", "published", "text", "events"}


def test_an_article_whose_record_is_rejected_has_no_event(kept):
    kept.decide([decision("reject", "a-1", value="not_a_protest", minute=5)])
    assert _rows(kept)["a"]["events"] == []


def test_what_cannot_be_a_label_is_left_out_and_says_why(kept):
    kept.decide(
        [
            decision("reject", "a-1", value="unverifiable", minute=5),
            decision("correct", "c-1", minute=5, field="claims", value=["nowhere told"]),
        ]
    )
    hand_in(kept, "d", by="bob")
    rows = _rows(kept)
    assert "could not be verified" in rows["a"].reason
    assert "received 'nowhere told', allowed: words of the text" in rows["c"].reason
    assert "nobody has decided" in rows["d"].reason


def test_an_article_that_is_only_half_reviewed_is_left_out(kept):
    kept.decide([decision("restore", "a-1", minute=9)])
    assert _rows(kept).keys() == {"a", "c", "d"}
    assert "not every record" in _rows(kept)["a"].reason


def test_with_whole_only_what_somebody_coded_as_a_whole_is_given(kept):
    hand_in(kept, "c", told("Leeds", form="march"), blind=False)
    assert _rows(kept, whole=True).keys() == {"c"}


def test_a_ruling_is_the_label(kept):
    hand_in(kept, "a", alike(form="vigil"))
    kept.decide(ruling(kept, "a", [alike(form="walkout", record="a-1")], by="cy"))
    assert [event["form"] for event in _rows(kept)["a"]["events"]] == ["walkout"]
