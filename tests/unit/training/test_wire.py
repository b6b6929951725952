import json

import pytest

from rallybook.model.record import FORMS, STATUSES
from rallybook.training.rows import rows
from rallybook.training.wire import EVENT_PLACE, GMB, WIRE, unlabelled, wire_rows


@pytest.fixture
def sets(tmp_path, monkeypatch):
    """Give a folder with two small sets and labels for some of their rows."""
    tokens = [
        ["Bakers", "marched", "in", "Lima", "(", "Peru", ")", ",", "crying", '"', "No", "tax", '"', "."],
        ["They", "did", "n't", "stop", "at", "the", "union", "'s", "door", "."],
        ["It", "rained", "."],
    ]
    (tmp_path / "ner").mkdir()
    (tmp_path / "ner" / "gmb.jsonl").write_text("\n".join(json.dumps({"tokens": row}) for row in tokens))
    (tmp_path / "event_place").mkdir()
    texts = [" Nurses struck in Riga. ", "Nurses struck in Riga.", "Snow fell."]
    (tmp_path / "event_place" / "event_place.jsonl").write_text(
        "\n".join(json.dumps({"text": text}) for text in texts)
    )
    event = {
        "form": "march", "status": "happened", "focus": "focal", "umbrella": False, "id": "e1",
        "date": {"edtf": "", "text": None}, "place": {"text": [18, 22], "name": "Lima"},
        "size": {"text": None, "low": None, "high": None}, "participants": [[0, 6]], "organisers": [],
        "targets": [], "claims": [[39, 45]], "trigger": [7, 14], "quote": [0, 22],
    }  # fmt: skip
    labels = [
        {"id": "a", "set": GMB, "rows": [0, 1], "events": [event]},
        {"id": "b", "set": EVENT_PLACE, "rows": [0, 0], "events": []},
    ]
    path = tmp_path / "wire.jsonl"
    path.write_text("\n".join(map(json.dumps, labels)))
    monkeypatch.setattr("rallybook.training.wire.WIRE", path)
    return tmp_path


def test_a_text_is_put_together_and_its_offsets_are_words(sets):
    first, second = wire_rows(sets)
    assert first["text"] == (
        "Bakers marched in Lima (Peru), crying \"No tax\". They didn't stop at the union's door."
    )
    event = first["events"][0]
    assert (event["trigger"], event["quote"]) == ("marched", "Bakers marched in Lima")
    assert (event["place"]["text"], event["participants"], event["claims"]) == (
        "Lima",
        ["Bakers"],
        ["No tax"],
    )
    assert second["text"] == "Nurses struck in Riga."


def test_what_is_labelled_is_not_given_as_other_news(sets):
    assert unlabelled(sets, GMB) == ["It rained."]
    assert unlabelled(sets, EVENT_PLACE) == ["Snow fell."]


def test_the_labels_that_the_project_publishes_keep_to_the_codebook():
    for row in rows(WIRE):
        first, last = row["rows"]
        assert first <= last, row["id"]
        for event in row["events"]:
            assert event["form"] in FORMS, row["id"]
            assert event["status"] in STATUSES, row["id"]
            start, end = event["quote"]
            assert start <= event["trigger"][0] < event["trigger"][1] <= end, row["id"]


def test_the_labels_hold_no_text():
    allowed = {"name", "country", "precision", "edtf", "form", "status", "focus", "id"}
    for row in rows(WIRE):
        for event in row["events"]:
            told = [event, event["date"], event["place"], event["size"]]
            assert all(
                key in allowed for part in told for key, value in part.items() if isinstance(value, str)
            )
