"""Why two records are one event, or are not: each level with its weight, to be shown to a person."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

from rallybook.linking import clustering
from rallybook.linking.comparison import bundled_weights, compared, match_weight
from rallybook.linking.crowd import others_near, taken_off
from rallybook.linking.profiles import Profile, profile
from rallybook.linking.rules import cannot_link
from rallybook.model.event import Report
from rallybook.model.match import Agreement, Match


def explained(pair: tuple[Report, Report], near: Iterable[Report] = ()) -> Match:
    """Give each level of a pair of reports with its weight, and what the crowd takes off it.

    `near` are the reports that share a block with either: those of other events make the crowd. Its weight is the one
    that linking goes by, what people judged aside.
    """
    one, other = map(profile, pair)
    known = bundled_weights()
    agreements = tuple(
        Agreement(name, level, known.levels.get(name, {}).get(level, 0.0))
        for name, level in compared(one, other).items()
    )
    around = {report.record.id: report for report in near} | {x.id: x.report for x in (one, other)}
    others = others_near(clustering.compared(around.values(), {one.id, other.id}))
    fewer = min(others[one.id], others[other.id])
    return Match(
        records=(one.id, other.id),
        weight=match_weight(one, other) - taken_off(fewer),
        prior=known.prior,
        agreements=agreements,
        others=fewer,
        crowd=taken_off(fewer),
        cannot=cannot_link(one, other),
    )


def likest(ones: Iterable[Report], others: Iterable[Report]) -> tuple[Report, Report]:
    """Give the two reports, one of each side, that speak most for one event."""
    pairs = product(map(profile, ones), list(map(profile, others)))
    one, other = max(pairs, key=_spoken)
    return one.report, other.report


def _spoken(pair: tuple[Profile, Profile]) -> tuple[bool, float, str, str]:
    one, other = pair
    return (not cannot_link(one, other), match_weight(one, other), one.id, other.id)
