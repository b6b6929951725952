import httpx2 as httpx
import pytest
from browsing import PASSWORD, Visitor

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect


def _logged_in(visitor, name="ann"):
    page = visitor.page
    page.goto("/login?next=/review")
    page.fill("[name=name]", name)
    page.fill("[name=password]", PASSWORD)
    page.click("main button")
    page.wait_for_selector("#logout")
    return page


@pytest.fixture(scope="module")
def session(browser, with_accounts):
    """The cookies of a coder who has logged in."""
    visitor = Visitor(browser, with_accounts.url)
    _logged_in(visitor)
    kept = visitor.context.storage_state()
    visitor.context.close()
    return kept


@pytest.fixture
def page(visit, with_accounts, session):
    """A window of that coder."""
    return visit(with_accounts, storage_state=session).page


def _event(server, name):
    return httpx.get(f"{server.url}/api/v1/events/{name}", follow_redirects=True).json()["event"]


def _opened(page, event):
    page.goto(f"/review?event={event}")
    page.wait_for_selector(f"#review[data-event='{event}'] #articles .text")
    return page


def test_whoever_is_not_logged_in_is_led_to_the_log_in_page(visit, with_accounts):
    page = visit(with_accounts).page
    page.goto("/review")
    assert page.url.endswith("/login?next=/review")


def test_a_wrong_password_is_refused_in_words(visit, with_accounts):
    visitor = visit(with_accounts)
    page = visitor.page
    page.goto("/login")
    page.fill("[name=name]", "ann")
    page.fill("[name=password]", "guess")
    page.click("main button")
    page.wait_for_selector("#login-problem:has-text('password')")
    visitor.wrong.clear()  # the browser calls an answer of 401 an error


def test_a_reader_does_not_review(visit, with_accounts):
    visitor = visit(with_accounts)
    page = _logged_in(visitor, "rob")
    assert "coder" in page.locator("main").inner_text()
    visitor.wrong.clear()


def test_what_the_coder_is_unsure_of_comes_first(page):
    page.goto("/review")
    page.wait_for_selector("#queue button")
    # head counts differ; then the least sure ones
    assert [line.split("\n")[0] for line in page.locator("#queue button").all_inner_texts()][:2] == [
        "Rally Oban",
        "March Leeds",
    ]


def test_words_selected_in_the_text_correct_a_field_and_undo_takes_it_back(page, with_accounts):
    event = with_accounts.events["leeds-march"]
    _opened(page, event)
    page.focus("[name='place.text']")
    page.evaluate(
        """() => {
        const mark = document.querySelector('#articles mark.f-claims');
        getSelection().selectAllChildren(mark);
        mark.dispatchEvent(new MouseEvent('mouseup', { bubbles: true }));
        }"""
    )
    page.keyboard.press("Enter")
    page.wait_for_selector("#said:has-text('corrected')")
    assert _event(with_accounts, event)["place"]["text"] == "lower rents"
    page.keyboard.press("Escape")
    page.keyboard.press("u")
    page.wait_for_selector("#said:text-is('Taken back')")
    assert _event(with_accounts, event)["place"]["text"] == "Leeds"


def test_two_events_are_merged_and_parted_again(page, with_accounts):
    event = with_accounts.events["leeds-square"]
    _opened(page, event)
    page.keyboard.press("m")
    page.wait_for_selector(".option")
    page.locator(".option:has-text('hunger')").click()
    page.click(".question button:has-text('Go on')")
    expect(page.locator("#articles article")).to_have_count(2)
    assert len(_event(with_accounts, event)["records"]) == 2
    page.keyboard.press("u")
    expect(page.locator("#articles article")).to_have_count(1)
    assert len(_event(with_accounts, event)["records"]) == 1


def test_reports_of_another_event_are_parted(page, with_accounts):
    event = with_accounts.events["oban-argus"]
    _opened(page, event)
    page.keyboard.press("p")
    page.check(".option >> nth=1 >> input")
    page.click(".question button:has-text('Go on')")
    page.wait_for_selector("#said:text-is('Parted')")
    assert len(_event(with_accounts, event)["records"]) == 1
    page.keyboard.press("u")
    page.wait_for_selector("#said:text-is('Taken back')")
    assert len(_event(with_accounts, event)["records"]) == 2


def test_what_is_no_protest_is_rejected_with_a_reason(page, with_accounts):
    event = with_accounts.events["tomsk"]
    _opened(page, event)
    page.keyboard.press("r")
    page.fill("[name=why]", "a convoy of traders")
    page.keyboard.press("Enter")
    page.wait_for_selector("#said:text-is('Rejected')")
    assert httpx.get(f"{with_accounts.url}/api/v1/events/{event}").status_code == 404


def test_what_nobody_can_verify_is_rejected_as_that_and_undo_brings_it_back(page, with_accounts):
    event = with_accounts.events["somewhere"]
    _opened(page, event)
    page.keyboard.press("v")
    page.fill("[name=why]", "one blog")
    page.keyboard.press("Enter")
    page.wait_for_selector("#said:text-is('Rejected: nobody can verify it')")
    made = httpx.get(f"{with_accounts.url}/api/v1/decisions").json()["decisions"][0]
    assert (made["kind"], made["value"]) == ("reject", "unverifiable")
    page.keyboard.press("u")
    page.wait_for_selector("#said:text-is('Taken back')")
    assert _event(with_accounts, event)["id"] == event


def test_an_acceptance_is_taken_back_without_rejecting_anything(page, with_accounts):
    event = with_accounts.events["somewhere"]
    _opened(page, event)
    page.keyboard.press("a")
    page.wait_for_selector("#said:text-is('Accepted')")
    page.keyboard.press("u")
    page.wait_for_selector("#said:text-is('Taken back')")
    assert _event(with_accounts, event)["id"] == event
    page.goto("/review")
    page.wait_for_selector("#queue button:has-text('Boycott')")


def test_an_event_is_linked_to_another_that_is_looked_for_by_words(page, with_accounts):
    event = with_accounts.events["leeds-later"]
    _opened(page, event)
    page.keyboard.press("l")
    page.fill("[name=why]", "train drivers")
    page.keyboard.press("Enter")
    page.wait_for_selector(".option:has-text('Britain')")
    page.click(".question button:has-text('Go on')")
    page.wait_for_selector("#said:text-is('Linked')")
    assert len(_event(with_accounts, event)["records"]) == 2
    page.keyboard.press("u")
    page.wait_for_selector("#said:text-is('Taken back')")
    assert len(_event(with_accounts, event)["records"]) == 1


def test_an_accepted_event_waits_no_longer(page, with_accounts):
    event = with_accounts.events["suva"]
    _opened(page, event)
    page.keyboard.press("a")
    page.wait_for_selector("#said:text-is('Accepted')")
    page.goto("/review")
    page.wait_for_selector("#queue button")
    assert "Suva" not in page.locator("#queue").inner_text()


def test_a_skipped_event_gives_way_with_its_reason(page, with_accounts):
    event = with_accounts.events["britain"]
    _opened(page, event)
    page.keyboard.press("s")
    page.fill("[name=why]", "ask the desk")
    page.keyboard.press("Enter")
    page.wait_for_selector("#said:text-is('Skipped: ask the desk')")
    page.wait_for_selector(f"#review:not([data-event='{event}'])")
    page.goto("/review")
    page.wait_for_selector("#queue button")
    assert "Strike" not in page.locator("#queue").inner_text()


def test_logging_out_ends_the_session(visit, with_accounts):
    page = _logged_in(visit(with_accounts))
    page.click("#logout")
    page.wait_for_selector("header a:has-text('Log in')")
    page.goto("/review")
    assert "/login" in page.url
