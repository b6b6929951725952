import pytest

from rallybook.coding.act_windows import LONGEST, MARKED, act_window
from rallybook.coding.windows import NOWHERE
from rallybook.grounding.sentences import sentences

TEXT = "It began in Oban. Fishers marched to the pier. Nobody was hurt."


def window_of(text, words, title=""):
    at = text.index(words)
    return act_window(text, title, sentences(text), (at, at + len(words)))


def words_of(text, window, inside=lambda _: True):
    pieces = zip(window.starts, window.ends, window.shapes, strict=True)
    return [text[start:end] for start, end, kind in pieces if start != NOWHERE and inside(kind)]


def test_only_the_words_that_name_the_act_are_marked():
    window = window_of(TEXT, "marched", title="Fishers")
    assert words_of(TEXT, window, lambda kind: kind >= MARKED) == ["marched"]
    assert words_of(TEXT, window)[:3] == ["It", "began", "in"]
    assert "hurt" in words_of(TEXT, window)


def test_the_opening_stands_before_an_act_told_late():
    text = "It began in Oban. " + "Rain fell on the hills again. " * 60 + "Fishers marched."
    window = window_of(text, "marched")
    told = words_of(text, window)
    assert told[:3] == ["It", "began", "in"]
    assert told[-2:] == ["marched", "."]
    assert len(window.pieces) <= LONGEST
    starts = [start for start in window.starts if start != NOWHERE]
    assert starts == sorted(set(starts))


@pytest.mark.parametrize("words", ["first", "marched", "last"])
def test_a_sentence_too_long_is_cut_around_the_act(words):
    text = "first " + "and on " * 200 + "marched " + "and on " * 200 + "last"
    window = window_of(text, words)
    assert words in words_of(text, window, lambda kind: kind >= MARKED)
    assert len(window.pieces) <= LONGEST


def test_an_article_of_one_sentence_is_read_whole():
    text = "Fishers marched."
    assert words_of(text, window_of(text, "marched"))[-2:] == ["marched", "."]
