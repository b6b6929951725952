import pytest

from rallybook.grounding.reading import read
from rallybook.model.article import Article
from rallybook.model.post import Post


def _read(text, post=Post()):  # noqa: B008 - frozen
    return read(Article(id="", text=text, post=post))


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("#BlackLivesMatter", "Black Lives Matter"),
        ("#SaveTheNHSNow", "Save The NHS Now"),
        ("#March4Justice", "March 4 Justice"),
        ("#stop_the_war", "stop the war"),
        ("#accra", "accra"),
        ("#1", "#1"),
        ("no #, no", "no #, no"),
        ("＃ÉcolesEnGrève", "Écoles En Grève"),
    ],
)
def test_a_hashtag_is_read_as_its_words(tag, words):
    assert _read(f"They came {tag} today").text == f"They came {words} today"


def test_a_post_is_one_paragraph():
    assert "\n" not in _read("No fees!\n\nNo silence\r\nAccra").text


def test_spans_lead_back_to_the_text_as_given():
    text = "We marched\n#FeesMustFall in #Kumasi"
    reading = _read(text)
    start = reading.text.index("Kumasi")
    span = reading.span(start, start + len("Kumasi"))
    assert (span.words, text[span.start : span.end]) == ("Kumasi", "Kumasi")
    start = reading.text.index("Fees Must Fall")
    assert reading.span(start, start + len("Fees Must Fall")).words == "FeesMustFall"


def test_an_article_keeps_its_signs():
    assert _read("They said #MeToo.\n\nThey left.", None).text == "They said #MeToo.\n\nThey left."
