import pytest
from hypothesis import given
from hypothesis import strategies as st

from rallybook.codebook.notation import Notation, noun_forms, verb_forms
from rallybook.errors import CodebookError

NOTATION = Notation(
    lists={"road": ("road#", "ring+road"), "act": ("set~+fire+to", "burn~")},
    verbs={"sit": ("sit", "sits", "sat", "sitting"), "set": ("set", "sets", "setting")},
    nouns={"man": ("man", "men")},
)


def matches(pattern, text):
    return len(text) in NOTATION.row(pattern).ends(text, 0)


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("march", ("march", "marches", "marched", "marching")),
        ("rally", ("rally", "rallies", "rallied", "rallying")),
        ("stay", ("stay", "stays", "stayed", "staying")),
        ("paralyse", ("paralyse", "paralyses", "paralysed", "paralysing")),
        ("block", ("block", "blocks", "blocked", "blocking")),
        ("skip", ("skip", "skips", "skipped", "skipping")),
        ("squat", ("squat", "squats", "squatted", "squatting")),
        ("chain", ("chain", "chains", "chained", "chaining")),
        ("picket", ("picket", "pickets", "picketed", "picketing")),
    ],
)
def test_regular_verbs_are_inflected(verb, forms):
    assert verb_forms(verb, {}) == forms


@pytest.mark.parametrize(
    ("noun", "forms"),
    [
        ("rally", ("rally", "rallies")),
        ("march", ("march", "marches")),
        ("strike", ("strike", "strikes")),
        ("day", ("day", "days")),
    ],
)
def test_regular_nouns_are_inflected(noun, forms):
    assert noun_forms(noun, {}) == forms


def test_irregular_words_come_from_the_lists():
    assert matches("sit~ down", "sat down")
    assert matches("man#", "men")


def test_a_low_line_is_a_hyphen_a_space_or_nothing():
    assert all(matches("sit_in#", text) for text in ("sit-in", "sit in", "sitin", "sit - ins"))


def test_a_hyphen_needs_a_hyphen():
    assert matches("die-in", "die - in")
    assert not matches("die-in", "die in")


def test_a_gap_takes_up_to_its_number_of_words():
    assert matches("block~ ..2 <road>", "blocked road")
    assert matches("block~ ..2 <road>", "blocked the old roads")
    assert not matches("block~ ..2 <road>", "blocked the very old roads")


def test_a_gap_does_not_run_over_a_comma():
    assert not matches("block~ ..2 <road>", "blocked trade, roads")


def test_a_number_with_its_commas_is_one_word_of_a_gap():
    assert matches("lay~ ..2 shoes", "lay 1,200 shoes")
    assert not matches("lay~ ..2 shoes", "lay 1,20 shoes")


def test_an_optional_token_may_be_left_out():
    assert matches("take~ [over] streets", "take streets")
    assert matches("take~ [over] streets", "taking over streets")


def test_phrases_of_a_list_keep_their_inflection():
    assert matches("<act> cars", "sets fire to cars")
    assert matches("block~ ..1 <road>", "blocking the ring road")


def test_road_numbers_are_built_in():
    assert matches("closed the <road_number>", "closed the a12")
    assert not matches("closed the <road_number>", "closed the 2012")


def test_numbers_are_built_in_and_no_years():
    assert all(
        matches("about <number> people", f"about {n} people") for n in ("7", "40", "1,200", "12.000", "2500")
    )
    assert not matches("in <number>", "in 2012")


def test_words_for_people_are_told_by_their_ending():
    assert all(
        matches("<people> sat", f"{word} sat") for word in ("welders", "georgians", "postmen", "cellists")
    )
    assert not any(
        matches("<people> sat", f"{word} sat") for word in ("papers", "specimen", "tables", "trees")
    )


def test_anchors_are_the_first_words_a_match_can_have():
    assert NOTATION.anchors("sit_in# now") == {"sit", "sitin", "sitins"}
    assert NOTATION.anchors("<act> cars") == {"set", "sets", "setting", "burn", "burns", "burned", "burning"}


@pytest.mark.parametrize("pattern", ["", "..2 road", "[the] road"])
def test_a_pattern_must_start_with_a_word(pattern):
    with pytest.raises(CodebookError):
        NOTATION.anchors(pattern)


WORD = st.text("abcdefghijklmnop", min_size=1, max_size=8)


@given(st.lists(WORD, min_size=1, max_size=5))
def test_plain_words_match_themselves_and_start_with_their_anchor(words):
    pattern = " ".join(words)
    assert matches(pattern, pattern)
    assert NOTATION.anchors(pattern) == {words[0]}


@given(WORD)
def test_every_form_of_a_verb_matches_its_pattern(verb):
    assert all(matches(f"{verb}~", form) for form in verb_forms(verb, {}))


@pytest.mark.parametrize(
    ("token", "word", "after", "whole"),
    [
        ("sit_in", "sit", {"in"}, False),
        ("sit_in", "sitin", set(), True),
        ("sit~|sit-down", "sit", {"down"}, True),
        ("set~+fire+to", "sets", {"fire", "fireto"}, False),
        ("<act>", "burned", set(), True),
    ],
)
def test_what_goes_on_a_token_after_its_first_word(token, word, after, whole):
    assert NOTATION.goes_on(token, word) == (frozenset(after), whole)


@pytest.mark.parametrize(
    ("token", "most"),
    [("march~", 1), ("set~+fire+to", 3), ("<road>", 2), ("..3", 12), ("[the|a]", 1), ("<people>", 4)],
)
def test_how_many_words_a_token_holds_at_most(token, most):
    assert NOTATION.longest(token) == most


@pytest.mark.parametrize(
    ("before", "stands"),
    [
        ("the price ", True),
        ("the market-price “", True),
        ("a car ", True),
        ("a car of the new kind ", False),
        ("a car with two ", True),
        ("the price of a ", False),
        ("a surprice ", False),
        ("the price: ", False),
        ("the price      ", False),
    ],
)
def test_a_context_stands_right_before_with_no_more_than_a_few_signs_between(before, stands):
    contexts = NOTATION.contexts(("price", "market-price", "car ..2"))
    assert contexts.before(f"{before}rally", len(before)) is stands


@pytest.mark.parametrize(
    ("after", "stands"),
    [
        (" driver", True),
        ("-drivers", True),
        ("’s driver", False),
        (" drivership", False),
        (" of the old school", True),
        (" of school", False),
    ],
)
def test_a_context_stands_right_behind(after, stands):
    assert NOTATION.contexts(("driver#", "of+the ..1 school")).after(f"rally{after}", 5) is stands


def test_of_several_spellings_the_longest_is_taken_and_given_up_for_a_shorter_one():
    row = NOTATION.row("set|set+fire fire|to [now]")
    assert row.end("set fire to it", 0) == len("set fire to")
    assert row.end("set fire", 0) == len("set fire")
    assert list(row.ends("set fire to now", 0)) == [15, 11, 8]


def test_a_word_of_any_length_is_read_in_no_time():
    assert NOTATION.row("sit_in").end("sit" * 5_000_000, 0) == -1
