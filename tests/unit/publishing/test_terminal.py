import pytest
from coded_examples import ARTICLE, FAILED, QUIET
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from rallybook.publishing.terminal import TerminalTable, around


def _shown(*coded, width=80, **options):
    return "".join(TerminalTable(width=width, **options).lines(coded))


@pytest.mark.parametrize("width", [80, 120])
def test_no_line_is_wider_than_the_terminal(width):
    assert max(cell_len(line) for line in _shown(ARTICLE, QUIET, width=width).split("\n")) <= width


def test_a_record_shows_when_where_what_how_many_and_its_proof():
    text = _shown(ARTICLE, width=120)
    for words in ("2024-05-12", "Oban, GB", "human chain", "200+", "no arrests", "formed a chain"):
        assert words in text


def test_the_heading_is_the_title_with_the_date():
    first = _shown(ARTICLE, heading=lambda _: "Chain round the harbour").split("\n")[1]
    assert first == "Chain round the harbour  2024-05-13"


def test_status_umbrella_and_background_are_marked():
    assert "hunger strike, planned, umbrella, background" in " ".join(_shown(ARTICLE, width=240).split())


def test_an_article_without_records_says_so():
    assert "no protest event" in _shown(QUIET)


def test_the_last_line_counts():
    assert _shown(ARTICLE, QUIET).rstrip().split("\n")[-1] == "3 records in 2 articles"


def test_an_article_cannot_steer_the_terminal():
    assert "\x1b" not in _shown(FAILED)
    assert "failed at read: no text [2J" in _shown(FAILED)


def test_colours_come_only_where_they_are_asked_for():
    assert "\x1b[" in _shown(ARTICLE, colour=True)
    assert "\x1b[" not in _shown(ARTICLE)


@given(st.text(alphabet="ab ", min_size=1, max_size=120), st.integers(10, 60), st.data())
def test_a_shortened_quote_keeps_its_trigger_in_sight(quote, room, data):
    start = data.draw(st.integers(0, len(quote) - 1))
    trigger = quote[start : start + data.draw(st.integers(1, 8))]
    shown, at = around(quote, trigger, room)
    assert shown[at : at + len(trigger)] == trigger
    assert len(shown) <= room + 2


def test_a_short_quote_stays_whole():
    assert around("They marched.", "marched", 40) == ("They marched.", 5)


def test_a_trigger_that_is_not_in_the_quote_has_no_place():
    assert around("They marched.", "sat", 40) == ("They marched.", -1)
