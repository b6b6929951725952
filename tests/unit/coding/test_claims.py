import time

from rallybook.coding.claims import claims_around, claims_elsewhere


def around(text: str, trigger: str) -> list[str]:
    at = text.index(trigger)
    found = claims_around(text, (0, len(text)), (at, at + len(trigger)))
    return [text[c.start : c.end] for c in found]


def elsewhere(text: str) -> list[str]:
    return [text[c.start : c.end] for c in claims_elsewhere(text, (0, len(text)), "next 1")]


def test_what_they_are_against_is_a_candidate_with_its_cue() -> None:
    assert "against the sale of the harbour" in around(
        "Dockers marched against the sale of the harbour.", "marched"
    )


def test_a_demand_ends_at_the_comma() -> None:
    assert "demanding cheaper bread" in around(
        "Bakers struck, demanding cheaper bread, and went home.", "struck"
    )


def test_the_day_does_not_belong_to_the_claim() -> None:
    assert "over low pay" in around("Bakers walked out over low pay on Monday.", "walked out")


def test_further_members_of_a_list_are_candidates() -> None:
    found = around("Bakers marched against late shifts, the new oven and the mayor.", "marched")
    assert "against late shifts" in found
    assert any(claim.startswith("the new oven") for claim in found)


def test_a_stance_before_the_trigger_is_a_candidate() -> None:
    assert "anti-tax" in around("An anti-tax rally filled the yard.", "rally")


def test_a_slogan_is_given_without_its_quotation_marks() -> None:
    assert "Bread for all" in elsewhere("They chanted “Bread for all!” until dusk.".replace("all!", "all"))


def test_a_claim_has_at_most_fifteen_words() -> None:
    text = "Bakers marched against " + " ".join(f"word{n}" for n in range(40)) + "."
    assert all(len(claim.split()) <= 16 for claim in around(text, "marched"))


def test_a_sentence_without_cues_gives_nothing() -> None:
    assert elsewhere("It rained all day.") == []


def test_reading_a_very_long_sentence_takes_no_longer() -> None:
    text = "Bakers marched against taxes " + "and to demand bread, over pay " * 100_000
    started = time.perf_counter()
    around(text, "marched")
    elsewhere(text)
    assert time.perf_counter() - started < 2
