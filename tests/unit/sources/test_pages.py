import datetime as dt
import random

import pytest
import trafilatura
from made_up_news.markup import page
from made_up_news.stream import stream

from rallybook.errors import SourceError
from rallybook.sources.encodings import decode_page
from rallybook.sources.pages import from_page, looks_like_page, tree_of

PAGE = """<!DOCTYPE html>
<html><head><title>Teachers march in Accra</title>
<meta property="og:site_name" content="The Harbour Post">
<meta property="article:published_time" content="2021-02-14T10:00:00Z">
<link rel="canonical" href="https://example.org/teachers"></head>
<body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
<article><h1>Teachers march in Accra</h1>
<p>Hundreds of teachers marched through Accra on Sunday to ask for the pay rise that they were promised.</p>
<p>Police watched from the side streets and arrested no one, the spokesman of their union said.</p>
</article><footer>Imprint</footer></body></html>"""


def test_a_page_gives_its_text_and_what_its_head_tells():
    article = from_page(PAGE, "page.html")
    assert "Hundreds of teachers marched" in article.text
    assert "Imprint" not in article.text
    assert article.title == "Teachers march in Accra"
    assert article.published == dt.date(2021, 2, 14)
    assert article.source == "The Harbour Post"
    assert article.url == "https://example.org/teachers"


def test_the_given_date_is_for_pages_without_one():
    day = dt.date(2020, 1, 2)
    page = "<html><body><p>Hundreds of teachers marched through Accra.</p></body></html>"
    assert from_page(page, "page.html", published=day).published == day


def test_a_piece_of_a_page_is_read():
    assert from_page("<p>Hundreds marched in Accra.</p>", "p.html").text == "Hundreds marched in Accra."


@pytest.mark.parametrize(
    "page",
    [
        "",
        "<html></html>",
        "<html><body><script>1</script></body></html>",
        "\x00",
        "<div>" * 10_000 + "Hundreds marched",
    ],
)
def test_a_page_without_an_article_is_named(page):
    with pytest.raises(SourceError) as caught:
        from_page(page, "page.html")
    assert caught.value.origin == "page.html"


@pytest.mark.parametrize(
    "text", [PAGE, "\n<html>", "<?xml version='1.0'?><html lang='en'>", "<!-- a --><body>"]
)
def test_pages_are_told_by_their_beginning(text):
    assert looks_like_page(text)


@pytest.mark.parametrize("text", ["", "Hundreds <b>marched</b>", "<3 this march", "<htmlx>"])
def test_other_texts_are_not_called_pages(text):
    assert not looks_like_page(text)


def test_a_page_that_is_too_deep_is_refused_rather_than_cut():
    deep = "<div>" * 300 + "<p>a menu</p>" + "</div>" * 300
    page = f"<html><body><p>Hundreds marched in Accra.</p>{deep}<p>On Tuesday, nurses did.</p></body></html>"
    with pytest.raises(SourceError, match="nested 256 deep"):
        from_page(page, "deep.html")


def test_a_page_of_so_many_tags_that_it_would_fill_memory_is_refused():
    page = f"<html><body><p>Hundreds marched in Accra.</p>{'<b>a</b>' * 150_000}</body></html>"
    with pytest.raises(SourceError, match="received 300,006 tags, allowed: up to 200,000"):
        from_page(page, "tags.html")


def test_a_page_of_any_depth_that_is_read_is_read_to_its_end():
    deep = "<div>" * 240 + "</div>" * 240
    page = f"<html><body><p>Hundreds marched in Accra.</p>{deep}<p>On Tuesday, nurses did.</p></body></html>"
    assert from_page(page, "deep.html").text.endswith("On Tuesday, nurses did.")


def test_text_and_head_are_those_that_come_of_one_extraction_of_both():
    chance = random.Random(2)
    made = [page(one, number, chance, kilobytes=2) for number, one in enumerate(stream(60, seed=5)[1])]
    for text in (PAGE, *(decode_page(one.raw, one.charset) for one in made)):
        article = from_page(text, "page.html")
        both = trafilatura.bare_extraction(tree_of(text, ""), include_comments=False, with_metadata=True)
        told = (article.text, article.title, article.source, article.url, article.published.isoformat())
        assert told == (both.text, both.title, both.sitename, both.url, both.date)
