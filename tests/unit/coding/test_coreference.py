import datetime as dt

from rallybook.coding import coreference
from rallybook.coding.coreference import NAMES, acts_of, compared, is_another
from rallybook.coding.pipeline import gazetteer, surveyed
from rallybook.coding.scene import survey
from rallybook.coding.trees import Node, Trees, shipped
from rallybook.grounding.reading import read
from rallybook.model.article import Article

FIRST = "Some 300 bakers rallied in Lyon on Sunday against the price of flour."
OTHER = "Some 40 butchers rallied there on Sunday against a tax on meat."
AGAIN = "The bakers' rally in Lyon on Sunday ended at noon."


def article(*sentences):
    return read(Article(id="a", text=" ".join(sentences), published=dt.date(2019, 5, 6), language="en"))


def by(name, most=0.5):
    """Trees that find another act where this number is more."""
    at = NAMES.index(name)
    return Trees(NAMES, 0.0, ((Node(at, most, 1, 2), Node(-1, -1.0), Node(-1, 1.0)),))


def numbers(scene):
    """What is compared of the second mention of an article, with the act of the first."""
    asked = []
    coreference.assemble(
        coreference.clues(scene), lambda act, clue: bool(asked.append(compared(scene, act, clue)))
    )
    return dict(zip(NAMES, asked[0], strict=True))


def test_shipped_trees_ask_for_what_is_compared():
    assert shipped("coreference").names == NAMES


def test_a_mention_is_compared_with_the_act_that_rules_join_it_to():
    found = numbers(surveyed(article(FIRST, AGAIN)))
    assert (found["sentences"], found["same sentence"], found["same paragraph"]) == (1.0, 0.0, 1.0)
    assert (found["date told"], found["mentions before"]) == (1.0, 1.0)
    assert found["form of the one before"] <= 0.0
    assert 0.0 < found["both: participants"] <= 1.0


def test_who_took_part_tells_another_act_from_the_same_one():
    role = "both: participants"
    same, other = numbers(surveyed(article(FIRST, AGAIN))), numbers(surveyed(article(FIRST, OTHER)))
    assert other[role] < same[role]


def test_another_rally_on_one_square_is_likelier_another_act_than_one_that_is_told_again():
    same, other = (
        shipped("coreference").log_odds(tuple(numbers(surveyed(article(FIRST, one))).values()))
        for one in (AGAIN, OTHER)
    )
    assert same < other


def test_what_is_told_again_is_one_act():
    assert len(acts_of(surveyed(article(FIRST, AGAIN)))) == 1


def test_what_was_planned_and_came_about_is_not_asked(monkeypatch):
    monkeypatch.setattr(coreference, "shipped", lambda name: by("mentions before"))
    plan = "Bakers plan to march through Lyon this Sunday, 12 May."
    scene = surveyed(
        article(plan, "They will march at noon.", "The march in Lyon on Sunday 12 May was called off.")
    )
    assert {act.status(scene.published) for act in acts_of(scene)} <= {"planned", "cancelled"}
    cancelled = next(clue for clue in coreference.clues(scene) if clue.status == "cancelled")
    planned = next(clue for clue in coreference.clues(scene) if clue.status == "planned")
    assert compared(scene, coreference.Act(planned), cancelled) is None
    assert compared(scene, coreference.Act(planned), planned) is not None


def test_what_the_trees_part_is_an_act_of_its_own(monkeypatch):
    scene = surveyed(article(FIRST, AGAIN))
    monkeypatch.setattr(coreference, "shipped", lambda name: by("mentions before"))
    assert len(acts_of(scene)) == 2


def test_a_sentence_that_stands_in_a_text_many_times_tells_one_act():
    assert len(acts_of(surveyed(article(*[FIRST] * 60)))) == 1


def test_by_the_rules_alone_nothing_is_parted(monkeypatch):
    monkeypatch.setattr(coreference, "shipped", lambda name: by("mentions before"))
    scene = survey(article(FIRST, AGAIN), gazetteer())
    acts = acts_of(scene)
    assert len(acts) == 1
    assert not is_another(scene, acts[0], acts[0].clues[0])
