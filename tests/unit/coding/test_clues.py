import numpy as np
import pytest

from rallybook.coding.clues import clues
from rallybook.coding.columns import ACT
from rallybook.coding.pipeline import gazetteer
from rallybook.coding.scene import survey
from rallybook.coding.tagged import TAGGER, Tagged
from rallybook.grounding.reading import read
from rallybook.model.article import Article

TEXT = "The right to strike is guaranteed, lawyers in Lyon said."


def told(odds):
    """The mentions that count in the text; `odds`: how sure the tagger is of its act, None where it does not read."""
    start = TEXT.index("strike")
    scores = np.zeros((1, TAGGER.count), np.float32)
    scores[:, ACT] = odds or 0.0
    tagged = None if odds is None else Tagged((start,), (start + len("strike"),), scores)
    scene = survey(read(Article(id="a", text=TEXT, language="en")), gazetteer(), tagged)
    return [clue.trigger.text for clue in clues(scene)]


@pytest.mark.parametrize(("odds", "counted"), [(None, []), (1.0, []), (3.0, ["strike"])])
def test_what_cues_say_is_only_spoken_of_counts_where_the_tagger_is_sure_of_an_act(odds, counted):
    assert told(odds) == counted


@pytest.mark.parametrize(
    ("text", "form"),
    [
        (
            "Demonstrations against the visit of J. Q. Doe turned violent in Bari when youths threw stones.",
            "riot",
        ),
        ("Demonstrations in Bari drew thousands but turned violent in parts of the interior.", "rally"),
        ("Demonstrations were held in Bari. A strike in Genoa turned violent.", "rally"),
    ],
)
def test_a_rally_that_turned_violent_is_a_riot(text: str, form: str) -> None:
    scene = survey(read(Article(id="a", text=text, language="en")), gazetteer())
    assert clues(scene)[0].trigger.form == form
