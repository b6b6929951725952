"""What every coder keeps: values that the article proves, probabilities, its own name, no records of nothing."""

import datetime as dt
from functools import cache

import pytest
from stand_in import event as as_told
from stand_in import stand_in, told

import rallybook
from rallybook.api import CODERS, coder
from rallybook.coding.records import LIKELY_BY_RULES
from rallybook.errors import InputError
from rallybook.model.article import Article

TEXT = (
    "About 300 nurses marched through Leeds on Sunday to demand higher pay. Police arrested two of them.\n\n"
    "In York the union called off a vigil that was planned for Tuesday."
)
# those whose records have probabilities
PROBABLE = ("tagger", "rules")
# what a model would tell of TEXT, word by word
EVENTS = (
    as_told(
        quote="About 300 nurses marched through Leeds on Sunday to demand higher pay.",
        trigger="marched",
        form="march",
        date_words="on Sunday",
        place_words="Leeds",
        size_words="About 300 nurses",
        claims=["higher pay"],
        response=[{"action": "arrests", "words": "arrested two of them"}],
        arrests_words="arrested two of them",
    ),
    as_told(
        quote="In York the union called off a vigil that was planned for Tuesday.",
        trigger="vigil",
        form="vigil",
        status="cancelled",
        date_words="Tuesday",
        place_words="York",
    ),
)


@pytest.fixture(scope="module", autouse=True)
def endpoint():
    """Plays the model that the coder "llm" asks."""
    with stand_in() as endpoint, pytest.MonkeyPatch.context() as patch:
        patch.setenv("RALLYBOOK_LLM_URL", endpoint.url)
        patch.setenv("RALLYBOOK_LLM_MODEL", "stand-in")
        endpoint.answers_by(lambda body: told(*EVENTS if TEXT in body["messages"][1]["content"] else ()))
        yield endpoint


@cache
def coded(by, text, language=""):
    article = Article(id="a", text=text, published=dt.date(2024, 5, 14), language=language)
    return coder(by).code(article)


@pytest.fixture(params=CODERS)
def by(request):
    return request.param


def test_the_library_gives_the_same(by):
    found = rallybook.code(TEXT, published="2024-05-14", by=by)
    assert [(event.quote, event.date, event.spans) for event in found] == [
        (event.quote, event.date, event.spans) for event in coded(by, TEXT).events
    ]


def test_a_model_of_others_tells_no_probabilities():
    # nothing has calibrated them
    assert [event.confidence for event in coded("llm", TEXT).events] == [{}, {}]
    with pytest.raises(InputError, match="whose records have no probability"):
        coder("llm", 0.5)


def test_it_says_who_read(by):
    assert coded(by, TEXT).coder.endswith(f" {by}")


def test_it_finds_what_is_told_plainly(by):
    found = {
        (event.form, event.status, event.place.name, event.date.edtf) for event in coded(by, TEXT).events
    }
    assert ("march", "happened", "Leeds", "2024-05-12") in found


def test_every_value_stands_at_its_offsets(by):
    for event in coded(by, TEXT).events:
        assert event.quote
        for path, spans in event.spans.items():
            for start, end in spans:
                assert 0 <= start < end <= len(TEXT), path
        (start, end), *_ = event.spans["trigger"]
        assert TEXT[start:end] == event.trigger


def test_the_words_of_a_value_are_those_of_its_spans(by):
    for event in coded(by, TEXT).events:
        values = {
            "quote": (event.quote,),
            "trigger": (event.trigger,),
            "date.text": (event.date.text,),
            "place.text": (event.place.text,),
            "size.text": (event.size.text,),
            "participants": event.participants,
            "organisers": event.organisers,
            "targets": event.targets,
            "claims": event.claims,
        }
        for path, words in values.items():
            told_at = event.spans.get(path, ())
            assert tuple(TEXT[start:end] for start, end in told_at) == tuple(filter(None, words)), path


@pytest.mark.parametrize("by", PROBABLE)
def test_it_says_how_sure_it_is(by):
    for event in coded(by, TEXT).events:
        assert {"record", "form", "status", "date", "place"} <= event.confidence.keys()
        assert all(0 <= value <= 1 for value in event.confidence.values())


def test_the_same_text_gives_the_same_records(by):
    article = Article(id="a", text=TEXT, published=dt.date(2024, 5, 14))
    assert coder(by).code(article) == coder(by).code(article)


@pytest.mark.parametrize("text", ["", " \n", "The bank raised its rate.", "\ud800 \x00 \u202e", "1 2 3"])
def test_a_text_that_tells_no_protest_gives_no_record(by, text):
    assert coded(by, text, "en").events == ()


def test_a_language_that_cannot_be_read_is_a_failure_that_says_so(by):
    (failure,) = coded(by, "Hunderte demonstrierten am Sonntag in Leipzig gegen die Kürzungen.").failures
    assert "'de'" in failure.reason
    assert "en" in failure.reason


@pytest.mark.parametrize("by", PROBABLE)
def test_a_higher_bound_leaves_out_what_is_less_probable(by):
    article = Article(id="a", text=TEXT, published=dt.date(2024, 5, 14))
    every = coder(by, 0.0).code(article).events
    sure = {event.trigger: event.confidence["record"] for event in every}
    bound = (min(sure.values()) + max(sure.values())) / 2
    kept = coder(by, bound).code(article).events
    assert {event.trigger for event in kept} == {name for name, p in sure.items() if p >= bound}
    assert all(event.confidence["record"] >= LIKELY_BY_RULES for event in coder(by).code(article).events)


@pytest.mark.parametrize("bound", [-0.1, 1.5, float("nan")])
def test_a_bound_that_is_no_probability_is_refused(bound):
    with pytest.raises(InputError, match="a number from 0 to 1"):
        coder("rules", bound)


def test_a_coder_that_is_none_is_refused():
    with pytest.raises(InputError, match="tagger, rules or llm"):
        coder("oracle")
