import pytest

from rallybook.linking.headcounts import counted_by
from rallybook.model.record import Record, Size


def counted(text, quote):
    record = Record(
        id="r", form="rally", status="happened", focus="focal", umbrella=False,
        size=Size(text, 300, 300), quote=quote,
    )  # fmt: skip
    return counted_by(record)


@pytest.mark.parametrize(
    ("text", "quote", "by"),
    [
        (
            "about 300 nurses",
            "Police fired tear gas to disperse about 300 nurses, a reporter said.",
            "a reporter",
        ),
        ("300", "Police counted 300 at the gate.", "police"),
        ("300 people", "In Leeds 300 people came, according to the organisers.", "organisers"),
        ("300 by our estimate", "They came.", "journalists"),
        ("300 people", "The coast guard said 300 people stood on the pier.", "The coast guard"),
    ],
)
def test_who_counted_stands_beside_the_number(text, quote, by):
    assert counted(text, quote) == by
