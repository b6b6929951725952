import pytest

from rallybook.sources.page_words import words_of
from rallybook.sources.pages import from_page, tree_of

SENTENCE = (
    "Hundreds of teachers marched through Accra on Sunday to ask for a pay rise that was promised long ago."
)


def _words(body, head=""):
    return " ".join(words_of(tree_of(f"<html><head>{head}</head><body>{body}</body></html>", "page")))


def test_the_text_is_there_with_the_links_in_it():
    assert _words("<p>Hundreds <a href='/t'>marched</a> in <b>Accra</b>.</p>").split() == [
        "Hundreds",
        "marched",
        "in",
        "Accra",
        ".",
    ]


@pytest.mark.parametrize(
    "beside",
    [
        "<nav><p>a march</p></nav>",
        "<aside><p>a march</p></aside>",
        "<footer>a march</footer>",
        "<form>a march</form>",
        "<script>'a march'</script>",
        "<style>.march {}</style>",
        "<ul><li><a href='/'>a march</a></li></ul>",
        "<h3><a href='/'>a march</a></h3>",
        "<div id='comments'><p>a march</p></div>",
        "<ol class='comments-list'><li>a march</li></ol>",
    ],
)
def test_what_stands_beside_it_is_left_out(beside):
    words = _words(f"<p>{SENTENCE}</p>{beside}")
    assert SENTENCE in words
    assert "a march" not in words


def test_in_a_forum_what_readers_wrote_is_the_text():
    head = '<script type="application/ld+json">{"@type": "DiscussionForumPosting"}</script>'
    assert "a march" in _words("<div id='comments'><p>a march</p></div>", head)


def test_a_long_link_may_be_a_text():
    long = "They marched to the square. " * 9
    assert long.strip() in _words(f"<h3><a href='/'>{long}</a></h3>")


@pytest.mark.parametrize(
    "page",
    [
        f'<script type="application/ld+json">{{"articleBody": "{SENTENCE}"}}</script><p>Sign in.</p>',
        f"<table><tr><td>{SENTENCE}<br>{SENTENCE}</td></tr></table>",
        f"<div>{SENTENCE} <span>{SENTENCE}</span></div>",
        f"<blockquote><p>{SENTENCE}</p></blockquote>",
        f"<ul><li>{SENTENCE}</li><li>{SENTENCE}</li></ul>",
    ],
)
def test_what_is_extracted_is_among_the_words(page):
    text = from_page(f"<html><body>{page}</body></html>", "page").text
    assert "marched" in text
    assert "marched" in _words(page)
