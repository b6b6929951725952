import base64

import pytest
from browsing import PHONE, Visitor


@pytest.fixture(scope="module")
def visitor(browser, served):
    """A window with the map, which the tests of this file share: to draw it takes the processor seconds."""
    opened = Visitor(browser, served.url, viewport={"width": 1000, "height": 640})
    opened.at_map()
    yield opened
    opened.context.close()
    assert (opened.elsewhere(), opened.wrong) == ([], [])


@pytest.fixture
def page(visitor):
    """The map of all events."""
    if "?" in visitor.page.url:
        visitor.page.click("#clear")
        _total(visitor.page, 8)
    return visitor.page


def _total(page, count):
    page.wait_for_selector(f"#map-page[data-idle=yes] #counted[data-total='{count}']")


def test_the_first_visit_says_how_many_events_are_on_the_map_and_why_some_are_not(page):
    assert page.locator("#counted").inner_text().split("\n") == [
        "8 events", "6 on the map", "1 known to a country only", "1 without a place", "1 without a date",
    ]  # fmt: skip
    assert "Natural Earth" in page.locator(".maplibregl-ctrl-attrib").inner_text()


def test_the_basemap_is_read_once_wherever_the_map_goes(visitor, page):
    for at in ("8/53.797/-1.544", "3/-20/140", "1.3/25/15"):
        page.evaluate(f"location.hash = 'at={at}'")
        page.emulate_media(color_scheme="dark" if at.startswith("3") else "light")
        visitor.idle()
    assert len([url for url in visitor.asked if "basemap" in url]) == 1


def test_what_is_on_no_map_is_listed_by_country(page):
    page.click("#unmapped summary")
    page.wait_for_selector("#unmapped li")
    assert sorted(page.locator("#unmapped li").all_inner_texts()) == ["United Kingdom\n1", "no country\n1"]
    page.click("#unmapped summary")


def test_a_filter_changes_the_map_and_the_url_and_the_back_button_takes_it_back(page):
    page.check("input[name=form][value=march]")
    _total(page, 1)
    assert "form=march" in page.url
    page.go_back()
    _total(page, 8)
    assert not page.is_checked("input[name=form][value=march]")
    page.go_forward()
    _total(page, 1)


def test_countries_stay_to_choose_from_where_a_filter_finds_nothing(page):
    page.check("input[name=form][value=riot]")
    _total(page, 0)
    offered = page.locator("select[name=country] option:not([hidden])").all_inner_texts()
    assert [name for name in offered if name.startswith(("Fiji", "Russia", "United Kingdom"))] == [
        "Fiji (1)", "Russia (1)", "United Kingdom (5)",
    ]  # fmt: skip


def test_brushing_the_timeline_chooses_days(page):
    box = page.locator("#timeline .u-over").bounding_box()
    page.mouse.move(box["x"] + box["width"] - 60, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 1, box["y"] + 20, steps=3)
    page.mouse.up()
    # the strike, the rally in Oban, and what came after them
    _total(page, 6)
    first = page.input_value("[name=from]")
    assert first > "2023-06"
    assert f"from={first}" in page.url
    assert page.locator("#timeline .u-select").bounding_box()["width"] > 5
    page.click("#clear")
    _total(page, 8)
    assert page.locator("#timeline .u-select").bounding_box()["height"] == 0


def test_a_mark_opens_the_events_that_it_stands_for(page):
    # three events in Leeds stand on one spot, so on the middle of one mark
    page.evaluate("location.hash = 'at=5/53.797/-1.544'")
    page.wait_for_timeout(1000)
    box = page.locator("#map").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_selector("#chosen li a")
    assert page.locator("#chosen [data-title]").inner_text() == "3 events here"
    assert page.locator("#chosen li").count() == 3
    page.keyboard.press("Escape")
    assert page.is_hidden("#chosen")


def test_the_map_has_no_barrier_that_axe_finds(visitor, page):
    assert visitor.barriers() == []
    page.emulate_media(color_scheme="light")
    _total(page, 8)


def test_the_map_fits_a_phone_and_follows_the_dark(visit, served):
    page = visit(served, viewport=PHONE, color_scheme="dark").at_map("?form=march&form=sit_in")
    _total(page, 2)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert _colours(page) == ["#14181c", "#262b30"]
    page.click("summary:has-text('Filters')")
    assert page.is_checked("input[name=form][value=sit_in]")


def test_every_country_is_land_and_the_atlantic_is_sea(page):
    # a country that crosses the 180th meridian, badly cut, is a band around the world
    page.evaluate("location.hash = 'at=1/30/-30'")
    page.wait_for_timeout(1500)
    sea, land = (
        page.evaluate(f"getComputedStyle(document.documentElement).getPropertyValue('--{name}')")
        for name in ("sea", "land")
    )
    box = page.locator("#map").bounding_box()
    middle = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2, "width": 2, "height": 2}
    assert _colour(page, middle) == sea
    assert sea != land


def _colours(page):
    """Give the colours of the sea and the land."""
    return page.evaluate(
        """() => ["sea", "land"].map(
            (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`))"""
    )


def _colour(page, clip):
    """Give the colour of a spot of the screen."""
    shot = base64.b64encode(page.screenshot(clip=clip)).decode()
    red, green, blue = page.evaluate(
        """async (shot) => {
        const image = new Image();
        image.src = `data:image/png;base64,${shot}`;
        await image.decode();
        const canvas = document.createElement("canvas").getContext("2d");
        canvas.drawImage(image, 0, 0);
        return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
        }""",
        shot,
    )
    return f"#{red:02x}{green:02x}{blue:02x}"


def test_an_answer_that_was_cut_off_is_not_taken_for_an_empty_one(browser, served):
    opened = Visitor(browser, served.url)
    opened.page.route(
        "**/api/v1/timeline*", lambda route: route.fulfill(content_type="application/json", body='{"bins": [')
    )
    opened.page.goto("/")
    opened.page.wait_for_selector("#map-page:not([aria-busy])")
    assert opened.page.locator("#timeline").get_attribute("aria-label") == "Events over time"
    # which draws again what was told last
    opened.page.emulate_media(color_scheme="dark")
    opened.page.emulate_media(color_scheme="light")
    assert opened.wrong == []
    opened.context.close()
