import pickle

import pytest

from rallybook.model.article import Article
from rallybook.model.outcome import Failure, SetAside
from rallybook.model.waiting import Waiting, opened
from rallybook.page_reading import apart, page_reader, told
from rallybook.sources.warc import ArchivedPage

PROTEST = "Hundreds of teachers marched through Accra on Sunday to ask for a pay rise that was promised."
OTHER = "The council of the town voted on Tuesday to repair the bridge over the river and the road."


def _page(words):
    body = f"<html><body><article><p>{words}</p></article></body></html>".encode()
    return ArchivedPage("a.warc@0", "http://site.test/1", body, "", "", "utf-8", None, None)


@pytest.mark.parametrize("likely", [False, True])
@pytest.mark.parametrize("waiting", [False, True])
def test_pages_are_read_at_once_or_later_and_give_the_same(likely, waiting):
    read = page_reader(likely=likely, waiting=waiting)
    protest, other = read(_page(PROTEST)), read(_page(OTHER))
    assert isinstance(protest, Waiting) == isinstance(other, Waiting) == waiting
    assert opened(protest).text == PROTEST
    assert isinstance(opened(other), SetAside if likely else Article)


@pytest.mark.parametrize("likely", [False, True])
def test_a_page_that_waits_can_be_sent_to_another_process(likely):
    waiting = page_reader(likely=likely, waiting=True)(_page(PROTEST))
    assert pickle.loads(pickle.dumps(waiting)).opened() == waiting.opened()


def test_what_was_set_aside_is_heard_of_and_the_rest_goes_on():
    heard = []
    items = [Article(id="a", text="a"), SetAside("b", "words"), Failure("c", "read", "broken")]
    assert list(apart(items, heard.append)) == [items[0], items[2]]
    assert heard == [items[1]]
    assert list(told([Waiting(lambda page: SetAside(page, "words"), "b")])) == []
