"""The comparison levels: how alike two reports are in each respect, in words that a person can check."""

from __future__ import annotations

import datetime as dt

from rallybook.linking.blocking import SAME_KM
from rallybook.linking.days import Days, gap
from rallybook.linking.profiles import Profile
from rallybook.model.distance import distance_km
from rallybook.model.record import Size

# the gazetteer gives a city and the spots in it one point; others put them up to some kilometres apart
_POINT_KM = 3.0
# from a region's middle to a city in it: the French regions reach some 200 km
REGION_KM = 250.0
# what a comparison says where one of the two is silent; it weighs nothing
UNTOLD = "untold"


def place_level(one: Profile, other: Profile) -> str:
    """Give how the places stand to each other: by distance at the city, by what holds what above it."""
    if "nowhere" in (one.scale, other.scale):
        return UNTOLD
    km = distance_km(one.report.record.place, other.report.record.place)
    if one.scale == other.scale == "fine":
        return _fine_level(one, other, km)
    if one.report.record.place.country != other.report.record.place.country:
        return "other country"
    wide = {x.report.record.place.precision for x in (one, other) if x.scale == "wide"}
    if one.scale != other.scale:
        near = km is not None and km <= REGION_KM
        return (
            "city in the country"
            if wide == {"country"}
            else f"city {'in' if near else 'far from'} the region"
        )
    if wide == {"country"}:
        return "same country"
    if len(wide) > 1:
        return "region in the country"
    return "same region" if km is not None and km <= REGION_KM / 2 else "other region"


def _fine_level(one: Profile, other: Profile, km: float | None) -> str:
    if km is None or km > SAME_KM:
        return "other city"
    if km > _POINT_KM:
        return "neighbouring place"
    if not one.site or not other.site:
        return "same city"
    return "same spot" if one.site & other.site else "other spot"


def date_level(one: Profile, other: Profile) -> str:
    """Give how the days stand to each other, and how exact the wider of the two is."""
    if one.days is None or other.days is None:
        return UNTOLD
    apart = gap(one.days, other.days)
    if not (one.days.told and other.days.told):
        return "inferred, near" if apart <= 0 else "inferred, apart"
    if apart > 1:
        return "days apart, lasting" if apart <= 7 else "weeks apart, lasting"
    if apart == 1:
        return "a day apart"
    return _overlap_level(one.days, other.days)


def _overlap_level(one: Days, other: Days) -> str:
    longest = max(one.length, other.length)
    if one == other:
        return "same day" if longest == 1 else "same days"
    within = longest == max(one.last, other.last).toordinal() - min(one.first, other.first).toordinal() + 1
    if one.first == other.first or (one.length > 1 and one.last == other.last and other.length > 1):
        return "same beginning or end"
    if not within:
        return "overlap"
    return "within a week" if longest <= 7 else "within a month" if longest <= 31 else "within longer"


def form_level(one: Profile, other: Profile) -> str:
    """Give how the acts stand to each other; a rally may be any gathering, told less closely."""
    forms = {one.report.record.form, other.report.record.form}
    if len(forms) == 1:
        return "both a rally" if forms == {"rally"} else "same form"
    if one.kind == other.kind:
        return "same kind"
    if forms == {"rally", "march"}:
        return "a rally and a march"
    return "a rally and another" if "rally" in forms else "other form"


def status_level(one: Profile, other: Profile) -> str:
    """Give how the statuses stand to each other, in the order of publication where it is known."""
    statuses = {one.report.record.status, other.report.record.status}
    if len(statuses) == 1:
        return "both happened" if statuses == {"happened"} else "same status"
    if "planned" in statuses:
        plan, outcome = sorted((one, other), key=lambda x: x.report.record.status != "planned")
        published = plan.report.published, outcome.report.published
        late = published[0] and published[1] and published[0] > published[1]
        return "planned after its outcome" if late else "planned, then its outcome"
    return "outcomes at odds"


def size_level(one: Profile, other: Profile) -> str:
    """Give how the head counts stand to each other: by the ratio of the nearest ends of the two ranges."""
    first, second = (_ends(x.report.record.size) for x in (one, other))
    if first is None or second is None:
        return UNTOLD
    if first[0] <= second[1] and second[0] <= first[1]:
        return "overlap"
    ratio = max(second[0] / max(first[1], 1), first[0] / max(second[1], 1))
    return "within a factor of 2" if ratio <= 2 else "within a factor of 5" if ratio <= 5 else "far apart"


def _ends(size: Size) -> tuple[int, int] | None:
    if size.low is None and size.high is None:
        return None
    # "more than 100" is seldom more than twice that
    low = size.low if size.low is not None else (size.high or 0) // 2
    return low, size.high if size.high is not None else 2 * low


def shared_level(one: frozenset[str], other: frozenset[str]) -> str:
    """Give how many telling words two lists share."""
    if not one or not other:
        return UNTOLD
    count = len(one & other)
    return (
        "no word" if not count else "one word" if count == 1 else "two words" if count == 2 else "more words"
    )


def theme_level(one: Profile, other: Profile) -> str:
    """Give the share of the telling words of the shorter account that the other has, too."""
    least = min(len(one.theme), len(other.theme))
    if not least:
        return UNTOLD
    share = len(one.theme & other.theme) / least
    return next(
        (
            name
            for bound, name in ((0.6, "most"), (0.35, "much"), (0.2, "some"), (0.001, "little"))
            if share >= bound
        ),
        "nothing",
    )


def response_level(one: Profile, other: Profile) -> str:
    """Give whether what the authorities did agrees."""
    first, second = (set(x.report.record.response.actions) for x in (one, other))
    if not first or not second:
        return UNTOLD
    if first & second:
        return "same act"
    return "at odds" if "none" in first | second else "other acts"


def focus_level(one: Profile, other: Profile) -> str:
    """Give how many of the two tell it as their news."""
    background = sum(x.report.record.focus == "background" for x in (one, other))
    return ("both news", "news and background", "both background")[background]


def publication_level(one: Profile, other: Profile) -> str:
    """Give how far apart the publications are."""
    if one.report.published is None or other.report.published is None:
        return UNTOLD
    apart = abs(one.report.published - other.report.published)
    for days, name in ((1, "a day"), (4, "four days"), (21, "three weeks")):
        if apart <= dt.timedelta(days=days):
            return f"within {name}"
    return "longer"


def umbrella_level(one: Profile, other: Profile) -> str:
    """Give whether the action as a whole is told."""
    count = one.report.record.umbrella + other.report.record.umbrella
    return ("neither", "one of them", "both")[count]
