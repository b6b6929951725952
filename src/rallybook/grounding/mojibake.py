"""Text that was decoded with the wrong table ("â€™" for "’"), and its repair."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

# bytes 0x80-0xBF as Windows-1252 and as Latin-1 show them: the later bytes of a UTF-8 sequence
_LATER = "\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_WESTERN = re.compile(f"(?:[\xc2-\xdf][{_LATER}]|[\xe0-\xef][{_LATER}]{{2}}|[\xf0-\xf4][{_LATER}]{{3}})+")
# the same bytes as Windows-1251 ("вЂ™") and Mac Roman ("‚Äô", "√©") show them
_OTHER = re.compile(
    "[В-ф][ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—™љ›њќћџ\xa0¤¦§©«¬\xad®°±µ¶·»][^\x00-\x7f]|‚Ä[^\x00-\x7f]|√[^\x00-\x7f]"
)
# a closing quote whose last byte (0x9D, no character of Windows-1252) got lost on the way
_LOST = re.compile("â€\ufffd?")
_RUN = re.compile("[^\x00-\x7f]{2,}")
_MARK = re.compile(f"[\xc2-\xf4][{_LATER}]|{_OTHER.pattern}")
# a run longer than this is a text in another script; ftfy is asked about pieces of it
_PIECE = 400

Repair = tuple[int, int, str]


def repairs(text: str) -> Iterator[Repair]:
    """Give (start, end, what it should be) for each garbled run, in order and without overlaps."""
    if not _MARK.search(text):
        return
    certain = _surely_garbled(text)
    for run in _RUN.finditer(text):
        for start in range(run.start(), run.end(), _PIECE):
            piece = text[start : min(start + _PIECE, run.end())]
            if _MARK.search(piece):
                for first, last, good in _piece_repairs(piece, certain=certain):
                    yield start + first, start + last, good


def _surely_garbled(text: str) -> bool:
    """Tell whether some run is garbled beyond doubt: then doubtful ones ("Å‚") are garbled, too."""
    return any(_bad(piece[0]) for piece in _WESTERN.finditer(text) if len(piece[0]) <= _PIECE)


@lru_cache(maxsize=4096)
def _bad(piece: str) -> bool:
    # a late import: 0.1 s that clean text never needs
    from ftfy.badness import is_bad  # noqa: PLC0415

    return bool(is_bad(piece))


def _piece_repairs(piece: str, *, certain: bool) -> Iterator[Repair]:
    at = 0
    while at < len(piece):
        if (seen := _WESTERN.match(piece, at)) and (certain or _bad(seen[0])) and (good := _decoded(seen[0])):
            if _MARK.search(good):  # garbled twice
                yield at, seen.end(), _by_ftfy(seen[0]) or good
            else:
                yield from _letter_by_letter(at, good)
            at = seen.end()
        elif lost := _LOST.match(piece, at):
            yield lost.start(), lost.end(), "”"
            at = lost.end()
        elif _OTHER.match(piece, at):
            # ftfy is slow (0.1 ms): it is asked once about all that is left
            if good := _by_ftfy(piece[at:]):
                yield at, len(piece), good
            return
        else:
            at += 1


def _letter_by_letter(start: int, good: str) -> Iterator[Repair]:
    for letter in good:
        # one garbled character stands for one byte
        width = len(letter.encode("utf-8"))
        yield start, start + width, letter
        start += width


def _decoded(garbled: str) -> str:
    """Undo Windows-1252 (with Latin-1 where that has no character); empty where it is no UTF-8."""
    try:
        raw = b"".join(_byte(letter) for letter in garbled)
        return raw.decode("utf-8")
    except UnicodeError:
        return ""


def _byte(letter: str) -> bytes:
    return bytes([ord(letter)]) if ord(letter) < 0x100 else letter.encode("cp1252")


@lru_cache(maxsize=4096)
def _by_ftfy(run: str) -> str:
    from ftfy import fix_encoding  # noqa: PLC0415

    good = fix_encoding(run)
    return good if good != run and len(good) < len(run) else ""
