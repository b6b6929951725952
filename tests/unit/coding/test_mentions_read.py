import msgspec
import numpy as np
import pytest

from rallybook.coding.act_columns import READER
from rallybook.coding.columns import ACT
from rallybook.coding.mentions_read import ASKED, ASKED_NAMED, with_mentions_read
from rallybook.coding.pipeline import gazetteer
from rallybook.coding.scene import survey
from rallybook.coding.tagged import TAGGER, Tagged
from rallybook.grounding.reading import read
from rallybook.model.article import Article
from rallybook.model.record import FORMS

TEXT = "Bakers marched in Lyon on Sunday. Nurses went on strike in Lille on Monday."


class Asked:
    """A reader that notes which words it is asked about, and finds each to be a vigil with these log odds."""

    def __init__(self, vigil=0.0):
        self.words, self.vigil = [], vigil

    def read(self, text, title, sentences, act):
        self.words.append(text[slice(*act)])
        scores = np.zeros((1, READER.count), np.float32)
        scores[0, READER.form.start + FORMS.index("vigil")] = self.vigil
        return Tagged((act[0],), (act[1],), scores, READER)


def scene(odds, vigil=0.0):
    """The text as it is read by a tagger that gives these log odds to its two acts, and to vigils."""
    starts = tuple(TEXT.index(word) for word in ("marched", "strike"))
    scores = np.zeros((2, TAGGER.count), np.float32)
    scores[:, ACT] = odds
    scores[:, TAGGER.form.start + FORMS.index("vigil")] = vigil
    tagged = Tagged(starts, (starts[0] + 7, starts[1] + 6), scores)
    return survey(read(Article(id="a", text=TEXT, language="en")), gazetteer(), tagged)


def told_by(odds, *, strong):
    """The same with mentions whose words say protest by themselves, or do not."""
    told = scene(odds)
    triggers = tuple(msgspec.structs.replace(mention, strong=strong) for mention in told.triggers)
    return msgspec.structs.replace(told, triggers=triggers)


@pytest.mark.parametrize(
    ("strong", "faint", "asked"),
    [(False, ASKED + 1, 2), (False, ASKED - 1, 1), (True, ASKED - 1, 2), (True, ASKED_NAMED - 1, 1)],
)
def test_mentions_are_read_where_the_tagger_sees_a_chance(strong, faint, asked):
    reader, told = Asked(), told_by((2.0, faint), strong=strong)
    found = with_mentions_read(told, reader)
    assert len(reader.words) == asked
    assert [found.read_at(mention) is not None for mention in told.triggers] == [True, asked == 2]


@pytest.mark.parametrize(
    ("tagged", "read", "form"), [(2.5, 2.5, "vigil"), (2.5, 0.0, "march"), (0.0, 0.0, "march")]
)
def test_both_networks_together_overrule_the_form_of_the_words(tagged, read, form):
    found = with_mentions_read(scene((2.0, 2.0), vigil=tagged), Asked(vigil=read))
    assert found.triggers[0].form == form


def test_the_form_of_a_mention_that_was_not_read_stands():
    found = with_mentions_read(scene((2.0, ASKED_NAMED - 1), vigil=5.0), Asked(vigil=5.0))
    assert [mention.form for mention in found.triggers] == ["vigil", "strike"]


def test_without_a_tagger_nothing_is_read():
    told = survey(read(Article(id="a", text=TEXT, language="en")), gazetteer())
    reader = Asked()
    assert with_mentions_read(told, reader) is told
    assert reader.words == []
