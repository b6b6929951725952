import pytest

from rallybook.grounding.sentences import sentences


def words(text):
    return [text[each.start : each.end] for each in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met. They left.", ["They met.", "They left."]),
        ("“We stay!” They left…", ["“We stay!”", "They left…"]),
        ("Mr. Mensah and J. Adu met Gen. Okai at 5 p.m. on Monday.", None),
        ("A headline\n\nThey met", ["A headline", "They met"]),
        ("police fired gas. the crowd, led by mr. das, left. nobody was hurt", 3),
        ("Police fired gas. iPhone owners watched.", 1),
        ("", []),
        (" \n\n ", []),
    ],
)
def test_sentences_are_told(text, expected):
    found = words(text)
    if isinstance(expected, int):
        assert len(found) == expected
    else:
        assert found == ([text] if expected is None else expected)


def test_paragraphs_and_sentences_are_numbered():
    found = sentences("They met. They left.\n\nIt rained.")
    assert [(each.paragraph, each.number) for each in found] == [(0, 0), (0, 1), (1, 2)]


@pytest.mark.parametrize("piece", ["march ", "marchers", "a  ", "é"])
def test_no_sentence_is_longer_than_prose_has_them(piece):
    text = piece * (20_000 // len(piece))
    found = sentences(text)
    assert max(each.end - each.start for each in found) <= 2_000
    assert "".join(words(text)).replace(" ", "") == text.replace(" ", "")
