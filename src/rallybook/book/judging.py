"""From what a person says of events and records to decisions on records."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, product
from typing import Any, get_args

import msgspec

from rallybook.errors import InputError
from rallybook.model.coding import Coding, Found, found_in
from rallybook.model.correction import FIELDS, GROUPS
from rallybook.model.decision import ACCEPTED, REJECT_REASONS, Decision, Judgement
from rallybook.model.edtf import well_formed
from rallybook.model.event import Event
from rallybook.ports import Book

# "found" is no judgement on what is there
KINDS: tuple[Judgement, ...] = tuple(kind for kind in get_args(Judgement) if kind != "found")
_VALUES: dict[str, tuple[str, ...]] = {"reject": REJECT_REASONS, "restore": (ACCEPTED,)}
# two events of 40 records each; whoever parts larger ones names the records that are wrong
_MOST_PAIRS = 2_000


def decisions_of(
    book: Book,
    kind: str,
    names: Sequence[str],
    *,
    by: str,
    why: str = "",
    correction: tuple[str, Any] = ("", None),
) -> tuple[Decision, ...]:
    """Give the decisions that a judgement on events or records comes to; the names are ids of either.

    `correction` is the field and the value of "correct"; "reject" may have a value, one of `REJECT_REASONS`,
    and "restore" `ACCEPTED`. Raises `InputError` for another kind, for a judge without a
    name, for what is not in the book, and for a field or value that is none.
    """
    known = next((name for name in KINDS if name == kind), None)
    if known is None:
        raise InputError("decision", kind, KINDS)
    if not by.strip():
        raise InputError("by", by, "the name of who decides")
    several = known in ("same", "different")
    if len(set(names)) < 1 + several:
        allowed = "at least two events or records" if several else "at least one event or record"
        raise InputError(f"decision {known}", " ".join(names) or "no name", allowed)
    field, value = correction
    if known == "correct":
        value = checked(field, value)
    elif known in _VALUES and not field and value is not None:
        if value not in _VALUES[known]:
            raise InputError("value", value, _VALUES[known])
    elif field or value is not None:
        raise InputError(
            f"decision {known}", f"a field or a value ({field or value})", "neither, but with correct"
        )
    told = [book.records_of(name, last=known == "restore") for name in names]
    at = dt.datetime.now(dt.UTC)
    return tuple(
        identified(
            Decision(id="", kind=known, records=records, by=by, at=at, why=why, field=field, value=value)
        )
        for records in (_apart(told) if known == "different" else [_together(told)])
    )


def identified(decision: Decision) -> Decision:
    """Give a decision with the id that follows from what it says."""
    said = msgspec.json.encode(msgspec.structs.replace(decision, id=""), order="deterministic")
    return msgspec.structs.replace(decision, id=hashlib.sha256(said).hexdigest()[:16])


def checked(field: str, value: Any) -> Any:  # noqa: ANN401 - that of the field
    """Give a value as the field has it; a text may be JSON. Raises `InputError` for a field or value that is none."""
    if field not in FIELDS:
        raise InputError("field", field, FIELDS)
    readings = [value]
    if isinstance(value, str):
        with contextlib.suppress(ValueError):
            readings.append(json.loads(value))
    problem = ""
    for reading in readings:
        try:
            return _fitting(field, reading)
        except (msgspec.ValidationError, ValueError) as error:
            problem = str(error).split(" - at")[0]
    raise InputError(field, value, f"a value of this field ({problem})")


def _fitting(field: str, value: Any) -> Any:  # noqa: ANN401
    group, _, part = field.partition(".")
    given = {part: value} if part else value
    if group in GROUPS and not isinstance(given, dict):
        raise ValueError(f"allowed: the parts {', '.join(GROUPS[group].__struct_fields__)}")
    if group in GROUPS and (unknown := sorted(given.keys() - set(GROUPS[group].__struct_fields__))):
        raise ValueError(f"{unknown[0]} is none of its parts")
    blank = {"id": "", "form": "other", "status": "happened", "focus": "focal", "umbrella": False}
    event = msgspec.convert(blank | {group: given}, Event)
    edtf = event.date.edtf
    if edtf and not well_formed(edtf) and not edtf.startswith("XXXX-"):
        raise ValueError("allowed: EDTF, as 2021-02-14, 2021-02, 2021-02-14/2021-02-16")
    held = msgspec.to_builtins(getattr(event, group))
    return held[part] if part else held


def _together(told: Sequence[Sequence[str]]) -> tuple[str, ...]:
    return tuple(sorted({record for records in told for record in records}))


def _apart(told: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """Give the pairs of records of different names: what stands between the records of one event was not judged."""
    pairs = {
        (min(pair), max(pair))
        for one, other in combinations(told, 2)
        for pair in product(one, other)
        if pair[0] != pair[1]
    }
    if not pairs:
        raise InputError(
            "decision different", " ".join(told[0]), "events or records that are not the same one"
        )
    if len(pairs) > _MOST_PAIRS:
        allowed = f"up to {_MOST_PAIRS:,}; name the records that are in the wrong event"
        raise InputError("decision different", f"{len(pairs):,} pairs of records", allowed)
    return sorted(pairs)


def decisions_in(lines: Iterable[bytes], origin: str) -> Iterator[Decision]:
    """Give the decisions of JSON lines, as an export has them.

    Raises `InputError`, which names the line, for one that is no decision.
    """
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            decision = msgspec.json.decode(line, type=Decision)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            received = line.decode("utf-8", "replace").strip()[:60]
            raise InputError(f"{origin}:{number}", received, f"a decision in JSON ({error})") from None
        of_article = decision.kind in ("take", "code", "found")
        named = decision.article if of_article else decision.records
        if not (decision.id and decision.by and named and decision.at.tzinfo):
            allowed = "a decision with an id, records (or an article), by, and at with its time zone"
            raise InputError(f"{origin}:{number}", line.decode().strip()[:60], allowed)
        if decision.kind == "correct":
            checked(decision.field, decision.value)
        if decision.kind == "code" and decision.value is not None:
            _check_coding(decision.value, f"{origin}:{number}")
        if decision.kind == "found":
            _check_found(decision, f"{origin}:{number}")
        yield decision


def _check_found(decision: Decision, origin: str) -> None:
    if decision.value is None and len(decision.records) == 1:
        return
    try:
        told = msgspec.convert(decision.value, Found)
    except msgspec.ValidationError as error:
        raise InputError(origin, "another value", f"what a person found in an article ({error})") from None
    checked("date.edtf", told.record.date.edtf)
    if not told.record.trigger or told.record.trigger not in told.record.quote:
        raise InputError(f"{origin}: trigger", told.record.trigger, "words of the quote")
    again = found_in(decision.article, told.text, told.record).record
    if decision.records != (again.id,) or told.record.id != again.id:
        raise InputError(origin, " ".join(decision.records), f"the id that follows from it, {again.id}")


def _check_coding(value: object, origin: str) -> None:
    try:
        msgspec.convert(value, Coding)
    except msgspec.ValidationError as error:
        raise InputError(origin, "another value", f"what a person read in an article ({error})") from None


def weighed(book: Book, made: Sequence[Decision], *, final: bool) -> tuple[Decision, ...]:
    """Give decisions with the weight that they need: those on what an adjudicator decided are final, too.

    Raises `InputError` for such a decision where it is not to be `final`, for it would not hold.
    """
    outweighed = {one.id: held for one in made if (held := _held(book, one))}
    if outweighed and not final:
        one = next(one for one in made if one.id in outweighed)
        held = outweighed[one.id]
        allowed = (
            f"what was not adjudicated; {held.by} did so on {held.at.date()}, and an adjudicator may again"
        )
        raise InputError(f"decision {one.kind}", " ".join(one.records), allowed)
    return tuple(
        identified(msgspec.structs.replace(one, id="", final=True)) if one.id in outweighed else one
        for one in made
    )


def _held(book: Book, new: Decision) -> Decision | None:
    """Give the final decision on the thing that a new one judges."""
    things: tuple[tuple[str, ...], ...] = (("reject", "restore", "found"), ("correct",))
    same = next((kinds for kinds in things if new.kind in kinds), ())
    finals = [one for one in book.decisions(new.records) if one.final and one.kind in same] if same else []
    group = new.field.partition(".")[0]
    return next((one for one in reversed(finals) if one.field.partition(".")[0] == group), None)
