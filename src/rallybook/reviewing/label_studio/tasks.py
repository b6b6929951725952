"""Tasks for Label Studio: articles of a book, with what was read in them as predictions to begin with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rallybook.model.article import Article
from rallybook.model.proof import LISTS
from rallybook.model.record import Record
from rallybook.model.values import Range
from rallybook.reviewing.label_studio.layout import ACT, COUNTS, INFERRED, LABELS, TELLS, TEXT, WORDS, Told

Json = dict[str, Any]


def task(article: Article, records: Sequence[Record], *, version: str = "", blind: bool = False) -> Json:
    """Give an article as a task; its records are a prediction by a coder of a version, but with `blind`.

    Offsets count code points, as Label Studio does today.
    """
    data = {"article": article.id, "title": article.title, "text": article.text, "source": article.source}
    data["published"] = article.published.isoformat() if article.published else ""
    if blind:
        return {"data": data}
    results = [
        part
        for number, record in enumerate(records, start=1)
        for part in results_of(record, article.text, number)
    ]
    scores = [record.confidence["record"] for record in records if "record" in record.confidence]
    prediction: Json = {"model_version": version or "rallybook", "result": results}
    if scores:
        prediction["score"] = round(min(scores), 4)
    return {"data": data, "predictions": [prediction]}


def results_of(record: Record, text: str, number: int) -> Iterator[Json]:
    """Give a record as results: each of its words as a region, what is told of it, and its relation to the act."""
    act = f"e{number}-{ACT}"
    for kind, path in WORDS.items():
        spans = record.spans.get(path, ())
        for place, (start, end) in enumerate(spans if path in LISTS else spans[:1]):
            name = act if kind == ACT else f"e{number}-{kind}-{place}"
            value = {"start": start, "end": end, "text": text[start:end]}
            region = {"id": name, "from_name": LABELS, "to_name": TEXT, "type": "labels"}
            yield region | {"value": value | {"labels": [kind]}}
            yield from _told(record, kind, name, value)
            if kind != ACT:
                yield {
                    "type": "relation",
                    "from_id": act,
                    "to_id": name,
                    "direction": "right",
                    "labels": ["of"],
                }


def _told(record: Record, kind: str, region: str, value: Json) -> Iterator[Json]:
    for name, how in TELLS.get(kind, {}).items():
        if name.endswith(INFERRED) and record.spans.get(f"{how.path.partition('.')[0]}.text"):
            continue
        said = _said(record, how)
        if said:
            key, shown = ("text", said) if how.kind == "text" else ("choices", said)
            kind_of = "textarea" if how.kind == "text" else "choices"
            yield {
                "id": region,
                "from_name": name,
                "to_name": TEXT,
                "type": kind_of,
                "value": value | {key: shown},
            }


def _said(record: Record, how: Told) -> list[str]:
    value: Any = record
    for part in how.path.split("."):
        value = getattr(value, part)
    if how.kind == "several":
        return list(value)
    if how.path in COUNTS:
        return in_figures(Range(value.low, value.high))
    if isinstance(value, bool):
        return [str(value).lower()]
    return [value] if value else []


def in_figures(count: Range) -> list[str]:
    """Give a range as it is typed: "500", "500-800", "300-", "-300"; nothing where none is known."""
    if not count.known:
        return []
    if count.low == count.high:
        return [str(count.low)]
    return [f"{'' if count.low is None else count.low}-{'' if count.high is None else count.high}"]
