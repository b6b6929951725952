import pytest
from coded_examples import ARTICLE, FAILED, QUIET
from rich.cells import cell_len

from rallybook.publishing.terminal import TerminalTable


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
