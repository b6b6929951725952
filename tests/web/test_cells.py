"""The map where events are too many to draw each."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from browsing import PHONE, Visitor


@pytest.fixture(scope="module")
def visitor(browser, crowded):
    """A window with the map, which the tests of this file share."""
    opened = Visitor(browser, crowded.url, viewport={"width": 1000, "height": 640})
    opened.at_map()
    yield opened
    opened.context.close()
    assert (opened.elsewhere(), opened.wrong) == ([], [])


@pytest.fixture
def page(visitor):
    """The map of the world."""
    visitor.page.evaluate("location.hash = 'at=1.3/25/15'")
    _drawn(visitor.page, 6)
    return visitor.page


def _drawn(page, count):
    page.wait_for_selector(f"#map-page[data-idle=yes] #counted[data-drawn='{count}']")


def _asked(visitor):
    return [url for url in visitor.asked if "/points" in url][-1]


def test_cells_stand_for_every_event_on_the_map(page):
    assert page.locator("#counted").inner_text().split("\n")[:3] == [
        "8 events", "6 on the map", "1 known to a country only",
    ]  # fmt: skip
    assert page.is_visible("#cells-note")
    page.click("#areas summary")
    page.wait_for_selector("#areas li")
    counts = [int(re.search(r"(\d+)$", item).group()) for item in page.locator("#areas li").all_inner_texts()]
    assert sum(counts) == 6
    assert counts == sorted(counts, reverse=True)
    page.click("#areas summary")


def test_the_keyboard_reaches_the_events_of_a_cell(page):
    page.locator("#areas summary").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#areas li button")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent").startswith("around ")
    page.keyboard.press("Enter")
    page.wait_for_selector("#chosen li a")
    said = page.locator("#chosen [data-title]").inner_text()
    assert page.locator("#chosen li").count() == int(re.match(r"\d+", said).group())
    page.keyboard.press("Escape")
    assert page.is_hidden("#chosen")
    page.locator("#areas summary").focus()
    page.keyboard.press("Enter")


def test_going_nearer_parts_cells_and_shows_points_where_they_are_few(visitor, page):
    page.evaluate("location.hash = 'at=8/56.415/-5.472'")
    _drawn(page, 1)
    assert page.is_hidden("#cells-note")
    assert page.is_hidden("#areas")
    assert "view=" in _asked(visitor)
    # the numbers of all stay
    assert page.get_attribute("#counted", "data-total") == "8"
    page.evaluate("location.hash = 'at=8/53.797/-1.544'")
    _drawn(page, 3)
    assert page.is_visible("#cells-note")


@pytest.mark.parametrize(
    ("at", "sides"),
    [
        # to the edges of tiles: of 5.6 degrees at zoom 6
        ("6/52/-1", (-5.625, 5.625)),
        ("6/0/-2", (-11.25, 5.625)),
        # across the 180th meridian
        ("6/-18/178.4", (174.375, -174.375)),
        # up to it
        ("6/-18/174", (168.75, 180)),
    ],
)
def test_the_part_that_is_asked_for_ends_at_edges_of_tiles(page, at, sides):
    with page.expect_request(lambda asked: "/points" in asked.url) as asked:
        page.evaluate(f"location.hash = 'at={at}'")
    page.wait_for_selector("#map-page[data-idle=yes]")
    west, south, east, north = map(float, parse_qs(urlsplit(asked.value.url).query)["view"][0].split(","))
    assert (west, east) == sides
    assert south < north


def test_a_part_of_the_map_without_events_comes_to_rest_too(page):
    for at in ("6/0/-20", "6/0/-40", "6/0/-60"):
        page.evaluate(f"location.hash = 'at={at}'")
        _drawn(page, 0)


def test_a_place_that_is_asked_for_is_not_written_over(page):
    # MapLibre writes late where it is: here after the new hash, before it hears of that
    page.evaluate(
        """async () => {
        for (const at of ["6/0/-40", "6/0/-60"]) {
            const heard = new Promise((hear) => addEventListener("hashchange", hear, { once: true }));
            location.hash = `at=${at}`;
            await heard;
        }
        setTimeout(() => { location.hash = "at=8/56.415/-5.472"; });
        const late = performance.now() + 400;
        while (performance.now() < late);
        }"""
    )
    _drawn(page, 1)


def test_cells_follow_the_filters(page):
    page.check("input[name=form][value=rally]")
    _drawn(page, 2)
    assert page.is_hidden("#cells-note")
    page.uncheck("input[name=form][value=rally]")
    _drawn(page, 6)
    assert page.is_visible("#cells-note")


def test_cells_have_no_barrier_that_axe_finds(visitor, page):
    page.click("#areas summary")
    page.wait_for_selector("#areas li")
    assert visitor.barriers() == []
    page.emulate_media(color_scheme="light")
    page.click("#areas summary")


def test_cells_fit_a_phone(visit, crowded):
    page = visit(crowded, viewport=PHONE, color_scheme="dark").at_map()
    _drawn(page, 6)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.tap("#areas summary") if page.evaluate("'ontouchstart' in window") else page.click("#areas summary")
    page.wait_for_selector("#areas li")
