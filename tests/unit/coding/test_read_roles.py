import numpy as np
import pytest

from rallybook.coding.act_columns import READER
from rallybook.coding.read_roles import read_arguments, role_bounds, role_runs
from rallybook.coding.tagged import Tagged
from rallybook.coding.weighing import ROLES
from rallybook.coding.wordpieces import pieces

TEXT = "And nurses of the city marched for higher pay to Lima's mayor. Anna Petrova walked with them."


def read(**told):
    """Give what a reader says that is sure of these words, by role."""
    cut = pieces(TEXT)
    scores = np.full((len(cut), READER.count), -6.0, np.float32)
    for role, (words, odds) in told.items():
        start = TEXT.index(words)
        for n, piece in enumerate(cut):
            if start <= piece.start and piece.end <= start + len(words):
                scores[n, READER.at(role)] = odds
    return Tagged(tuple(p.start for p in cut), tuple(p.end for p in cut), scores, READER)


def words(stretches):
    return [TEXT[start:end] for start, end in stretches]


def test_each_role_has_its_bound():
    assert set(role_bounds()) == set(ROLES)


def test_stretches_lose_the_small_words_at_their_ends():
    found = read_arguments(TEXT, read(participants=("And nurses of the", 2.0)))
    assert words(found.participants) == ["nurses"]


def test_a_stretch_is_who_owns_without_the_sign_of_it():
    assert words(role_runs(TEXT, read(targets=("Lima's", 2.0)), {"targets": 0.0})["targets"]) == ["Lima"]


def test_what_people_want_keeps_its_small_words():
    found = read_arguments(TEXT, read(claims=("for higher pay", 2.0)))
    assert words(found.claims) == ["for higher pay"]


def test_a_stretch_goes_on_over_words_that_are_less_sure():
    told = read(participants=("nurses of the city", -1.0))
    told.scores[1, READER.at("participants")] = 2.0
    assert words(role_runs(TEXT, told, {"participants": 0.0})["participants"]) == ["nurses of the city"]


def test_a_stretch_that_is_nowhere_sure_is_none():
    assert read_arguments(TEXT, read(organisers=("nurses", -1.9))).organisers == ()


@pytest.mark.parametrize("role", ["participants", "organisers"])
def test_people_who_merely_took_part_are_never_named(role):
    found = getattr(read_arguments(TEXT, read(**{role: ("Anna Petrova", 3.0)})), role)
    assert words(found) == ([] if role == "participants" else ["Anna Petrova"])


def test_the_surest_reading_of_another_mention_has_a_say():
    unsure, sure = read(participants=("nurses", -1.0)), read(participants=("nurses", 3.0))
    assert read_arguments(TEXT, unsure, [read()]).participants == ()
    assert words(read_arguments(TEXT, unsure, [read(), sure]).participants) == ["nurses"]


def test_what_another_mention_says_leaves_the_first_reading_as_it_is():
    first = read(participants=("nurses", -1.0))
    before = first.scores.copy()
    read_arguments(TEXT, first, [read(participants=("nurses", 3.0))])
    assert (first.scores == before).all()
