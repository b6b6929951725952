"""Finds a model's words in the text: what does not stand there is no proof."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from rallybook.model.reading import Reading

Offsets = tuple[int, int]
# models write typewriter quotes for printed ones, and the other way round; letters and digits must be the same
_ALIKE = ("'’‘`´", '"“”„«»', "-‐‑–—")
_SIGNS = {sign: f"[{re.escape(signs)}]" for signs in _ALIKE for sign in signs}


class Locator:
    """Finds words in one reading."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    def find(self, words: str, beside: Offsets | None = None) -> Offsets | None:
        """Give where words stand in the reading, as whole words; None where they do not.

        They are sought letter by letter in the text as given, then in the text as it was mended, where printed and
        typewriter quotes, dashes and kinds of white space are alike. Of several places the one that lies `beside`
        a stretch, or nearest to it, is given; without a stretch the first.
        """
        words = words.strip()
        if not words:
            return None
        found = list(self._as_given(words)) or list(self._as_read(words))
        return min(found, key=lambda place: _distance(place, beside), default=None)

    def _as_given(self, words: str) -> Iterator[Offsets]:
        origin = self._reading.origin
        for start, end in _places(re.escape(words), words, self._reading.article.text):
            if origin is None:
                yield start, end
            else:
                # marks at the end of the text may have been cut out
                first, last = bisect_left(origin, start), min(bisect_left(origin, end), len(origin) - 1)
                if first < last:
                    yield first, last

    def _as_read(self, words: str) -> Iterator[Offsets]:
        tokens = ("".join(_SIGNS.get(sign) or re.escape(sign) for sign in token) for token in words.split())
        return _places(r"\s+".join(tokens), words, self._reading.text)


def _places(pattern: str, words: str, text: str) -> Iterator[Offsets]:
    # "500" does not stand in "1,500", nor "rally" in "rallying"
    before = r"(?<!\d[.,])(?<!\w)" if words[0].isdigit() else r"(?<!\w)" if words[0].isalnum() else ""
    after = r"(?![.,]\d)(?!\w)" if words[-1].isdigit() else r"(?!\w)" if words[-1].isalnum() else ""
    return (match.span() for match in re.finditer(f"{before}{pattern}{after}", text))


def _distance(place: Offsets, beside: Offsets | None) -> int:
    if beside is None:
        return place[0]
    return max(beside[0] - place[0], place[1] - beside[1], 0)
