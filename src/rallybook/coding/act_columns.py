"""What the reader of acts tells of a piece: the columns of its scores, and the names of those that stand apart."""

from __future__ import annotations

from rallybook.coding.columns import Columns
from rallybook.coding.reach import EXTENTS, SCALES
from rallybook.coding.tagged import ROLES
from rallybook.model.mention import COUNTED_ACTIONS
from rallybook.model.record import FORMS, RESPONSE_ACTIONS, STATUSES

# told of the names of places and the time expressions alone: whether the act was there, and whether it was then
WHERE, WHEN = "where", "when"
# told of the words that name the act alone: what the authorities did at it
MET = tuple(f"met: {action}" for action in RESPONSE_ACTIONS)
# a counted action is told by the number of people that it befell, or by words for one ("a man was killed")
READER = Columns(FORMS, STATUSES, (*ROLES, "response", *COUNTED_ACTIONS, *MET, WHERE, WHEN), SCALES, EXTENTS)
