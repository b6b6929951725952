import pytest

from rallybook.coding.act_reader import READER, ActReader
from rallybook.coding.pipeline import EventCoder
from rallybook.errors import InputError
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


def test_rules_do_without_it(monkeypatch):
    monkeypatch.setattr("rallybook.coding.pipeline._reader", lambda: pytest.fail("the reader was asked"))
    assert EventCoder(tags=False).code(Article(id="a", text=TEXT, language="en")).events


def test_a_folder_without_it_is_named(tmp_path):
    with pytest.raises(InputError, match=r"act_reader\.onnx"):
        ActReader(tmp_path)
