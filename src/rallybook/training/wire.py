"""Real news with records of our own: the labels are the project's, the texts stay in the sets that they are from.

`labelled/wire.jsonl` and `labelled/papers.jsonl` name for each text its set and its rows there, and give what a record
quotes as offsets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from rallybook.training.rows import Row, rows

_LABELLED = Path(__file__).parents[3] / "labelled"
WIRE, PAPERS = _LABELLED / "wire.jsonl", _LABELLED / "papers.jsonl"
EVENT_PLACE, GMB, CNC = "event_place", "gmb", "cnc"  # the sets
_PARTS = ("date", "place", "size")
_LISTS = ("participants", "organisers", "targets", "claims")
_QUOTED = ("trigger", "quote")
# what a tokeniser set apart: signs that close, the ends of words, signs that open
_BEFORE = re.compile(r"\s+([.,;:?!%)\]”]|'(?:s|re|ve|ll|d|m)\b|n't\b|’(?: (?:s|re|ve|ll|d|m)\b)?)")
_BEHIND = re.compile(r"([(\[$“#]|’(?= (?:s|re|ve|ll|d|m)\b))\s+")
_PLURAL_OWNER = re.compile(r"s '(?=\s)")
_CURLY_OWNER = re.compile(r"s ’(?= (?!s\b))")
# the line of place and time with which papers of this set open
_DATED = re.compile(r"\b(?:19|20)\d\d\b.*\d\d:\d\d|PUBLISHED :")
_ENDED = re.compile(r"[.?!:;,”\"'’)]$")
_QUOTE, _OPENS, _CLOSES = '"', "\x01", "\x02"


def wire_rows(data: Path, path: Path = WIRE) -> Iterator[Row]:
    """Give the texts with their records, as the files of labelled articles hold them; `data` holds the sets.

    `path` is a file of such labels.
    """
    for row in rows(path):
        text = wire_text(data, row)
        events = [_with_words(event, text) for event in row["events"]]
        yield {"id": row["id"], "published": row.get("published"), "text": text, "events": events}


def wire_text(data: Path, row: Row) -> str:
    """Give the text of a row: one sentence of a set, or several on one story; a headline stands by itself."""
    first, last = row["rows"]
    sentences = _sentences(data, row["set"])[first : last + 1]
    parted = (part for one in sentences[:-1] for part in (one, " " if _ENDED.search(one) else "\n\n"))
    return "".join((*parted, sentences[-1]))


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
    if name == CNC:
        return tuple(_cnc(data))
    return tuple(row["text"].strip() for row in rows(data / EVENT_PLACE / "event_place.jsonl"))


def _cnc(data: Path) -> Iterator[str]:
    """Give the sentences of articles one after another: the set holds them in no order, their names tell it."""
    told = [
        row for part in ("train", "dev") for row in rows(data / "relevance" / f"cnc_{part}_subtask1.jsonl")
    ]
    for row in sorted(told, key=_cnc_order):
        yield spaced(_CURLY_OWNER.sub("s’", row["text"]).split())


def _cnc_order(row: Row) -> tuple[str, int, bool, str]:
    # train_07_24_815: sentence 24 of the seventh part; a headline bears the number of the sentence below it
    part, number, _ = row["id"].rsplit("_", 2)
    return part, int(number), bool(_DATED.search(row["text"])), row["text"]


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
