"""What a person judged of the records of the book; appended, never edited."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

import msgspec

DecisionKind = Literal["same", "different", "correct", "reject", "restore"]


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """One judgement on records, which stay what they are while events are derived anew.

    `same` and `different`: the records tell one event, or no two of them do. `correct`: in the event that these records
    tell, `field` has `value`. `reject`: these records tell no event; `restore` takes that back. The newest decision of
    a person on the same thing holds.
    """

    id: str
    kind: DecisionKind
    records: tuple[str, ...]
    by: str
    at: dt.datetime
    why: str = ""
    field: str = ""
    value: Any = None
