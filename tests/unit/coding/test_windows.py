import pytest

from rallybook.coding.windows import (
    DIGITS,
    LONGEST,
    LOWER,
    MIXED,
    NOWHERE,
    SIGN,
    SINGLE,
    TITLE,
    UPPER,
    shape,
    windows,
)
from rallybook.grounding.sentences import sentences

TEXT = "Thousands marched in Leeds on Sunday. " * 40


def test_a_window_holds_whole_sentences_and_the_title():
    cut = windows(TEXT, "A march in Leeds", sentences(TEXT))
    assert len(cut) > 1
    for window in cut:
        assert len(window.pieces) == len(window.shapes) == len(window.starts) == len(window.ends) <= LONGEST
        inside = [n for n, start in enumerate(window.starts) if start != NOWHERE]
        assert TEXT[window.starts[inside[0]] :].startswith("Thousands")
        assert TEXT[: window.ends[inside[-1]]].endswith("Sunday.")
        assert window.pieces[2 : inside[0]] == cut[0].pieces[2 : inside[0]]


def test_every_piece_stands_in_one_window():
    starts = [
        start for window in windows(TEXT, "", sentences(TEXT)) for start in window.starts if start != NOWHERE
    ]
    assert starts == sorted(set(starts))
    assert len(starts) == 40 * 7


def test_windows_may_be_shorter():
    short, long = (windows(TEXT, "", sentences(TEXT), longest) for longest in (100, LONGEST))
    assert max(len(window.pieces) for window in short) <= 100 < max(len(window.pieces) for window in long)


def test_a_sentence_too_long_for_a_window_is_cut():
    text = "word " * 500
    cut = windows(
        text, "A title that is itself far longer than any headline ought to be " * 4, sentences(text)
    )
    assert all(len(window.pieces) <= LONGEST for window in cut)
    assert sum(start != NOWHERE for window in cut for start in window.starts) == 500


def test_nothing_to_read_gives_no_window():
    assert windows("", "Title", ()) == []


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("march", LOWER),
        ("March", TITLE),
        ("UNHCR", UPPER),
        ("A", SINGLE),
        ("2024", DIGITS),
        (",", SIGN),
        ("iPad", MIXED),
    ],
)
def test_shapes(word, kind):
    assert shape(word) == kind
