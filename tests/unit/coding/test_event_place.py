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
