"""What is demanded, supported or opposed: clauses after a cue, slogans in quotation marks."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from rallybook.coding.phrases import REACH, word_lists, words_of
from rallybook.coding.weighing import Candidate

_LONGEST = 15  # words; the codebook's bound for one claim
_STOP = re.compile(
    r"[.;:!?…](?=[\s\"”’)]|\Z)|,(?=\s)|\s[-–—]+\s|\s?[()\"”“«»]|\n\s*\n"
    r"|\s(?:on|last|this|next|late|early)\s(?=(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun|week|month|morning|afternoon))"
    r"|\s(?:yesterday|today|tonight|while|as|when|before|after|where|said|says|outside|near|but|although)\b"
    r"|\sin (?:front of|the (?:capital|city|town|streets))\b"
)
_OPENING = re.compile(r"\s[\"“«][^\"”»“«\n]{2,60}[\"”»]")
_TOKEN = re.compile(r"\S+")
_AND = re.compile(
    r",? and (?:for |against |to |that |an end to )?|, (?=(?:an?|the|and|more|better|no)\s)", re.IGNORECASE
)
_QUOTED = re.compile(
    r"[\"“«]([^\"”“«»\n]{3,120})[\"”»]|(?<!\w)[‘']{1,2}([^‘’'\n]{6,120}(?:['’]\w[^‘’'\n]{0,60})?)['’]{1,2}(?!\w)"
)
_WORD = re.compile(r"[\w'’-]+")
_GAPS = ((0, "in"), (6, "0-5"), (25, "6-24"), (60, "25-59"), (120, "60-119"))


def claims_around(text: str, sentence: tuple[int, int], trigger: tuple[int, int]) -> list[Candidate]:
    """Give the stretches of the trigger's sentence that may be claims, with their marks."""
    start, end = max(sentence[0], trigger[0] - REACH), min(sentence[1], trigger[1] + REACH)
    act = _WORD.findall(text[trigger[0] : trigger[1]].lower())[:1]
    found = []
    for first, last, marks in _stretches(text, start, end):
        side, gap = _relation(first, trigger)
        cue = marks[0]
        found.append(
            Candidate(
                first,
                last,
                (
                    "here",
                    *marks,
                    f"here {cue} {side}",
                    f"here {cue} gap {side} {gap}",
                    f"here gap {side} {gap}",
                    f"here act {''.join(act)[:6]} {cue}",
                    *(f"here {mark}" for mark in marks),
                ),
            )
        )
    return found


@lru_cache(maxsize=256)
def claims_elsewhere(text: str, sentence: tuple[int, int], label: str) -> tuple[Candidate, ...]:
    """Give the stretches of a sentence without the trigger that may be claims, with their marks."""
    start, end = sentence[0], min(sentence[1], sentence[0] + 2 * REACH)
    return tuple(
        Candidate(
            first,
            last,
            (
                "elsewhere",
                *marks,
                f"at {label}",
                *(f"elsewhere {m}" for m in marks),
                f"at {label} {marks[0]}",
            ),
        )
        for first, last, marks in _stretches(text, start, end)
    )


def _stretches(text: str, start: int, end: int) -> list[tuple[int, int, tuple[str, ...]]]:
    found = [_quoted(text, start, end, quote) for quote in _QUOTED.finditer(text, start, end)]
    beyond = start
    for cue in _cues().finditer(text, start, end):
        group = cue.lastgroup or ""
        first = cue.start() if group.startswith("kept_") else cue.end()
        last = cue.end(group) if group == "kept_adjective" else _end(text, cue.end(), end)
        short = last - cue.end() < 3 and group != "kept_adjective"
        if short or last - first < 4 or _counts(text, cue):
            continue
        found.append((first, last, _marks(text, start, cue, last)))
        if last > beyond and group != "kept_adjective":
            beyond = last
            found += _more(text, last, end, group)
    return found


def _counts(text: str, cue: re.Match[str]) -> bool:
    after = _WORD.match(text, cue.end())
    if not after or cue[0].split()[-1].lower() not in words_of("claims", "counting"):
        return False
    return after[0][0].isdigit() or after[0].lower() in words_of("claims", "numbers")


def _more(text: str, start: int, end: int, group: str) -> list[tuple[int, int, tuple[str, ...]]]:
    """Give the further members of a list of claims."""
    found: list[tuple[int, int, tuple[str, ...]]] = []
    for _ in range(4):
        link = _AND.match(text, start, end)
        if not link:
            break
        last = _end(text, link.end(), end)
        if last - link.end() < 4:
            break
        cue = f"and after {group}"
        found.append((link.end(), last, (cue, f"{cue} {_size(text, link.end(), last)}")))
        start = last
    return found


def _marks(text: str, start: int, cue: re.Match[str], last: int) -> tuple[str, ...]:
    words = cue[0].lower().split()
    group = cue.lastgroup or ""
    before = _WORD.findall(text[max(start, cue.start() - 40) : cue.start()].lower())[-2:]
    after = _WORD.findall(text[cue.end() : cue.end() + 30].lower())[:1]
    previous = before[-1] if before else "edge"
    return (
        group,
        f"cue={' '.join(words[:3])}",
        f"{group} before={previous[:7]}",
        f"before={previous[:7]}",
        f"{group} two={' '.join(b[:7] for b in before)}",
        f"{group} after={''.join(after)}",
        f"{group} {_size(text, cue.end(), last)}",
        f"cue={words[0]} before={previous[:7]}",
    )


def _quoted(text: str, start: int, end: int, quote: re.Match[str]) -> tuple[int, int, tuple[str, ...]]:
    first, last = quote.span(1) if quote[1] else quote.span(2)
    while last > first and text[last - 1] in ",. ":
        last -= 1
    slogans = words_of("claims", "slogans")
    before = _WORD.findall(text[max(start, quote.start() - 60) : quote.start()].lower())[-6:]
    after = _WORD.findall(text[quote.end() : min(end, quote.end() + 40)].lower())[:3]
    told = next((w for w in reversed(before) if w in slogans), "")
    spoken = any(w in {"said", "says", "told", "added", "asked"} for w in after)
    return (
        first,
        last,
        (
            "quote",
            f"quote told={bool(told)} spoken={spoken} {_size(text, first, last)}",
            f"quote told={told}",
            f"quote capital={text[first].isupper()} spoken={spoken}",
            f"quote before={before[-1][:7] if before else 'edge'}",
            f"quote exclaims={text[last - 1] == '!'}",
            f"quote after={after[0] if after else 'edge'}",
        ),
    )


def _size(text: str, start: int, end: int) -> str:
    count = len(_TOKEN.findall(text[start:end]))
    return "1-2" if count < 3 else "3-5" if count < 6 else "6-10" if count < 11 else "11+"


def _relation(at: int, trigger: tuple[int, int]) -> tuple[str, str]:
    side = "after" if at >= trigger[0] else "before"
    distance = max(at - trigger[1], 0) if side == "after" else trigger[0] - at
    inside = trigger[0] <= at < trigger[1]
    return side, "in" if inside else next((name for bound, name in _GAPS if distance <= bound), "120+")


@cache
def _cues() -> re.Pattern[str]:
    groups = []
    for keep in ("kept", "dropped"):
        for name, cues in word_lists("claims")[keep].items():
            pattern = "|".join(cues) if isinstance(cues, list) else re.sub(r"\s*\|\s*", "|", str(cues))
            groups.append(rf"(?P<{keep}_{name}>(?:{pattern}))")
    return re.compile(rf"\b(?:{'|'.join(groups)})(?!\w)[\s\"“]*", re.IGNORECASE)


def _end(text: str, start: int, end: int) -> int:
    """Give where the clause ends that begins at `start`: at most 15 words on, at a mark or a word that closes it."""
    end = min(end, start + 200)
    stop = _STOP.search(text, start, end)
    while stop and (quote := _OPENING.match(text, stop.start(), end)):
        stop = _STOP.search(text, quote.end(), end)  # a few words in quotation marks belong to the clause
    last = start
    for n, token in enumerate(_TOKEN.finditer(text, start, stop.start() if stop else end)):
        if n == _LONGEST:
            break
        last = token.end()
    return last
