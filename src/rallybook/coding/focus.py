"""Whether the article reports an act as its news, or recalls it."""

from __future__ import annotations

import datetime as dt
import re

from rallybook.model.edtf import bounds
from rallybook.model.record import Focus

# An act that ended longer ago than this is history: on the training articles 84 % of the happened acts that
# ended within 14 days are focal, and 14 % of the older ones.
_NEWS_DAYS = 14
_RECALLS = re.compile(
    r"\b(?:(?:in|over|for|during|after|of) (?:the )?(?:recent|past|last|previous|preceding) "
    r"(?:few |several |two |three |four |five |six )?(?:days|weeks|months|years|decades?)|"
    r"(?:last|the previous) (?:year|month|spring|summer|autumn|fall|winter)|(?:months|weeks|years|decades|a wave|"
    r"series|spate) of|years? ago|months? ago|since (?:last )?(?:january|february|march|april|may|june|july|august|"
    r"september|october|november|december|\d{4})|anniversary|in the wake of|unlike|reminiscent|"
    r"similar \w+ (?:in|had|have)|history|historic|infamous|earlier this year)\b",
    re.IGNORECASE,
)


def focus_of(sentences: tuple[str, ...], edtf: str, published: dt.date | None) -> Focus:
    """Give the focus of an act told in `sentences` and dated `edtf`."""
    span = bounds(edtf)
    if span and published and (span[1] or span[0]):
        if span[1] is not None and (published - span[1]).days > _NEWS_DAYS:
            return "background"
        if span[0] is not None and (published - span[0]).days <= _NEWS_DAYS // 2:
            return "focal"
    return "background" if sentences and all(_RECALLS.search(s) for s in sentences) else "focal"
