"""Lists of places, each member of which has an act of its own ("rallies in Lyon and Lille")."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rallybook.coding.scene import Scene
from rallybook.coding.spots import Spot
from rallybook.grounding.sentences import Sentence
from rallybook.model.values import FINE

_VERBAL = re.compile(r"\b(?:was|were|is|are|had|has|said|says|will|would|did|\w{3,}ed)\b")
_A_VERB = re.compile(
    r"\b(?:was|were|is|are|be|been|had|has|have|said|says|will|would|did|do|does|can|may|\w{3,}(?:ed|ing))\b"
)
_INCLUDING = re.compile(r"\b(?:including|such as|among them|like|as well as|notably|particularly)\b")
_LONGEST_GAP = 60
# a comma or "and", and at most five words before the next place ("and in the eastern city of")
_NEXT = r"\s*(?:[\w’'-]+\s+){0,5}\W{0,2}$"
_JOINS = re.compile(rf"(?:,|\band\b){_NEXT}")
# "from Egypt and Syria to Italy and Greece"; from city to city people march
_JOINS_COUNTRIES = re.compile(rf"(?:,|\band\b|\bto\b){_NEXT}")
# another clause, or the text behind a dateline
_PARTS = re.compile(r"\b(?:after|before|because|when|where|who|which|that)\b|\s[-–—]\s")
# "the bandh was total in Mysore and Hubli while it was partial in Dharwad and Shimoga": one act, two lists
_GOES_ON = re.compile(
    r"\W*(?:(?:while|and|but|though|whereas)\s+)?(?:it\s+)?(?:(?:was|were|is|remained|evoked)\s+)?(?:only\s+|nearly\s+|an?\s+)?"
    r"(?:partial|total|complete|near[- ]total|peaceful|good|mixed|lukewarm|poor)\s+(?:response\s+)?in\s+",
    re.IGNORECASE,
)
_ARTICLE = r"\s+(?:the\s+)?(?:(?:city|town|village|port|capital)\s+of\s+)?$"
_BEFORE = 40
# what another place is told by, lies in or is told apart from: "in Rosas, south of Popayan", "not in Chiang Mai"
_OF_ANOTHER = re.compile(
    rf"(?:\bnear|,\s+outside|\b(?:north|south|east|west)\w*\s+(?:of|from)|\b(?:km|kilomet\w+|miles)\s+(?:of|from)"
    rf"|\b(?:municipality|district|county|department|province|region|state|parish|commune)\s+of|\bnot\s+in){_ARTICLE}",
    re.IGNORECASE,
)
_NONE = re.compile(r"\s+none\b")
# where people come from or go to, or the ends of a road: "gathered from Sukkur and Ghotki", "between Puno and Juliaca"
_ENDS = re.compile(rf"\b(?:from|between|to|towards?){_ARTICLE}", re.I)
# what is named after a place: "held up the Lahore railcar"; "the Chatham and Rochester areas" are places
_NAMED_AFTER = re.compile(
    r"\s+(?!(?:and|or|areas?|towns?|cit(?:y|ies)|villages?|districts?|provinces?|regions?|states?|suburbs?)\b)[a-z]{3,}"
)
_THE = re.compile(r"\bthe\s+$", re.I)


def listed(scene: Scene, spots: Iterable[Spot], chosen: Spot) -> tuple[Spot, ...]:
    """Give the members of the list of places in which a chosen mention stands; it alone where it stands in none.

    Where a list of cities is given as part of a region or country ("across Russia, including Irkutsk and Omsk"), the
    whole comes first. Where the chosen one only tells where another lies ("in Rosas, south of Popayan"), it is that.
    """
    reach = _with_fragments(scene, chosen.sentence)
    told = sorted((s for s in spots if chosen.sentence.start <= s.start < reach), key=lambda s: s.start)
    own = [s for s in told if not _is_other(scene, s)]
    chosen = chosen if chosen in own else _told_by(scene, own, chosen)
    here = [s for s in told if s is chosen or s in own]
    for group in _groups(scene, [s for s in here if s.place.precision in FINE], _JOINS):
        whole = next(
            (s for s in here if s.place.precision not in FINE and _introduces(scene, s, group[0])), None
        )
        if chosen in group or chosen == whole:
            return (whole, *group) if whole else tuple(group)
    countries = [s for s in here if s.place.precision == "country" and not s.agent]
    groups = _groups(scene, countries, _JOINS_COUNTRIES)
    return next((tuple(group) for group in groups if chosen in group), (chosen,))


def _groups(scene: Scene, told: list[Spot], joins: re.Pattern[str]) -> Iterator[list[Spot]]:
    """Give the lists of two and more places that stand side by side ("Bari in Apulia, Lecce and Brindisi")."""
    groups: list[list[Spot]] = []
    for other in told:
        gap = scene.text[groups[-1][-1].end : other.start] if groups else ""
        if groups and _GOES_ON.fullmatch(gap):
            groups[-1].append(other)
        elif not groups or len(gap) > _LONGEST_GAP or _VERBAL.search(gap) or _PARTS.search(gap):
            groups.append([other])
        elif joins.search(gap):
            groups[-1].append(other)
        # else: what the last one lies in or near ("in the Andes", "the largest city on the coast")
    return (group for group in groups if len(group) > 1 and not _is_way(scene, group[0]))


def _told_by(scene: Scene, own: Iterable[Spot], other: Spot) -> Spot:
    """Give the city right before a place that is named for its sake; that place itself where there is none."""
    before = [s for s in own if s.end <= other.start and s.place.precision in FINE]
    gap = scene.text[before[-1].end : other.start] if before else ""
    return before[-1] if before and len(gap) <= _LONGEST_GAP and _JOINS.search(gap) else other


def _is_other(scene: Scene, spot: Spot) -> bool:
    """Tell whether a place is named for another's sake: where that one lies, or what is called by it."""
    before = _words_before(scene, spot)
    if _OF_ANOTHER.search(before):
        return not spot.is_site
    if _NONE.match(scene.text, spot.end):
        return True
    return bool(_THE.search(before) and _NAMED_AFTER.match(scene.text, spot.end))


def _is_way(scene: Scene, first: Spot) -> bool:
    """Tell whether a list of cities tells where people come from or go to."""
    return (
        first.place.precision in FINE
        and not first.is_site
        and bool(_ENDS.search(_words_before(scene, first)))
    )


def _words_before(scene: Scene, spot: Spot) -> str:
    return scene.text[max(spot.sentence.start, spot.start - _BEFORE) : spot.start]


def _with_fragments(scene: Scene, sentence: Sentence) -> int:
    """Give the end of a sentence and of what a stray stop cut off from it: words without a verb."""
    end = sentence.end
    for follower in scene.sentences[sentence.number + 1 :]:
        if follower.paragraph != sentence.paragraph or _A_VERB.search(scene.words(follower)):
            break
        end = follower.end
    return end


def _introduces(scene: Scene, whole: Spot, first: Spot) -> bool:
    return whole.end < first.start and bool(_INCLUDING.search(scene.text[whole.end : first.start]))
