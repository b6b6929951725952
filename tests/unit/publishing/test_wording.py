import pytest

from rallybook.model.record import EventPlace, Harm, Response
from rallybook.model.values import Range
from rallybook.publishing.wording import dates, harm, number, place, printable, response


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2024-05-12", "2024-05-12"),
        ("", ""),
        ("2024-05-12/2024-05-14", "2024-05-12/14"),
        ("2024-05-12/2024-06-01~", "2024-05-12/06-01~"),
        ("2023-12-30/2024-01-02", "2023-12-30 / 2024-01-02"),
        ("2024-05/2024-06", "2024-05 / 2024-06"),
        ("2024-05-12/2024-21", "2024-05-12 / 2024-21"),
        ("2024-05-12/..", "since 2024-05-12"),
        ("../2024-05-12", "until 2024-05-12"),
    ],
)
def test_a_date_is_worded(edtf, words):
    assert dates(edtf) == words


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (None, None, ""),
        (500, 500, "500"),
        (100, None, "100+"),
        (None, 300, "up to 300"),
        (2000, 9999, "2,000–9,999"),
    ],
)
def test_a_range_is_worded(low, high, words):
    assert number(low, high) == words


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (EventPlace("in Oban", "Oban", "GB", 56.4, -5.4, "city"), "Oban, GB"),
        (EventPlace("the pier", "Oban", "GB", 56.4, -5.4, "site"), "Oban, GB"),
        (EventPlace("Peru", "Peru", "PE", -10.0, -76.0, "country"), "Peru"),
        (EventPlace("the old mill"), "the old mill"),
    ],
)
def test_a_place_is_worded(found, words):
    assert place(found) == words


@pytest.mark.parametrize(
    ("done", "words"),
    [
        (Response(), ""),
        (Response(("none",)), "none"),
        (Response(("none",), Range(0, 0)), "no arrests"),
        (Response(("none",), Range(0, None)), "no mass arrests"),
        (Response(("present", "none"), Range(0, 0)), "present, no arrests"),
        (Response(("force", "arrests"), Range(30, 30)), "force, arrests 30"),
        (Response(("arrests",)), "arrests"),
    ],
)
def test_a_response_is_worded(done, words):
    assert response(done) == words


def test_harm_is_worded():
    assert harm(Harm(injured=Range(3, 3), killed=Range(None, 2))) == "killed up to 2, injured 3"
    assert harm(Harm()) == ""


def test_what_is_printed_is_one_line_without_controls():
    assert printable("a\n\tb\x1b[31m \u202ec") == "a b [31m c"
