"""From clues to acts: the same act told twice is one, and what one mention leaves out another may tell."""

from __future__ import annotations

import datetime as dt

from rallybook.codebook.vocabulary import kind, vocabulary
from rallybook.coding.clues import Clue
from rallybook.coding.event_place import Located
from rallybook.coding.scene import Scene
from rallybook.coding.setting import FINE, setting
from rallybook.model.edtf import bounds
from rallybook.model.mention import Timex
from rallybook.model.record import Form, Status
from rallybook.model.values import Place

_ONE_DAY = dt.timedelta(days=1)
# the lead of a news story: where an act without a date of its own takes it from
_LEAD_SENTENCES = 3


class Act:
    """One act under assembly: its clues so far, and the place and date that they or the context give."""

    def __init__(self, clue: Clue, place: Place | None, words: Located | None) -> None:
        self.clues = [clue]
        self.place = place
        self.words = words
        self.timex: Timex | None = clue.timex
        self.inherited_date: str = ""

    @property
    def edtf(self) -> str:
        """The date as far as it is known."""
        return self.timex.date.edtf if self.timex else self.inherited_date

    @property
    def form(self) -> Form:
        """The most specific form that its mentions support: the first that is no mere protest."""
        specific = [c for c in self.clues if not is_generic(c)]
        strong = [c for c in specific if c.trigger.strong]
        return (strong or specific or self.clues)[0].trigger.form

    def status(self, published: dt.date | None) -> Status:
        """The status of the act as of the publication date."""
        told = {clue.status for clue in self.clues}
        for status in ("denied", "cancelled", "prevented"):
            if status in told:
                return status
        if "happened" in told and "planned" in told:
            return "planned" if self._ahead(published) else "happened"
        return self.clues[0].status

    def _ahead(self, published: dt.date | None) -> bool:
        span = bounds(self.edtf)
        return bool(span and span[0] and published and span[0] > published)

    def add(self, clue: Clue, place: Place | None, words: Located | None) -> None:
        """Take in another mention of the same act."""
        self.clues.append(clue)
        if place and (not self.words or _more_specific(words, self.words)):
            self.place, self.words = place, words
        if clue.timex and (not self.timex or not self.timex.date.edtf):
            self.timex = clue.timex


def assemble(scene: Scene, clues: tuple[Clue, ...]) -> tuple[Act, ...]:
    """Give the acts of a scene in the order of their first mention."""
    acts: list[Act] = []
    for clue in sorted(clues, key=is_crowd):
        place = _place(scene, clue)
        words = clue.place
        told_before = next((a for a in reversed(acts) if _same_act(a, clue, place)), None)
        if told_before:
            told_before.add(clue, place, words)
            continue
        if is_crowd(clue) and acts:
            continue
        act = Act(clue, place, words)
        if place is None:
            act.place = _inherited_place(scene, clue, acts)
        if not clue.timex and clue.status != "planned":
            act.inherited_date = _inherited_date(scene, acts)
        acts.append(act)
    return tuple(sorted(acts, key=lambda act: act.clues[0].trigger.start))


def is_crowd(clue: Clue) -> bool:
    """Tell whether a mention only names the people of an act ("protesters")."""
    return clue.trigger.text.lower().split()[-1] in vocabulary().crowd


def is_generic(clue: Clue) -> bool:
    """Tell whether a mention may stand for an act of any kind ("the protest", "chanting")."""
    if clue.trigger.form != "rally":
        return False
    word = clue.trigger.text.lower().split()[-1]
    return not clue.trigger.strong or word in vocabulary().generic or word in vocabulary().crowd


def _place(scene: Scene, clue: Clue) -> Place | None:
    """Give the place that the clue itself tells; a site without a city takes that of its setting."""
    if clue.place is None:
        return None
    if clue.place.is_site:
        city = clue.place.place
        if city is None or city.precision not in FINE:
            city = setting(scene, clue.place.start) or city or _home(scene)
        return _as_site(city) if city else None
    return clue.place.place


def _as_site(city: Place) -> Place:
    if city.precision == "site":
        return city
    return Place(
        name=city.name, country=city.country, lat=city.lat, lon=city.lon, precision="site",
        geonameid=city.geonameid, admin1=city.admin1, population=city.population,
    )  # fmt: skip


def _home(scene: Scene) -> Place | None:
    if scene.dateline and scene.dateline.place:
        return scene.dateline.place
    return scene.home


def _same_act(act: Act, clue: Clue, place: Place | None) -> bool:
    last = act.clues[-1]
    if not _same_kind(act, clue) or not _same_status(act, clue):
        return False
    if clue.fresh and not (place and _same_place(act.place, place)):
        return False
    if not _compatible_place(act, clue, place) or not _compatible_date(act, clue):
        return False
    if place or clue.timex or clue.trigger.definite:
        return True
    # a bare mention belongs to what its own or the last paragraph was about
    return clue.sentence.paragraph - last.sentence.paragraph <= 2


def _same_kind(act: Act, clue: Clue) -> bool:
    if is_generic(clue) or all(is_generic(c) for c in act.clues):
        return True
    return kind(act.form) == kind(clue.trigger.form)


def _same_status(act: Act, clue: Clue) -> bool:
    told = {c.status for c in act.clues}
    if clue.status in told:
        return True
    pair = {clue.status} | told
    return (pair <= {"planned", "happened"} and bool(act.timex) and bool(clue.timex)) or pair == {
        "planned",
        "cancelled",
    }


def _same_place(one: Place | None, other: Place | None) -> bool:
    if one is None or other is None:
        return False
    fine = one.precision in FINE
    if fine != (other.precision in FINE):
        return False
    if one.geonameid is not None and one.geonameid == other.geonameid:
        return True
    return one.country == other.country and one.name == other.name


def _compatible_place(act: Act, clue: Clue, place: Place | None) -> bool:
    if place is None:
        return True
    if not act.words:
        return _same_place(act.place, place) or (act.place is not None and act.place.precision not in FINE)
    if not _same_place(act.place, place):
        return False
    both_sites = bool(clue.place and clue.place.is_site and act.words.is_site)
    return not both_sites or _same_words(clue.place, act.words)


def _same_words(one: Located | None, other: Located) -> bool:
    return one is not None and one.place == other.place


def _compatible_date(act: Act, clue: Clue) -> bool:
    if not clue.timex or not clue.timex.date.edtf or not act.edtf:
        return True
    mine, theirs = bounds(act.edtf), bounds(clue.timex.date.edtf)
    if mine is None or theirs is None:
        return act.edtf == clue.timex.date.edtf
    first, last = mine[0] or theirs[0], mine[1] or theirs[1]
    other_first, other_last = theirs[0] or mine[0], theirs[1] or mine[1]
    if not (first and last and other_first and other_last):
        return True
    if last < other_first or other_last < first:
        return False
    if clue.timex.date.granularity in ("week", "interval") or (
        act.timex and act.timex.date.granularity == "week"
    ):
        return True
    return abs((last - first) - (other_last - other_first)) <= 3 * _ONE_DAY


def _more_specific(words: Located | None, than: Located) -> bool:
    return bool(words and words.is_site and not than.is_site)


def _inherited_place(scene: Scene, clue: Clue, acts: list[Act]) -> Place | None:
    here = setting(scene, clue.trigger.start)
    last = acts[-1] if acts else None
    if last and last.clues[-1].sentence.paragraph == clue.sentence.paragraph and last.place:
        return last.place
    return here or (last.place if last else None) or _home(scene)


def _inherited_date(scene: Scene, acts: list[Act]) -> str:
    """Give the date of the last act told; before any, that of the article's first sentences."""
    for act in reversed(acts):
        if act.status(scene.published) == "happened":
            return act.edtf
    lead = [t for t in scene.timexes if scene.sentence_at(t.start).number < _LEAD_SENTENCES]
    return lead[0].date.edtf if lead else ""
