"""What kind of thing the head of a noun phrase stands for: people, an organisation, an addressee, a name."""

from __future__ import annotations

from functools import cache

from rallybook.coding.phrases import Phrase, Word, words_of

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


def sort_of(kind: str) -> str:
    """Give the wider sort that a kind of head belongs to."""
    return _SORTS.get(kind, "other")


@cache
def _kinds_of_heads() -> dict[str, str]:
    known: dict[str, str] = {}
    for name in ("never", "addressees", "organisations", "people", "collectives"):
        known.update(dict.fromkeys(words_of("actors", name), name))
    return known


def head_kind(sentence: tuple[Word, ...], phrase: Phrase) -> str:
    """Give the kind of a phrase's head ("people", "addressees", "Name"), by word lists and else by its shape."""
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
