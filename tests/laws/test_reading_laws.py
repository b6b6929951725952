"""Laws of readings: every span is verbatim, and what a reading says comes from the article."""

from hypothesis import given, settings
from hypothesis import strategies as st

from rallybook.grounding.reading import read
from rallybook.model.article import Article
from rallybook.model.post import Post

DAMAGE = st.sampled_from(
    [
        *("â€™", "â€œ", "â€", "â€\x9d", "Ã©", "вЂ™", "Ã¢â‚¬â„¢", "‚Äô", "É”", "Å‚", "``", "''", "`", "‚"),
        *("‘", "’"),
        *("\u200b", "\u202e", "\xad", "\xa0", "\x00", "\x92", "\ud800", "\ufffd", "\u2028", "\ufb01", "１"),
        *("&amp;", "&#0;", "&#39;", "&#55296;", "\r\n", "\r", "\n", "\n\n", "\n   ", "\t", "  "),
        *(" ,", "( ", " ’ s ", "$ 5", " ”", "“ "),
        *("#FeesMustFall", " #March4Justice", "#a_b ", "#"),
    ]
)
WORDS = st.sampled_from(
    "Hundreds of teachers marched through Accra on Monday to ask for the pay rise that they were promised. "
    "Police fired tear gas, arresting 12 people".split()
)
TEXTS = st.lists(DAMAGE | WORDS | st.just(" ") | st.text(max_size=6), max_size=60).map("".join)


def article(text, post=None):
    return Article(id="a", text=text, post=post)


@given(TEXTS, st.sampled_from([None, Post()]), st.data())
@settings(max_examples=300)
def test_every_span_is_verbatim(text, post, data):
    reading = read(article(text, post))
    start = data.draw(st.integers(0, len(reading.text)))
    end = data.draw(st.integers(start, len(reading.text)))
    span = reading.span(start, end)
    assert text[span.start : span.end] == span.words
    assert 0 <= span.start <= span.end <= len(text)


@given(TEXTS, st.sampled_from([None, Post()]))
@settings(max_examples=300)
def test_origins_rise_and_cover_the_reading(text, post):
    reading = read(article(text, post))
    if reading.origin is None:
        assert len(reading.text) == len(text)
        return
    assert len(reading.origin) == len(reading.text) + 1
    assert all(left <= right for left, right in zip(reading.origin, reading.origin[1:], strict=False))
    assert reading.origin[-1] <= len(text)


@given(TEXTS)
@settings(max_examples=200)
def test_words_that_need_no_repair_lead_back_to_themselves(text):
    reading = read(article(text))
    for start in range(len(reading.text)):
        span = reading.span(start, start + 1)
        if reading.text[start].isascii() and reading.text[start].isalnum() and len(span.words) == 1:
            # full-width digits and parts of ligatures aside, a letter comes from itself
            assert span.words == reading.text[start] or not span.words.isascii()


@given(TEXTS)
def test_reading_twice_gives_the_same(text):
    assert read(article(text)) == read(article(text))


@given(TEXTS)
def test_a_reading_has_no_controls_and_no_halves_of_letters(text):
    mended = read(article(text)).text
    assert not [letter for letter in mended if letter < " " and letter not in "\t\n"]
    mended.encode("utf-8")
