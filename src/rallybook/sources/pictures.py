"""The pictures of posts by what they show: the same one is found again, however it was scaled or packed."""

from __future__ import annotations

import datetime as dt

import numpy as np

from rallybook.model.post import ALIKE


class PictureIndex:
    """Fingerprints with the earliest day on which each was shown."""

    def __init__(self) -> None:
        self._prints = np.empty(1_024, dtype=np.uint64)
        self._days: list[dt.date | None] = []

    def shown(self, fingerprint: str, day: dt.date | None) -> dt.date | None:
        """Note that a picture was shown on a day, and give the earliest day known for one that looks like it."""
        if not fingerprint:
            return day
        wanted = int(fingerprint, 16)
        known = [self._days[place] for place in self.alike(wanted)]
        self._add(wanted, day)
        return min((known_day for known_day in (*known, day) if known_day), default=None)

    def alike(self, fingerprint: int) -> list[int]:
        """Give the places of the fingerprints that differ in 8 signs at the most; a million take some milliseconds."""
        differing = np.bitwise_count(self._prints[: len(self._days)] ^ np.uint64(fingerprint))
        return [int(place) for place in np.flatnonzero(differing <= ALIKE)]

    def _add(self, fingerprint: int, day: dt.date | None) -> None:
        if len(self._days) == len(self._prints):
            self._prints = np.concatenate((self._prints, np.empty_like(self._prints)))
        self._prints[len(self._days)] = fingerprint
        self._days.append(day)
