"""Two codings of one article side by side: which events are the same, and in which fields these differ."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from rallybook.evaluation.fields import fields
from rallybook.evaluation.labelled import as_labelled
from rallybook.evaluation.pairing import pairs
from rallybook.model.record import Record

# the fields of the codebook in which two records may differ
FIELDS = (
    "form", "status", "focus", "umbrella", "date", "place", "size",
    "participants", "organisers", "targets", "claims", "response", "harm",
)  # fmt: skip
_GROUP = {"arrests": "response", "injured": "harm", "killed": "harm"}
# coders copy longer or shorter stretches of the same words; below this share of common words they mean others
_SAME_WORDS = 0.5
_PHRASES = ("participants", "organisers", "targets", "claims")


class Pair(msgspec.Struct, frozen=True):
    """One event as two coders have it, None where one of them has it not, and the fields in which they differ."""

    first: Record | None
    second: Record | None
    differing: tuple[str, ...] = ()

    @property
    def disputed(self) -> bool:
        """Whether there is something to decide."""
        return self.first is None or self.second is None or bool(self.differing)


def compared(first: Sequence[Record], second: Sequence[Record]) -> tuple[Pair, ...]:
    """Give the events of two codings, the first coder's in their order, then those that only the second has."""
    found = dict(pairs([*map(as_labelled, first)], [*map(as_labelled, second)]))
    both = [
        Pair(one, second[found[n]], differing(one, second[found[n]])) if n in found else Pair(one, None)
        for n, one in enumerate(first)
    ]
    alone = [Pair(None, one) for n, one in enumerate(second) if n not in set(found.values())]
    return (*both, *alone)


def differing(one: Record, other: Record) -> tuple[str, ...]:
    """Give the fields in which two records of one event differ, by the rules of `rallybook evaluate`."""
    right = fields(as_labelled(one), as_labelled(other))
    wrong = {
        _GROUP.get(name, name)
        for name, score in right.items()
        if name != "kind" and score < (_SAME_WORDS if name in _PHRASES else 1.0)
    }
    return tuple(name for name in FIELDS if name in wrong)
