from hypothesis import given
from hypothesis import strategies as st

from rallybook.model.article import article_id

ANY_TEXT = st.text(st.characters(), max_size=50)


@given(ANY_TEXT, ANY_TEXT, ANY_TEXT)
def test_an_id_is_sixteen_hexadecimal_digits_and_always_the_same(text, source, url):
    name = article_id(text, source=source, url=url)
    assert len(name) == 16
    assert set(name) <= set("0123456789abcdef")
    assert article_id(text, source=source, url=url) == name


def test_an_id_tells_texts_sources_and_addresses_apart():
    names = {
        article_id("one"),
        article_id("two"),
        article_id("one", source="a"),
        article_id("one", url="a"),
        article_id("one", source="a", url="a"),
        article_id("a\x1fone"),
    }
    assert len(names) == 6


def test_half_a_surrogate_pair_is_no_trouble():
    assert len(article_id("\ud800")) == 16
