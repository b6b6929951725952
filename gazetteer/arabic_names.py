"""Other spellings of Arabic names in Latin letters: the article and the ending vary from paper to paper.

GeoNames holds some for each town, never all: "Dayr al Balaḩ" and "Deir el-Balah", not "Deir al-Balah".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from names import common_words

from rallybook.grounding.gazetteer import fold

_COUNTRIES = frozenset("AE BH DZ EG EH IQ JO KW LB LY MA MR OM PS QA SA SD SY TN YE".split())
# of smaller places no paper's other spelling is likely, and each more name makes strangers of more words
_FROM = 5_000
# the article, as it is said before each letter, and French and English ways to write it
_ARTICLES = frozenset("al el ad ed ar er as es ash esh ach ech at et az ez an en ul".split())
_WRITTEN = ("al", "el")
# how else the end of a name is written, the longest first
_ENDINGS = {
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


def spellings(names: Iterable[str], country: str, population: int) -> list[str]:
    """Give the other spellings of a town with these names, in small letters, none that is among them.

    Of small towns and of those where Arabic is not spoken there are none.
    """
    if country not in _COUNTRIES or population < _FROM:
        return []
    keys = {key for name in names if (key := fold(name)).isascii() and key}
    return sorted({other for key in keys for other in _others(key.split())} - keys - common_words())


def _others(words: list[str]) -> Iterator[str]:
    for last in (words[-1], *_endings(words[-1])):
        told = [*words[:-1], last]
        led = told[0] in _ARTICLES and len(told) > 1
        for bare in _with_articles(told[1:] if led else told):
            yield bare
            if led:
                yield from (f"{article} {bare}" for article in _WRITTEN)


def _with_articles(words: list[str]) -> Iterator[str]:
    """Give a name with each way to write the articles inside it, none where it is too short to stand on its own."""
    inside = {n for n, word in enumerate(words) if n and word in _ARTICLES}
    if len(" ".join(words)) >= _SHORTEST:
        for article in _WRITTEN if inside else _WRITTEN[:1]:
            yield " ".join(article if n in inside else word for n, word in enumerate(words))


def _endings(word: str) -> tuple[str, ...]:
    ending = next((each for each in _ENDINGS if word.endswith(each) and len(word) > len(each) + 2), "")
    return tuple(word[: len(word) - len(ending)] + other for other in _ENDINGS.get(ending, ()))
