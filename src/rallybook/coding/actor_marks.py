"""The marks that a noun phrase bears beside a protest trigger: its kind, its neighbours, its side, what is between."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from rallybook.coding.actor_heads import head_kind, sort_of
from rallybook.coding.phrases import Phrase, Word, phrases, words_of

PERHAPS_NAME = "perhaps a person's name"
_BUCKETS = ((1, "0"), (3, "1-2"), (6, "3-5"), (11, "6-10"))
_SHOWN_KINDS = "POFCRXDS"


class Cut(NamedTuple):
    """A sentence cut for one trigger: its words, the number of the trigger's core word, its phrases."""

    sentence: tuple[Word, ...]
    trigger: range
    core: int
    found: tuple[Phrase, ...]
    heads: tuple[str, ...]


def cut_for(sentence: tuple[Word, ...], trigger: range) -> Cut:
    """Cut a sentence into the noun phrases that may play a role at the trigger."""
    core = _core(sentence, trigger) if trigger else len(sentence)
    found = tuple(p for p in phrases(sentence, range(core, core + 1)) if sentence[p.head].kind in "WUN")
    return Cut(sentence, trigger, core, found, tuple(head_kind(sentence, p) for p in found))


# marks of a phrase in the trigger's own sentence; one template for all, as filling forty takes four times as long
_HERE = "\x1f".join(
    (
        "bias",
        "head=%(head)s",
        "kind=%(kind)s",
        "kind=%(kind)s side=%(side)s",
        "kind=%(kind)s before=%(before)s",
        "kind=%(kind)s after=%(after)s",
        "side=%(side)s before=%(before)s",
        "side=%(side)s gap=%(gap)s",
        "side=%(side)s gap=%(gap)s kind=%(kind)s",
        "side=%(side)s rank=%(rank)s kind=%(kind)s",
        "side=%(side)s between=%(between)s",
        "side=%(side)s between=%(between)s kind=%(kind)s",
        "act=%(act)s side=%(side)s kind=%(kind)s %(opening)s",
        "act=%(act)s side=%(side)s before=%(before)s",
        "first=%(first)s kind=%(kind)s",
        "led=%(led)s kind=%(kind)s",
        "two=%(two)s %(before)s kind=%(kind)s",
        "inside=%(inside)s kind=%(kind)s",
        "only=%(only)s kind=%(kind)s",
        "list=%(listed)s kind=%(kind)s",
        "said=%(said)s kind=%(kind)s",
        "organisation=%(organised)s side=%(side)s",
        "organisation=%(organised)s before=%(before)s",
        "act %(word)s side=%(side)s before=%(before)s",
        "act %(word)s side=%(side)s gap=%(gap)s",
        "act %(word)s side=%(side)s kind=%(kind)s",
        "class=%(sort)s",
        "ending=%(ending)s",
        "class=%(sort)s side=%(side)s gap=%(gap)s",
        "class=%(sort)s side=%(side)s rank=%(rank)s",
        "class=%(sort)s act=%(act)s side=%(side)s %(opening)s",
        "class=%(sort)s act=%(act)s side=%(side)s %(opening)s gap=%(gap)s",
        "class=%(sort)s side=%(side)s before=%(before)s",
        "class=%(sort)s side=%(side)s before=%(before)s gap=%(gap)s",
        "class=%(sort)s side=%(side)s between=%(between)s",
        "class=%(sort)s after=%(after)s",
        "class=%(sort)s counted=%(counted)s %(opening)s",
        "class=%(sort)s list=%(listed)s",
        "class=%(sort)s inside=%(inside)s",
        "class=%(sort)s led=%(led)s",
    )
)
# marks of a phrase in a sentence close by
_NEAR = "\x1f".join(
    (
        "bias elsewhere",
        "near %(label)s kind=%(kind)s",
        "near %(need)s kind=%(kind)s",
        "near %(label)s %(need)s kind=%(kind)s",
        "near acts=%(acts)s %(opening)s kind=%(kind)s",
        "near before=%(before)s kind=%(kind)s",
        "near after=%(after)s kind=%(kind)s",
        "near led=%(led)s kind=%(kind)s",
        "near rank=%(order)s kind=%(kind)s",
        "near head=%(head)s",
        "near %(need)s head=%(head)s",
        "near said=%(said)s kind=%(kind)s",
        "near said=%(said)s organisation=%(organised)s",
        "near acts=%(acts)s organisation=%(organised)s",
        "near class=%(sort)s %(need)s %(opening)s",
        "near class=%(sort)s %(label)s acts=%(acts)s %(opening)s",
        "near class=%(sort)s said=%(said)s",
        # the likely antecedent of "they": the first people that a sentence just before opens with
        "near %(label)s %(need)s class=%(sort)s %(opening)s rank=%(order)s",
        "near %(need)s class=%(sort)s %(opening)s counted=%(counted)s",
    )
)


def marks_here(cut: Cut, number: int) -> tuple[str, ...]:
    """Give the marks that the phrase of this number bears beside the trigger of its own sentence."""
    return tuple((_HERE % (_own(cut, number) | _beside_trigger(cut, number))).split("\x1f"))


def marks_near(cut: Cut, number: int, label: str, need: str) -> tuple[str, ...]:
    """Give the marks of a phrase in a sentence without the trigger, which stands where `label` says."""
    order = min(cut.heads[:number].count(cut.heads[number]), 2)
    told = {"label": label, "need": need, "acts": bool(cut.trigger), "order": order}
    return tuple((_NEAR % (_own(cut, number) | told)).split("\x1f"))


def marks_of_repetition(cut: Cut, number: int, told: Mapping[str, int], where: str) -> tuple[str, ...]:
    """Tell how often the head word stands in and around the sentence."""
    phrase, kind = cut.found[number], cut.heads[number]
    times = min(told.get(cut.sentence[phrase.head].lower, 1), 4)
    organised = _organised(cut.sentence, phrase)
    marks = (f"{where} times={times} kind={kind}", f"{where} times={times} organisation={organised}")
    return (*marks, PERHAPS_NAME) if kind == "Name" and organised == "capital" else marks


def _own(cut: Cut, number: int) -> dict[str, object]:
    """Give what can be told of a phrase without the trigger."""
    sentence, phrase, kind = cut.sentence, cut.found[number], cut.heads[number]
    head = sentence[phrase.head].lower
    return {
        "head": head,
        "ending": head[-3:],
        "kind": kind,
        "sort": sort_of(kind),
        "before": "count" if phrase.counted else _beside(sentence, phrase.first - 1),
        "after": _beside(sentence, phrase.last),
        "two": _beside(sentence, phrase.first - 2),
        "first": _first(sentence, phrase),
        "counted": phrase.counted,
        "listed": "C" in (_kind_at(sentence, phrase.first - 1), _kind_at(sentence, phrase.last)),
        "led": _led(sentence, phrase),
        "said": _said(sentence, phrase),
        "organised": _organised(sentence, phrase),
        "opening": "subject" if _subject(sentence, phrase, cut.core) else "other",
        "only": cut.heads.count(kind) == 1,
    }


def _beside_trigger(cut: Cut, number: int) -> dict[str, object]:
    """Give how a phrase stands to the trigger."""
    phrase = cut.found[number]
    side = "before" if phrase.last <= cut.core else "after"
    distance = cut.core - phrase.last if side == "before" else phrase.first - cut.core - 1
    return {
        "side": side,
        "gap": next((name for bound, name in _BUCKETS if distance < bound), ">10"),
        "between": _between(cut, number),
        "act": _act(cut),
        "rank": _rank(cut, number, side),
        "word": cut.sentence[cut.core].lower[:6],
        "inside": phrase.first >= cut.trigger.start and phrase.last <= cut.trigger.stop,
    }


def is_act(word: Word) -> bool:
    """Tell whether a word names a protest act."""
    return word.lower.startswith(_acts())


@cache
def _acts() -> tuple[str, ...]:
    return tuple(sorted(words_of("actors", "acts")))


def _core(sentence: tuple[Word, ...], trigger: range) -> int:
    people = words_of("actors", "people")
    inside = [n for n in trigger if sentence[n].lower not in people]
    for n in inside:
        if is_act(sentence[n]):
            return n
    return next((n for n in inside if sentence[n].kind == "V"), inside[0] if inside else trigger.start)


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


def _between(cut: Cut, number: int) -> str:
    phrase = cut.found[number]
    span = range(phrase.last, cut.core) if phrase.last <= cut.core else range(cut.core + 1, phrase.first)
    kinds = {cut.sentence[n].kind for n in span}
    return "".join(k for k in "VRCME" if k in kinds) or "-"


def _act(cut: Cut) -> str:
    kind, at = cut.sentence[cut.core].kind, cut.core
    if kind == "V":
        return "verb"
    if at and cut.sentence[at - 1].kind in "DNGS":
        return "noun"
    return "to" if at and cut.sentence[at - 1].lower == "to" else "bare"


def _rank(cut: Cut, number: int, side: str) -> int:
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
