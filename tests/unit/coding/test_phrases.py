from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from rallybook.coding.phrases import phrases, words


def shown(text: str) -> list[str]:
    cut = words(text, 0, len(text))
    return [text[cut[p.first].start : cut[p.last - 1].end] for p in phrases(cut)]


def test_words_and_marks_carry_their_kinds() -> None:
    cut = words("The dockers' march, on Monday", 0, 29)
    assert [w.lower for w in cut] == ["the", "dockers", "'", "march", ",", "on", "monday"]
    assert "".join(w.kind for w in cut) == "DWSVMPT"


def test_a_chain_of_of_belongs_to_the_phrase() -> None:
    assert "members of the bakers' union" in shown("Angry members of the bakers' union waited.")[0]


def test_a_head_count_is_left_out_of_the_phrase() -> None:
    assert shown("More than 300 bakers waited")[-1] == "bakers"
    assert shown("Hundreds of bakers waited") == ["bakers"]


def test_a_verb_ends_the_phrase_but_a_participle_before_a_noun_does_not() -> None:
    assert shown("The striking bakers blocked the old bridge") == ["The striking bakers", "the old bridge"]


def test_a_place_that_opens_the_sentence_is_parted_from_the_people() -> None:
    assert shown("In Tartu students waited")[-1] == "students"


def test_an_abbreviation_in_brackets_belongs_to_the_name() -> None:
    assert shown("the Bakers Union (BU) met")[0] == "the Bakers Union (BU)"


@given(st.text(alphabet="ab A,.'’\"of the 12\n-()", max_size=80))
def test_words_are_stretches_of_the_text_in_order(text: str) -> None:
    cut = words(text, 0, len(text))
    assert all(text[w.start : w.end].lower() == w.lower for w in cut)
    assert all(a.end <= b.start for a, b in pairwise(cut))


@given(st.lists(st.sampled_from("the bakers of Riga and 40 marched from said angry".split()), max_size=20))
def test_phrases_do_not_overlap(chosen: list[str]) -> None:
    text = " ".join(chosen)
    cut = words(text, 0, len(text))
    found = phrases(cut)
    assert all(p.first <= p.head < p.last <= len(cut) for p in found)
    assert all(a.last <= b.first for a, b in pairwise(found))
