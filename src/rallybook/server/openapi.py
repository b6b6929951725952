"""The description of the API (OpenAPI 3.1): what each operation takes and gives, with its errors and examples."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, NamedTuple

import msgspec
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from rallybook.server import (
    adjudications,
    agreements,
    articles,
    codings,
    decisions,
    events,
    feed,
    meta,
    ogc,
    points,
    search,
    sessions,
)
from rallybook.server.answers import JSON
from rallybook.server.doorkeeper import COOKIE
from rallybook.server.problems import MEDIA_TYPE, Problem

_REF = "#/components/schemas/{name}"


class Told(NamedTuple):
    """What an operation gives: the type of its answer, its media type, and what may go wrong beside what always may."""

    answer: Any
    media_type: str = JSON
    errors: tuple[int, ...] = ()


ANSWERS: dict[str, Told] = {
    "events": Told(events.EventPage),
    "event": Told(events.EventAnswer, errors=(308, 404)),
    "points": Told(points.Points),
    "timeline": Told(points.Timeline),
    "facets": Told(dict[str, dict[str, int]]),
    "article": Told(articles.ShownArticle, errors=(404,)),
    "record": Told(articles.RecordAnswer, errors=(404,)),
    "search": Told(search.Hits),
    "export": Told(Any, media_type="*/*"),  # JSON in some formats
    "feed": Told(str, media_type=feed.ATOM),
    "meta": Told(meta.Meta),
    "decisions": Told(decisions.Decisions),
    "decide": Told(decisions.Decisions, errors=(403, 409)),
    "undo": Told(decisions.Decisions, errors=(403, 409)),
    "turn": Told(codings.Turn, errors=(403,)),
    "take": Told(codings.Turn, errors=(403, 409)),
    "give_back": Told(decisions.Decisions, errors=(403, 409)),
    "begun": Told(codings.Begun, errors=(403, 404, 409)),
    "hand_in": Told(decisions.Decisions, errors=(400, 403, 404, 409)),
    "disputes": Told(adjudications.Disputes, errors=(403,)),
    "dispute": Told(adjudications.BothCodings, errors=(403, 404)),
    "rule": Told(decisions.Decisions, errors=(400, 403, 409)),
    "agreements": Told(agreements.Agreements, errors=(403,)),
    "log_in": Told(sessions.ShownCaller, errors=(401, 403, 409, 429)),
    "log_out": Told(None, errors=(403, 409)),
    "keys": Told(sessions.Keys, errors=(403, 409)),
    "make_key": Told(sessions.ShownKey, errors=(403, 409)),
    "remove_key": Told(None, errors=(403, 404, 409)),
    "landing": Told(ogc.Landing),
    "conformance": Told(ogc.Conformance),
    "collections": Told(ogc.Collections),
    "collection": Told(ogc.Collection, errors=(404,)),
    "items": Told(ogc.FeatureCollection, media_type=ogc.GEOJSON, errors=(404,)),
    "item": Told(ogc.OneFeature, media_type=ogc.GEOJSON, errors=(404,)),
}
_TOLD = {
    "form": "march",
    "trigger": "marched",
    "quote": "Nurses marched in Oban on Sunday.",
    "date": {"edtf": "2024-05-12", "text": "on Sunday"},
    "place": {"text": "Oban", "name": "Oban", "country": "GB", "precision": "city"},
    "participants": ["Nurses"],
}
# each body with an example
BODIES: dict[str, tuple[type[msgspec.Struct], Mapping[str, Any]]] = {
    "log_in": (sessions.Login, {"name": "ann", "password": "correct horse battery staple"}),
    "make_key": (sessions.NewKey, {"label": "nightly export"}),
    "decide": (
        decisions.NewDecision,
        {
            "kind": "correct",
            "names": ["5c1d0a7be1f20a44"],
            "field": "form",
            "value": "march",
            "why": "the photo",
        },
    ),
    "take": (codings.Taking, {"take": "next"}),
    "give_back": (codings.GivenBack, {"article": "a1", "why": "I know the writer"}),
    "hand_in": (codings.NewCoding, {"article": "a1", "events": [_TOLD]}),
    "rule": (
        adjudications.Ruling,
        {"article": "a1", "events": [_TOLD], "why": "the second paragraph says so"},
    ),
    "undo": (decisions.Undo, {"ids": ["0f3a9c2277d1e8b0"], "why": "the other event was meant"}),
}
_PROBLEM_EXAMPLE = {
    "type": "about:blank",
    "title": "Unprocessable Content",
    "status": 422,
    "detail": "form.0: Input should be 'rally', 'march' or 'vigil'",
    "parameter": "form.0",
    "received": "dance",
    "allowed": "'rally', 'march' or 'vigil'",
}


def described(app: FastAPI) -> dict[str, Any]:
    """Give the description of an app, made once."""
    if app.openapi_schema is None:
        schema = get_openapi(title=app.title, version=app.version, description=_ABOUT, routes=app.routes)
        kinds = [told.answer for told in ANSWERS.values() if told.answer] + [
            kind for kind, _ in BODIES.values()
        ]
        schemas, components = msgspec.json.schema_components([*kinds, Problem], ref_template=_REF)
        by_kind = dict(zip(map(repr, [*kinds, Problem]), schemas, strict=True))
        for path in schema["paths"].values():
            for operation in path.values():
                _complete(operation, by_kind)
        schema["components"] = {"schemas": components, "securitySchemes": _SECURITY}
        app.openapi_schema = schema
    return app.openapi_schema


def _complete(operation: dict[str, Any], by_kind: Mapping[str, Any]) -> None:
    name = operation["operationId"]
    told = ANSWERS[name]
    success = next(status for status in operation["responses"] if status.startswith("2"))
    responses: dict[str, Any] = {success: {"description": HTTPStatus(int(success)).phrase}}
    if told.answer:
        responses[success]["content"] = {told.media_type: {"schema": by_kind[repr(told.answer)]}}
    errors = {401, 503, *told.errors}
    if operation.get("parameters"):
        errors |= {400, 422}
    if name in BODIES:
        kind, example = BODIES[name]
        content = {JSON: {"schema": by_kind[repr(kind)], "example": dict(example)}}
        operation["requestBody"] = {"required": True, "content": content}
        errors |= {400, 408, 413, 415, 422}
    for status in sorted(errors):
        responses[str(status)] = _failure(status, by_kind)
    operation["responses"] = responses
    operation["security"] = [{}, {"session": []}, {"key": []}]


def _failure(status: int, by_kind: Mapping[str, Any]) -> dict[str, Any]:
    phrase = HTTPStatus(status).phrase
    if status < HTTPStatus.BAD_REQUEST:
        return {"description": phrase}
    content = {MEDIA_TYPE: {"schema": by_kind[repr(Problem)], "example": _PROBLEM_EXAMPLE}}
    return {"description": phrase, "content": content}


_ABOUT = (
    "Protest events with the words of the news that prove them. Answers have an ETag of the state of the book, lists "
    "the URL of their next page; errors are problem+json with the parameter, what was received and what is allowed."
)
_SECURITY = {
    "session": {"type": "apiKey", "in": "cookie", "name": COOKIE},
    "key": {"type": "http", "scheme": "bearer"},
}
