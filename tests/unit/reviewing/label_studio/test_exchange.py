"""Out to Label Studio and back: what people left as it was comes back as it was."""

import json

import msgspec
import pytest
from kept_examples import read
from two_coders import book_of

from rallybook.errors import InputError
from rallybook.model.decision import WHOLE
from rallybook.model.outcome import Failure
from rallybook.model.record import EventDate, EventPlace, Harm, Record, Response, Size
from rallybook.model.values import Range
from rallybook.reviewing.codings import coding_of, codings, told_of
from rallybook.reviewing.label_studio.annotations import codings_in
from rallybook.reviewing.label_studio.exchange import take, tasks
from rallybook.reviewing.label_studio.layout import TELLS, configuration

TEXT = (
    "🎈 Police counted 300 nurses. On Sunday nurses held a rally in Oban 🎈; the union called it. "
    "They want higher pay."
)


def _whole(kept):
    """A record that tells everything, in an article with signs outside the basic plane."""
    article, coded = read("e")
    article = msgspec.structs.replace(article, text=TEXT)
    told = {
        "trigger": "rally", "quote": "On Sunday nurses held a rally in Oban 🎈", "participants": ("nurses",),
        "organisers": ("the union",), "targets": ("Police",), "claims": ("higher pay",),
    }  # fmt: skip
    record = Record(
        id="e-1", form="rally", status="prevented", focus="background", umbrella=True,
        date=EventDate("2024-05-12", "On Sunday"),
        place=EventPlace("Oban", "Oban", "GB", 56.415, -5.472, "city"),
        size=Size("300 nurses", 300, None),
        response=Response(("present", "arrests"), Range(12, 14)), harm=Harm(Range(3, 3), Range(0, 0)),
        confidence={"record": 0.8}, **told,
    )  # fmt: skip
    # the offsets that a coder gives
    (event,) = coding_of(article, [told_of(record, known=False)]).events
    record = msgspec.structs.replace(event, id="e-1", confidence={"record": 0.8})
    kept.keep([(article, msgspec.structs.replace(coded, events=(record,)))])
    kept.link()
    return record


def _annotated(kept, *, by="ann@example.org", **facts):
    """The tasks as Label Studio exports them when somebody submits each prediction as it was."""
    done = []
    for number, task in enumerate(tasks(kept, kept.events()), start=1):
        annotation = {
            "id": number, "completed_by": {"id": 3, "email": by}, "was_cancelled": False,
            "created_at": "2024-06-05T10:00:00.000000Z", "result": task["predictions"][0]["result"],
        }  # fmt: skip
        done.append({"id": number, "data": task["data"], "annotations": [annotation | facts]})
    return done


def _take(kept, tmp_path, done, **options):
    path = tmp_path / "export.json"
    path.write_text(json.dumps(done), encoding="utf-8")
    return take(kept, path, **options)


@pytest.fixture
def exported(kept):
    record = _whole(kept)
    return kept, record


def test_what_goes_out_and_comes_back_unchanged_is_the_same(exported, tmp_path):
    kept, record = exported
    taken = _take(kept, tmp_path, _annotated(kept))
    assert (taken.new, taken.failed) == (4, ())
    back = {one.article: one for one in codings(kept)}
    assert back["e"].by == "ann@example.org"
    (event,) = back["e"].coding.events
    assert told_of(event, known=False) == told_of(record, known=False)
    for article in "acd":
        first = kept.reports_of([f"{article}-1"])[f"{article}-1"].record
        (event,) = back[article].coding.events
        assert (event.form, event.date.edtf, event.place.country) == (
            first.form,
            first.date.edtf,
            first.place.country,
        )


def test_the_same_annotations_again_add_nothing(exported, tmp_path):
    kept, _ = exported
    _take(kept, tmp_path, _annotated(kept))
    before = kept.decisions([WHOLE])
    again = _take(kept, tmp_path, _annotated(kept))
    assert (again.new, again.there) == (0, 4)
    assert kept.decisions([WHOLE]) == before


def test_what_two_annotators_found_alike_becomes_an_event(exported, tmp_path):
    kept, _ = exported
    article, coded = read("f", place="Leeds", day="2024-05-20")
    kept.keep([(article, msgspec.structs.replace(coded, events=()))])
    (_, form), (act, _) = _act(), _act()
    task = {"id": 1, "data": {"article": "f", "text": article.text}}
    one, two = (
        {"id": n, "completed_by": by, "created_at": f"2024-06-0{n}T10:00:00Z", "result": [act, form]}
        for n, by in ((5, 3), (6, 4))
    )
    before = kept.count()
    assert _take(kept, tmp_path, [task | {"annotations": [one]}], blind=True).failed == ()
    assert kept.count() == before
    for _ in range(2):
        _take(kept, tmp_path, [task | {"annotations": [one, two]}], blind=True)
        (name,) = kept.read_in("f")
        assert kept.event(name).records[0].coder == "people"
        assert len([one for one in kept.decisions() if one.kind == "found"]) == 1


def test_regions_have_the_words_at_their_offsets_in_code_points(exported):
    kept, _ = exported
    task = next(one for one in tasks(kept, kept.events()) if one["data"]["article"] == "e")
    for one in task["predictions"][0]["result"]:
        if one["type"] == "labels":
            value = one["value"]
            assert TEXT[value["start"] : value["end"]] == value["text"]
    assert task["predictions"][0]["score"] == 0.8


def test_offsets_in_utf_16_as_older_versions_write_them_are_understood(exported, tmp_path):
    kept, record = exported
    done = [one for one in _annotated(kept) if one["data"]["article"] == "e"]
    for one in done[0]["annotations"][0]["result"]:
        if "value" in one:
            for end in ("start", "end"):
                one["value"][end] = len(TEXT[: one["value"][end]].encode("utf-16-le")) // 2
    assert _take(kept, tmp_path, done).failed == ()
    (event,) = codings(kept)[0].coding.events
    assert told_of(event, known=False) == told_of(record, known=False)


def test_tasks_for_a_blind_coder_say_nothing_of_what_was_read(exported, tmp_path):
    kept, _ = exported
    for task in tasks(kept, kept.events(), blind=True):
        assert task.keys() == {"data"}
        assert task["data"].keys() == {"article", "title", "text", "source", "published"}
    _take(kept, tmp_path, _annotated(kept), by="bob", blind=True)
    assert {(one.by, one.coding.blind) for one in codings(kept)} == {("bob", True)}


def test_an_annotation_without_regions_says_that_there_is_no_event_and_a_skipped_one_nothing(
    exported, tmp_path
):
    kept, _ = exported
    done = _annotated(kept, result=[])
    done[0]["annotations"][0]["was_cancelled"] = True
    assert _take(kept, tmp_path, done).new == 3
    assert {len(one.coding.events) for one in codings(kept)} == {0}


def _act(**change):
    value = {"start": 2, "end": 7, "text": "rally", "labels": ["act"]}
    region = {"id": "r1", "from_name": "words", "to_name": "text", "type": "labels", "value": value}
    form = {
        "id": "r1",
        "from_name": "form",
        "to_name": "text",
        "type": "choices",
        "value": {"choices": ["rally"]},
    }
    return [region | change, form]


def _said(name, value):
    kind, key = ("textarea", "text") if name == "arrests" else ("choices", "choices")
    return {"id": "r1", "from_name": name, "type": kind, "value": {key: [value]}}


def _words(start, end, label, **told):
    return {"value": {"start": start, "end": end, "labels": [label]} | told}


_WRONG = [
    ({"data": {"article": "nobody", "text": ""}}, "task 7: article: received 'nobody'"),
    ({"data": {"text": "x"}}, "data.article: received None, allowed: the id of an article"),
    (
        {"data": {"article": "a", "text": "b"}},
        "data.text: received 'b …', allowed: the text that the book has",
    ),
    ({"completed_by": None}, "completed_by: received None, allowed: who annotated"),
    ({"created_at": "yesterday"}, "updated_at: received 'yesterday', allowed: a moment in ISO 8601"),
    ({"result": [_act()[0]]}, "region r1: form: received 'nothing', allowed: rally, march"),
    (
        {"result": _act(**_words(2, 7, "deed"))},
        "region r1: received ['deed'], allowed: one of the labels act, quote",
    ),
    (
        {"result": _act(**_words(0, 5, "act", text="march"))},
        "region r1: text: received 'march', allowed: the words at its offsets, 'A ral'",
    ),
    ({"result": _act(**_words(800, 805, "act"))}, "start, end: received '800, 805', allowed: up to"),
    (
        {"result": [*_act(), _act(id="r2", **_words(20, 24, "place"))[0]]},
        "region r2: received 'place', allowed: words that are related to the act",
    ),
    ({"result": [_act()[0], _said("form", "dance")]}, "region r1: form: received 'dance', allowed: rally"),
    (
        {"result": [*_act(), _said("arrests", "many")]},
        "region r1: arrests: received 'many', allowed: 500, 500-800",
    ),
    ({"result": [*_act(), _said("mood", "x")]}, "region r1: received 'mood', allowed: what the set-up asks"),
]


@pytest.mark.parametrize(("change", "said"), _WRONG)
def test_what_is_wrong_with_a_task_is_named_and_the_others_go_on(kept, tmp_path, change, said):
    text = kept.article("a").text
    annotation = {"completed_by": 3, "created_at": "2024-06-05T10:00:00Z", "result": _act()}
    task = {"id": 7, "data": {"article": "a", "text": text}}
    good = {"id": 8, "data": {"article": "c", "text": kept.article("c").text}}
    good["annotations"] = [annotation | {"result": []}]
    annotation |= {key: value for key, value in change.items() if key != "data"}
    bad = (
        task | {key: value for key, value in change.items() if key == "data"} | {"annotations": [annotation]}
    )
    taken = _take(kept, tmp_path, [bad, good])
    assert taken.new == 1
    assert said in taken.failed[0].reason
    assert "task 7" in taken.failed[0].reason


@pytest.mark.parametrize("data", [b"{}", b"[1]", b"\xff", b"nonsense"])
def test_a_file_that_is_no_export_is_refused(data):
    with pytest.raises(InputError, match="a list of tasks"):
        list(codings_in(data, lambda name: (None, {})))


def test_the_set_up_asks_for_all_that_a_prediction_tells(exported):
    kept, _ = exported
    asked = configuration()
    results = [one for task in tasks(kept, kept.events()) for one in task["predictions"][0]["result"]]
    told = {one["from_name"] for one in results if "from_name" in one}
    for name in told | {name for tells in TELLS.values() for name in tells}:
        assert f'name="{name}"' in asked


def test_a_taken_down_article_is_a_failure(kept, tmp_path):
    done = _annotated(kept)
    kept.take_down("a", by="ann", why="law")
    taken = _take(kept, tmp_path, done)
    assert [isinstance(one, Failure) for one in taken.failed] == [True]
    assert taken.new == 2


def test_each_article_is_a_task_once(tmp_path):
    kept = book_of(tmp_path / "fresh.db", judged=False)
    assert [task["data"]["article"] for task in tasks(kept, kept.events(), blind=True)] == ["c", "a", "d"]
    kept.close()
