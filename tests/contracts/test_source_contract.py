"""What every source keeps: articles and failures only, lazily, each named, twice the same."""

import io

import pytest
from fake_web import fake_web, page, sent
from made_tables import made

from rallybook.model.article import Article
from rallybook.model.outcome import Failure
from rallybook.sources.files import FileSource
from rallybook.sources.watching import Seen, WatchList, WatchSource
from rallybook.sources.web import WebSource

FEED = b'<rss version="2.0"><channel><item><link>http://site.test/a</link></item></channel></rss>'
LISTED = WatchList(feeds=("http://site.test/feed", "http://site.test/gone"))
ROWS = b'{"id": "a", "text": "Hundreds marched."}\n{"id": "b"}\n{"id": "c", "text": "They left."}\n'


@pytest.fixture(params=["file", "folder", "stdin", "bad path", "web", "watch", "table"])
def source(request, tmp_path):
    path = tmp_path / "rows.jsonl"
    path.write_bytes(ROWS)
    table = tmp_path / "acled.csv"
    if request.param == "table":
        table.write_text(made("acled", {}, {"event_id_cnty": ""}))
    paths = {"file": path, "folder": tmp_path, "bad path": tmp_path / "no.txt"}

    def make():
        match request.param:
            case "stdin":
                return FileSource(["-"], stdin=io.BytesIO(ROWS))
            case "table":
                return FileSource([str(table)])
            case "web":
                return WebSource(["http://site.test/a", "http://127.0.0.1/"], fetcher=web.fetcher())
            case "watch":
                return WatchSource(LISTED, Seen({}, {}), web.fetcher())
            case kind:
                return FileSource([str(paths[kind])])

    with fake_web() as web:
        web.answers["/a"] = sent(page("Hundreds of teachers marched through Accra on Sunday."))
        web.answers["/feed"] = sent(FEED, "application/rss+xml")
        yield make


def test_a_source_gives_articles_and_failures_only(source):
    items = list(source().articles())
    assert items
    assert all(isinstance(item, Article | Failure) for item in items)


def test_every_article_has_an_id_and_words(source):
    for item in source().articles():
        if isinstance(item, Article):
            assert item.id
            assert item.text.strip()


def test_every_failure_names_the_thing_and_the_reason(source):
    failures = [item for item in source().articles() if isinstance(item, Failure)]
    assert failures
    for failure in failures:
        assert failure.article
        assert failure.stage in ("read", "fetch")
        assert failure.reason.endswith(failure.reason.strip())
        assert "\n" not in failure.reason


def test_a_source_gives_the_same_twice(source):
    assert list(source().articles()) == list(source().articles())


def test_nothing_is_read_before_it_is_asked_for():
    class Untouched(io.BytesIO):
        def read(self, *_args):
            raise AssertionError("read too early")

        read1 = read

    articles = FileSource(["-", "no such file.txt"], stdin=Untouched(ROWS)).articles()
    assert iter(articles) is articles
