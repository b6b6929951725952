import json

import pytest

from rallybook.model.record import FORMS, STATUSES
from rallybook.training.rows import rows
from rallybook.training.wire import CNC, EVENT_PLACE, GMB, PAPERS, WIRE, unlabelled, wire_rows


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
    (tmp_path / "relevance").mkdir()
    sentences = {
        "train_02_10_7": "They walked home .",
        "train_02_9_4": "02nd March 2015 03:39 AM KOCHI : The dockers ’ union and Kochi ’ s bakers “ sat ” down .",
        "dev_02_1_9": "Rain fell .",
        "train_02_9_5": "Dockers Sit Down",
    }
    for part in ("train", "dev"):
        (tmp_path / "relevance" / f"cnc_{part}_subtask1.jsonl").write_text(
            "\n".join(
                json.dumps({"id": f"train{name.removeprefix(part)}", "text": text})
                for name, text in sentences.items()
                if name.startswith(part)
            )
        )
    return tmp_path


def test_a_text_is_put_together_and_its_offsets_are_words(sets):
    first, second = wire_rows(sets, sets / "wire.jsonl")
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


def test_sentences_without_order_stand_as_in_their_article_and_a_headline_by_itself(sets):
    path = sets / "papers.jsonl"
    path.write_text(
        json.dumps({"id": "p", "set": CNC, "rows": [0, 3], "published": "2015-03-02", "events": []})
    )
    (row,) = wire_rows(sets, path)
    assert row["published"] == "2015-03-02"
    assert row["text"] == (
        "Rain fell. Dockers Sit Down\n\n02nd March 2015 03:39 AM KOCHI: The dockers’ union and Kochi’s bakers “sat” "
        "down. They walked home."
    )


def test_what_is_labelled_is_not_given_as_other_news(sets):
    assert unlabelled(sets, GMB) == ["It rained."]
    assert unlabelled(sets, EVENT_PLACE) == ["Snow fell."]


@pytest.mark.parametrize("path", [WIRE, PAPERS])
def test_the_labels_that_the_project_publishes_keep_to_the_codebook(path):
    for row in rows(path):
        first, last = row["rows"]
        assert first <= last, row["id"]
        for event in row["events"]:
            assert event["form"] in FORMS, row["id"]
            assert event["status"] in STATUSES, row["id"]
            start, end = event["quote"]
            assert start <= event["trigger"][0] < event["trigger"][1] <= end, row["id"]


@pytest.mark.parametrize("path", [WIRE, PAPERS])
def test_the_labels_hold_no_text(path):
    allowed = {"name", "country", "precision", "edtf", "form", "status", "focus", "id"}
    for row in rows(path):
        for event in row["events"]:
            told = [event, event["date"], event["place"], event["size"]]
            assert all(
                key in allowed for part in told for key, value in part.items() if isinstance(value, str)
            )
