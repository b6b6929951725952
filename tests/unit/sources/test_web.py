import datetime as dt

import pytest
from fake_web import fake_web, page, sent

from rallybook.model.article import Article
from rallybook.sources.web import WebSource

WORDS = (
    "Hundreds of teachers marched through Accra on Sunday to ask for the pay rise that they were promised."
)


@pytest.fixture
def web():
    with fake_web() as made:
        yield made


def _read(web, path="/a", **options):
    (item,) = WebSource([f"http://www.site.test{path}"], fetcher=web.fetcher(), **options).articles()
    return item


@pytest.fixture(autouse=True)
def _names(web):
    web.names["www.site.test"] = web.names["site.test"]


def test_a_page_is_an_article_with_its_address_source_and_day(web):
    head = '<meta property="article:published_time" content="2021-02-14T10:00:00Z">'
    web.answers["/a?id=3&utm_source=x"] = sent(page(WORDS, head=head))
    article = _read(web, "/a?id=3&utm_source=x#comments")
    assert article.text == WORDS
    assert article.url == "http://www.site.test/a?id=3"
    assert article.source == "site.test"
    assert article.published == dt.date(2021, 2, 14)


def test_the_same_page_is_the_same_article(web):
    web.answers["/a"] = web.answers["/a?utm_source=mail"] = sent(page(WORDS))
    assert _read(web) == _read(web, "/a?utm_source=mail")


def test_a_page_says_its_own_address_within_its_site_only(web):
    web.answers["/a"] = sent(page(WORDS, head='<link rel="canonical" href="http://site.test/story">'))
    assert _read(web).url == "http://site.test/story"
    web.answers["/a"] = sent(page(WORDS, head='<link rel="canonical" href="http://bank.test/story">'))
    assert _read(web).url == "http://www.site.test/a"


def test_a_page_is_no_younger_than_the_visit(web):
    head = '<meta property="article:published_time" content="2199-02-14">'
    web.answers["/a"] = sent(page(WORDS, head=head))
    day = dt.date(2020, 1, 2)
    assert _read(web, published=day).published == day


@pytest.mark.parametrize(
    ("kind", "head", "encoding"),
    [
        ("text/html; charset=windows-1251", "", "cp1251"),
        ("text/html", '<meta charset="windows-1251">', "cp1251"),
        ("text/html; charset=utf-8", '<meta charset="windows-1251">', "cp1251"),
        ("text/html; charset=windows-1251", "", "utf-8"),
        ("text/html; charset=no-such-thing", '<meta charset="windows-1251">', "cp1251"),
        ("text/html; charset=punycode", '<meta charset="windows-1251">', "cp1251"),
        ("text/html; charset=unicode_escape", '<meta charset="windows-1251">', "cp1251"),
        ('text/html; charset="', "", "utf-8"),
        ("", "", "utf-16"),
    ],
)
def test_an_encoding_that_is_named_wrongly_or_not_at_all_is_seen_through(web, kind, head, encoding):
    words = "Сотни учителей вышли в воскресенье на улицы города и потребовали обещанной прибавки к жалованью."
    web.answers["/a"] = sent(page(words, head=head).decode().encode(encoding), kind)
    article = _read(web)
    assert isinstance(article, Article), article
    assert article.text == words
