import time

import msgspec
import pytest

from rallybook.api import code
from rallybook.coding.act_counts import ActCount
from rallybook.coding.measures import counted, measured, measures_of
from rallybook.coding.weighing import COUNTED
from rallybook.model.mention import HeadCount, ResponseMention
from rallybook.model.record import Record
from rallybook.model.values import Range


def read(text: str) -> list[Record]:
    return code(text, published="2024-03-05")


def sizes(text: str) -> dict[str, tuple[int | None, int | None]]:
    return {record.place.name: (record.size.low, record.size.high) for record in read(text)}


def test_the_head_count_of_an_act_is_told_in_its_sentence() -> None:
    assert sizes("About 400 bakers marched through Lima on Monday against the flour tax.") == {
        "Lima": (400, 400)
    }


def test_each_of_two_acts_has_the_head_count_told_with_it() -> None:
    text = "About 400 bakers marched in Lima on Monday. In Cusco, about 60 people joined a sit-in on Sunday."
    assert sizes(text) == {"Lima": (400, 400), "Cusco": (60, 60)}


def test_a_head_count_may_be_told_in_the_next_sentence() -> None:
    text = "Bakers marched through Lima on Monday against the flour tax. Police counted 700 people."
    assert sizes(text) == {"Lima": (700, 700)}


def test_two_estimates_give_the_range() -> None:
    text = "Bakers marched through Lima on Monday. Police put the crowd at 300 people, while organisers claimed 900."
    assert sizes(text) == {"Lima": (300, 900)}


def test_arrests_of_the_next_sentence_belong_to_the_act() -> None:
    text = "Bakers marched through Lima on Monday and threw stones. Police fired tear gas and arrested 12 people."
    record = read(text)[0]
    assert {"force", "arrests"} <= set(record.response.actions)
    assert (record.response.arrests.low, record.response.arrests.high) == (12, 12)


def test_every_value_has_the_words_that_prove_it() -> None:
    text = "Bakers marched through Lima on Monday and threw stones. Police fired tear gas and arrested 12 people."
    for record in read(text):
        if record.response.actions:
            assert record.spans["response.actions"]
        assert all(0 <= start < end <= len(text) for spans in record.spans.values() for start, end in spans)


def test_what_a_mention_may_tell_follows_from_its_action() -> None:
    head = HeadCount(start=0, end=2, text="40", count=Range(40, 40))
    assert measures_of(head) == ("size",)
    held = ResponseMention(start=0, end=4, text="held", action="arrests")
    assert measures_of(held) == ("response",)
    counted = ResponseMention(start=0, end=7, text="12 held", action="arrests", count=Range(12, 12))
    assert measures_of(counted) == ("response", "arrests")


@pytest.mark.parametrize("name", ["injured", "killed"])
def test_several_casualty_counts_give_the_range(name: str) -> None:
    few = ResponseMention(start=0, end=1, text="3", action=name, count=Range(3, 3))
    more = ResponseMention(start=5, end=6, text="5", action=name, count=Range(5, 5))
    assert counted({name: [(1.0, few), (0.5, more)]})[name].many == Range(3, 5)


def test_of_several_head_counts_the_likeliest_is_taken() -> None:
    low = HeadCount(start=0, end=2, text="40", count=Range(40, 40))
    high = HeadCount(start=9, end=12, text="700", count=Range(700, 700))
    found = counted({"size": [(0.2, low), (1.5, high)]})
    assert found["size"] == ActCount(Range(700, 700), ((9, 12),))


ARRESTED = ResponseMention(start=0, end=7, text="12 held", action="arrests", count=Range(12, 12))
NOTHING = {name: ActCount(Range()) for name in COUNTED}


@pytest.mark.parametrize(
    ("many", "actions"),
    [(Range(12, 12), ("arrests",)), (Range(0, 0), ()), (Range(), ())],
)
def test_an_act_has_arrests_where_it_has_a_number_of_them(many: Range, actions: tuple[str, ...]) -> None:
    counts = NOTHING | {"arrests": ActCount(many, ((0, 7),))}
    assert measured({"response": [(1.0, ARRESTED)]}, counts).actions == actions


def test_arrests_without_a_number_stay_arrests() -> None:
    held = msgspec.structs.replace(ARRESTED, count=Range())
    assert measured({"response": [(1.0, held)]}, NOTHING).actions == ("arrests",)


def test_a_number_of_arrests_proves_them() -> None:
    counts = NOTHING | {"arrests": ActCount(Range(12, 12), ((3, 5),))}
    found = measured({}, counts)
    assert (found.actions, found.proof["response.actions"]) == (("arrests",), ((3, 5),))


def test_thousands_of_counts_and_acts_take_no_longer() -> None:
    text = "About 40 bakers marched in Lima on Monday. Police arrested 3 people. " * 300
    started = time.perf_counter()
    read(text)
    assert time.perf_counter() - started < 20
