import pytest
from fake_web import fake_web, page, sent

from rallybook.errors import InputError
from rallybook.model.article import Article
from rallybook.model.outcome import Failure
from rallybook.sources.watching import Seen, WatchList, WatchSource, watch_list

WORDS = "Hundreds of teachers marched through Accra on Sunday to ask for the pay rise number {}."


def _feed(*names, day=14):
    items = "".join(
        f"<item><link>http://site.test/{name}</link><pubDate>Sun, {day} Feb 2021 09:00:00 GMT</pubDate></item>"
        for name in names
    )
    return f'<rss version="2.0"><channel>{items}</channel></rss>'.encode()


@pytest.fixture
def web():
    with fake_web() as made:
        made.answers |= {f"/{name}": sent(page(WORDS.format(name))) for name in "abcd"}
        made.answers["/feed"] = sent(_feed("a", "b"), "application/rss+xml", ETag='"1"')
        yield made


@pytest.fixture
def watch(web):
    seen = Seen({}, {})

    def run(**listed):
        listed = WatchList(**({"feeds": ("http://site.test/feed",)} | listed))
        return list(WatchSource(listed, seen, web.fetcher()).articles())

    return run


def _urls(items):
    return [item.url.removeprefix("http://site.test/") for item in items if isinstance(item, Article)]


def test_a_pass_gives_the_pages_of_a_feed_with_its_day_where_they_tell_none(watch):
    items = watch()
    assert _urls(items) == ["a", "b"]
    assert {item.published.isoformat() for item in items} == {"2021-02-14"}


def test_the_next_pass_gives_what_is_new_only(web, watch):
    watch()
    web.answers["/feed"] = sent(_feed("c", "a", "b"), "application/rss+xml")
    assert _urls(watch()) == ["c"]


def test_a_page_that_changed_is_read_again(web, watch):
    watch()
    web.answers["/feed"] = sent(_feed("a", day=15), "application/rss+xml")
    assert _urls(watch()) == ["a"]


def test_a_feed_is_asked_by_its_version_once_all_of_it_was_read(web, watch):
    watch(newest=1)
    watch(newest=1)
    assert "If-None-Match" not in web.headers[-2]
    watch()
    assert web.headers[-1]["If-None-Match"] == '"1"'


def test_what_fails_for_a_while_is_asked_again_and_what_fails_for_good_is_not(web, watch):
    web.answers["/a"] = sent(b"", status=503)
    web.answers["/b"] = sent(b"", status=404)
    assert [type(item) for item in watch()] == [Failure, Failure]
    web.answers["/a"] = web.answers["/b"] = sent(page(WORDS.format("a")))
    assert _urls(watch()) == ["a"]


def test_a_feed_that_cannot_be_had_is_named_and_the_others_are_read(watch):
    failed, *others = watch(feeds=("http://site.test/gone", "http://127.0.0.1/feed", "http://site.test/feed"))
    assert "http://site.test/gone: status: received 404" in failed.reason
    assert "127.0.0.1" in others[0].reason
    assert _urls(others) == ["a", "b"]


def test_a_feed_leads_to_no_address_that_is_closed(web, watch):
    links = (
        "http://127.0.0.1/a",
        "http://169.254.169.254/latest/",
        "file:///etc/passwd",
        "http://site.test:22/",
    )
    items = "".join(f"<item><link>{link}</link></item>" for link in links)
    web.answers["/feed"] = sent(
        f'<rss version="2.0"><channel>{items}</channel></rss>'.encode(), "application/rss+xml"
    )
    assert [type(item) for item in watch()] == [Failure] * 4
    assert {address for address, _ in web.dialled} == {"93.184.216.34"}
    assert watch() == []  # refused for good


def test_an_index_is_followed_one_step_and_no_further(web, watch):
    web.answers["/index"] = sent(
        b"<sitemapindex><sitemap><loc>/one</loc></sitemap><sitemap><loc>/index</loc></sitemap></sitemapindex>"
    )
    web.answers["/one"] = sent(b"<urlset><url><loc>/c</loc></url><url><loc>/d</loc></url></urlset>")
    assert _urls(watch(feeds=(), sitemaps=("http://site.test/index",))) == ["c", "d"]
    assert web.asked.count("site.test/index") == 1


def test_several_lists_take_turns(web, watch):
    web.answers["/other"] = sent(_feed("c", "d"), "application/rss+xml")
    assert _urls(watch(feeds=("http://site.test/feed", "http://site.test/other"))) == ["a", "c", "b", "d"]


def test_what_was_seen_is_kept_in_a_file(tmp_path):
    path = tmp_path / "state.json"
    assert Seen.read(path) == Seen({}, {})
    seen = Seen({}, {"http://site.test/a": "x"})
    seen.write(path)
    assert Seen.read(path) == seen
    assert [file.name for file in tmp_path.iterdir()] == ["state.json"]


def test_a_state_that_is_damaged_is_named(tmp_path):
    path = tmp_path / "state.json"
    path.write_text("{")
    with pytest.raises(InputError, match="state of the watch"):
        Seen.read(path)


def test_a_list_is_read(tmp_path):
    path = tmp_path / "list.yaml"
    path.write_text("feeds:\n  - https://example.org/rss\nnewest: 5\ncontact: mailto:desk@example.org\n")
    listed = watch_list(path)
    assert listed.feeds == ("https://example.org/rss",)
    assert (listed.newest, listed.delay) == (5, 1.0)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("feed: [a]", "feeds, sitemaps"),
        ("feeds: a", "Expected `array`"),
        ("feeds: [a]\nnewest: 0", "newest"),
        ('feeds: [a]\ncontact: "a\\r\\nb"', "contact"),
        ("{}", "at least one address"),
        ("", "Expected `object`"),
        ("a: [", "YAML"),
    ],
)
def test_a_list_that_is_none_is_named(tmp_path, text, words):
    path = tmp_path / "list.yaml"
    path.write_text(text)
    with pytest.raises(InputError, match="watch list") as caught:
        watch_list(path)
    assert words in str(caught.value)


def test_a_list_that_is_not_there_is_named(tmp_path):
    with pytest.raises(InputError, match="No such file"):
        watch_list(tmp_path / "none.yaml")
