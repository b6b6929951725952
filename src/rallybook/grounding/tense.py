"""Whether the words around a time expression tell of what is to come."""

from __future__ import annotations

import re
from functools import cache

from rallybook.grounding.timex_tokens import rules_file

# how far a clause is looked at on each side, in characters
_LEFT, _RIGHT = 200, 140
_BOUNDARY = re.compile(
    r"(?:[a-z0-9%)][.!?;]|\s[.!?;:]|[a-z]:)[\"'”’]{0,2}(?=\s)|\n[ \t\r]*\n|(?<=\s)[\"“](?=\w)|\s[–—]\s|\n\s*[-–—*•]\s"
    r"|\b(?:IST|GMT|UTC|EST|EDT)\b"
)
_ABBREVIATED = re.compile(
    r"\b(?:mr|mrs|ms|dr|gen|col|st|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|no|a\.m|p\.m|am|pm)\.\Z",
    re.IGNORECASE,
)
# a new subject or a new clause lets a bare participle count again after "will"
_NEW_CLAUSE = re.compile(
    r",|\b(?:and|but|after|when|as|since|because|while|who|which|that|where)\b", re.IGNORECASE
)
# verbs that tell when something was told, when they stand right before the time ("announced on Friday that …")
_TOLD = re.compile(
    r"\b(?:announced|agreed|decided|vowed|pledged|promised|threatened|urged|declared|cancelled|canceled|suspended|withdrawn|"
    r"called|appealed|ordered|refused|voted|proposed|told\s+\w+|\w+\s+said|warned|postponed)\s+(?:late\s+|early\s+)?(?:on\s+)?\Z",
    re.IGNORECASE,
)
# after the time only a verb of the present or a modal one counts ("On Friday the union will", not "decided to")
_PRESENT = re.compile(
    r"(?:wi|wo|shall|would|must|should|may|might|is|are|\w+['’]|going|due|planned|scheduled|plans?|intends?|expects?|hopes?|"
    r"prepares?|aims?|wants?|wishes|vows?|threatens?|promises?|pledges?|proposes?|ready|poised|set to)",
    re.IGNORECASE,
)
_DONE = re.compile(r"\w+ed\b")
_OUTCOME = re.compile(
    r"\s+(?:was|were|came|had|drew|saw|went|ended|led|turned|brought|failed|took|got|did)\b"
)
_DROPPED = re.compile(
    r"\s+(?:\w+\s+)?(?:cancell?ed|called|withdrawn|postponed|put|suspended|dropped|scrapped|banned|moved|shelved|deferred|to(?!\s+(?:nothing|naught|an?\s+end|blows)))\b"
)
_DROPS = re.compile(
    r"\b(?:cancell?ed|dropped|scrapped|shelved|postponed|suspended|banned|prohibited|outlawed|called\s+off|put\s+off|"
    r"withdrawn|withdrew|blocked|ahead\s+of)\s+(?:the\s+|their\s+|its\s+)?\Z",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"\s?['’]s\b")
_ANNOUNCED = re.compile(
    r"(?:,?\s+(?:he|she|it|they|we|the\s+\w+|[A-Z]\w+))\s+(?:announced|called|cancelled|canceled|proposed|postponed|suspended)\b"
)
_HAD_BEEN = re.compile(r"\bhad\s+(?:\w+ly\s+)?been\s+(?:\w+ly\s+)?\Z", re.IGNORECASE)
_FOR = re.compile(r"\bfor\s+(?:the\s+)?\Z", re.IGNORECASE)
_LIMIT = re.compile(r"\b(?:by|from|until|till|starting|beginning)\s+(?:on\s+)?(?:the\s+)?\Z", re.IGNORECASE)
_UNTIL = re.compile(r"\b(?:until|till)\s+(?:the\s+)?\Z", re.IGNORECASE)
# what went on until then is over: no form of these is that of a participle ("detained until Friday", "is closed until")
_LASTED = re.compile(
    r"(?<!\bhave )(?<!\bhas )\b(?:lasted|stayed|remained|sat|stood|slept|lay|lived|knelt|ran|went|kept|camped|"
    r"lingered|walked|marched|fasted|waited|refused|did|ate|drank|sang|fought|held\s+(?:out|on)|"
    r"(?:was|were)\s+(?:at|in|on|out|there|idle|quiet|shut|still|silent|dark|empty))\b",
    re.IGNORECASE,
)
_SINCE = re.compile(r"\bsince\s+(?:the\s+)?\Z", re.IGNORECASE)


@cache
def _cues() -> re.Pattern[str]:
    entries: dict[str, list[str]] = rules_file("dates_tense.yaml")
    groups = [f"(?P<{name}>{'|'.join(patterns)})" for name, patterns in entries.items()]
    return re.compile(rf"(?<![\w-])(?=[a-z'’])(?:{'|'.join(groups)})(?![\w-])", re.IGNORECASE)


def looks_ahead(text: str, start: int, end: int, *, day: bool = True) -> bool | None:
    """Tell whether the clause around `text[start:end]` is about the future.

    "for" before a day ("a permit for Sunday") looks ahead, before a month it does not ("the figures for January").
    The last cue before it in its clause decides, else the first one after it; None where there is no cue.
    """
    left = _clause_before(text, start)
    if _SINCE.search(left) or _TOLD.search(left):
        return False
    if _DROPS.search(left) and _POSSESSIVE.match(text, end):
        # "dropped Thursday's march": it was to come
        return True
    verdict, weak = _before(left)
    if weak and _UNTIL.search(left) and _LASTED.search(left):
        return False
    if weak and not day and not _UNTIL.search(left):
        # "suspended import duties in March" tells when they were suspended
        verdict = None
    if weak and (outcome := _OUTCOME.match(text, end)):
        # "the call for a strike on Friday was heeded", but "… was withdrawn"
        return bool(_DROPPED.match(text, outcome.end()))
    if day and _FOR.search(left) and text[end : end + 2] not in ("'s", "’s"):
        return True
    if verdict is None:
        verdict = _after(text, end)
    if verdict is None and _LIMIT.search(left):
        return True
    return verdict


def _clause_before(text: str, start: int) -> str:
    begin = max(0, start - _LEFT)
    left = text[begin:start]
    cut = 0
    for boundary in _BOUNDARY.finditer(left):
        if not _ABBREVIATED.search(left, max(0, boundary.end() - 8), boundary.end()):
            cut = boundary.end()
    return left[cut:]


def _before(left: str) -> tuple[bool | None, bool]:
    verdict: str | None = None
    at = 0
    for cue in _cues().finditer(left):
        kind = cue.lastgroup or ""
        if kind == "future_strong" and _HAD_BEEN.search(left, 0, cue.start()):
            # "it had been due to end on Friday" looks back on that day
            kind = "past_strong"
        if (
            kind == "past_weak"
            and verdict == "future_strong"
            and not _NEW_CLAUSE.search(left, at, cue.start())
        ):
            continue
        verdict, at = kind, cue.end()
    return (verdict.startswith("future") if verdict else None), verdict == "future_weak"


def _after(text: str, end: int) -> bool | None:
    right = text[end : end + _RIGHT]
    if _ANNOUNCED.match(right):
        return False
    # the stop right behind the time ("until spring. …") ends the clause, too
    stop = _BOUNDARY.search(text, max(0, end - 1), end + _RIGHT)
    for cue in _cues().finditer(right, 0, max(0, stop.start() + 1 - end) if stop else len(right)):
        if cue.lastgroup == "future_weak":
            if _DONE.match(cue[0]):
                return False
        else:
            return cue.lastgroup == "future_strong" and bool(_PRESENT.match(cue[0]))
    return None
