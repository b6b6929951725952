"""Whether an act happened, is planned, was cancelled, prevented or denied, or is only spoken of."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files

import msgspec

from rallybook.errors import CodebookError
from rallybook.model.record import STATUSES
from rallybook.sheets import read_sheet

_SIDES = ("before", "after", "around")
# how much of the sentence on either side of the trigger is read for cues
_REACH = 140
_CLAUSE_END = re.compile(r"[;:?!()]|\.\s|\s[–—-]{1,2}\s")
_GAP = re.compile(r"<(\d+)>")


class Cues(msgspec.Struct, frozen=True):
    """The patterns of one status, by the side of the trigger on which they stand."""

    before: tuple[re.Pattern[str], ...] = ()
    after: tuple[re.Pattern[str], ...] = ()
    around: tuple[re.Pattern[str], ...] = ()

    def fit(self, before: str, after: str) -> bool:
        """Tell whether any cue stands where it should."""
        return (
            any(cue.search(before) for cue in self.before)
            or any(cue.search(after) for cue in self.after)
            or any(cue.search(f"{before}@{after}") for cue in self.around)
        )


@cache
def status_cues() -> dict[str, Cues]:
    """Give the cues of each status, and of `idle` mentions, in the order in which they are tried."""
    data = read_sheet(files("rallybook.codebook").joinpath("data/status.yaml").read_text("utf-8"))
    cues: dict[str, Cues] = {}
    for status, sides in data.items():
        if status == "version":
            continue
        if status not in (*STATUSES, "idle") or set(sides) - set(_SIDES):
            raise CodebookError(f"status.yaml: {status!r} with {sorted(sides)}; allowed sides: {_SIDES}")
        cues[status] = Cues(**{side: tuple(map(_compiled, sides.get(side, ()))) for side in _SIDES})
    return cues


# asked thrice of one trigger
@lru_cache(maxsize=64)
def fitting(sentence: str, trigger: tuple[int, int]) -> tuple[str, ...]:
    """Give the statuses whose cues stand around a trigger (positions in the sentence), the surest first."""
    before, after = _sides(sentence, trigger)
    return tuple(status for status, cues in status_cues().items() if cues.fit(before, after))


def is_idle(sentence: str, trigger: tuple[int, int]) -> bool:
    """Tell whether an act is only spoken of: a right, a law, a possibility in general."""
    return fitting(sentence, trigger)[:1] == ("idle",)


def _sides(sentence: str, trigger: tuple[int, int]) -> tuple[str, str]:
    start, end = trigger
    before = sentence[max(0, start - _REACH) : start].lower()
    after = sentence[end : end + _REACH].lower()
    breaks = list(_CLAUSE_END.finditer(before))
    if breaks:
        before = before[breaks[-1].end() :]
    if stop := _CLAUSE_END.search(after):
        after = after[: stop.start()]
    return before, after


def _compiled(cue: str) -> re.Pattern[str]:
    return re.compile(_GAP.sub(r"(?:[\\w’'\"“”%-]+,? ){0,\1}", cue.replace("^<", "^ ?<")))
