import pytest
from browsing import PHONE


def test_the_table_works_without_a_script(visit, served):
    page = visit(served, java_script_enabled=False).page
    page.goto("/events")
    assert page.locator("tbody tr").count() == 8
    page.check("input[name=form][value=march]")
    page.click("button:has-text('Show')")
    assert page.locator("tbody tr").count() == 1
    page.click("tbody a")
    assert page.locator("h1").inner_text() == "March, Leeds, United Kingdom"


def test_the_table_can_be_reached_with_the_keyboard(visit, served):
    page = visit(served).page
    page.goto("/events?form=march")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('tbody') !== null"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/events/*")


def test_a_filter_that_cannot_be_asked_says_why(visit, served):
    visitor = visit(served)
    visitor.page.goto("/events?from=yesterday")
    assert "from" in visitor.page.locator("[role=alert]").inner_text()
    visitor.wrong.clear()  # the browser calls an answer of 400 an error


def test_an_event_shows_each_value_with_the_words_that_prove_it(visit, served):
    page = visit(served).page
    page.goto(f"/events/{served.events['oban-argus']}")
    claims = page.locator("tr[data-field=claims]")
    assert "higher pay" in claims.inner_text()
    # the balloon before the number is two units of a browser's string and one of an offset
    assert page.locator("mark[data-fields~=size]").all_inner_texts() == ["300 ", "nurses", "2,000 nurses"]
    claims.hover()
    assert page.locator("mark.lit").all_inner_texts() == ["higher pay", "higher pay"]


def test_head_counts_that_differ_stand_side_by_side_with_who_counted(visit, served):
    page = visit(served).page
    page.goto(f"/events/{served.events['oban-argus']}")
    assert page.locator(".sizes .many").all_inner_texts() == ["300", "2,000"]
    assert page.locator(".statuses li").count() == 3


def test_a_link_that_would_run_a_script_is_none(visit, served):
    page = visit(served).page
    page.goto(f"/events/{served.events['leeds-march']}")
    assert page.locator("a[href^='javascript']").count() == 0
    page.goto(f"/events/{served.events['oban-argus']}")
    assert page.locator("a[rel~=external]").get_attribute("href") == "https://argus.example/oban"


def test_an_event_that_is_not_there_is_said_so(visit, served):
    visitor = visit(served)
    assert visitor.page.goto("/events/nothing").status == 404
    assert "nothing" in visitor.page.locator("main").inner_text()
    visitor.wrong.clear()


def test_pictures_are_saved_as_svg_and_png(visit, served):
    page = visit(served).page
    page.goto("/pictures")
    assert page.locator("figure").count() == 4
    with page.expect_download() as saved:
        page.click("figure >> nth=1 >> a:has-text('SVG')")
    assert saved.value.path().read_text(encoding="utf-8").lstrip().startswith("<svg")
    with page.expect_download() as saved:
        page.click("figure >> nth=0 >> a:has-text('PNG')")
    assert saved.value.suggested_filename == "weeks.png"
    assert saved.value.path().read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("path", ["/events", "/pictures", "EVENT", "/review", "/login"])
def test_no_page_has_a_barrier_that_axe_finds(visit, served, path):
    visitor = visit(served)
    visitor.page.goto(path.replace("EVENT", f"/events/{served.events['oban-argus']}"))
    visitor.page.wait_for_load_state("networkidle")
    assert visitor.barriers() == []


@pytest.mark.parametrize("path", ["/events", "/pictures", "EVENT", "/review"])
def test_a_page_fits_a_phone(visit, served, path):
    page = visit(served, viewport=PHONE).page
    page.goto(path.replace("EVENT", f"/events/{served.events['oban-argus']}"))
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
