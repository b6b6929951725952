"""Real wire news with records of our own: the labels are the project's, the texts stay in the sets that they are from.

`labelled/wire.jsonl` names for each text its set and its rows there, and gives what a record quotes as offsets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from rallybook.training.rows import Row, rows

WIRE = Path(__file__).parents[3] / "labelled" / "wire.jsonl"
EVENT_PLACE, GMB = "event_place", "gmb"  # the sets
_PARTS = ("date", "place", "size")
_LISTS = ("participants", "organisers", "targets", "claims")
_QUOTED = ("trigger", "quote")
# what a tokeniser set apart: signs that close, the ends of words, signs that open
_BEFORE = re.compile(r"\s+([.,;:?!%)\]]|'(?:s|re|ve|ll|d|m)\b|n't\b)")
_BEHIND = re.compile(r"([(\[$])\s+")
_PLURAL_OWNER = re.compile(r"s '(?=\s)")
_QUOTE, _OPENS, _CLOSES = '"', "\x01", "\x02"


def wire_rows(data: Path, path: Path | None = None) -> Iterator[Row]:
    """Give the texts with their records, as the files of labelled articles hold them; `data` holds the sets.

    `path` is another file of such labels, a second coder's.
    """
    for row in rows(path or WIRE):
        text = wire_text(data, row)
        yield {"id": row["id"], "text": text, "events": [_with_words(event, text) for event in row["events"]]}


def wire_text(data: Path, row: Row) -> str:
    """Give the text of a row: one sentence of a set, or several on one story."""
    first, last = row["rows"]
    return " ".join(_sentences(data, row["set"])[first : last + 1])


def unlabelled(data: Path, name: str) -> list[str]:
    """Give the other sentences of a set, each once."""
    told = [row["rows"] for row in rows(WIRE) if row["set"] == name]
    sentences = _sentences(data, name)
    seen = {sentences[n] for first, last in told for n in range(first, last + 1)}
    return [sentence for sentence in dict.fromkeys(sentences) if sentence not in seen]


@cache
def _sentences(data: Path, name: str) -> tuple[str, ...]:
    if name == GMB:
        return tuple(spaced(row["tokens"]) for row in rows(data / "ner" / "gmb.jsonl"))
    return tuple(row["text"].strip() for row in rows(data / EVENT_PLACE / "event_place.jsonl"))


def spaced(tokens: Sequence[str]) -> str:
    """Give tokens as a newspaper would set them; quotation marks open and close in turn."""
    words, opened = [], False
    for token in tokens:
        if token == _QUOTE:
            opened = not opened
            words.append(_OPENS if opened else _CLOSES)
        else:
            words.append({"``": _OPENS, "''": _CLOSES}.get(token, token))
    text = " ".join(words).replace(f"{_OPENS} ", '"').replace(f" {_CLOSES}", '"')
    text = _BEHIND.sub(r"\1", _BEFORE.sub(r"\1", text.replace(_OPENS, '"').replace(_CLOSES, '"')))
    return _PLURAL_OWNER.sub("s'", text)


def _with_words(event: Row, text: str) -> Row:
    def words(span: Sequence[int] | None) -> str:
        return text[slice(*span)] if span else ""

    parts: dict[str, Any] = {part: {**event[part], "text": words(event[part]["text"])} for part in _PARTS}
    lists: dict[str, Any] = {name: [words(span) for span in event[name]] for name in _LISTS}
    return {**event, **parts, **lists, **{name: words(event[name]) for name in _QUOTED}}
