"""What police did, sentence by sentence."""

from __future__ import annotations

import pytest

from rallybook.grounding.police_acts import police_acts
from rallybook.model.article import Article
from rallybook.model.reading import Reading


def acts(text: str) -> set[str]:
    return {one.act for one in police_acts(Reading(Article(id="a", text=text), text))}


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Two men were killed in police firing at the mill gate.", "killed"),
        ("A girl died when guards opened fire on the queue.", "killed"),
        ("Soldiers shot dead a farmer near the ford.", "killed"),
        ("One person was dead after villagers clashed with the police.", "killed"),
        ("Detectives arrested the treasurer at dawn.", "arrests"),
        ("The driver was remanded to ten days of custody.", "arrests"),
        ("He was picked up by police from his flat.", "arrests"),
        ("Guards fired several rounds in the air.", "force"),
        ("Constables lathi-charged the crowd at the depot.", "force"),
        ("A curfew was imposed in the old town.", "other"),
        ("Two companies of home guards reached the bridge.", "other"),
        ("Additional units were deployed near the temple.", "other"),
    ],
)
def test_what_authorities_did_is_read_from_the_sentence(text: str, act: str) -> None:
    assert act in acts(text)


def test_a_killing_by_police_is_force_too() -> None:
    assert {"killed", "force"} <= acts("Three people were killed in police firing.")


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Two policemen were killed when the mob opened fire.", "killed"),
        ("Four people were killed by the mob.", "killed"),
        ("The opposition demanded the arrest of the mayor.", "arrests"),
        ("Analysts apprehended a split in the party.", "arrests"),
        ("No shots were fired.", "force"),
        ("The union called for a curfew.", "other"),
        ("The bakery opened at seven.", "other"),
    ],
)
def test_what_others_did_or_only_want_is_no_act_of_police(text: str, act: str) -> None:
    assert act not in acts(text)


def test_an_act_is_given_once_for_each_sentence_in_the_order_of_the_text() -> None:
    text = "Police arrested two men and detained a third. Later police arrested a fourth."
    found = police_acts(Reading(Article(id="a", text=text), text))
    assert [one.text for one in found if one.act == "arrests"] == ["arrested", "arrested"]
    assert [one.start for one in found] == sorted(one.start for one in found)
    assert all(text[one.start : one.end] == one.text for one in found)
