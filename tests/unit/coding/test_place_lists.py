import pytest

from rallybook.coding.event_place import event_places
from rallybook.coding.pipeline import gazetteer
from rallybook.coding.place_choices import Whereabouts
from rallybook.coding.scene import survey
from rallybook.grounding.reading import read
from rallybook.model.article import Article


def places(text: str, word: str) -> list[str]:
    scene = survey(read(Article(id="a", text=text, language="en")), gazetteer())
    trigger = next(one for one in scene.triggers if word in one.text)
    return [one.place.name for one in event_places(Whereabouts(scene), trigger) if one.place]


@pytest.mark.parametrize(
    "link", ["while it was partial in", "and complete in", ", but evoked a poor response in"]
)
def test_a_second_list_of_towns_goes_on_with_the_first(link: str) -> None:
    text = f"The bandh was total in Mysuru, Udupi and Madikeri {link} Shivamogga, Karwar and Hassan."
    assert places(text, "bandh") == ["Mysuru", "Udupi", "Madikeri", "Shivamogga", "Karwar", "Hassan"]


def test_a_list_of_another_act_does_not() -> None:
    text = "The bandh was total in Mysuru, Udupi and Madikeri while schools were shut in Karwar and Hassan."
    assert places(text, "bandh") == ["Mysuru", "Udupi", "Madikeri"]


@pytest.mark.parametrize(
    "text",
    [
        "In Ludhiana, south of Amritsar, weavers blocked a bridge.",
        "In Ludhiana, near Amritsar, weavers blocked a bridge.",
        "In Ludhiana, 130 km from Amritsar, weavers blocked a bridge.",
        "In Ludhiana and not in Amritsar, weavers blocked a bridge.",
        "In Ludhiana, and in Amritsar none, weavers blocked a bridge.",
        "In Ludhiana weavers blocked a bridge, and the Amritsar express waited.",
        "AMRITSAR, May 4 - Weavers in Ludhiana blocked a bridge.",
        "In Ludhiana, where Amritsar played, weavers blocked a bridge.",
    ],
)
def test_a_place_that_only_tells_where_another_lies_has_no_act_of_its_own(text: str) -> None:
    assert places(text, "blocked") == ["Ludhiana"]


def test_people_who_come_from_several_towns_act_in_none_of_them_for_that() -> None:
    text = "Health workers from Sukkur, Larkana and Jacobabad gathered in Karachi."
    assert len(places(text, "gathered")) == 1


def test_each_town_of_a_list_has_an_act_of_its_own() -> None:
    assert places("Rallies took place in Lyon and in the northern city of Lille.", "allies") == [
        "Lyon",
        "Lille",
    ]
    assert places("Police counted 8,200 at the rally in Lyon and 3,500 in Lille.", "rally") == [
        "Lyon",
        "Lille",
    ]


def test_countries_may_be_strung_together() -> None:
    text = "The protests reached countries from Egypt and Syria to Italy and Greece."
    assert places(text, "protests") == ["Egypt", "Syria", "Italy", "Greece"]
