import numpy as np
import pytest

from rallybook.coding.tagged import ACT, COLUMNS, FOCUS, FORM, ROLE, ROLES, STATUS, Tagged, steps
from rallybook.coding.tagged_triggers import with_tagged
from rallybook.coding.triggers import triggers
from rallybook.model.record import FORMS, STATUSES

TEXT = "Nurses downed scalpels in Leeds. They rallied."
WORDS = [(0, 6), (7, 13), (14, 22), (23, 25), (26, 31), (33, 37), (38, 45)]


@pytest.fixture
def tagged():
    scores = np.full((len(WORDS), COLUMNS), -5.0, np.float32)
    scores[1:3, ACT] = 2.0
    scores[1:3, FORM.start + FORMS.index("strike")] = 4.0
    scores[1:3, STATUS.start + STATUSES.index("planned")] = 4.0
    scores[6, FORM.start + FORMS.index("march")] = 1.0
    scores[1, FOCUS] = 3.0
    scores[4, ROLE.start + ROLES.index("place")] = 1.5
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
