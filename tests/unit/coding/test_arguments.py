import time

from hypothesis import given
from hypothesis import strategies as st

from rallybook.coding.arguments import Arguments, actors_of, arguments
from rallybook.coding.weighing import weight


def read(text: str, trigger: str) -> dict[str, list[str]]:
    at = text.index(trigger)
    end = text.find(". ", at) + 1 or len(text)
    start = text.rfind(". ", 0, at) + 2 if ". " in text[:at] else 0
    got = arguments(text, (start, end), (at, at + len(trigger)))
    return {
        name: [text[a:b] for a, b in getattr(got, name)]
        for name in ("participants", "organisers", "targets", "claims")
    }


def test_the_subject_of_the_trigger_took_part() -> None:
    assert read("Hundreds of bakers marched through Lima on Monday.", "marched")["participants"] == ["bakers"]


def test_those_by_whom_it_was_held_took_part() -> None:
    assert read("The city saw a protest by teachers on Friday.", "protest")["participants"] == ["teachers"]


def test_of_the_sentence_before_people_weigh_most() -> None:
    text = "Hundreds of nurses protested in Lima on Monday. They marched to the ministry."
    at = text.index("marched")
    found = actors_of(text, (text.index("They"), len(text)), (at, at + 7))
    best = max(found, key=lambda candidate: weight(candidate.marks, "participants"))
    assert text[best.start : best.end] == "nurses"


def test_who_called_for_it_organised_it() -> None:
    got = read("The strike was called by the Bakers Union on Monday.", "strike")
    assert got["organisers"] == ["the Bakers Union"]


def test_a_claim_is_read_with_its_cue() -> None:
    got = read("Hundreds of bakers protested against the flour tax in Lima.", "protested")
    assert any("against the flour tax" in claim for claim in got["claims"])


def test_a_trigger_outside_the_sentence_gives_no_one() -> None:
    assert arguments("It rained. They marched.", (0, 10), (16, 23)).participants == ()


def test_reading_one_of_very_many_sentences_takes_no_longer() -> None:
    text = "Bakers marched against taxes. " * 20_000
    arguments(text, (0, 29), (7, 14))
    started = time.perf_counter()
    for n in range(200):
        arguments(text, (n * 30, n * 30 + 29), (n * 30 + 7, n * 30 + 14))
    assert time.perf_counter() - started < 5


@given(st.text(max_size=60), st.text(max_size=60))
def test_positions_are_stretches_of_the_text(before: str, after: str) -> None:
    text = f"{before} marched {after}"
    at = len(before) + 1
    got = arguments(text, (0, len(text)), (at, at + 7))
    assert isinstance(got, Arguments)
    for found in (got.participants, got.organisers, got.targets, got.claims):
        assert all(0 <= start < end <= len(text) for start, end in found)
