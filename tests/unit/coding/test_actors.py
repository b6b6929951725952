from rallybook.coding.actors import candidates, elsewhere
from rallybook.coding.phrases import words


def read(text: str, trigger: str) -> dict[str, tuple[str, ...]]:
    cut = words(text, 0, len(text))
    at = next(n for n, word in enumerate(cut) if word.lower == trigger)
    return {text[c.start : c.end]: c.marks for c in candidates(cut, range(at, at + 1))}


def test_each_phrase_around_the_trigger_is_a_candidate() -> None:
    found = read("Hundreds of bakers marched against the city government in Lima.", "marched")
    assert set(found) == {"bakers", "the city government", "Lima"}


def test_marks_tell_the_side_the_gap_and_the_kind_of_head() -> None:
    found = read("About 50 nurses marched against the city government.", "marched")
    assert "side=before gap=0 kind=people" in found["nurses"]
    assert "kind=addressees before=against" in found["the city government"]


def test_the_article_is_dropped_before_people_named_by_the_protest_alone() -> None:
    assert "protesters" in read("The protesters marched.", "marched")
    assert "The bakers" in read("The bakers marched.", "marched")


def test_who_leads_is_marked() -> None:
    found = read("Nurses marched in a column led by the Health Union.", "marched")
    assert any(mark.startswith("led=by") for mark in found["the Health Union"])


def test_a_crowd_of_people_is_marked_by_the_people() -> None:
    found = read("A group of angry nurses marched.", "marched")
    assert "kind=crowd of people" in found["A group of angry nurses"]


def test_phrases_of_another_sentence_bear_its_label() -> None:
    text = "Nurses had come from Lima."
    found = elsewhere("before 1", words(text, 0, len(text)), "nobody")
    assert "near before 1 kind=people" in found[0].marks


def test_no_words_give_no_candidates() -> None:
    assert candidates((), range(0, 0)) == []
