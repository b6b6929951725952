import pytest
from fake_linker import FakeLinker

from rallybook.book.store import SqliteBook

DECISIONS = "/api/v1/decisions"


@pytest.fixture
def coder(as_role):
    return as_role("coder")


def _events(asking, query):
    return asking.get(f"/api/v1/events?{query}").json()["events"]


def _decide(asking, **told):
    answer = asking.post(DECISIONS, json=told)
    assert answer.status_code == 201, answer.text
    return [decision["id"] for decision in answer.json()["decisions"]]


def _undo(asking, ids):
    return asking.post(f"{DECISIONS}/undo", json={"ids": ids})


def test_a_correction_shows_at_once_and_can_be_taken_back(coder):
    made = _decide(coder, kind="correct", names=["d-1"], field="form", value="march")
    assert _events(coder, "country=RU")[0]["form"] == "march"
    assert _undo(coder, made).status_code == 201
    assert _events(coder, "country=RU")[0]["form"] == "rally"


def test_the_second_correction_taken_back_leaves_the_first(coder):
    _decide(coder, kind="correct", names=["d-1"], field="form", value="march")
    second = _decide(coder, kind="correct", names=["d-1"], field="form", value="vigil")
    _undo(coder, second)
    assert _events(coder, "country=RU")[0]["form"] == "march"


def test_what_was_joined_is_parted_again(coder):
    before = _events(coder, "country=GB")
    made = _decide(coder, kind="same", names=[event["id"] for event in before])
    assert len(_events(coder, "country=GB")) == 1
    assert _undo(coder, made).status_code == 201
    after = _events(coder, "country=GB")
    assert [[told["record"] for told in event["records"]] for event in after] == [
        [told["record"] for told in event["records"]] for event in before
    ]


def test_what_was_parted_is_joined_again(coder):
    made = _decide(coder, kind="different", names=["a-1", "b-1"])
    assert len(_events(coder, "near=56.415,-5.472,5")) == 2
    assert _undo(coder, made).status_code == 201
    assert len(_events(coder, "near=56.415,-5.472,5")) == 1


def test_what_was_rejected_is_there_again(coder):
    made = _decide(coder, kind="reject", names=["d-1"], why="a football match")
    _undo(coder, made)
    last = coder.get(DECISIONS).json()["decisions"][0]
    assert (last["kind"], last["records"]) == ("restore", ["d-1"])


def test_a_coder_takes_back_own_decisions_and_an_adjudicator_any(coder, as_role):
    theirs = _decide(as_role("admin"), kind="reject", names=["d-1"])
    answer = _undo(coder, theirs)
    assert (answer.status_code, answer.json()["received"]) == (403, theirs[0])
    assert _undo(as_role("adjudicator"), theirs).status_code == 201


def test_what_changed_nothing_cannot_be_taken_back(coder):
    made = _decide(coder, kind="same", names=["a-1", "b-1"])
    answer = _undo(coder, made)
    assert (answer.status_code, answer.json()["parameter"]) == (400, "decision")


@pytest.mark.parametrize(
    ("told", "parameter"),
    [
        ({"kind": "correct", "names": ["d-1"], "field": "colour", "value": "red"}, "field"),
        ({"kind": "correct", "names": ["d-1"], "field": "form", "value": "dance"}, "form"),
        ({"kind": "same", "names": ["d-1"]}, "decision same"),
        ({"kind": "reject", "names": ["nobody"]}, "event"),
    ],
)
def test_a_judgement_that_cannot_be_is_refused_with_what_is_allowed(coder, told, parameter):
    answer = coder.post(DECISIONS, json=told)
    assert answer.status_code == 400
    assert answer.json()["parameter"] == parameter
    assert answer.json()["allowed"]


def test_decisions_come_in_pages_the_newest_first(coder):
    _decide(coder, kind="reject", names=["a-1"])
    url, kinds = f"{DECISIONS}?limit=3", []
    while url:
        page = coder.get(url).json()
        kinds += [decision["kind"] for decision in page["decisions"]]
        url = page["next"]
    assert kinds == ["reject", "restore", "reject", "correct"]


def test_decisions_of_a_record(coder):
    told = coder.get(f"{DECISIONS}?record=c-1").json()["decisions"]
    assert [(one["kind"], one["field"], one["value"]) for one in told] == [("correct", "form", "vigil")]


def test_a_decision_outlives_the_server_that_kept_it(coder, book):
    (made,) = _decide(coder, kind="reject", names=["d-1"])
    kept = SqliteBook(book, FakeLinker())
    assert made in {decision.id for decision in kept.decisions()}
    kept.close()
