"""Politeness: what a site asks of robots, and pauses between two requests to one host."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import NamedTuple

from protego import Protego

from rallybook.sources.addresses import Target
from rallybook.sources.encodings import decode

# the name by which robots.txt may speak to us
ROBOT = "rallybook"
# a site that asks for longer pauses than this is asked once and waited for this long
_LONGEST_PAUSE_S = 30.0
# RFC 9309, section 2.5: at least this much of a robots.txt is read
_MOST_BYTES = 500 * 1024


class Rules(NamedTuple):
    """What the robots.txt of a site says to us; `parsed` is None without one, `closed` where no answer came."""

    parsed: Protego | None = None
    closed: bool = False

    def allows(self, place: Target) -> bool:
        """Tell whether a page may be fetched."""
        return not self.closed and (self.parsed is None or self.parsed.can_fetch(place.url, ROBOT))

    @property
    def pause_s(self) -> float:
        """The seconds between two requests that the site asks for."""
        asked = self.parsed.crawl_delay(ROBOT) if self.parsed else None
        return min(max(asked or 0.0, 0.0), _LONGEST_PAUSE_S)


def rules_of(robots: bytes) -> Rules:
    """Give the rules of a robots.txt; what cannot be read in it says nothing."""
    return Rules(Protego.parse(decode(robots[:_MOST_BYTES])))


class Pace:
    """Keeps `delay_s` seconds between the ends and beginnings of requests to one host."""

    def __init__(
        self,
        delay_s: float = 1.0,
        *,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._delay_s = delay_s
        self._clock = clock
        self._free_at: dict[str, float] = {}
        self.sleep = sleep

    def wait(self, host: str) -> None:
        """Wait until the host may be asked."""
        left = self._free_at.get(host, 0.0) - self._clock()
        if left > 0:
            self.sleep(left)

    def asked(self, host: str, pause_s: float = 0.0) -> None:
        """Note that the host was asked just now, and wants to be left alone for `pause_s` seconds at least."""
        self._free_at[host] = self._clock() + max(self._delay_s, pause_s)
