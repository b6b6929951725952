"""The gate for pages: may the article of a page tell a protest at all? Asked twice, each time before a dearer step.

Before the main text is extracted, only the words of the page are known. Mentions of acts are weighed as the gate before
coding weighs them, but where in an article they stand and how long that is are not known yet: each is taken at the best
place that it may have, and the bar is that of an article half as long. So what is held back here would be held back
there, too, but for words that meet across two pieces of a page. The main text is weighed by that very gate.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from rallybook.coding.linear import weighed
from rallybook.coding.pipeline import LANGUAGES
from rallybook.coding.screen import gate, marks, worth_reading
from rallybook.coding.triggers import lowered, triggers
from rallybook.grounding.language import detect
from rallybook.grounding.reading import read
from rallybook.model.article import Article
from rallybook.model.outcome import Unread

_PLACE = "at="
# shorter pieces are names of sections, days and the like: no part of a text, and no language can be told from them
_PROSE = 40
# so much longer than its article may be what a page shows beside it
_LONGER = 2
# the longest pieces, of which one must be in a language that is read
_HEARD = 3


class PageScreen:
    """Tells why a page need not be read further: its words tell no protest, or its language cannot be read yet."""

    def of_page(self, pieces: Sequence[str]) -> Unread:
        """Tell it by the pieces of text that a page shows; "" where it must be read on."""
        prose = [piece for piece in pieces if len(piece) >= _PROSE]
        longest = sorted(prose, key=len, reverse=True)[:_HEARD]
        if longest and not any(detect(piece) in ("", *LANGUAGES) for piece in longest):
            return "language"
        return "" if _may_tell(_mended("\n".join(pieces)), sum(map(len, prose))) else "words"

    def of_text(self, text: str) -> Unread:
        """Tell it by the main text, as the coder does who reads it; "" where it does."""
        if detect(text) not in LANGUAGES:
            return "language"
        return "" if worth_reading(_mended(text)) else "words"


def _mended(text: str) -> str:
    return read(Article(id="", text=text)).text


def _may_tell(text: str, length: int) -> bool:
    """Tell whether a mention of an act may reach the bar, in a text of up to this length."""
    found = triggers(text)
    if not found:
        return False
    low, shipped = lowered(text), gate()
    bar = shipped.bars.bar(length // _LONGER, named=any(mention.strong for mention in found))
    for number in sorted(range(len(found)), key=lambda n: not found[n].strong):
        told = [mark for mark in marks(low, found, number) if not mark.startswith(_PLACE)]
        if weighed(shipped.weights, told) + _best_place() >= bar:
            return True
    return False


@cache
def _best_place() -> float:
    """Give what the best place of a mention weighs."""
    return max(weight for mark, weight in gate().weights.items() if mark.startswith(_PLACE))
