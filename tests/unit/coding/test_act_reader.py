import numpy as np
import pytest

from rallybook.coding.act_columns import READER
from rallybook.coding.act_reader import ActReader
from rallybook.coding.coreference import acts_of
from rallybook.coding.pipeline import EventCoder, gazetteer
from rallybook.coding.records import read_alone
from rallybook.coding.scene import survey
from rallybook.coding.tagged import Tagged
from rallybook.errors import InputError
from rallybook.grounding.reading import read
from rallybook.grounding.sentences import sentences
from rallybook.model.article import Article

TEXT = (
    "About 300 bakers marched through Lyon on Sunday to demand lower flour prices. "
    "Two streets away, dozens of taxi drivers blocked the Pont Lafayette."
)


@pytest.fixture(scope="module")
def reader():
    return ActReader()


def at(words):
    start = TEXT.index(words)
    return start, start + len(words)


@pytest.mark.parametrize(
    ("act", "who", "others"), [("marched", "bakers", "drivers"), ("blocked", "drivers", "bakers")]
)
def test_each_act_has_its_own_people(reader, act, who, others):
    read = reader.read(TEXT, "", sentences(TEXT), at(act))
    assert read.columns == READER
    assert read.most("participants", *at(who)) > 0 > read.most("participants", *at(others))


def test_records_tell_who_took_part_in_each():
    coded = EventCoder().code(Article(id="a", text=TEXT, language="en"))
    people = {record.trigger: record.participants for record in coded.events}
    assert any("bakers" in " ".join(words) for words in people.values())
    for record in coded.events:
        for path, spans in record.spans.items():
            assert all(TEXT[start:end] for start, end in spans), path


class Asked:
    """A reader that notes which words it is asked about."""

    def __init__(self):
        self.words = []

    def read(self, text, title, sentences, act):
        self.words.append(text[slice(*act)])
        return Tagged((), (), np.zeros((0, READER.count), np.float32), READER)


@pytest.mark.parametrize(
    ("later", "asked"),
    [("More than 100 women showed up to march.", 2), ("The women were glad to march.", 1)],
)
def test_an_act_is_read_again_where_a_head_count_stands_beside_another_mention(later, asked):
    text = f"Women marched in Lima on Sunday for better wages. They had come from all over the city. {later}"
    scene = survey(read(Article(id="a", text=text, language="en")), gazetteer())
    (act,) = acts_of(scene)
    reader = Asked()
    read_alone(scene, [act], reader)
    assert len(act.clues) > 1
    assert len(reader.words) == asked
    assert act.named is not None
    assert len(act.read_again) == asked - 1


def test_rules_do_without_it(monkeypatch):
    monkeypatch.setattr("rallybook.coding.pipeline.reader", lambda: pytest.fail("the reader was asked"))
    assert EventCoder(tags=False).code(Article(id="a", text=TEXT, language="en")).events


def test_a_folder_without_it_is_named(tmp_path):
    with pytest.raises(InputError, match=r"act_reader\.onnx"):
        ActReader(tmp_path)
