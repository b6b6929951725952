"""Names in the words that a reader takes for a place, as labels mark them."""

import pytest

from rallybook.training.named_runs import named_runs


@pytest.mark.parametrize(
    ("text", "read", "marked"),
    [
        ("They marched in Zhejiang province.", ["Zhejiang province"], {"Zhejiang"}),
        ("They marched in the Mansour District.", ["Mansour"], {"Mansour District"}),
        ("A raid in eastern Ghouta", ["eastern Ghouta"], {"Ghouta"}),
        ("Warships in the Gulf of Aden", ["Gulf", "Aden"], {"Gulf of Aden"}),
        ("Clashes in Tal - Afar", ["Tal", "Afar"], {"Tal - Afar"}),
        ("Shots in Homs and in Hama", ["Homs", "Hama"], {"Homs", "Hama"}),
        ("Shots near al-Bared", ["al-Bared"], {"al-Bared"}),
        ("They met in the market", ["market"], {"market"}),
        ("They met in Homs Monday", ["Homs"], {"Homs"}),
    ],
)
def test_names_are_cut_as_labels_mark_them(text: str, read: list[str], marked: set[str]) -> None:
    runs = [(text.index(words), text.index(words) + len(words)) for words in read]
    assert {text[a:b] for a, b in named_runs(text, runs)} == marked


def test_no_words_have_no_names() -> None:
    assert named_runs("Nothing.", []) == set()
