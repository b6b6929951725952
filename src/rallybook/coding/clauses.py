"""How far apart two mentions of one sentence are, in clauses rather than in characters."""

from __future__ import annotations

import re
from functools import lru_cache

# What separates two clauses, with its weight; chosen on the training articles by the share of triggers whose
# nearest place and day are the coders'.
_BREAKS: tuple[tuple[float, str], ...] = (
    (3.0, r"[;:()\n]|\s[–—-]{1,2}\s|--"),
    (
        2.0,
        r",?\s(?:while|whereas|although|though|but|after|before|when|as|because|since|unless|if|unlike|than)\s",
    ),
    (1.5, r",\s(?:and|or|where|which|who|whose)\s|\s(?:which|who|whose|where|that)\s"),
    (1.0, r","),
    (0.5, r"\s(?:and|or)\s"),
)
_BREAK = re.compile("|".join(f"({pattern})" for _, pattern in _BREAKS), re.IGNORECASE)
_PER_CHARACTER = 0.012  # 80 characters weigh about as much as a comma


@lru_cache(maxsize=256)
def _breaks(text: str) -> tuple[tuple[int, float], ...]:
    return tuple((m.start(), _BREAKS[(m.lastindex or 1) - 1][0]) for m in _BREAK.finditer(text))


def distance(sentence: str, first: tuple[int, int], second: tuple[int, int]) -> float:
    """Give how far two stretches of a sentence lie apart: clause breaks between them, and a little length."""
    left, right = sorted((first, second))
    if left[1] >= right[0]:
        return 0.0
    between = sum(weight for at, weight in _breaks(sentence) if left[1] <= at < right[0])
    return between + (right[0] - left[1]) * _PER_CHARACTER
