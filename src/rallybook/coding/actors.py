"""Who took part, who called for or led it, whom it was directed at: noun phrases weighed around a trigger.

Each noun phrase of the trigger's sentence, and of a few sentences around it, is weighed for each role by the
marks it bears: the kind of its head word, the words beside it, its side of the trigger and what stands
between. The weights are data, fitted by logistic regression on labelled records (`bench/fit_arguments.py`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from rallybook.coding.phrases import Phrase, Word, phrases, words_of
from rallybook.coding.weighing import Candidate

_BUCKETS = ((1, "0"), (3, "1-2"), (6, "3-5"), (11, "6-10"))
_NAME = "perhaps a person's name"
_SHOWN_KINDS = "POFCRXDS"
# kinds of heads in fewer sorts, so that a rare kind learns from its likes
_SORTS = {
    **dict.fromkeys(
        ("people", "persons", "collectives", "crowd of people", "crowd of persons", "crowd of Names"), "human"
    ),
    **dict.fromkeys(("plural", "Names", "crowd of plural", "number"), "perhaps human"),
    **dict.fromkeys(("organisations", "ACRONYM"), "organisation"),
    "addressees": "power",
    "Name": "name",
}


class Scene(NamedTuple):
    """A sentence cut for one trigger: its words, the number of the trigger's core word, its phrases."""

    sentence: tuple[Word, ...]
    trigger: range
    core: int
    found: tuple[Phrase, ...]
    heads: tuple[str, ...]


def candidates(
    sentence: tuple[Word, ...], trigger: range, nearby: Sequence[tuple[str, tuple[Word, ...]]] = ()
) -> list[Candidate]:
    """Give all phrases that may play a role, with their marks.

    `nearby` are sentences around this one, each with a label for where it stands ("next 1", "before 2").
    """
    if not sentence or not trigger:
        return []
    cut = scene(sentence, trigger)
    told = Counter(
        word.lower for _, held in (("here", sentence), *nearby) for word in held if word.kind in "WU"
    )
    found = [
        Candidate(*_position(sentence, phrase), evidence(cut, n) + _repeated(cut, n, told, "here"))
        for n, phrase in enumerate(cut.found)
    ]
    need = _need(cut)
    for label, other in nearby:
        found += elsewhere(label, other, need, told)
    return found


def unnamed(found: Sequence[Candidate]) -> list[Candidate]:
    """Leave out what may be a person's name: those who merely took part are never named in a record."""
    return [candidate for candidate in found if _NAME not in candidate.marks]


def scene(sentence: tuple[Word, ...], trigger: range) -> Scene:
    """Cut a sentence into the noun phrases that may play a role at the trigger."""
    core = _core(sentence, trigger) if trigger else len(sentence)
    found = tuple(p for p in phrases(sentence, range(core, core + 1)) if sentence[p.head].kind in "WUN")
    return Scene(sentence, trigger, core, found, tuple(_head_kind(sentence, p) for p in found))


def evidence(cut: Scene, number: int) -> tuple[str, ...]:
    """Give the marks that the phrase of this number bears, each a name that the weights may know."""
    sentence, phrase, kind = cut.sentence, cut.found[number], cut.heads[number]
    head, sort = sentence[phrase.head].lower, _SORTS.get(kind, "other")
    before, after = _beside(sentence, phrase.first - 1), _beside(sentence, phrase.last)
    if phrase.counted:
        before = "count"
    side = "before" if phrase.last <= cut.core else "after"
    distance = cut.core - phrase.last if side == "before" else phrase.first - cut.core - 1
    gap = next((name for bound, name in _BUCKETS if distance < bound), ">10")
    between = _between(cut, number)
    act = _act(cut)
    rank = _rank(cut, number, side)
    opening = "subject" if _subject(sentence, phrase, cut.core) else "other"
    listed = "C" in (_kind_at(sentence, phrase.first - 1), _kind_at(sentence, phrase.last))
    word = sentence[cut.core].lower[:6]
    inside = phrase.first >= cut.trigger.start and phrase.last <= cut.trigger.stop
    return (
        "bias",
        f"head={head}",
        f"kind={kind}",
        f"kind={kind} side={side}",
        f"kind={kind} before={before}",
        f"kind={kind} after={after}",
        f"side={side} before={before}",
        f"side={side} gap={gap}",
        f"side={side} gap={gap} kind={kind}",
        f"side={side} rank={rank} kind={kind}",
        f"side={side} between={between}",
        f"side={side} between={between} kind={kind}",
        f"act={act} side={side} kind={kind} {opening}",
        f"act={act} side={side} before={before}",
        f"first={_first(sentence, phrase)} kind={kind}",
        f"led={_led(sentence, phrase)} kind={kind}",
        f"two={_beside(sentence, phrase.first - 2)} {before} kind={kind}",
        f"inside={inside} kind={kind}",
        f"only={sum(1 for k in cut.heads if k == kind) == 1} kind={kind}",
        f"list={listed} kind={kind}",
        f"said={_said(sentence, phrase)} kind={kind}",
        f"organisation={_organised(sentence, phrase)} side={side}",
        f"organisation={_organised(sentence, phrase)} before={before}",
        f"act {word} side={side} before={before}",
        f"act {word} side={side} gap={gap}",
        f"act {word} side={side} kind={kind}",
        f"class={sort}",
        f"ending={head[-3:]}",
        f"class={sort} side={side} gap={gap}",
        f"class={sort} side={side} rank={rank}",
        f"class={sort} act={act} side={side} {opening}",
        f"class={sort} act={act} side={side} {opening} gap={gap}",
        f"class={sort} side={side} before={before}",
        f"class={sort} side={side} before={before} gap={gap}",
        f"class={sort} side={side} between={between}",
        f"class={sort} after={after}",
        f"class={sort} counted={phrase.counted} {opening}",
        f"class={sort} list={listed}",
        f"class={sort} inside={inside}",
        f"class={sort} led={_led(sentence, phrase)}",
    )


def elsewhere(
    label: str, sentence: tuple[Word, ...], need: str, told: Mapping[str, int] = MappingProxyType({})
) -> list[Candidate]:
    """Give the phrases of a sentence without the trigger; `need` is what the trigger's sentence offers.

    Where the sentence names a protest act of its own, they bear the marks that they have beside that act.
    """
    act = next((n for n, word in enumerate(sentence) if _is_act(word)), None)
    cut = scene(sentence, range(0, 0) if act is None else range(act, act + 1))
    return [
        Candidate(
            *_position(sentence, phrase),
            (
                *(evidence(cut, n) if act is not None else ()),
                *_around(cut, n, label, need),
                *_repeated(cut, n, told, "near"),
            ),
        )
        for n, phrase in enumerate(cut.found)
    ]


def _around(cut: Scene, number: int, label: str, need: str) -> tuple[str, ...]:
    sentence, phrase, kind = cut.sentence, cut.found[number], cut.heads[number]
    before, after = _beside(sentence, phrase.first - 1), _beside(sentence, phrase.last)
    opening = "subject" if _subject(sentence, phrase, cut.core) else "other"
    acts, head, sort = bool(cut.trigger), sentence[phrase.head].lower, _SORTS.get(kind, "other")
    said, organised = _said(sentence, phrase), _organised(sentence, phrase)
    return (
        "bias elsewhere",
        f"near {label} kind={kind}",
        f"near {need} kind={kind}",
        f"near {label} {need} kind={kind}",
        f"near acts={acts} {opening} kind={kind}",
        f"near before={'count' if phrase.counted else before} kind={kind}",
        f"near after={after} kind={kind}",
        f"near led={_led(sentence, phrase)} kind={kind}",
        f"near rank={min(cut.heads[:number].count(kind), 2)} kind={kind}",
        f"near head={head}",
        f"near {need} head={head}",
        f"near said={said} kind={kind}",
        f"near said={said} organisation={organised}",
        f"near acts={acts} organisation={organised}",
        f"near class={sort} {need} {opening}",
        f"near class={sort} {label} acts={acts} {opening}",
        f"near class={sort} said={said}",
    )


def _repeated(cut: Scene, number: int, told: Mapping[str, int], where: str) -> tuple[str, ...]:
    """Tell how often the head word stands in and around the sentence."""
    phrase, kind = cut.found[number], cut.heads[number]
    times = min(told.get(cut.sentence[phrase.head].lower, 1), 4)
    organised = _organised(cut.sentence, phrase)
    marks = (f"{where} times={times} kind={kind}", f"{where} times={times} organisation={organised}")
    return (*marks, _NAME) if kind == "Name" and organised == "capital" else marks


def _need(cut: Scene) -> str:
    """Tell what the sentence itself offers: people before its trigger, people at all, a pronoun, nothing."""
    human = {n for n, k in enumerate(cut.heads) if "people" in k or "persons" in k or "collectives" in k}
    if any(cut.found[n].last <= cut.core for n in human):
        return "people before"
    if human:
        return "people"
    if any(w.lower in {"they", "we", "them"} for w in cut.sentence[: cut.core]):
        return "they"
    return "nobody"


def _position(sentence: tuple[Word, ...], phrase: Phrase) -> tuple[int, int]:
    first = phrase.first
    generic = words_of("actors", "generic")
    if phrase.last - first == 2 and sentence[first].kind == "D" and sentence[phrase.head].lower in generic:
        first += 1  # coders write "protesters" for "the protesters", but "the villagers"
    return sentence[first].start, sentence[phrase.last - 1].end


def _is_act(word: Word) -> bool:
    return word.lower.startswith(_acts())


@cache
def _acts() -> tuple[str, ...]:
    return tuple(sorted(words_of("actors", "acts")))


def _core(sentence: tuple[Word, ...], trigger: range) -> int:
    people = words_of("actors", "people")
    inside = [n for n in trigger if sentence[n].lower not in people]
    for n in inside:
        if _is_act(sentence[n]):
            return n
    return next((n for n in inside if sentence[n].kind == "V"), inside[0] if inside else trigger.start)


@cache
def _kinds_of_heads() -> dict[str, str]:
    known: dict[str, str] = {}
    for name in ("never", "addressees", "organisations", "people", "collectives"):
        known.update(dict.fromkeys(words_of("actors", name), name))
    return known


def _head_kind(sentence: tuple[Word, ...], phrase: Phrase) -> str:
    head = sentence[phrase.head]
    kind = _kinds_of_heads().get(head.lower)
    if kind == "collectives" and phrase.head + 1 < phrase.last:
        # "a group of villagers" stands for the villagers
        stops = (n - 1 for n in range(phrase.head + 3, phrase.last) if sentence[n].kind in "OF")
        inner = sentence[next(stops, phrase.last - 1)]
        return f"crowd of {_kinds_of_heads().get(inner.lower, _shape(inner))}"
    return kind or _shape(head)


def _shape(word: Word) -> str:
    if word.kind == "U" and word.capitals and len(word.lower) > 1:
        return "ACRONYM"
    if word.kind == "U":
        return "Names" if word.lower.endswith(("ans", "ese", "ists", "ers", "is")) else "Name"
    if word.lower.endswith(("ers", "ors", "ists", "ants", "ians", "men", "women", "ees")):
        return "persons"
    return "plural" if word.lower.endswith("s") else "number" if word.kind == "N" else "thing"


def _beside(sentence: tuple[Word, ...], at: int) -> str:
    if not 0 <= at < len(sentence):
        return "edge"
    word = sentence[at]
    if word.kind in _SHOWN_KINDS:
        return word.lower
    if word.kind == "V":
        return word.lower if word.lower in words_of("actors", "leading") else "V"
    return word.kind


def _kind_at(sentence: tuple[Word, ...], at: int) -> str:
    return sentence[at].kind if 0 <= at < len(sentence) else "E"


def _between(cut: Scene, number: int) -> str:
    phrase = cut.found[number]
    span = range(phrase.last, cut.core) if phrase.last <= cut.core else range(cut.core + 1, phrase.first)
    kinds = {cut.sentence[n].kind for n in span}
    return "".join(k for k in "VRCME" if k in kinds) or "-"


def _act(cut: Scene) -> str:
    kind, at = cut.sentence[cut.core].kind, cut.core
    if kind == "V":
        return "verb"
    if at and cut.sentence[at - 1].kind in "DNGS":
        return "noun"
    return "to" if at and cut.sentence[at - 1].lower == "to" else "bare"


def _rank(cut: Scene, number: int, side: str) -> int:
    """Count the phrases with a head of the same kind between this one and the trigger, up to 2."""
    kind, phrase = cut.heads[number], cut.found[number]
    low, high = (phrase.last, cut.core) if side == "before" else (cut.core + 1, phrase.first)
    alike = (p for p, k in zip(cut.found, cut.heads, strict=True) if k == kind)
    return min(sum(1 for p in alike if low <= p.first < high), 2)


def _subject(sentence: tuple[Word, ...], phrase: Phrase, core: int) -> bool:
    before, after = _kind_at(sentence, phrase.first - 1), _kind_at(sentence, phrase.last)
    return (phrase.counted or before not in "POFV") and (phrase.last == core or after in "VXYR")


def _first(sentence: tuple[Word, ...], phrase: Phrase) -> str:
    word = sentence[phrase.first]
    return word.lower if word.kind == "D" else "count" if phrase.counted else word.kind


def _led(sentence: tuple[Word, ...], phrase: Phrase) -> str:
    leading = words_of("actors", "leading")
    for n in range(phrase.first - 1, max(phrase.first - 4, -1), -1):
        if sentence[n].lower in leading:
            return "by" if n + 1 < len(sentence) and sentence[n + 1].lower == "by" else "left"
    for n in range(phrase.last, min(phrase.last + 4, len(sentence))):
        if sentence[n].lower in leading:
            return "right"
    return "no"


def _said(sentence: tuple[Word, ...], phrase: Phrase) -> str:
    """Tell whether a verb of saying stands right beside the phrase."""
    saying = words_of("actors", "saying")
    if any(word.lower in saying for word in sentence[phrase.last : phrase.last + 3]):
        return "right"
    return (
        "left"
        if any(word.lower in saying for word in sentence[max(phrase.first - 2, 0) : phrase.first])
        else "no"
    )


def _organised(sentence: tuple[Word, ...], phrase: Phrase) -> str:
    """Tell whether the phrase names an organisation, or someone by a capital, or neither."""
    held = sentence[phrase.first : phrase.last]
    known = words_of("actors", "organisations")
    capital = any(word.kind == "U" for word in held)
    if any(word.lower in known for word in held):
        return "named" if capital else "common"
    return "capital" if capital else "no"
