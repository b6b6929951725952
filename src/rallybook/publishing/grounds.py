"""Why two records are one event, or are not, for people: each level with its weight."""

from __future__ import annotations

from collections.abc import Iterator

from rallybook.model.match import Match
from rallybook.publishing.wording import printable


def match_lines(match: Match) -> Iterator[str]:
    """Give what speaks for and against two records being one event, line by line, the heaviest first."""
    one, other = map(printable, match.records)
    verdict = "one event" if match.weight > 0 and not match.cannot else "two events"
    yield f"{one} and {other}: rather {verdict} (log odds {match.weight:+.2f})\n"
    if match.cannot:
        yield f"  never one event: {match.cannot}\n"
    yield _line("before any comparison", "", match.prior)
    for agreement in sorted(match.agreements, key=lambda one: (-abs(one.weight), one.comparison)):
        yield _line(agreement.comparison, agreement.level, agreement.weight)
    if match.others:
        yield _line("crowd", f"{match.others} others near that are of other events", -match.crowd)


def _line(name: str, level: str, weight: float) -> str:
    return f"  {weight:+6.2f}  {name}{': ' if level else ''}{level}\n"
