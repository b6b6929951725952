"""Whether the article reports an act as its news, or recalls it."""

from __future__ import annotations

import datetime as dt
import re

from rallybook.coding.assemble import Act
from rallybook.coding.linear import score
from rallybook.coding.recalled_period import in_period, recalls_period
from rallybook.coding.scene import Scene
from rallybook.coding.setting import home_city
from rallybook.coding.tagged import steps
from rallybook.model.edtf import bounds
from rallybook.model.record import Focus
from rallybook.model.values import FINE

# on the training articles 84 % of the happened acts that ended within 14 days are focal, and 14 % of the older ones
_NEWS_DAYS = 14
# sentences of an article that is no brief; how much of a sentence is read for words
_LONG, _READ = 8, 300
_WORD = re.compile(r"[a-z]{3,}")
_TAGGED = (-3.0, -2.0, -1.0, -0.5, 0.0, 0.5, 1.0, 2.0, 3.0)
_RECALLS = re.compile(
    r"\b(?:(?:in|over|for|during|after|of) (?:the )?(?:recent|past|last|previous|preceding) "
    r"(?:few |several |two |three |four |five |six )?(?:days|weeks|months|years|decades?)|"
    r"(?:last|the previous) (?:year|month|spring|summer|autumn|fall|winter)|(?:months|weeks|years|decades|a wave|"
    r"series|spate) of|years? ago|months? ago|since (?:last )?(?:january|february|march|april|may|june|july|august|"
    r"september|october|november|december|\d{4})|anniversary|in the wake of|unlike|reminiscent|"
    r"similar \w+ (?:in|had|have)|history|historic|infamous|earlier this year)\b",
    re.IGNORECASE,
)


def focus_of(act: Act, scene: Scene) -> Focus:
    """Give the focus of an act: whether the article reports it as its news."""
    if recalls_period(scene) and in_period(act.edtf, scene.published):
        return "focal"
    return "focal" if score(scene.model("focus"), focus_marks(act, scene)) > 0 else "background"


def focus_marks(act: Act, scene: Scene) -> tuple[str, ...]:
    """Give what speaks for and against an act being the news of its article."""
    sentences = tuple(dict.fromkeys(clue.sentence for clue in act.clues))
    recalled = [bool(_RECALLS.search(scene.words(s))) for s in sentences]
    first, age = sentences[0], _age(act.edtf, scene.published)
    status = act.status(scene.published)
    where = "fine" if act.place and act.place.precision in FINE else "coarse" if act.place else "unknown"
    home = home_city(scene)
    own = [
        f"age={age}",
        f"age={age} status={status}",
        f"recalled={all(recalled)}",
        f"recalled={all(recalled)} age={age}",
        f"status={status}",
        f"form={act.form}",
        f"sentence={min(first.number, 8)}",
        f"sentence={min(first.number, 4)} age={age}",
        f"opening={first.number * 4 // max(len(scene.sentences), 1)}",
        f"mentions={min(len(act.clues), 4)}",
        f"where={where}",
        f"where={where} age={age}",
        f"home={bool(act.place and home and act.place.name == home.name)}",
        f"date here={act.dated.here}",
        f"long={len(scene.sentences) > _LONG}",
    ]
    words = " ".join(scene.words(s)[:_READ].lower() for s in sentences[:3])
    return ("bias", *own, *_as_tagged(act, scene), *sorted({f"says {word}" for word in _WORD.findall(words)}))


def _as_tagged(act: Act, scene: Scene) -> tuple[str, ...]:
    if scene.tagged is None:
        return ()
    told = [scene.tagged.focal(clue.trigger.start, clue.trigger.end) for clue in act.clues]
    return steps("tagged focal", max((odds for odds in told if odds is not None), default=None), _TAGGED)


def _age(edtf: str, published: dt.date | None) -> str:
    """Give how long ago an act ended, seen from the day of publication."""
    span = bounds(edtf)
    if published is None or span is None:
        return "unknown"
    first, last = span
    if last is None:
        return "open" if first is None or (published - first).days > _NEWS_DAYS else "open recent"
    days = (published - last).days
    steps = (
        (-1, "ahead"),
        (0, "today"),
        (1, "yesterday"),
        (3, "3"),
        (7, "7"),
        (_NEWS_DAYS, "14"),
        (60, "60"),
    )
    age = next((name for bound, name in steps if days <= bound), "old")
    return age if first and (last - first).days < _NEWS_DAYS else f"{age} long"
