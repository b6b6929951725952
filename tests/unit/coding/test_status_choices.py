import msgspec
import numpy as np
import pytest

from rallybook.coding.act_columns import READER
from rallybook.coding.columns import ACT
from rallybook.coding.pipeline import gazetteer
from rallybook.coding.scene import survey
from rallybook.coding.status_choices import status_of
from rallybook.coding.tagged import TAGGER, Tagged
from rallybook.grounding.reading import read
from rallybook.model.article import Article
from rallybook.model.record import STATUSES

TEXT = "Nurses had been asked to march in Lille on Monday, and police stopped and dispersed them."


def said(columns, status):
    """What a network says of the word for the march that sees an act of this status in it."""
    start = TEXT.index("march")
    scores = np.zeros((1, columns.count), np.float32)
    scores[0, ACT] = 3.0
    scores[0, columns.status.start + STATUSES.index(status)] = 3.0
    return Tagged((start,), (start + len("march"),), scores, columns)


@pytest.mark.parametrize(
    ("tagger", "reader", "status"),
    [("prevented", "prevented", "prevented"), ("prevented", "planned", "planned")],
)
def test_a_plan_gives_way_where_both_networks_together_find_another_status(tagger, reader, status):
    scene = survey(read(Article(id="a", text=TEXT, language="en")), gazetteer(), said(TAGGER, tagger))
    (march,) = (one for one in scene.triggers if one.text.startswith("march"))
    asked = msgspec.structs.replace(scene, read={(march.start, march.end): said(READER, reader)})
    assert status_of(asked, march) == status
