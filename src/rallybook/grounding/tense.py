"""Whether the words around a time expression tell of what is to come."""

from __future__ import annotations

import re
from functools import cache

# how far a clause is looked at on each side, in characters
_LEFT, _RIGHT = 220, 160
_SENTENCE_END = re.compile(r"[.!?;](?=[\s\"'”’]+[A-Z“\"‘'(])|\n[ \t\r]*\n")


@cache
def _cues() -> re.Pattern[str]:
    future = (
        r"will|wo|shall|would|'ll|’ll|(?-i:may|might)|going\s+to|(?:is|are|was|were|be|been)\s+(?:\w+\s+)?(?:due|to|set|scheduled|"
        r"expected|planned|slated|called|booked|fixed|announced)|(?:due|set|scheduled|expected|planned|slated|hoping|"
        r"hopes?|ready|preparing|prepare|poised|intends?|intended|vow(?:s|ed)?|pledged?|threaten(?:s|ed|ing)?|agreed|"
        r"decided|wants?|wanted|urged|urging|asked|invited|need|needs)\s+(?:\w+\s+){0,5}?(?:to|for|on|a)|"
        r"plan(?:s|ned|ning)?|call(?:s|ed|ing)?\s+(?:\w+\s+){0,4}?(?:for|on|upon|off)|upcoming|coming|forthcoming|"
        r"ahead\s+of|postponed|cancel(?:s|led|ed|ling)|scheduled|announced|suspended|moved\s+to|put\s+off|"
        r"deadline|ultimatum|no\s+later\s+than|tomorrow|planned|proposed|join\s+us|come\s+to|gives?\s+notice|"
        r"notice\s+of|permission\s+for|application\s+for|banned|ban\s+on|intend"
    )
    past = (
        r"said|told|says?|was|were|had|did|held|took|began|came|went|broke|fell|met|made|saw|left|kept|sat|stood|"
        r"spoke|wrote|drew|brought|led|got|gave|threw|shot|hit|set|ran|won|lost|found|ended|according|"
        r"(?!need|plann|call|schedul|announc|cancel|expect|propos|postpon|suspend|bann|decid|agree|want|urg|ask|"
        r"invit|threaten|vow|pledg|intend)\w{2,}ed"
    )
    return re.compile(rf"\b(?:(?P<future>{future})|(?P<past>{past}))(?![\w-])", re.IGNORECASE)


def looks_ahead(text: str, start: int, end: int) -> bool | None:
    """Tell whether the clause around `text[start:end]` is about the future.

    The nearest cue on the left decides, then the nearest on the right; None where there is no cue.
    """
    left = text[max(0, start - _LEFT) : start]
    for stop in _SENTENCE_END.finditer(left):
        left = " " * stop.end() + left[stop.end() :]
    last = None
    for cue in _cues().finditer(left):
        last = cue
    if last is not None:
        return last.lastgroup == "future"
    right = text[end : end + _RIGHT]
    stop_right = _SENTENCE_END.search(right)
    cue_right = _cues().search(right, 0, stop_right.start() if stop_right else len(right))
    return cue_right.lastgroup == "future" if cue_right else None
