"""From clues to acts: the same act told twice is one, and what one mention leaves out another may tell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial

import msgspec

from rallybook.codebook.vocabulary import kind, vocabulary
from rallybook.coding.clues import Clue
from rallybook.coding.event_date import Dated
from rallybook.coding.event_place import Located
from rallybook.coding.inferred_weeks import past
from rallybook.coding.tagged import Tagged
from rallybook.model.edtf import DAY, bounds
from rallybook.model.mention import Trigger
from rallybook.model.record import Form, Status
from rallybook.model.values import FINE, Place

_ONE_DAY = dt.timedelta(days=1)
# how long before its end an act may have been told of
_GOES_ON = dt.timedelta(days=3)


class Act:
    """One act under assembly: its clues so far, and the place and date that they give.

    `read` is what the reader of acts says of it, once it was asked, and `named` the words that it was asked about;
    `read_again` what it says when asked about other mentions.
    """

    def __init__(self, clue: Clue) -> None:
        self.clues = [clue]
        self.located = clue.place
        self.dated = clue.date
        self.read: Tagged | None = None
        self.named: tuple[int, int] | None = None
        self.read_again: tuple[Tagged, ...] = ()

    @property
    def place(self) -> Place | None:
        """Where it took place, as far as it is known."""
        return self.located.place

    @property
    def edtf(self) -> str:
        """The date as far as it is known."""
        return self.dated.edtf

    @property
    def form(self) -> Form:
        """The most specific form that its mentions support: the first that is no mere protest."""
        return most_specific([clue.trigger for clue in self.clues])

    @property
    def is_ending(self) -> bool:
        """Whether only its end was told so far."""
        return all(map(_is_ending, self.clues))

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

    def add(self, clue: Clue) -> None:
        """Take in another mention of the same act: what its own sentence tells outranks what was inferred.

        The day on which an act was ended is not its own where another one is told.
        """
        ending = self.is_ending
        self.clues.append(clue)
        if _only_points_back(clue) or (_is_ending(clue) and not ending):
            return
        if _rank(clue.place) > _rank(self.located):
            self.located = clue.place
        whole = _whole(self.dated, clue.date) or _whole(clue.date, self.dated)
        if whole:
            self.dated = whole
        elif ending or (clue.date.here, clue.date.share) > (self.dated.here, self.dated.share):
            self.dated = clue.date


def most_specific(mentions: Sequence[Trigger]) -> Form:
    """Give the most specific form that mentions of one act support: the first that is no mere protest."""
    told = [mention for mention in mentions if mention.form != "rally"]
    strong = [mention for mention in told if mention.strong]
    return (strong or [mention for mention in mentions if mention.strong] or told or mentions)[0].form


def _whole(begun: Dated, ended: Dated) -> Dated | None:
    """Give the stretch of an act of which one mention tells when it began and another until when it went on."""
    first = begun.edtf.partition("/")[0]
    opened, _, last = ended.edtf.partition("/")
    if opened != ".." or not (DAY.fullmatch(first) and DAY.fullmatch(last)) or first >= last:
        return None
    return msgspec.structs.replace(begun, edtf=f"{first}/{last}")


def _rank(located: Located) -> tuple[bool, bool, float]:
    return located.here, located.is_site, located.share


def assemble(clues: tuple[Clue, ...], is_another: Callable[[Act, Clue], bool]) -> tuple[Act, ...]:
    """Give the acts of a scene in the order of their first mention.

    `is_another` tells of a mention that would be joined to an act whether it tells another one.
    """
    acts: list[Act] = []
    for clue in sorted((_as_it_came(clue, clues) for clue in clues), key=is_crowd):
        alike = [act for act in acts if _is_pointed_at(act, clue)] or [a for a in acts if _same_act(a, clue)]
        told_before = max(alike, key=partial(_likeness, clue), default=None)
        if told_before and not is_another(told_before, clue):
            told_before.add(clue)
        elif told_before or not (is_crowd(clue) and acts):
            acts.append(Act(clue))
    return tuple(sorted(acts, key=lambda act: act.clues[0].trigger.start))


def _as_it_came(clue: Clue, others: Sequence[Clue]) -> Clue:
    """Give a mention of a plan for a day of the week with the past one where it is told to have come about then.

    "Asked women to form a chain in Minsk on Sunday ... On Sunday 100 formed a chain in Minsk", published on Monday.
    """
    timex = clue.date.timex
    if clue.status != "planned" or clue.fresh or not (timex and timex.week_inferred and clue.date.here):
        return clue
    if not (clue.trigger.strong and DAY.fullmatch(clue.date.edtf)):
        return clue
    before = past(timex)
    came = any(
        other.status == "happened" and other.date.edtf == before and _names_the_same(clue, other)
        for other in others
    )
    return (
        msgspec.structs.replace(clue, date=msgspec.structs.replace(clue.date, edtf=before)) if came else clue
    )


def _names_the_same(clue: Clue, other: Clue) -> bool:
    """Tell whether two mentions name acts of one form at one place, by words that say so themselves."""
    same = other.trigger.strong and other.trigger.form == clue.trigger.form
    return same and not other.fresh and _same_place(other.place.place, clue.place.place)


def is_crowd(clue: Clue) -> bool:
    """Tell whether a mention only names the people of an act ("protesters")."""
    return clue.trigger.text.lower().split()[-1] in vocabulary().crowd


def is_generic(clue: Clue) -> bool:
    """Tell whether a mention may stand for an act of any kind ("the protest", "chanting")."""
    if clue.trigger.form != "rally":
        return False
    word = clue.trigger.text.lower().split()[-1]
    return not clue.trigger.strong or word in vocabulary().generic or word in vocabulary().crowd


def _likeness(clue: Clue, act: Act) -> tuple[bool, bool, int]:
    """Give how well a mention fits an act: by place, by date, and the later told the better."""
    return (
        _same_place(act.place, clue.place.place),
        act.edtf == clue.date.edtf,
        act.clues[-1].trigger.start,
    )


def _same_act(act: Act, clue: Clue) -> bool:
    if not _same_kind(act, clue) or not _same_status(act, clue):
        return False
    same_place = _same_place(act.place, clue.place.place)
    if clue.fresh and not same_place:
        return False
    if same_place:
        return _compatible_date(act, clue) or _is_ended(act, clue)
    return _may_point_back(act, clue) and act.edtf == clue.date.edtf


def _is_ending(clue: Clue) -> bool:
    """Tell whether a mention tells of the end of an act ("cleared the library")."""
    return clue.trigger.text.lower().split()[0] in vocabulary().ending


def _is_ended(act: Act, clue: Clue) -> bool:
    """Tell whether one of the two tells how the other ended, a few days later."""
    if not (_is_ending(clue) or act.is_ending):
        return False
    one, other = bounds(act.edtf), bounds(clue.date.edtf)
    if not (one and other and one[0] and other[0]):
        return False
    return abs(one[0] - other[0]) <= _GOES_ON


def _only_points_back(clue: Clue) -> bool:
    """Tell whether a mention stands for an act told before and says nothing new of it ("few of these vigils")."""
    return clue.points_back and not clue.place.here and not clue.date.here


def _is_pointed_at(act: Act, clue: Clue) -> bool:
    return _only_points_back(clue) and _is_near(act, clue) and kind(act.form) == kind(clue.trigger.form)


def _may_point_back(act: Act, clue: Clue) -> bool:
    """Tell whether a mention that tells no place of its own may stand for an act told just before."""
    return not clue.place.here and _is_near(act, clue) and (clue.trigger.definite or is_crowd(clue))


def _is_near(act: Act, clue: Clue) -> bool:
    return abs(clue.sentence.paragraph - act.clues[-1].sentence.paragraph) <= 1


def _same_kind(act: Act, clue: Clue) -> bool:
    if is_generic(clue) or all(is_generic(c) for c in act.clues):
        return True
    return kind(act.form) == kind(clue.trigger.form)


def _same_status(act: Act, clue: Clue) -> bool:
    told = {c.status for c in act.clues}
    if clue.status in told:
        return True
    pair = {clue.status} | told
    return (pair <= {"planned", "happened"} and act.edtf == clue.date.edtf) or pair == {
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


def _compatible_date(act: Act, clue: Clue) -> bool:
    if act.edtf == clue.date.edtf or not act.edtf or not clue.date.edtf:
        return True
    mine, theirs = bounds(act.edtf), bounds(clue.date.edtf)
    if mine is None or theirs is None:
        return False
    first, last = mine[0] or theirs[0], mine[1] or theirs[1]
    other_first, other_last = theirs[0] or mine[0], theirs[1] or mine[1]
    if not (first and last and other_first and other_last):
        return True
    if last < other_first or other_last < first:
        return False
    if "week" in (_granularity(act.dated), _granularity(clue.date)):
        return True
    return abs((last - first) - (other_last - other_first)) <= 3 * _ONE_DAY


def _granularity(dated: Dated) -> str:
    return dated.timex.date.granularity if dated.timex else "day"
