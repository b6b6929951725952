import numpy as np

from rallybook.coding.clearest import clearest, is_seen
from rallybook.coding.columns import ACT
from rallybook.coding.coreference import acts_of
from rallybook.coding.pipeline import gazetteer
from rallybook.coding.scene import survey
from rallybook.coding.tagged import TAGGER, Tagged
from rallybook.grounding.reading import read
from rallybook.model.article import Article

TEXT = "Bakers rallied in Lyon on Sunday. The protest in Lyon on Sunday drew thousands."


def scene(odds=None):
    """The text, read by rules alone or by a tagger that gives these log odds to its two mentions."""
    tagged = None
    if odds:
        starts = tuple(TEXT.index(word) for word in ("rallied", "protest"))
        scores = np.zeros((2, TAGGER.count), np.float32)
        scores[:, ACT] = odds
        tagged = Tagged(starts, (starts[0] + 7, starts[1] + 7), scores)
    return survey(read(Article(id="a", text=TEXT, language="en")), gazetteer(), tagged)


def test_the_mention_that_the_tagger_sees_is_the_clearest():
    for odds, words in (((3.0, -3.0), "rallied"), ((-3.0, 3.0), "protest")):
        found = scene(odds)
        (act,) = acts_of(found)
        assert clearest(found, act).trigger.text == words


def test_without_a_tagger_every_mention_counts_as_seen():
    found = scene()
    assert all(is_seen(found, trigger) for trigger in found.triggers)
