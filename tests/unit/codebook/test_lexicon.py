import pytest

from rallybook.codebook.lexicon import NO_FORM, build, lexicon
from rallybook.codebook.signs import claim_stems
from rallybook.coding.triggers import triggers
from rallybook.errors import CodebookError
from rallybook.model.record import FORMS

ENTRIES = lexicon().entries
EXAMPLES = [
    pytest.param(entry.form, sentence, id=f"{entry.form}-{entry.name}-{number}")
    for entry in ENTRIES
    for number, sentence in enumerate(entry.examples)
]
COUNTER_EXAMPLES = [
    pytest.param(entry.form, sentence, id=f"{entry.form}-{entry.name}-{number}")
    for entry in ENTRIES
    for number, sentence in enumerate(entry.counter_examples)
]


@pytest.mark.parametrize(("form", "sentence"), EXAMPLES)
def test_each_example_of_an_entry_gives_its_form(form, sentence):
    found = {trigger.form for trigger in triggers(sentence)}
    if form == NO_FORM:
        assert not found
    else:
        assert form in found


@pytest.mark.parametrize(("form", "sentence"), COUNTER_EXAMPLES)
def test_no_counter_example_of_an_entry_gives_its_form(form, sentence):
    assert form not in {trigger.form for trigger in triggers(sentence)}


@pytest.mark.parametrize(("form", "sentence"), EXAMPLES)
def test_examples_are_found_in_capitals_too(form, sentence):
    if form == NO_FORM:
        return
    assert form in {trigger.form for trigger in triggers(sentence.upper())}


def test_every_form_of_the_codebook_has_entries_with_examples():
    with_examples = {entry.form for entry in ENTRIES if entry.examples}
    assert with_examples == {*FORMS, NO_FORM}


def test_every_entry_has_an_example():
    assert [entry.name for entry in ENTRIES if not entry.examples] == []


def test_no_pattern_is_listed_twice_in_one_entry():
    twice = [entry.name for entry in ENTRIES if len(set(entry.patterns)) < len(entry.patterns)]
    assert twice == []


def sheet(**changes):
    entry = {"name": "a rally", "patterns": ["rally~"], "examples": ["They rallied."]}
    return {"rally.yaml": {"version": 1, "form": "rally", "entries": [{**entry, **changes}]}}


def test_a_sound_sheet_is_read():
    built = build(sheet())
    assert [entry.name for entry in built.entries] == ["a rally"]
    assert sorted(built.shelves) == ["rallied", "rallies", "rally", "rallying"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"patterns": []}, "no patterns"),
        ({"patterns": ["..2 rally"]}, "first token"),
        ({"patterns": ["[the] rally"]}, "first token"),
        ({"patterns": ["rally in <nowhere>"]}, "no word list"),
        ({"patterns": ["rally (big)"]}, "cannot read"),
        ({"unless_after": ["<nowhere>"]}, "no word list"),
        ({"kind": "adverb"}, "adverb"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_broken_entry_is_refused_with_its_reason(changes, words):
    with pytest.raises(CodebookError, match=words):
        build(sheet(**changes))


def test_an_unknown_form_is_refused():
    sheets = sheet()
    sheets["rally.yaml"]["form"] = "parade"
    with pytest.raises(CodebookError, match="parade"):
        build(sheets)


@pytest.mark.parametrize("name", ["rally.yaml", "words.yaml"])
def test_another_version_is_refused(name):
    sheets = {**sheet(), "words.yaml": {"version": 1}}
    sheets[name]["version"] = 2
    with pytest.raises(CodebookError, match="version 2"):
        build(sheets)


def test_a_damaged_word_list_is_refused():
    with pytest.raises(CodebookError, match=r"words\.yaml"):
        build({"words.yaml": {"version": 1, "colours": "red blue"}})


def test_claim_stems_are_lower_case_and_unlike():
    stems = claim_stems()
    assert len(stems) == len(set(stems)) > 10
    assert all(stem == stem.lower() for stem in stems)
