from hypothesis import given
from hypothesis import strategies as st

from rallybook.server.highlights import fields_in, pieces, stretches

_TEXT = "Nurses held a rally in Oban on Sunday. They want higher pay."
_SPANS = {"trigger": ((14, 19),), "place.text": ((23, 27),), "quote": ((0, 38),), "claims": ((49, 59),)}


def test_a_text_is_cut_where_a_span_begins_or_ends():
    told = [(piece.text, piece.fields) for piece in pieces(_TEXT, _SPANS) if piece.fields]
    assert told == [("rally", ("form",)), ("Oban", ("place",)), ("higher pay", ("claims",))]


def test_what_the_quote_covers_is_marked_as_quoted():
    assert "".join(piece.text for piece in pieces(_TEXT, _SPANS) if piece.quoted) == _TEXT[:38]


def test_words_that_prove_two_fields_have_both():
    shown = pieces("500 nurses came", {"size.text": ((0, 10),), "participants": ((4, 10),)})
    assert [(piece.text, piece.fields) for piece in shown[:2]] == [
        ("500 ", ("size",)),
        ("nurses", ("size", "participants")),
    ]


def test_the_first_words_of_a_field_are_told_once():
    shown = pieces("a b a", {"claims": ((0, 1), (4, 5))})
    assert [piece.first_of for piece in shown] == [("claims",), (), ()]


def test_a_stretch_goes_from_word_to_word():
    assert [_TEXT[start:end] for start, end in stretches(_TEXT, {"place.text": ((23, 27),)}, around=5)] == [
        "rally in Oban on Sunday."
    ]


def test_stretches_that_meet_are_one():
    assert stretches(_TEXT, _SPANS, around=20) == ((0, len(_TEXT)),)


def test_fields_come_in_the_order_of_the_text():
    assert list(fields_in(_SPANS)) == ["form", "place", "claims"]


_spans = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=4)


@given(
    st.text(min_size=40, max_size=40),
    st.dictionaries(st.sampled_from(["claims", "quote", "size.text"]), _spans),
)
def test_the_pieces_of_a_text_are_the_text(text, spans):
    assert "".join(piece.text for piece in pieces(text, spans)) == text
