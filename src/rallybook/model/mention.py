"""What the grounders and taggers find in a reading; positions count characters of the reading's text."""

from __future__ import annotations

from typing import Literal, get_args

import msgspec

from rallybook.model.record import Form
from rallybook.model.values import DateRange, Place, Range

Relation = Literal["on", "since", "until", "before", "after", "by", "between"]
Action = Literal["none", "present", "warned", "blocked", "dispersal", "force", "arrests", "injured", "killed"]
# those that a number of people goes with
CountedAction = Literal["arrests", "injured", "killed"]
COUNTED_ACTIONS: tuple[CountedAction, ...] = get_args(CountedAction)


class Mention(msgspec.Struct, frozen=True, kw_only=True):
    """Some words of a reading: `text == reading.text[start:end]`."""

    start: int
    end: int
    text: str


class Toponym(Mention, frozen=True, kw_only=True):
    """A name of a place. `place` is None where no candidate was good enough (a veto, not a guess).

    `score` is between 0 and 1; `margin` is its distance to the next candidate's score.
    """

    place: Place | None
    score: float = 0.0
    margin: float = 0.0


class Timex(Mention, frozen=True, kw_only=True):
    """A time expression and the days it stands for; its text is without the preposition before it.

    `relation` says how the words before it bound the time ("since Monday": the date is then open to the right).
    `anaphoric`: counted from a day told before ("the next morning"). `vague`: no exact days ("in recent weeks").
    `clock`: a time of day alone ("at seven"), on the day told before; anaphoric, too.
    `week_inferred`: a day of the week alone ("on Friday"), whose week the words around it suggest and do not tell.
    `month_inferred`: the same of a day of the month alone ("on the 12th").
    """

    date: DateRange
    relation: Relation = "on"
    anaphoric: bool = False
    vague: bool = False
    clock: bool = False
    week_inferred: bool = False
    month_inferred: bool = False


class HeadCount(Mention, frozen=True, kw_only=True):
    """A number of people at a protest: the whole phrase, its range, and who says so (empty: the outlet).

    `score` is the probability, between 0 and 1, that the number is one of a protest's size.
    """

    count: Range
    claimed_by: str = ""
    score: float = 1.0


class ResponseMention(Mention, frozen=True, kw_only=True):
    """What police, army or other authorities did, or who was hurt; `count` for arrests, injured, killed.

    `score` is the probability, between 0 and 1, that the words tell of a protest and not of something else.
    """

    action: Action
    count: Range = Range()
    score: float = 1.0


class Trigger(Mention, frozen=True, kw_only=True):
    """The word or short phrase that names a protest act ("marched", "a sit-in", "blocked the bridge").

    `verbal` tells a finite or infinite verb from a noun; `definite` a noun that points back ("the march",
    "these protests") or to all of its kind; `strong` a word that says protest by itself ("demonstrated")
    from one that needs a crowd or a claim beside it ("gathered", "blocked the road", "clashed").
    """

    form: Form
    verbal: bool = False
    definite: bool = False
    strong: bool = True


class Site(Mention, frozen=True, kw_only=True):
    """A named or described spot within a place ("the Arbat in central Moscow", "outside the town hall").

    `text` is the whole phrase without the leading preposition; `toponym` is the place that the phrase itself
    names, if any; a site that names none inherits its place from the article.
    """

    toponym: Toponym | None = None
