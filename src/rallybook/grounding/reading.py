"""An article's text made readable: garbled letters, broken quotes, unseen marks and line wraps."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import cache

from rallybook.grounding.hashtags import hashtags
from rallybook.grounding.linewraps import wraps
from rallybook.grounding.mojibake import Repair, repairs
from rallybook.grounding.spacing import glued, loose
from rallybook.model.article import Article
from rallybook.model.reading import Reading

# marks that are not seen: zero-width and bidirectional marks, soft hyphen, byte order mark, joiners
_UNSEEN = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_CONTROLS = "\x00-\x08\x0b-\x1f\x7f-\x9f"
_WIDE_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_ALWAYS = f"{_CONTROLS}{_UNSEEN}{_WIDE_SPACES}ﬀ-ﬆ！-～\ud800-\udfff\ufffd\u2028\u2029`´‚‛′″"
_GARBLED = "\xc2-\xf4\u0412-\u0444\u221a"
# everything that may need a hand; a text without any of it is read as it is. To name the characters first, and then
# what stands around them, makes the search five times faster
_DAMAGE = re.compile(
    f"[{_ALWAYS}{_GARBLED}'&‘?](?:(?<=[{_ALWAYS}])|(?<=')'|(?<=&)(?:#|[a-z])|(?<=[A-Za-z]‘)[a-z]"
    f"|(?<=[{_GARBLED}])[^\x00-\x7f]|(?<=â)[\\s a-z]|(?<=[a-z]\\?)[a-z])"
)
_LENGTHS_CHANGE = re.compile(
    f"(?P<unseen>[{_UNSEEN}]+)|(?P<ligature>[ﬀ-ﬆ])|(?P<quotes>``|''|,,(?=[A-Za-z]))"
    r"|(?P<entity>&(?:#[0-9]{1,6}|#x[0-9a-fA-F]{2,5}|amp|quot|apos|nbsp|lt|gt|[lr][sd]quo|[mn]dash|hellip|pound|euro"
    r"|[a-zA-Z](?:acute|grave|uml|circ|tilde|cedil));)"
)
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
# one character for one: the quotes that are used wrongly, by what stands around them
_APOSTROPHE = re.compile(
    r"(?<=[A-Za-z])[`´‘‛′](?=[A-Za-z])|(?<=[A-Za-z])\ufffd(?=(?:s|t|re|ve|ll|d|m)\b)"
    # what is left of "â€™" where control characters were dropped, and of "’" where it became a question mark
    r"|(?<=[A-Za-z])â(?=(?:s|re|ve|ll)\b)|(?<=[A-Za-z])\?(?=(?:s|t|re|ve|ll)[\s.,;])"
)
_LOST_DASH = re.compile(r"(?<=\s)â(?=\s)")
_LOW_QUOTE_AS_COMMA = re.compile(r"(?<=\w)‚(?=\s)")


def read(article: Article) -> Reading:
    """Give the article's text as a reader would mend it, with the way back to the text as given.

    Clean text is handed through as it is.
    """
    text, origin = article.text, None
    if _DAMAGE.search(text):
        text, origin = _replaced(text, [*repairs(text), *_small_repairs(text)])
        text = _same_length(text)
    posted = hashtags(text) if article.post else ()
    text, further = _replaced(text, [*wraps(text), *loose(text), *glued(text), *posted])
    if origin is None or further is None:
        return Reading(article, text, origin or further)
    return Reading(article, text, tuple([origin[place] for place in further]))


def _replaced(text: str, found: list[Repair]) -> tuple[str, tuple[int, ...] | None]:
    """Make the repairs and tell where each character comes from; None where all are as long as before."""
    parts: list[str] = []
    origin: list[int] = []
    behind_words: list[tuple[int, int]] = []
    at = 0
    # stable: of two repairs at one place, the first given wins
    for start, end, good in sorted(found, key=_place):
        if start < at:
            continue
        parts += (text[at:start], good)
        origin += range(at, start)
        if not good and not text[end : end + 1].isalnum():
            behind_words.append((len(origin), start))
        origin += [start] * len(good)
        at = end
    if not found:
        return text, None
    parts.append(text[at:])
    origin += range(at, len(text) + 1)
    # what was cut out behind a word goes with what follows: a span of the word then ends with the word
    for place, start in behind_words:
        origin[place] = start
    same = all(end - start == len(good) for start, end, good in found)
    return "".join(parts), None if same else tuple(origin)


def _place(repair: Repair) -> int:
    return repair[0]


def _small_repairs(text: str) -> Iterator[Repair]:
    for seen in _LENGTHS_CHANGE.finditer(text):
        words = seen[0]
        match seen.lastgroup:
            case "unseen":
                yield seen.start(), seen.end(), ""
            case "ligature":
                yield seen.start(), seen.end(), _LIGATURES[words]
            case "quotes":
                yield seen.start(), seen.end(), _quote(text, seen)
            case _:
                good = html.unescape(words)
                # a numeric entity may stand for a control mark, or for nothing
                yield seen.start(), seen.end(), good if good.isprintable() and len(good) == 1 else " "


def _quote(text: str, seen: re.Match[str]) -> str:
    if seen[0] != "''":
        return "“"
    before, after = text[max(seen.start() - 1, 0) : seen.start()], text[seen.end() : seen.end() + 1]
    opens = (not before or before.isspace() or before in "([") and bool(after) and not after.isspace()
    return "“" if opens else "”"


def _same_length(text: str) -> str:
    text = _LONE_SURROGATE.sub("\ufffd", text)
    text = _APOSTROPHE.sub("’", text)
    text = _LOST_DASH.sub("–", text)
    text = _LOW_QUOTE_AS_COMMA.sub(",", text)
    return text.translate(_one_for_one()).replace("\r\n", " \n").replace("\r", "\n")


@cache
def _one_for_one() -> dict[int, str]:
    spaces = (0xA0, 0x1680, 0x202F, 0x205F, 0x3000, *range(0x2000, 0x200B))
    table = dict.fromkeys(
        (*range(9), *range(0x0B, 0x0D), *range(0x0E, 0x20), *range(0x7F, 0xA0), *spaces), " "
    )
    table |= {0x0C: "\n", 0x85: "…", 0x2028: "\n", 0x2029: "\n"}
    # C1 controls are Windows-1252 quotes and dashes that were read as Latin-1
    for code in (*range(0x82, 0x8D), *range(0x91, 0x9D), 0x80, 0x8E, 0x9E, 0x9F):
        table[code] = bytes([code]).decode("cp1252")
    table |= {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    return table | {ord("`"): "‘", ord("´"): "’", ord("‛"): "‘", ord("′"): "'", ord("‚"): "‘", ord("″"): '"'}
