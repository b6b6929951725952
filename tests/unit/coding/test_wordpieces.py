import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rallybook.coding.wordpieces import UNKNOWN, pieces


def cut(text):
    return [text[piece.start : piece.end] for piece in pieces(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Thousands marched.", ["Thousands", "marched", "."]),
        ("Novosibirsk", ["Novo", "si", "bir", "sk"]),
        ("didn't", ["didn", "'", "t"]),
        ("10,000 people", ["10", ",", "000", "people"]),
        ("东京 marched", ["东", "京", "marched"]),
    ],
)
def test_words_are_cut_into_pieces_of_the_vocabulary(text, words):
    assert cut(text) == words


def test_accents_and_capitals_are_not_told():
    plain, accented = pieces("zamosc"), pieces("ZAMÓŚĆ".replace("Ś", "Ś").replace("Ć", "Ć"))
    assert [piece.number for piece in plain] == [piece.number for piece in accented]
    assert cut("ZAMÓŚĆ")[-1].endswith("Ć")


def test_what_the_vocabulary_does_not_have_is_unknown():
    assert [piece.number for piece in pieces("\U0001f9ff")] == [UNKNOWN]
    assert [piece.number for piece in pieces("a" * 200)] == [UNKNOWN]


def test_part_of_a_text_is_cut_with_offsets_in_the_whole():
    text = "On Sunday thousands marched in Leeds."
    assert [text[p.start : p.end] for p in pieces(text, 10, 27)] == ["thousands", "marched"]


@given(st.text(max_size=80))
def test_pieces_stand_in_order_and_hold_every_sign_but_spaces(text):
    found = pieces(text)
    assert all(0 <= piece.start < piece.end <= len(text) for piece in found)
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))
