"""What two reports cannot be one event for, whatever their likeness."""

from __future__ import annotations

from rallybook.linking.keys import LASTING_DAYS
from rallybook.linking.levels import days_apart, place_level
from rallybook.linking.profiles import Profile
from rallybook.model.values import FINE

_ELSEWHERE = ("other city", "other country")


def cannot_link(one: Profile, other: Profile, place: str | None = None) -> str:
    """Give why two reports are different events, empty where they may be one.

    A coder gives one record for each event of an article, and so do some tables with their rows; cities are different
    beyond 25 km; days apart are different events of a campaign, unless a stretch of days holds both or the act is one
    that lasts; whoever answers a protest is not part of it; and the action as a whole is not one of its cities'.
    `place` is the level of their places, where it is known already.
    """
    if one.report.article == other.report.article:
        return "two records of one article"
    if _of_one_table(one, other):
        return "two rows of a table that has one for each event"
    if (place or place_level(one, other)) in _ELSEWHERE:
        return "different places"
    if _of_other_days(one, other):
        return "different days"
    if one.counter != other.counter:
        return "protest and counter-protest"
    if (one.traits.umbrella and _in_a_city(other)) or (other.traits.umbrella and _in_a_city(one)):
        return "the whole and one of its cities"
    return ""


def _of_one_table(one: Profile, other: Profile) -> bool:
    row, another = one.report.record.imported, other.report.record.imported
    return bool(row and another and row.single and row.table == another.table)


def _of_other_days(one: Profile, other: Profile) -> bool:
    if not (one.days and other.days and one.days.told and other.days.told):
        return False
    return days_apart(one, other) > (LASTING_DAYS if one.lasting and other.lasting else 1)


def _in_a_city(one: Profile) -> bool:
    return not one.traits.umbrella and one.report.record.place.precision in FINE
