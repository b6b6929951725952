"""What of an event may be passed on: without the rows of tables whose terms do not allow it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from rallybook.linking.consolidation import consolidated
from rallybook.model.copies import CopyGroup
from rallybook.model.decision import Decision
from rallybook.model.event import Event, Report, Telling


def withheld(event: Event) -> tuple[Telling, ...]:
    """Give the rows that tell an event and that may not be passed on."""
    return tuple(one for one in event.records if one.imported and not one.imported.republish)


def republishable(event: Event, reports: Mapping[str, Report], decisions: Iterable[Decision]) -> Event | None:
    """Give an event as all else tells it, under the same id; None where nothing else does.

    `reports` are by their records' ids, `decisions` those on any of them.
    """
    closed = {one.record for one in withheld(event)}
    if not closed:
        return event
    rest = [one for one in event.records if one.record not in closed]
    if not rest:
        return None
    told = consolidated([reports[one.record] for one in rest], decisions, _copies(rest))
    return msgspec.structs.replace(told, id=event.id, revision=event.revision)


def _copies(tellings: Sequence[Telling]) -> list[CopyGroup]:
    """Give the groups of copies that some tellings were told with."""
    newer = {one.article: one.superseded_by for one in tellings if one.superseded_by}
    groups: dict[str, dict[str, None]] = {}
    for one in tellings:
        if one.copy_of:
            groups.setdefault(one.copy_of, {one.copy_of: None})[one.article] = None
    for older, newest in newer.items():
        home = next(
            (origin for origin, articles in groups.items() if {older, newest} & articles.keys()), older
        )
        groups.setdefault(home, {home: None}).update({older: None, newest: None})
    return [
        CopyGroup(tuple(articles), {one: newer[one] for one in articles if one in newer})
        for articles in groups.values()
    ]
