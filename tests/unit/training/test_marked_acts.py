import pytest

from rallybook.coding.act_windows import MARKED
from rallybook.coding.columns import Columns
from rallybook.coding.scene import survey
from rallybook.coding.windows import NOWHERE
from rallybook.grounding.gazetteer import CompiledGazetteer
from rallybook.grounding.reading import read
from rallybook.model.article import Article
from rallybook.model.record import STATUSES
from rallybook.training.marked_acts import act_pages
from rallybook.training.page import ACT_TAG, FOCUS_TAG, FORM_TAG, ROLE_TAG, STATUS_TAG, UNTOLD

COLUMNS = Columns(("walk", "sail"), STATUSES, ("crews",))
TEXT = "Fishers marched in Oban on Sunday. The march ended at noon. Nurses went on strike in Leeds on Monday."
EVENT = {
    "form": "walk",
    "trigger": "marched",
    "quote": "Fishers marched in Oban on Sunday.",
    "crews": ["Fishers"],
}


@pytest.fixture(scope="module")
def pages():
    scene = survey(read(Article(id="a", text=TEXT, language="en")), CompiledGazetteer())
    return list(act_pages(scene, [EVENT], COLUMNS))


def at(page, words):
    return page.window.starts.index(TEXT.index(words))


def marked(page):
    pieces = zip(page.window.starts, page.window.ends, page.window.shapes, strict=True)
    return [TEXT[start:end] for start, end, kind in pieces if kind >= MARKED]


def test_a_labelled_act_has_its_form_and_what_is_untold_stays_so(pages):
    tags = pages[0].tags[at(pages[0], "marched")]
    assert (tags[ACT_TAG], tags[FORM_TAG], tags[STATUS_TAG], tags[FOCUS_TAG]) == (1, 0, UNTOLD, UNTOLD)


def test_words_play_a_role_in_the_marked_act_or_none(pages):
    page = pages[0]
    assert page.tags[at(page, "Fishers"), ROLE_TAG] == 1
    assert page.tags[at(page, "Nurses"), ROLE_TAG] == 0
    assert all(page.tags[n, ROLE_TAG] == UNTOLD for n, s in enumerate(page.window.starts) if s == NOWHERE)


def test_only_the_marked_words_are_asked_whether_they_name_an_act(pages):
    assert pages[0].tags[at(pages[0], "strike"), ACT_TAG] == UNTOLD


def test_another_act_that_no_record_tells_is_none_and_the_same_told_again_is_left_out(pages):
    assert [marked(page) for page in pages[1:]] == [["went", "on", "strike"]] or marked(pages[1])[
        -1
    ] == "strike"
    assert len(pages) == 2
    told = pages[1].tags[at(pages[1], "strike")]
    assert told[ACT_TAG] == 0
    assert (pages[1].tags[:, ROLE_TAG] == UNTOLD).all()
