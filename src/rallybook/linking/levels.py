"""The comparison levels: how alike two reports are in each respect, in words that a person can check."""

from __future__ import annotations

from rallybook.linking.days import Days
from rallybook.linking.keys import SAME_KM
from rallybook.linking.profiles import Profile
from rallybook.model.distance import distance_km

# the gazetteer gives a city and the spots in it one point; others put them up to some kilometres apart
_POINT_KM = 3.0
# from a region's middle to a city in it: the French regions reach some 200 km
REGION_KM = 250.0
# what a comparison says where one of the two is silent; it weighs nothing
UNTOLD = "untold"
# from which share of the telling words on, and up to how many days apart
_SHARES = ((0.6, "most"), (0.35, "much"), (0.2, "some"))
_PUBLISHED = ((1, "within a day"), (4, "within four days"), (21, "within three weeks"))


def place_level(one: Profile, other: Profile) -> str:
    """Give how the places stand to each other: by distance at the city, by what holds what above it."""
    if "nowhere" in (one.scale, other.scale):
        return UNTOLD
    here, there = one.report.record.place, other.report.record.place
    if one.scale == other.scale == "fine":
        # most are of one city, and the gazetteer gives it one point
        spot = here.lat == there.lat and here.lon == there.lon
        return _fine_level(one, other, 0.0 if spot else distance_km(here, there))
    if here.country != there.country:
        return "other country"
    km = distance_km(here, there)
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
    return "other spot" if one.site.isdisjoint(other.site) else "same spot"


def days_apart(one: Profile, other: Profile) -> int:
    """Give by how many days the days of two reports miss each other, as `gap` does."""
    return max(other.span[0] - one.span[1], one.span[0] - other.span[1])


def date_level(one: Profile, other: Profile) -> str:
    """Give how the days stand to each other, and how exact the wider of the two is."""
    if one.days is None or other.days is None:
        return UNTOLD
    apart = days_apart(one, other)
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
    forms = {one.traits.form, other.traits.form}
    if len(forms) == 1:
        return "both a rally" if forms == {"rally"} else "same form"
    if one.kind == other.kind:
        return "same kind"
    if forms == {"rally", "march"}:
        return "a rally and a march"
    return "a rally and another" if "rally" in forms else "other form"


def earlier(one: Profile, other: Profile) -> bool:
    """Tell whether a report was published before another one."""
    return one.published is not None and other.published is not None and one.published < other.published


def status_level(one: Profile, other: Profile) -> str:
    """Give how the statuses stand to each other, in the order of publication where it is known."""
    statuses = {one.traits.status, other.traits.status}
    if len(statuses) == 1:
        return "both happened" if statuses == {"happened"} else "same status"
    if "planned" in statuses:
        plan, outcome = (one, other) if one.traits.status == "planned" else (other, one)
        return "planned after its outcome" if earlier(outcome, plan) else "planned, then its outcome"
    return "outcomes at odds"


def size_level(one: Profile, other: Profile) -> str:
    """Give how the head counts stand to each other: by the ratio of the nearest ends of the two ranges."""
    first, second = one.size, other.size
    if first is None or second is None:
        return UNTOLD
    if first[0] <= second[1] and second[0] <= first[1]:
        return "overlap"
    ratio = max(second[0] / max(first[1], 1), first[0] / max(second[1], 1))
    return "within a factor of 2" if ratio <= 2 else "within a factor of 5" if ratio <= 5 else "far apart"


def shared_level(one: frozenset[str], other: frozenset[str]) -> str:
    """Give how many telling words two lists share."""
    if not one or not other:
        return UNTOLD
    if one.isdisjoint(other):
        return "no word"
    count = len(one & other)
    return "one word" if count == 1 else "two words" if count == 2 else "more words"


def theme_level(one: Profile, other: Profile) -> str:
    """Give the share of the telling words of the shorter account that the other has, too."""
    least = min(len(one.theme), len(other.theme))
    if not least:
        return UNTOLD
    if one.theme.isdisjoint(other.theme):
        return "nothing"
    share = len(one.theme & other.theme) / least
    return next((name for bound, name in _SHARES if share >= bound), "little")


def response_level(one: Profile, other: Profile) -> str:
    """Give whether what the authorities did agrees."""
    if not one.response or not other.response:
        return UNTOLD
    if not one.response.isdisjoint(other.response):
        return "same act"
    return "at odds" if "none" in one.response | other.response else "other acts"


def focus_level(one: Profile, other: Profile) -> str:
    """Give how many of the two tell it as their news."""
    background = (one.traits.focus == "background") + (other.traits.focus == "background")
    return ("both news", "news and background", "both background")[background]


def publication_level(one: Profile, other: Profile) -> str:
    """Give how far apart the publications are."""
    if one.published is None or other.published is None:
        return UNTOLD
    apart = abs(one.published - other.published)
    return next((name for days, name in _PUBLISHED if apart <= days), "longer")


def umbrella_level(one: Profile, other: Profile) -> str:
    """Give whether the action as a whole is told."""
    count = one.traits.umbrella + other.traits.umbrella
    return ("neither", "one of them", "both")[count]
