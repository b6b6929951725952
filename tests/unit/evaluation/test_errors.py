from labelled_examples import LONDON, record

from rallybook.evaluation.errors import causes, described, errors, in_context, summary, texts
from rallybook.evaluation.records_score import matches

_GOLD = {"a": (record(), record(at=LONDON), record(day="2020-01-01"))}
_PREDICTED = {"a": (record(form="boycott", status="planned"), record(at=LONDON), record(day="2010-01-01"))}


def _found():
    return matches(_GOLD, _PREDICTED)


def test_errors_are_counted_by_cause():
    assert summary(_found()) == {"form": 1, "status": 1, "missed": 1, "invented": 1}


def test_a_right_record_has_no_cause():
    assert [causes(match) for match in matches(_GOLD, _GOLD)[0]] == [(), (), ()]


def test_one_cause_can_be_picked_out():
    assert [causes(match) for match in errors(_found(), "status")] == [("status", "form")]
    assert len(list(errors(_found()))) == 3


def test_an_error_shows_both_sides_and_marks_what_differs():
    lines = described(next(errors(_found(), "form")), {}).split("\n")
    assert lines[0] == "status, form  ·  a"
    form = next(line for line in lines[2:] if " form " in line)
    assert form.split() == ["≠", "form", "march", "boycott"]
    date = next(line for line in lines if " date " in line)
    assert date.split() == ["date", "2024-05-12", "2024-05-12"]


def test_a_missed_record_has_one_side():
    lines = described(next(errors(_found(), "missed")), {}).split("\n")
    assert [line.split() for line in lines if " form " in line] == [["form", "march"]]
    assert lines[-1] == "  gold: “They marched along the pier on Sunday.”"


def test_the_words_are_shown_in_their_context():
    text = "Rain fell. They marched along the pier on Sunday. Then they went home."
    assert in_context(record(), text) == (
        "…Rain fell. [They marched along the pier on Sunday.] Then they went home.…"
    )


def test_a_long_quote_is_shortened_around_its_trigger():
    long = record(quote="Rain fell. " * 60 + "They marched." + " Sun shone." * 60, trigger="marched")
    shown = in_context(long, "")
    assert "They marched." in shown
    assert len(shown) < 310


def test_the_texts_of_a_file_are_found_by_id(tmp_path):
    path = tmp_path / "articles.jsonl"
    path.write_text('{"id": 1, "text": "one"}\nnope\n{"id": "b"}\n')
    assert texts(path) == {"1": "one", "b": ""}


def test_a_quote_that_both_sides_have_is_shown_once():
    lines = described(next(errors(_found(), "form")), {}).split("\n")
    assert lines[-1] == "  both: “They marched along the pier on Sunday.”"
    assert not any(line.startswith(("  gold:", "  predicted:")) for line in lines)
