import msgspec
import numpy as np
import pytest

from rallybook.codebook.own import OwnCodebook
from rallybook.coding import own
from rallybook.coding.columns import ACT
from rallybook.coding.own import SHEET, OwnModel, OwnReader, columns_of
from rallybook.coding.pipeline import EventCoder
from rallybook.coding.tagger import joined
from rallybook.errors import InputError
from rallybook.model.article import Article

BOOK = OwnCodebook(1, "boats", {"walk": "on foot", "flotilla": "in boats"}, {"crews": "who sails"})
TEXT = "Fishers from Skye marched through Oban on Sunday. Nurses rallied in Leeds on Monday."


class StandIn:
    """A network that takes marches for flotillas, counts nothing else, and knows who sails."""

    def __init__(self, folder, name, columns):
        self.columns = columns

    def scored(self, cut):
        (window,) = cut
        scores = np.full((len(window.pieces), self.columns.count), -5.0, np.float32)
        for n, (start, end) in enumerate(zip(window.starts, window.ends, strict=True)):
            word = TEXT[start:end] if start >= 0 else ""
            if word == "marched":
                scores[n, ACT] = 2.0
                scores[n, self.columns.form.start + 1] = 3.0
            if word == "Fisher":
                scores[n, self.columns.at("crews")] = 1.0
            if word in ("s", "from", "Skye"):
                scores[n, self.columns.at("crews")] = -0.5
        return joined(cut, [scores], self.columns)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(own, "Network", StandIn)
    sheet = OwnModel(BOOK, 0.0, {"crews": 0.0})
    (tmp_path / SHEET).write_bytes(msgspec.json.encode(sheet))
    return tmp_path


def test_records_are_those_that_the_codebook_counts_with_their_form_and_roles(folder):
    coder = EventCoder(tags=False, own=OwnReader(folder))
    coded = coder.code(Article(id="a", text=TEXT, language="en"))
    (record,) = coded.events
    assert record.form == "march"
    assert record.own.codebook == "boats"
    assert record.own.form == "flotilla"
    (words,) = record.own.roles["crews"]
    assert words == "Fishers from Skye"
    ((start, end),) = record.spans["own.crews"]
    assert TEXT[start:end] == words
    assert coded.coder.endswith("codebook boats")


def test_without_a_model_records_say_nothing_of_it():
    coded = EventCoder(tags=False).code(Article(id="a", text=TEXT, language="en"))
    assert len(coded.events) == 2
    assert b'"own"' not in msgspec.json.encode(coded)


def test_a_folder_that_holds_no_model_is_named(tmp_path):
    with pytest.raises(InputError, match="a folder that rallybook train wrote"):
        OwnReader(tmp_path)


def test_a_model_without_its_network_is_named(tmp_path):
    (tmp_path / SHEET).write_bytes(msgspec.json.encode(OwnModel(BOOK, 0.0, {})))
    with pytest.raises(InputError, match=r"reader\.onnx"):
        OwnReader(tmp_path)


def test_the_columns_are_the_codebooks():
    assert columns_of(BOOK).forms == ("walk", "flotilla")
    assert columns_of(BOOK).roles == ("crews",)
