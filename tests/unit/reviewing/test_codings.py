import msgspec
import pytest
from kept_examples import decision
from two_coders import hand_in, told

from rallybook.errors import InputError
from rallybook.model.coding import Coding
from rallybook.model.record import EventDate, Size
from rallybook.reviewing.codings import ToldPlace, coding_of, codings, current, told_of


def test_what_is_written_down_has_the_offsets_of_its_words(kept):
    article = kept.article("a")
    (event,) = coding_of(article, [told(participants=("nurses",), claims=("higher pay",))]).events
    for path, spans in event.spans.items():
        for start, end in spans:
            assert article.text[start:end], path
    assert [article.text[start:end] for start, end in event.spans["claims"]] == ["higher pay"]
    assert set(event.spans) == {"trigger", "quote", "date.text", "place.text", "participants", "claims"}


def test_a_place_lies_where_the_gazetteer_has_it(kept):
    (event,) = coding_of(kept.article("a"), [told()]).events
    assert (event.place.country, round(event.place.lat)) == ("GB", 56)


@pytest.mark.parametrize(
    ("change", "thing", "allowed"),
    [
        ({"trigger": "march"}, "event 1: trigger", "words of the quote"),
        ({"quote": "A vigil was held"}, "event 1: trigger", "words of the quote"),
        ({"quote": "The rally of all"}, "event 1: quote", "words of the article"),
        ({"claims": ("lower rents",)}, "event 1: claims", "words of the article"),
        ({"date": EventDate("May")}, "event 1: date", "EDTF"),
        ({"size": Size("", 20, 10)}, "event 1: size", "the lower one first"),
        ({"place": ToldPlace("", "Nowhereburg")}, "event 1: place.name", "gazetteer"),
        ({"record": "c-1"}, "event 1: record", "no record"),
    ],
)
def test_what_cannot_be_is_refused_with_its_field_and_what_is_allowed(kept, change, thing, allowed):
    with pytest.raises(InputError) as error:
        coding_of(kept.article("a"), [msgspec.structs.replace(told(), **change)])
    assert error.value.thing == thing
    assert allowed in error.value.allowed


def test_a_record_that_was_begun_with_keeps_its_id_and_its_place(kept):
    record = kept.reports_of(["a-1"])["a-1"].record
    (event,) = coding_of(kept.article("a"), [told_of(record, known=True)], known={"a-1": record}).events
    assert (event.id, event.place, event.size) == ("a-1", record.place, record.size)


def test_the_newest_coding_of_a_person_stands_and_one_that_was_taken_back_does_not(kept):
    hand_in(kept, "a", told())
    second = hand_in(kept, "a", minutes=1)
    assert [one.decision for one in codings(kept)] == [second.id]
    kept.decide([msgspec.structs.replace(second, id="back", value=None, at=second.at.replace(hour=20))])
    assert codings(kept) == ()


def test_a_coding_of_another_text_or_of_an_article_that_is_gone_counts_no_longer(kept):
    made = hand_in(kept, "a", told())
    other = msgspec.to_builtins(
        msgspec.structs.replace(msgspec.convert(made.value, Coding), text="of another")
    )
    kept.decide([msgspec.structs.replace(made, id="old", by="eve", value=other)])
    assert [one.by for _, one in current(kept, codings(kept))] == ["bob"]
    kept.take_down("a", by="ann", why="law")
    assert list(current(kept, codings(kept))) == []


def test_a_coding_changes_no_event(kept):
    before = list(kept.events())
    hand_in(kept, "a", told(form="march"))
    kept.decide([decision("skip", "a-1", value=None, minute=5)])
    kept.link(everything=True)
    assert [(e.form, e.date, e.place) for e in kept.events()] == [(e.form, e.date, e.place) for e in before]
