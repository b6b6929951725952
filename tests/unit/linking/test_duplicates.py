import datetime as dt

from rallybook.linking.duplicates import copies, copy_keys
from rallybook.model.article import Article

TEXT = (
    "Ferry workers marched along the pier in Oban on Sunday for a second lifeboat. Their association, Safe Crossings, "
    "counted three hundred, the harbour master half as many. A piper led them, and a collie followed. The council "
    "says that it has no money for a boat but some sympathy, and that the matter will be taken up after the summer."
)
OTHER = (
    "Pupils of the high school sat down in the gymnasium on Monday because the heating has been off since the autumn. "
    "The headmistress brought blankets. A plumber from Lochgilphead is expected on Thursday, weather permitting."
)


def article(name, text=TEXT, day=12, **known):
    return Article(id=name, text=text, published=dt.date(2024, 5, day), **known)


def test_a_wire_copy_is_the_same_report():
    found = copies([article("b", day=13, source="Courier"), article("a", source="Wire"), article("c", OTHER)])
    assert [group.articles for group in found] == [("a", "b")]
    assert found[0].original == "a"
    assert found[0].superseded == {}


def test_a_copy_may_be_cut_and_changed_a_little():
    cut = TEXT[: len(TEXT) // 2].replace("three hundred", "some 300")
    assert copies([article("a"), article("b", cut)])[0].articles == ("a", "b")


def test_reports_written_apart_are_no_copies():
    assert copies([article("a"), article("b", OTHER)]) == ()


def test_a_later_version_of_one_source_supersedes():
    longer = f"{TEXT} On Monday the council found the money after all."
    found = copies([article("a", source="Wire"), article("b", longer, day=13, source="Wire")])
    assert found[0].superseded == {"a": "b"}


def test_the_latest_version_supersedes_all_older_ones():
    versions = [
        article(name, day=day, url="https://news.example/1")
        for name, day in (("a", 12), ("b", 13), ("c", 14))
    ]
    assert copies(versions)[0].superseded == {"a": "c", "b": "c"}


def test_two_of_one_day_are_copies_without_an_order():
    assert copies([article("a", source="Wire"), article("b", source="Wire")])[0].superseded == {}


def test_the_order_of_the_articles_is_of_no_account():
    given = [article("a"), article("b", day=13), article("c", OTHER), article("d", OTHER, day=14)]
    assert copies(given) == copies(given[::-1])


def test_very_short_texts_are_compared_whole():
    assert copies([article("a", ""), article("b", ""), article("c", "One word")])[0].articles == ("a", "b")


def test_a_text_has_the_same_keys_always_and_copies_share_some():
    # these are kept in books: another version of rallybook must give the same
    assert copy_keys("One short text")[:3] == (922691247, 1772173313, 1649391431)
    cut = TEXT[: len(TEXT) // 2]
    assert set(copy_keys(TEXT)) & set(copy_keys(cut))
    assert not set(copy_keys(TEXT)) & set(copy_keys(OTHER))
    assert all(0 <= key < 2**32 for key in copy_keys(TEXT))


def test_a_hundred_copies_are_one_group():
    found = copies(article(f"a{n:02}", f"{TEXT} {n}", source=f"Paper {n}") for n in range(100))
    assert [len(group.articles) for group in found] == [100]
