import datetime as dt

import msgspec
import pytest
from stand_in import event

from rallybook.coding.llm.answer import ToldEvent
from rallybook.coding.llm.grounded import ground
from rallybook.coding.llm.told import ProofError, record
from rallybook.grounding.gazetteer import CompiledGazetteer
from rallybook.grounding.reading import read
from rallybook.model.article import Article

TEXT = (
    "About 300 nurses marched from City Hall through Leeds on Sunday to demand higher pay. The health union had called "
    "for the march. Police arrested two of them and used batons; nobody was injured.\n\n"
    "Outside the cathedral in York, dozens held a vigil on the eve of Saint Swithin."
)
MARCH = {
    "quote": "About 300 nurses marched from City Hall through Leeds on Sunday to demand higher pay.",
    "trigger": "marched",
    "form": "march",
}
GAZETTEER = CompiledGazetteer()


def coded(text=TEXT, published=dt.date(2024, 5, 14), **values):
    article = Article(id="a", text=text, published=published)
    told = msgspec.convert(event(**MARCH | values), ToldEvent)
    return record(ground(read(article), GAZETTEER), told)


def words(made, path, text=TEXT):
    return [text[start:end] for start, end in made.spans[path]]


def test_words_of_the_text_come_in_with_their_spans():
    made = coded(
        participants=["nurses"], organisers=["The health union"], targets=[], claims=["higher pay", "nurses"]
    )
    assert (made.form, made.trigger, words(made, "trigger")) == ("march", "marched", ["marched"])
    assert words(made, "quote") == [made.quote]
    assert made.participants == tuple(words(made, "participants")) == ("nurses",)
    assert made.organisers == tuple(words(made, "organisers")) == ("The health union",)
    assert made.claims == tuple(words(made, "claims")) == ("higher pay", "nurses")
    assert "targets" not in made.spans


def test_words_that_do_not_stand_there_are_dropped():
    made = coded(
        participants=["doctors", "nurses", "nurses"],
        claims=["free beer"],
        size_words="about 900 nurses",
        date_words="on Monday",
        date_edtf="2024-05-13",
        place_words="Bradford",
        place_name="Bradford",
        response=[{"action": "force", "words": "shot at the crowd"}],
        arrests_words="fifty arrested",
    )
    assert (made.participants, made.claims) == (("nurses",), ())
    assert (made.size.low, made.date.edtf, made.date.text) == (None, "", "")
    assert (made.place.text, made.place.name, made.place.lat) == ("", "", None)
    assert (made.response.actions, made.response.arrests.low) == ((), None)
    assert set(made.spans) == {"quote", "trigger", "participants"}


@pytest.mark.parametrize("name", ["quote", "trigger"])
@pytest.mark.parametrize("given", ["", "Thousands stormed the palace"])
def test_a_record_without_proof_is_refused(name, given):
    with pytest.raises(ProofError) as caught:
        coded(**{name: given})
    assert str(caught.value) == f"{name}: received {given!r}, allowed: words that stand in the text"


def test_a_trigger_outside_its_quote_is_refused():
    with pytest.raises(ProofError, match="trigger: received 'vigil', allowed: words inside the quote"):
        coded(trigger="vigil")


def test_days_are_read_by_the_calendar_not_by_the_model():
    made = coded(date_words="on Sunday", date_edtf="1999-01-01")
    assert (made.date.edtf, made.date.text, words(made, "date.text")) == (
        "2024-05-12",
        "on Sunday",
        ["on Sunday"],
    )
    assert coded(published=None, date_words="on Sunday", date_edtf="1999-01-01").date.edtf == ""


@pytest.mark.parametrize(
    ("edtf", "kept"),
    [("2024-07-14", "2024-07-14"), ("2024-07-14/..", "2024-07-14/.."), ("2024-02-30", ""), ("July", ""),
     ("2024-07-15/2024-07-14", ""), ("..", ""), ("XXXX-07-14", "")],
)  # fmt: skip
def test_a_day_that_no_grounder_reads_is_the_models_if_it_is_one(edtf, kept):
    text = "They held a vigil when the lanterns were lit."
    made = coded(text, quote=text, trigger="vigil", date_words="when the lanterns were lit", date_edtf=edtf)
    assert (made.date.edtf, made.date.text) == (kept, "when the lanterns were lit")


def test_places_are_resolved_by_the_geoparser():
    made = coded(place_words="Leeds", place_name="Leeds", umbrella=True)
    assert (made.place.name, made.place.country, made.place.precision) == ("Leeds", "GB", "city")
    assert made.place.lat == pytest.approx(53.8, abs=0.1)
    assert not made.umbrella


def test_a_spot_has_the_place_that_it_lies_in():
    made = coded(place_words="City Hall", place_name="Leeds")
    assert (made.place.text, made.place.name, made.place.precision) == ("City Hall", "Leeds", "site")
    vigil = {"quote": "Outside the cathedral in York, dozens held a vigil", "trigger": "vigil"}
    made = coded(place_words="the cathedral in York", **vigil)
    assert (made.place.text, made.place.name, made.place.precision) == (
        "the cathedral in York",
        "York",
        "site",
    )


def test_a_place_that_nothing_resolves_has_its_words_alone():
    made = coded(place_words="City Hall")
    assert (made.place.text, made.place.name, made.place.lat, made.place.precision) == (
        "City Hall",
        "",
        None,
        "unknown",
    )


def test_an_action_as_a_whole_may_be_an_umbrella():
    text = "Teachers went on strike across Kenya on Monday."
    made = coded(text, quote=text, trigger="strike", form="strike", umbrella=True, place_words="across Kenya")
    assert (made.umbrella, made.place.country, made.place.precision) == (True, "KE", "country")


def test_numbers_are_read_from_the_words():
    made = coded(
        size_words="About 300 nurses", arrests_words="arrested two", injured_words="nobody was injured"
    )
    assert (made.size.text, made.size.low, made.size.high) == ("About 300 nurses", 300, 300)
    assert (made.response.arrests.low, made.response.arrests.high) == (2, 2)
    assert words(made, "response.arrests") == ["arrested two"]
    assert (made.harm.injured.low, made.harm.injured.high) == (0, 0)
    assert made.harm.killed.low is None
    vigil = {"quote": "dozens held a vigil", "trigger": "vigil", "size_words": "dozens"}
    assert (coded(**vigil).size.low, coded(**vigil).size.high) == (24, 99)


def test_words_without_a_number_are_no_count():
    made = coded(size_words="nurses", arrests_words="Police arrested")
    assert (made.size.text, made.size.low, made.response.arrests.low) == ("", None, None)
    assert not {"size.text", "response.arrests"} & made.spans.keys()


def test_what_bounds_a_number_counts_where_the_model_left_it_out():
    text = "More than 100 women marched in Leeds."
    made = coded(text, quote=text, trigger="marched", size_words="100 women")
    assert (made.size.text, made.size.low, made.size.high) == ("100 women", 100, None)


def test_nobody_is_named_for_having_taken_part():
    text = "Mary Okoye, 34, a nurse, marched in Leeds with Peter Smith and members of the Smith Society."
    made = coded(
        text,
        quote=text,
        participants=[
            "Mary Okoye, 34, a nurse",
            "Mary Okoye",
            "Peter Smith",
            "a nurse",
            "members of the Smith Society",
        ],
        organisers=["Peter Smith"],
    )
    assert made.participants == ("a nurse", "members of the Smith Society")
    assert made.organisers == ("Peter Smith",)


def test_actions_come_in_the_codebooks_order_with_their_words():
    made = coded(
        response=[
            {"action": "arrests", "words": "arrested two of them"},
            {"action": "force", "words": "used batons"},
        ]
    )
    assert made.response.actions == ("force", "arrests")
    assert words(made, "response.actions") == ["arrested two of them", "used batons"]


def test_a_damaged_text_is_proved_as_it_was_given():
    text = "The unionâ€™s mem\u200bbers marched in Leeds on Sunday,  500 in all."
    made = coded(
        text,
        quote="The union's members marched in Leeds on Sunday",
        participants=["The union’s members"],
        size_words="500 in all",
    )
    for path, values in {"quote": (made.quote,), "participants": made.participants}.items():
        assert tuple(words(made, path, text)) == values
    assert made.participants == ("The unionâ€™s mem\u200bbers",)
    assert made.size.low == 500
