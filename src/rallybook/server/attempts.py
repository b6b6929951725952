"""How often somebody may fail to log in."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable
from threading import Lock

# so many failures in so many seconds. Of one name from one address: more tries than who mistypes needs, and a guesser
# has 480 a day. Of one address: a classroom behind one. Of one name: guessers at many addresses
WINDOW_S = 900.0
ALLOWED = {"name and address": 5, "address": 30, "name": 100}
_MOST_KEPT = 100_000


class Attempts:
    """Counts failures in the memory of one process; `now` gives seconds."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._failed: dict[tuple[str, str], deque[float]] = {}
        self._lock = Lock()

    def wait_s(self, name: str, address: str) -> int:
        """Give how many seconds are to be waited before the next try; 0: it may be made."""
        with self._lock:
            waits = [
                tried[-ALLOWED[kind]] + WINDOW_S - self._now()
                for kind, key in _keys(name, address)
                if len(tried := self._failed.get((kind, key), deque())) >= ALLOWED[kind]
            ]
        return max(0, int(max(waits, default=-1.0)) + 1)

    def begun(self, name: str, address: str) -> None:
        """Count a try as a failure, so that many at once do not pass; `succeeded` takes it back."""
        with self._lock:
            if len(self._failed) >= _MOST_KEPT:
                self._forget()
            for kind, key in _keys(name, address):
                self._failed.setdefault((kind, key), deque(maxlen=ALLOWED[kind])).append(self._now())

    def succeeded(self, name: str, address: str) -> None:
        """Take back the last try, and forget the failures of this name at this address."""
        with self._lock:
            self._failed.pop(("name and address", f"{name}\x1f{address}"), None)
            for key in (("address", address), ("name", name)):
                if tried := self._failed.get(key):
                    tried.pop()
                    if not tried:
                        del self._failed[key]

    def _forget(self) -> None:
        over = self._now() - WINDOW_S
        self._failed = {key: tried for key, tried in self._failed.items() if tried[-1] > over}


def _keys(name: str, address: str) -> Iterable[tuple[str, str]]:
    return (("name and address", f"{name}\x1f{address}"), ("address", address), ("name", name))
