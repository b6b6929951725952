"""Which names of a place are worth keeping."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from rallybook.grounding.gazetteer import fold

# airport and vehicle codes, and transliterations that GeoNames writes in lower case ("mo si ke")
_CODE = re.compile(r"[A-Z0-9]{1,4}")
_OTHER_SCRIPTS_FROM = 15_000
# in English-speaking countries the other names of towns are hamlets and post offices of old ("Licking" for Hanover)
_ENGLISH, _OLD_NAMES_FROM = frozenset(("US", "CA", "GB", "IE", "AU", "NZ")), 100_000


@cache
def common_words() -> frozenset[str]:
    """Give English words that are no place names unless they are a place's own name."""
    lines = (Path(__file__).parent / "tables" / "common_words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def good_names(name: str, others: list[str], population: int, country: str) -> Iterator[str]:
    """Give the other names of a place without codes, transliterations and common English words."""
    own = fold(name)
    for other in others:
        if len(other) < 3 or _CODE.fullmatch(other) or other[0].islower():
            continue
        key = fold(other)
        if key == own or key in common_words() or len(key) < 3:
            continue
        if country in _ENGLISH and population < _OLD_NAMES_FROM and key not in own and own not in key:
            continue
        script = unicodedata.name(other[0], "").split(" ")[0]
        if script in ("LATIN", "CYRILLIC") or population >= _OTHER_SCRIPTS_FROM:
            yield other
