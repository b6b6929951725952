"""What speaks for and against two records telling one event."""

from __future__ import annotations

import msgspec


class Agreement(msgspec.Struct, frozen=True):
    """In one respect: the level of two reports, and what it weighs."""

    comparison: str
    level: str
    weight: float


class Match(msgspec.Struct, frozen=True):
    """What speaks for and against two records being one event.

    `weight` is the log odds: the prior and all agreements together, less `crowd`, the logarithm of one more than the
    number of other events near both (`others`). `cannot` says why they are different whatever their weight; it is
    empty where they are not.
    """

    records: tuple[str, str]
    weight: float
    prior: float
    agreements: tuple[Agreement, ...]
    others: int = 0
    crowd: float = 0.0
    cannot: str = ""
