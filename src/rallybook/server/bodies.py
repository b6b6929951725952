"""The body of a request as a typed value: JSON of a bounded length, with no field that is not asked for."""

from __future__ import annotations

from http import HTTPStatus
from typing import TypeVar

import msgspec
from fastapi import Request

from rallybook.server.answers import JSON
from rallybook.server.problems import ProblemError

Body = TypeVar("Body", bound=msgspec.Struct)


async def read_body(request: Request, kind: type[Body]) -> Body:
    """Give the body of a request as a value of a type.

    Raises `ProblemError`: 415 for what is no JSON by its media type (a form of another site cannot say that it is),
    422 for another value. The length is bounded by `limits`, the depth by msgspec.
    """
    media_type = request.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if media_type != JSON:
        detail = "the body must be JSON"
        raise ProblemError(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            detail,
            parameter="Content-Type",
            received=media_type,
            allowed=JSON,
        )
    try:
        return msgspec.json.decode(await request.body(), type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _refused(error) from None


def _refused(error: Exception) -> ProblemError:
    said, _, path = str(error).partition(" - at ")
    field = path.strip("`").removeprefix("$").lstrip(".")
    return ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, str(error), parameter=field or "body", allowed=said)
