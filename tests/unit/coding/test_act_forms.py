import math

import msgspec
import pytest

from rallybook.coding.act_forms import form_of
from rallybook.coding.coreference import acts_of
from rallybook.coding.pipeline import gazetteer
from rallybook.coding.scene import survey
from rallybook.grounding.reading import read
from rallybook.model.article import Article
from rallybook.model.record import FORMS

TEXT = "Bakers rallied in Lyon on 5 May 2019. The rally in Lyon on 5 May 2019 was a march to the town hall."


class Said:
    """What a network says of each mention: the form that it is sure of, and how surely there is an act."""

    def __init__(self, forms, odds):
        self._forms, self._odds = forms, odds

    def forms(self, start, end):
        sure = self._forms[TEXT[start:end]]
        return {form: math.log(0.86 if form == sure else 0.01) for form in FORMS}

    def act(self, start, end):
        return self._odds[TEXT[start:end]]


def told(forms, odds):
    """Give the form of the act that the mentions of the text tell together."""
    scene = survey(read(Article(id="a", text=TEXT, language="en")), gazetteer())
    acts = acts_of(scene)
    said = Said(forms, odds)
    asked = {(clue.trigger.start, clue.trigger.end): said for clue in acts[0].clues}
    return form_of(msgspec.structs.replace(scene, tagged=said, read=asked), acts[0])


def mentions():
    scene = survey(read(Article(id="a", text=TEXT, language="en")), gazetteer())
    return [clue.trigger for clue in acts_of(scene)[0].clues]


def test_without_the_networks_the_most_specific_mention_tells_it():
    scene = survey(read(Article(id="a", text=TEXT, language="en")), gazetteer())
    assert form_of(scene, acts_of(scene)[0]) in {mention.form for mention in mentions()}


@pytest.mark.parametrize(("first", "others", "form"), [(4.0, -4.0, "vigil"), (-4.0, 4.0, "blockade")])
def test_a_mention_tells_it_as_far_as_an_act_is_seen_in_it(first, others, form):
    words = [mention.text for mention in mentions()]
    assert len(words) > 1
    forms = dict.fromkeys(words, "blockade") | {words[0]: "vigil"}
    odds = dict.fromkeys(words, others) | {words[0]: first}
    assert told(forms, odds) == form


def test_a_form_that_is_told_more_closely_counts_before_a_mere_gathering():
    words = [mention.text for mention in mentions()]
    forms = dict.fromkeys(words, "vigil") | {words[0]: "rally"}
    assert told(forms, dict.fromkeys(words, 2.0)) == "vigil"
