"""Whatever a model tells, what comes out stands in the article."""

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from stand_in import event

from rallybook.coding.llm.answer import ToldEvent
from rallybook.coding.llm.grounded import ground
from rallybook.coding.llm.proof import Locator
from rallybook.coding.llm.told import record
from rallybook.grounding.gazetteer import CompiledGazetteer
from rallybook.grounding.reading import read
from rallybook.model.article import Article

_PIECES = (
    "About 300 nurses",
    "marched", "in Leeds", "on Sunday", "mar\u200bched", "the unionâ€™s", "“no more”", "''", "&amp;",
    "e\u0301", "ﬁre", "1,500", "\ud800", "work-\nplace", "arrested two", "🙂", " ", "\n\n", "'", ".", "\u00ad",
)  # fmt: skip
_GAZETTEER = CompiledGazetteer()
texts = st.lists(st.sampled_from(_PIECES), min_size=1, max_size=14).map(" ".join)


@st.composite
def told_of(draw):
    """Give a text, and what a model might tell of it: stretches of it, stretches as they were mended, inventions."""
    text = draw(texts)
    mended = read(Article(id="a", text=text)).text

    def words():
        source = draw(st.sampled_from((text, mended, "They stormed the palace in Paris")))
        start, end = sorted(draw(st.tuples(*[st.integers(0, len(source))] * 2)))
        return source[start:end]

    names = ("date_words", "place_words", "place_name", "size_words", "arrests_words", "injured_words")
    values = {name: words() for name in names}
    lists = {name: [words(), words()] for name in ("participants", "organisers", "targets", "claims")}
    return text, event(response=[{"action": "force", "words": words()}], **values, **lists)


@given(told_of())
@settings(max_examples=60)
def test_every_value_is_the_words_of_its_spans(case):
    text, told = case
    reading = read(Article(id="a", text=text))
    quote = next((word for word in reading.text.split() if Locator(reading).find(word)), None)
    if quote is None:
        return
    made = record(
        ground(reading, _GAZETTEER), msgspec.convert(told | {"quote": quote, "trigger": quote}, ToldEvent)
    )
    values = {
        "quote": (made.quote,), "trigger": (made.trigger,), "date.text": (made.date.text,),
        "place.text": (made.place.text,), "size.text": (made.size.text,), "participants": made.participants,
        "organisers": made.organisers, "targets": made.targets, "claims": made.claims,
    }  # fmt: skip
    for path, words in values.items():
        spans = made.spans.get(path, ())
        assert tuple(text[start:end] for start, end in spans) == tuple(word for word in words if word), path
    assert all(0 <= start < end <= len(text) for spans in made.spans.values() for start, end in spans)


@given(texts, st.text(min_size=1, max_size=20))
def test_what_is_found_are_words_of_the_text(text, invented):
    reading = read(Article(id="a", text=text))
    for words in (*text.split(), *reading.text.split(), text, invented):
        place = Locator(reading).find(words)
        assert place is None or reading.span(*place).words.strip(), words


@given(texts)
def test_plain_words_are_always_found(text):
    reading = read(Article(id="a", text=f"{text} Nurses marched."))
    assert Locator(reading).find("marched") is not None
