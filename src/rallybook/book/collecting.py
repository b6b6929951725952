"""The collector of cyclic garbage, at rest while a round of linking works."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator


@contextlib.contextmanager
def at_rest() -> Iterator[None]:
    """Let no collector run within.

    A round makes a million objects that go by their reference counts. A collector looks at all that are there again and
    again meanwhile, which took a third of the time of linking. What stands in a cycle waits for the end of the round.
    """
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()
