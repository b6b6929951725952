"""Whether a picture was there before what it is said to show."""

from __future__ import annotations

import datetime as dt

from rallybook.model.edtf import bounds
from rallybook.model.record import Record

# the clocks of cameras are set to the time at home
CLOCKS = dt.timedelta(days=1)


def was_there_before(day: dt.date | None, record: Record, published: dt.date | None) -> bool:
    """Tell whether a picture that was there on a day is older than the event of a record that shows it."""
    first = (bounds(record.date.edtf) or (None, None))[0] or published
    # a call for what is to come shows what was
    if record.status != "happened" or first is None or day is None:
        return False
    return day < first - CLOCKS
