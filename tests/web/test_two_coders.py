"""One event, two coders and an adjudicator in the browser, from the first coder's correction to the agreement."""

import httpx2 as httpx
import pytest
from browsing import PASSWORD, PHONE, Served, Visitor

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect
_ARTICLE = "leeds-march"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A server of its own, on which Ann has reviewed the march of Leeds."""
    served = Served(tmp_path_factory.mktemp("twice"), accounts=True)
    ann = httpx.Client(base_url=served.url)
    told = ann.post("/api/v1/session", json={"name": "ann", "password": PASSWORD}).json()
    for judgement in (
        {"kind": "correct", "names": [served.events[_ARTICLE]], "field": "form", "value": "walkout"},
        {"kind": "restore", "names": [served.events[_ARTICLE]], "value": "accepted"},
    ):
        assert (
            ann.post("/api/v1/decisions", json=judgement, headers={"X-CSRF-Token": told["csrf"]}).status_code
            == 201
        )
    ann.close()
    yield served
    served.stop()


@pytest.fixture(scope="module")
def sessions(browser, server):
    """The cookies of each of them, logged in once."""
    kept = {}
    for name in ("ann", "bob", "cy"):
        visitor = Visitor(browser, server.url)
        visitor.page.goto("/login?next=/review")
        visitor.page.fill("[name=name]", name)
        visitor.page.fill("[name=password]", PASSWORD)
        visitor.page.click("main button")
        visitor.page.wait_for_selector("#logout")
        kept[name] = visitor.context.storage_state()
        visitor.context.close()
    return kept


@pytest.fixture
def window(visit, server, sessions):
    """Opens a page as one of them."""

    def opened(name, path, **options):
        visitor = visit(server, storage_state=sessions[name], **options)
        visitor.page.goto(path)
        return visitor

    return opened


def _select(page, words):
    """Select words of the text, as a pointer does."""
    page.evaluate(
        """(words) => {
        const whole = document.querySelector('#text .text');
        const walker = document.createTreeWalker(whole, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
          const at = walker.currentNode.data.indexOf(words);
          if (at < 0) continue;
          getSelection().setBaseAndExtent(walker.currentNode, at, walker.currentNode, at + words.length);
          whole.dispatchEvent(new MouseEvent('mouseup', { bubbles: true }));
          return;
        }
        throw new Error(words);
        }""",
        words,
    )


def test_the_first_coder_is_not_asked_twice(window):
    page = window("ann", "/second").page
    page.keyboard.press("n")
    expect(page.locator("#said")).to_have_text("No article waits for a second coder.")


def test_the_second_coder_sees_the_text_alone_and_nothing_is_known_elsewhere(window, server):
    visitor = window("bob", "/second")
    page = visitor.page
    page.wait_for_selector("[data-act=take]:visible")
    page.keyboard.press("n")
    page.wait_for_selector(f"#coding[data-shown='{_ARTICLE}'] #text .text")
    assert "walkout" not in page.locator("main").inner_text()
    assert page.locator("#text mark").count() == 0
    assert visitor.barriers() == []
    page.goto("/events")
    page.wait_for_selector("table.events")
    assert "walkout" not in page.locator("table").inner_text()
    assert page.goto(f"/events/{server.events[_ARTICLE]}").status == 404
    visitor.wrong.clear()  # the browser calls an answer of 404 an error


def test_the_second_coder_writes_down_from_the_text_and_hands_in(window, server):
    visitor = window("bob", "/second")
    page = visitor.page
    page.wait_for_selector("#text .text")
    _select(page, "march")
    expect(page.locator("[name=trigger]")).to_have_value("march")
    expect(page.locator("[name=quote]")).to_have_value(
        "Students will march in Leeds on 20 May for lower rents."
    )
    page.select_option("[name=form]", "march")
    page.select_option("[name=status]", "planned")
    page.focus("[name=claims]")
    _select(page, "lower rents")
    page.fill("[name='date.edtf']", "2024-05-20")
    page.focus("[name='place.text']")
    _select(page, "Leeds")
    page.fill("[name='place.name']", "Leeds")
    page.fill("[name='place.country']", "GB")
    page.select_option("[name='place.precision']", "city")
    expect(page.locator("#text mark.f-claims")).to_have_text("lower rents")
    assert visitor.barriers() == []
    page.keyboard.press("Escape")
    page.keyboard.press("h")
    expect(page.locator("#said")).to_have_text("Handed in: 1 events")
    assert page.goto(f"/events/{server.events[_ARTICLE]}").status == 200


def test_handing_in_is_taken_back_and_done_again(window):
    page = window("bob", "/code?article=suva").page
    page.wait_for_selector("#text .text")
    page.keyboard.press("h")
    expect(page.locator("#said")).to_have_text("Handed in: 1 events")
    page.keyboard.press("u")
    expect(page.locator("#said")).to_have_text("Taken back")


def test_an_event_that_was_missed_is_put_into_the_book_from_review_and_taken_out_again(window, server):
    visitor = window("ann", f"/review?event={server.events['leeds-square']}")
    page = visitor.page

    def told():
        return len(page.request.get("/api/v1/events?text=dockers").json()["events"])

    page.wait_for_selector("#articles .text")
    page.keyboard.press("f")
    page.wait_for_url("**/code?article=leeds-square#missing")
    page.wait_for_selector("#text .text")
    expect(page.locator("#tabs [aria-current]")).to_contain_text("Event 2")
    page.keyboard.press("Escape")
    page.keyboard.press("f")
    expect(page.locator("#said")).to_contain_text("Event 2 needs the words")
    assert told() == 1
    _select(page, "sat down")
    page.fill("[name='date.edtf']", "2024-06-01")
    page.select_option("[name=form]", "blockade")
    assert visitor.barriers() == []
    page.keyboard.press("Escape")
    page.keyboard.press("f")
    expect(page.locator("#said")).to_have_text("Put into the book.")
    assert told() == 2
    page.keyboard.press("u")
    expect(page.locator("#said")).to_have_text("Taken back")
    assert told() == 1


def test_a_text_is_selected_from_the_keyboard_alone(window):
    page = window("bob", "/code?article=britain").page
    page.wait_for_selector("#text .text")
    page.keyboard.press("x")
    page.keyboard.press("e")
    page.focus("[name=organisers]")
    page.keyboard.press("Escape")
    page.keyboard.press("t")
    for key in ("Control+ArrowRight", "Shift+Control+ArrowRight", "Enter"):
        page.keyboard.press(key)
    expect(page.locator("[name=organisers]")).to_have_value("strike")


def test_what_is_typed_into_a_text_changes_nothing(window):
    page = window("bob", "/code?article=britain").page
    page.wait_for_selector("#text .text")
    before = page.locator("#text .text").inner_text()
    page.keyboard.press("t")
    page.keyboard.type("xyz h u")
    page.keyboard.press("Backspace")
    assert page.locator("#text .text").inner_text() == before
    expect(page.locator("#said")).to_have_text("")


def test_a_coder_does_not_adjudicate(window):
    visitor = window("ann", "/adjudicate")
    assert "adjudicator" in visitor.page.locator("main").inner_text()
    visitor.wrong.clear()


def test_the_adjudicator_sees_both_side_by_side_and_decides_from_the_keyboard(window, server):
    visitor = window("cy", "/adjudicate")
    page = visitor.page
    page.wait_for_selector(f"#adjudicate[data-article='{_ARTICLE}'] .versus")
    sides = page.locator(".versus:has(legend:text-is('form')) .side strong").all_inner_texts()
    assert sides == ["walkout", "march"]
    assert page.locator("#articles mark").count() > 0
    assert visitor.barriers() == []
    page.keyboard.press("d")
    expect(page.locator("#said")).to_contain_text("not decided yet")
    for _ in range(page.locator(".versus").count()):
        page.keyboard.press("ArrowDown")
        page.keyboard.press("2")
    page.keyboard.press("d")
    expect(page.locator("#said")).to_have_text("Decided")
    expect(page.locator("#case-title")).to_have_text("Nothing waits for a decision.")
    event = httpx.get(f"{server.url}/api/v1/events/{server.events[_ARTICLE]}").json()["event"]
    assert event["form"] == "march"
    page.keyboard.press("u")
    expect(page.locator("#said")).to_have_text("Taken back")
    page.wait_for_selector(f"#adjudicate[data-article='{_ARTICLE}']")


def test_the_adjudicator_may_find_that_neither_is_right(window, server):
    page = window("cy", "/adjudicate").page
    page.wait_for_selector(f"#adjudicate[data-article='{_ARTICLE}'] .versus")
    for group in page.locator(".versus").all():
        group.locator("input[value=first]").check()
    page.locator(".versus:has(legend:text-is('form')) select").select_option("sit_in")
    page.click("[data-act=rule]")
    expect(page.locator("#said")).to_have_text("Decided")
    event = httpx.get(f"{server.url}/api/v1/events/{server.events[_ARTICLE]}").json()["event"]
    assert event["form"] == "sit_in"
    page.click("[data-act=undo]")
    expect(page.locator("#said")).to_have_text("Taken back")


def test_agreement_is_a_table_that_all_can_read(window):
    visitor = window("ann", "/agreement")
    page = visitor.page
    page.wait_for_selector("table.alphas")
    assert "1 articles coded twice" in page.locator("main").inner_text()
    assert page.locator("table.alphas tbody tr").count() == 12
    assert visitor.barriers() == []


@pytest.mark.parametrize("path", ["/second", "/code?article=britain", "/agreement", "/review"])
def test_the_desks_fit_a_phone(window, path):
    visitor = window("bob", path, viewport=PHONE)
    page = visitor.page
    page.wait_for_selector(".desks")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert visitor.barriers() == []


def test_adjudication_fits_a_phone(window):
    visitor = window("cy", "/adjudicate", viewport=PHONE)
    visitor.page.wait_for_selector(".versus")
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert visitor.barriers() == []
