"""The map where answers come late, in another order than they were asked for, or not at all."""

import pytest
from browsing import Visitor

_RALLIES = "input[name=form][value=rally]"


@pytest.fixture(scope="module")
def visitor(browser, crowded):
    """A window that the tests of this file share."""
    opened = Visitor(browser, crowded.url, viewport={"width": 1000, "height": 640})
    yield opened
    opened.context.close()
    # what a test lets fail is told in the console, too
    assert [line for line in opened.wrong if "ERR_FAILED" not in line] == []


@pytest.fixture
def page(visitor):
    """The map of the world, opened anew."""
    yield visitor.at_map()
    visitor.page.unroute_all()


@pytest.fixture
def held(page):
    """Holds back the answers to some questions; gives them once there are so many."""

    def hold(words):
        kept = []

        def keep(route):
            kept.append(route)

        def first(count):
            while len(kept) < count:
                page.wait_for_timeout(10)
            return kept

        page.route(lambda url: words in url, keep)
        return first

    return hold


@pytest.mark.parametrize("late", [0, 1])
def test_points_of_a_place_that_was_left_are_not_shown(page, held, late):
    answers = held("/points")
    for count, at in enumerate(("8/53.797/-1.544", "6/0/-20"), 1):
        page.evaluate(f"location.hash = 'at={at}'")
        answers(count)
    answers(2)[1 - late].continue_()
    page.wait_for_timeout(50)
    answers(2)[late].continue_()
    page.wait_for_selector("#map-page[data-idle=yes] #counted[data-drawn='0']")


def test_bars_of_filters_that_were_left_do_not_stay(page, held):
    everything = page.get_attribute("#timeline", "aria-label")
    # numbers beside the filters come after the points
    answers = held("/points")
    page.check(_RALLIES)
    page.wait_for_selector(f'#timeline:not([aria-label="{everything}"])')
    page.uncheck(_RALLIES)
    answers(2)[1].continue_()
    page.wait_for_selector("#map-page[data-idle=yes]")
    assert page.get_attribute("#timeline", "aria-label") == everything


def test_what_is_on_no_map_is_listed_for_the_filters_of_now(page, held):
    answers = held("unplaced=true")
    page.click("#unmapped summary")
    answers(1)
    page.check("input[name=form][value=strike]")
    answers(2)[1].continue_()
    page.wait_for_selector("#unmapped li")
    with page.expect_request_finished(lambda asked: "form=" not in asked.url):
        answers(2)[0].continue_()
    page.wait_for_timeout(50)
    assert page.locator("#unmapped li").all_inner_texts() == ["United Kingdom\n1"]


def test_the_panel_shows_the_mark_that_was_clicked_last(page, held):
    page.click("#areas summary")
    page.wait_for_selector("#areas li button")
    answers = held("/events?")
    page.evaluate("for (const at of [0, 1]) document.querySelectorAll('#areas li button')[at].click()")
    answers(2)[1].continue_()
    page.wait_for_selector("#chosen li a")
    last = page.locator("#chosen li").all_inner_texts()
    with page.expect_request_finished():
        answers(2)[0].continue_()
    page.wait_for_timeout(50)
    assert page.locator("#chosen li").all_inner_texts() == last


def test_a_map_whose_points_failed_is_not_at_rest_and_asks_again_where_it_is_moved(page):
    page.route(lambda url: "/points" in url, lambda route: route.abort())
    page.check(_RALLIES)
    page.wait_for_selector("#map-page:not([aria-busy])")
    assert page.get_attribute("#map-page", "data-idle") == ""
    page.unroute_all()
    page.focus("#map canvas")
    page.keyboard.press("ArrowRight")
    page.wait_for_selector("#map-page[data-idle=yes] #counted[data-drawn='2']")
