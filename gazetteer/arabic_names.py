"""Other spellings of Arabic names in Latin letters: the article and the ending vary from paper to paper.

GeoNames holds some for each town, never all: "Dayr al Balaḩ" and "Deir el-Balah", not "Deir al-Balah".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from names import common_words

from rallybook.grounding.gazetteer import fold

COUNTRIES = frozenset(
    (
        "AE",
        "BH",
        "DZ",
        "EG",
        "EH",
        "IQ",
        "JO",
        "KW",
        "LB",
        "LY",
        "MA",
        "MR",
        "OM",
        "PS",
        "QA",
        "SA",
        "SD",
        "SY",
        "TN",
        "YE",
    )
)
# beyond that no paper's other spelling is likely, and each more names makes strangers of more names
FROM = 5_000
# the article, as it is said before each letter, and French and English ways to write it
_ARTICLES = frozenset(
    (
        "al",
        "el",
        "ad",
        "ed",
        "ar",
        "er",
        "as",
        "es",
        "ash",
        "esh",
        "ach",
        "ech",
        "at",
        "et",
        "az",
        "ez",
        "an",
        "en",
        "ul",
    )
)
_WRITTEN = ("al", "el")
# one name, by its last letters; the longest first
_ENDINGS = ("iyyah", "iyya", "iyah", "iyeh", "iya", "ieh", "ah", "eh", "a")
_LIKE = {
    "iyyah": ("iya", "iyah"),
    "iyya": ("iya", "iyah"),
    "iyah": ("iya", "iyah"),
    "iyeh": ("iya", "iyah"),
    "iya": ("iyah",),
    "ieh": ("iya", "iyah"),
    "ah": ("a", "eh"),
    "eh": ("a", "ah"),
    "a": ("ah",),
}
# a name that loses its article must stand on its own
_SHORTEST = 5


def spellings(names: Iterable[str]) -> list[str]:
    """Give the other spellings of a place with these names, in small letters, none that is among them."""
    keys = {key for name in names if (key := fold(name)).isascii() and key}
    return sorted({other for key in keys for other in _others(key.split())} - keys - common_words())


def _others(words: list[str]) -> Iterator[str]:
    for last in (words[-1], *_endings(words[-1])):
        told = [*words[:-1], last]
        bare = told[1:] if told[0] in _ARTICLES and len(told) > 1 else told
        yield from _with_articles(bare, inner=True)
        if len(words) > len(bare):
            for article in _WRITTEN:
                yield from (f"{article} {rest}" for rest in _with_articles(bare, inner=True))


def _with_articles(words: list[str], *, inner: bool) -> Iterator[str]:
    at = [n for n, word in enumerate(words) if n and word in _ARTICLES] if inner else []
    if len(" ".join(words)) < _SHORTEST:
        return
    if not at:
        yield " ".join(words)
        return
    for article in _WRITTEN:
        yield " ".join(article if n in at else word for n, word in enumerate(words))


def _endings(word: str) -> tuple[str, ...]:
    ending = next((each for each in _ENDINGS if word.endswith(each) and len(word) > len(each) + 2), "")
    return tuple(word[: len(word) - len(ending)] + other for other in _LIKE.get(ending, ()))
