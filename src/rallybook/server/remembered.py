"""Answers that were given a moment ago, for whoever asks the same of the same state of the book."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

# bytes: a hundred pages of a hundred events are some 8 MB, the points of 50,000 events 4 MB
_ROOM = 64 * 1024 * 1024


class Remembered:
    """Bodies by their tag, the latest used within some bytes; a tag is of one state of the book and never another."""

    def __init__(self, room: int = _ROOM) -> None:
        self._room = room
        self._held = 0
        self._bodies: OrderedDict[str, bytes] = OrderedDict()
        self._lock = Lock()

    def get(self, tag: str) -> bytes | None:
        """Give the body of a tag where it is remembered."""
        with self._lock:
            body = self._bodies.get(tag)
            if body is not None:
                self._bodies.move_to_end(tag)
            return body

    def put(self, tag: str, body: bytes) -> None:
        """Remember a body, and forget those that were not asked for longest."""
        # one that takes more than an eighth would drive out what everybody asks for
        if len(body) > self._room // 8:
            return
        with self._lock:
            self._held += len(body) - len(self._bodies.pop(tag, b""))
            self._bodies[tag] = body
            while self._held > self._room:
                self._held -= len(self._bodies.popitem(last=False)[1])


class Timed:
    """A number that takes long to count: counted anew when it is asked for and some seconds have gone by."""

    def __init__(self, count: Callable[[], int], *, seconds: float) -> None:
        self._count = count
        self._seconds = seconds
        self._until = 0.0
        self._last = 0
        self._lock = Lock()

    def __call__(self) -> int:
        """Give the number; who asks while another counts gets the last one."""
        if time.monotonic() >= self._until and self._lock.acquire(blocking=False):
            try:
                self._last = self._count()
                self._until = time.monotonic() + self._seconds
            finally:
                self._lock.release()
        return self._last
