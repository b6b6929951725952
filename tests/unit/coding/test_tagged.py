import msgspec
import numpy as np
import pytest

from rallybook.coding.columns import ACT
from rallybook.coding.tagged import TAGGER, Tagged, model_name, steps
from rallybook.coding.tagged_triggers import with_tagged
from rallybook.coding.triggers import triggers
from rallybook.model.record import FORMS, STATUSES

TEXT = "Nurses downed scalpels in Leeds. They rallied."
WORDS = [(0, 6), (7, 13), (14, 22), (23, 25), (26, 31), (33, 37), (38, 45)]


@pytest.fixture
def tagged():
    scores = np.full((len(WORDS), TAGGER.count), -5.0, np.float32)
    scores[1:3, ACT] = 2.0
    scores[1:3, TAGGER.form.start + FORMS.index("strike")] = 4.0
    scores[1:3, TAGGER.status.start + STATUSES.index("planned")] = 4.0
    scores[6, TAGGER.form.start + FORMS.index("march")] = 1.0
    scores[1, TAGGER.focus] = 3.0
    scores[4, TAGGER.at("place")] = 1.5
    return Tagged(tuple(start for start, _ in WORDS), tuple(end for _, end in WORDS), scores)


def test_what_is_said_of_some_words(tagged):
    assert tagged.act(7, 22) == 2.0
    assert tagged.act(0, 6) == -5.0
    assert tagged.role("place", 26, 31) == 1.5
    assert tagged.focal(7, 13) == 3.0
    statuses = tagged.statuses(7, 22)
    assert max(statuses, key=statuses.get) == "planned"
    assert sum(np.exp(list(tagged.forms(7, 22).values()))) == pytest.approx(1)


def test_words_that_no_window_holds_are_unread(tagged):
    assert tagged.act(100, 110) is None
    assert tagged.role("date", 100, 110) is None
    assert tagged.forms(100, 110) == {}


def test_a_number_bears_a_mark_for_each_bound_it_reaches():
    assert steps("sure", 1.5, (0.0, 1.0, 2.0)) == ("sure 0", "sure 1")
    assert steps("sure", None, (0.0,)) == ("sure unread",)


def test_the_tagger_names_acts_that_the_lexicon_does_not_know(tagged):
    found = with_tagged(TEXT, triggers(TEXT), tagged)
    assert next((t.text, t.form, t.strong) for t in found) == ("downed scalpels", "strike", False)


def test_the_forms_of_the_lexicon_stand(tagged):
    assert [t.form for t in with_tagged(TEXT, triggers(TEXT), tagged) if t.text == "rallied"] == ["rally"]


def test_runs_are_neighbours_that_all_play_a_role(tagged):
    tagged.scores[[0, 1, 4], TAGGER.at("claims")] = 0.5
    assert tagged.runs("claims", 0, len(TEXT), 0.0) == ((0, 13), (26, 31))
    assert tagged.runs("claims", 7, 25, 0.0) == ((7, 13),)
    assert tagged.runs("claims", 0, len(TEXT), 0.6) == ()


def test_a_stretch_ends_where_a_window_leaves_sentences_out(tagged):
    apart = msgspec.structs.replace(
        tagged, starts=(*tagged.starts[:5], 133, 138), ends=(*tagged.ends[:5], 137, 145)
    )
    apart.scores[4:7, TAGGER.at("claims")] = 1.0
    assert apart.runs("claims", 0, 200, 0.0) == ((26, 31), (133, 145))


def test_of_some_stretches_those_with_a_sure_piece_can_be_asked_for(tagged):
    tagged.scores[[0, 1, 4], TAGGER.at("claims")] = 0.5
    tagged.scores[1, TAGGER.at("claims")] = 2.0
    assert tagged.runs("claims", 0, len(TEXT), 0.0, surest=1.0) == ((0, 13),)


def test_each_model_has_a_name_with_and_without_the_tagger(tagged):
    assert (model_name("size", tagged), model_name("size", None)) == ("size tagged", "size")
