"""Which fields of an event a person can correct, and by which names."""

from __future__ import annotations

import msgspec

from rallybook.model.event import Event

# what is said of an event, not what it was: these follow from records and decisions only
_DERIVED = frozenset(
    {"id", "records", "claims_of_size", "status_history", "support", "confidence", "revision"}
)
_TYPES = {field.name: field.type for field in msgspec.structs.fields(Event) if field.name not in _DERIVED}
# the fields of an event that tell what it was
NAMES = tuple(_TYPES)
# fields that have parts, with the type of each
GROUPS: dict[str, type[msgspec.Struct]] = {
    name: kind for name, kind in _TYPES.items() if isinstance(kind, type) and issubclass(kind, msgspec.Struct)
}
# single fields, whole groups, parts of groups ("date.edtf")
FIELDS = (
    *(name for name in _TYPES if name not in GROUPS),
    *GROUPS,
    *(f"{group}.{part}" for group, kind in GROUPS.items() for part in kind.__struct_fields__),
)
