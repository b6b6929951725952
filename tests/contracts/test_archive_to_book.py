"""From an archive to the book with the coder as it is: what is screened out tells nothing, and nothing is lost."""

import pytest
from made_up_news.archive import archive
from made_up_news.stream import stream

import rallybook
from rallybook.page_reading import page_reader
from rallybook.sources.named import named


@pytest.fixture(scope="module")
def news(tmp_path_factory):
    """An archive of a hundred pages, some cut off, with the addresses of those that tell a protest."""
    path = tmp_path_factory.mktemp("news") / "news.warc.gz"
    held = list(archive(path, stream(100, seed=11, protest_share=0.15)[1], damaged=0.03, kilobytes=2))
    return path, {one.url for one in held if one.told.events and not one.damaged}, len(held)


def _added(news, book, *, likely, jobs=1, waiting=True):
    pages = page_reader(likely=likely, waiting=waiting)
    with rallybook.open(book) as opened:
        added = opened.add(named([news], pages=pages), jobs=jobs)
        records = {telling.record: telling.url for event in opened.events() for telling in event.records}
        return added, records


@pytest.fixture(scope="module")
def all_pages(news, tmp_path_factory):
    return _added(news[0], tmp_path_factory.mktemp("all") / "all.db", likely=False)


@pytest.mark.parametrize(("jobs", "waiting"), [(1, True), (2, True), (1, False)])
def test_what_is_screened_out_tells_nothing(news, all_pages, tmp_path, jobs, waiting):
    path, telling, _ = news
    every, records = all_pages
    added, found = _added(path, tmp_path / "likely.db", likely=True, jobs=jobs, waiting=waiting)
    assert found == records
    assert len(set(found.values()) & telling) > 0.8 * len(telling)
    assert added.records == every.records
    # each page is accounted for: a page in another language failed before, now it is counted
    assert added.set_aside > 30
    assert added.new + added.set_aside + added.other_language + len(added.failed) == every.new + len(
        [failure for failure in every.failed if "language" not in failure.reason]
    )


def test_the_same_archive_again_adds_nothing(news, tmp_path):
    path, _, _ = news
    first, records = _added(path, tmp_path / "book.db", likely=True)
    again, still = _added(path, tmp_path / "book.db", likely=True)
    assert still == records
    assert (again.new, again.records, again.there) == (0, 0, first.new)
    assert (again.set_aside, again.other_language) == (first.set_aside, first.other_language)


def test_read_tells_what_it_sets_aside(news):
    aside, failed = [], []
    read = list(rallybook.read(news[0], on_failure=failed.append, on_set_aside=aside.append))
    assert len(aside) > 30
    assert {page.why for page in aside} == {"words", "language"}
    assert len(read) + len(aside) + len(failed) == news[2]
    every = {article.id: article for article in rallybook.read(news[0], on_failure=failed.append)}
    assert all(every[article.id] == article for article in read)
