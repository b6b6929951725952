"""What a model must answer: the types, and the JSON Schema made from them."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any

import msgspec

from rallybook.model.record import Focus, Form, ResponseAction, Status

# more than any article tells; what is longer is no answer but a model that runs on
_MOST_EVENTS, _MOST_WORDS, _LONGEST = 60, 30, 3000
# limits that some endpoints refuse in a schema, or are slow with; they are checked when the answer is read
_UNSENT = ("maxItems", "maxLength", "title", "description")

Words = Annotated[str, msgspec.Meta(max_length=_LONGEST)]
WordList = Annotated[tuple[Words, ...], msgspec.Meta(max_length=_MOST_WORDS)]


class ToldAction(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What authorities did, and the words that tell it."""

    action: ResponseAction
    words: Words


class ToldEvent(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One event as a model tells it: words of the article, yet to be found there; empty where it tells none."""

    quote: Words
    trigger: Words
    form: Form
    status: Status
    focus: Focus
    umbrella: bool
    date_edtf: Words
    date_words: Words
    place_words: Words
    place_name: Words
    size_words: Words
    participants: WordList
    organisers: WordList
    targets: WordList
    claims: WordList
    response: Annotated[tuple[ToldAction, ...], msgspec.Meta(max_length=_MOST_WORDS)]
    arrests_words: Words
    injured_words: Words
    killed_words: Words


class Answer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All events of one article, as a model tells them."""

    events: Annotated[tuple[ToldEvent, ...], msgspec.Meta(max_length=_MOST_EVENTS)]


@cache
def schema() -> dict[str, Any]:
    """Give the JSON Schema of an answer: an object at its root, every key required and no other allowed."""
    _, parts = msgspec.json.schema_components([Answer], ref_template="#/$defs/{name}")
    plain = {name: _plain(part) for name, part in parts.items()}
    return {**plain.pop(Answer.__name__), "$defs": plain}


def _plain(part: Any) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(part, list):
        return [_plain(item) for item in part]
    if not isinstance(part, dict):
        return part
    kept = {key: _plain(value) for key, value in part.items() if key not in _UNSENT}
    return {"type": "string", **kept} if "enum" in kept else kept
