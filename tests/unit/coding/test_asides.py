"""Captions and links to other stories open no acts."""

import pytest

from rallybook.coding.asides import is_aside
from rallybook.coding.pipeline import gazetteer
from rallybook.coding.scene import survey
from rallybook.grounding.reading import read
from rallybook.model.article import Article


def beside(text: str, word: str) -> list[bool]:
    scene = survey(read(Article(id="a", text=text, language="en")), gazetteer())
    return [is_aside(scene, trigger) for trigger in scene.triggers if word in trigger.text]


@pytest.mark.parametrize(
    "line",
    [
        "Protesters at the march. Image: A. Grey.",
        "More of the march (Photo: City News)",
        "Dockers staged a walkout. related stories: a march is put off; the march that was",
        "See also: march in the rain",
    ],
)
def test_beside_a_story(line: str) -> None:
    assert set(beside(f"Dockers met in Genoa.\n\n{line}", "march")) == {True}


@pytest.mark.parametrize(
    "line",
    [
        "Protesters at the march in Bari. Image: A. Grey.",
        "The image: it was of the march, and all of it in black, as the people of the town had never seen it.",
        "Dockers held a march. They read the stories of others.",
    ],
)
def test_told_by_a_story(line: str) -> None:
    assert set(beside(f"Dockers met in Genoa.\n\n{line}", "march")) == {False}
