"""What the grounders found in one article, as a line of JSON or as text for people."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from rallybook.model.mention import HeadCount, Mention, ResponseMention, Timex, Toponym
from rallybook.model.reading import Reading
from rallybook.publishing.lines import as_json
from rallybook.publishing.wording import number, printable

KINDS = ("places", "dates", "sizes", "response")


class Findings(msgspec.Struct, frozen=True, kw_only=True):
    """The mentions of each kind that was looked for; None for a kind that was not."""

    reading: Reading
    places: tuple[Toponym, ...] | None = None
    dates: tuple[Timex, ...] | None = None
    sizes: tuple[HeadCount, ...] | None = None
    response: tuple[ResponseMention, ...] | None = None


def as_line(findings: Findings) -> str:
    """Give one line of JSON: the article's id and a list for each kind, offsets into the article as given."""
    line: dict[str, Any] = {"id": findings.reading.article.id}
    for kind in KINDS:
        mentions = getattr(findings, kind)
        if mentions is not None:
            line[kind] = [_entry(findings.reading, mention) for mention in _shown(mentions)]
    return as_json(line) + "\n"


def as_table(findings: Findings, heading: str) -> str:
    """Give the findings under a heading, one on each line, in the order of the text."""
    found: list[tuple[int, str, Mention]] = []
    for kind in KINDS:
        found += [(mention.start, kind, mention) for mention in _shown(getattr(findings, kind) or ())]
    found.sort(key=lambda one: (one[0], one[1]))
    lines = [printable(heading)[:100]]
    for start, kind, mention in found:
        words = printable(findings.reading.span(mention.start, mention.end).words)
        lines.append(f"  {start:>6}  {kind:<8}  {words:<32}  {_value(mention)}".rstrip())
    if not found:
        lines.append("  nothing found")
    return "\n".join(lines) + "\n\n"


def _shown(mentions: Iterable[Mention]) -> Iterable[Mention]:
    # a name that no place was good enough for is a veto, not a finding
    return (mention for mention in mentions if not isinstance(mention, Toponym) or mention.place)


def _entry(reading: Reading, mention: Mention) -> dict[str, Any]:
    span = reading.span(mention.start, mention.end)
    entry: dict[str, Any] = {"start": span.start, "end": span.end, "text": span.words}
    if isinstance(mention, Toponym) and mention.place:
        place = mention.place
        entry |= {"geonameid": place.geonameid, "name": place.name, "country": place.country}
        entry |= {"lat": place.lat, "lon": place.lon, "precision": place.precision, "score": mention.score}
    elif isinstance(mention, Timex):
        entry |= {"edtf": mention.date.edtf, "granularity": mention.date.granularity}
    elif isinstance(mention, HeadCount):
        entry |= {"low": mention.count.low, "high": mention.count.high}
    elif isinstance(mention, ResponseMention):
        entry |= {"action": mention.action}
    return entry


def _value(mention: Mention) -> str:
    if isinstance(mention, Toponym) and mention.place:
        place = mention.place
        return f"{place.name}, {place.country} ({place.precision}) {place.lat:.2f} {place.lon:.2f}"
    if isinstance(mention, Timex):
        return mention.date.edtf
    if isinstance(mention, HeadCount):
        return number(mention.count.low, mention.count.high)
    if isinstance(mention, ResponseMention):
        return f"{mention.action} {number(mention.count.low, mention.count.high)}".strip()
    return ""
