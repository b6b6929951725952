import pytest

from rallybook.coding.status import fitting


@pytest.mark.parametrize(
    ("sentence", "words", "status"),
    [
        ("Dockers kept up their blockade of the quay on Friday.", "blockade", None),
        ("Police kept the marchers from their sit-in at the gate.", "sit-in", "prevented"),
        ("Police broke up a gathering near the square.", "gathering", None),
        ("Police prevented a gathering near the square.", "gathering", "prevented"),
        (
            "The front had called a general strike for Thursday, and it was widely observed.",
            "strike",
            "happened",
        ),
        ("The front has called for a general strike on Thursday.", "strike", "planned"),
        ("A torchlit march was put back because of the storm.", "march", "cancelled"),
        ("The march was called off on Friday.", "march", "cancelled"),
    ],
)
def test_words_around_an_act_tell_its_status(sentence: str, words: str, status: str | None) -> None:
    start = sentence.index(words)
    told = fitting(sentence, (start, start + len(words)))
    assert next(iter(told), None) == status
