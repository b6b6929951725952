"""What goes wrong, as problem+json (RFC 9457) that names the parameter, the value received and the values allowed."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from http import HTTPStatus
from typing import Any

import msgspec
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from rallybook.errors import BookError, InputError
from rallybook.server.observed import REQUEST_ID, request_id

MEDIA_TYPE = "application/problem+json"
# what is received is repeated up to this length
_LONGEST_SHOWN = 200


class Problem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Why a request was not answered."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str = ""
    parameter: str = ""
    received: str = ""
    allowed: str = ""


class ProblemError(Exception):
    """A request that is not answered."""

    def __init__(
        self, status: HTTPStatus, detail: str, *, headers: Mapping[str, str] | None = None, **facts: str
    ) -> None:
        self.status = status
        self.headers = dict(headers or {})
        self.problem = Problem(title=status.phrase, status=status.value, detail=detail, **facts)
        super().__init__(detail)


def problem_response(problem: Problem, headers: Mapping[str, str] | None = None) -> Response:
    """Give a problem as a response."""
    return Response(
        msgspec.json.encode(problem),
        status_code=problem.status,
        media_type=MEDIA_TYPE,
        headers={"Cache-Control": "no-store", **(headers or {})},
    )


def handle_problems(app: FastAPI) -> None:
    """Have an app answer every error with a problem."""
    app.add_exception_handler(ProblemError, _told)
    app.add_exception_handler(InputError, _input)
    app.add_exception_handler(BookError, _book)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _unforeseen)


def input_problem(error: InputError, status: HTTPStatus = HTTPStatus.BAD_REQUEST) -> Problem:
    """Give what cannot be used as a problem."""
    return Problem(
        title=status.phrase,
        status=status.value,
        detail=_short(f"{error.thing}: received {error.received!r}, allowed: {error.allowed}", 1_000),
        parameter=error.thing,
        received=_short(str(error.received)),
        allowed=error.allowed,
    )


def _told(_: Request, error: Exception) -> Response:
    assert isinstance(error, ProblemError)
    return problem_response(error.problem, error.headers)


def _input(_: Request, error: Exception) -> Response:
    assert isinstance(error, InputError)
    return problem_response(input_problem(error))


def _book(_: Request, error: Exception) -> Response:
    # the path of the book is nobody's business but the operator's
    assert isinstance(error, BookError)
    status = HTTPStatus.SERVICE_UNAVAILABLE
    detail = f"the book: {error.received}, allowed: {error.allowed}"
    return problem_response(
        Problem(title=status.phrase, status=status.value, detail=detail), {"Retry-After": "5"}
    )


def _invalid(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    parameter = ".".join(str(part) for part in first["loc"][1:]) or str(first["loc"][0])
    received = "" if first["type"] == "missing" else _short(str(first.get("input", "")))
    return problem_response(
        Problem(
            title="Unprocessable Content",
            status=status.value,
            detail=f"{parameter}: {first['msg']}",
            parameter=parameter,
            received=received,
            allowed=_allowed(first),
        )
    )


def _http(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    title = HTTPStatus(error.status_code).phrase
    detail = str(error.detail) if error.detail != title else ""
    return problem_response(Problem(title=title, status=error.status_code, detail=detail), error.headers)


def _unforeseen(request: Request, __: Exception) -> Response:
    # what it was is in the log of the server, which gets the error after this
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    # this answer is made before all guards, so it bears its id by itself
    headers = {REQUEST_ID: request_id(request.scope)}
    return problem_response(Problem(title=status.phrase, status=status.value), headers)


def _allowed(told: Mapping[str, Any]) -> str:
    facts: Mapping[str, Any] = told.get("ctx") or {}
    names: Sequence[str] = ("expected", "pattern", "ge", "le", "max_length", "min_length")
    shown = [f"{_WORDS.get(name, '')}{facts[name]}" for name in names if name in facts]
    return ", ".join(shown) or str(told["msg"])


_WORDS = {
    "ge": "at least ",
    "le": "up to ",
    "max_length": "up to this length: ",
    "min_length": "at least this length: ",
}


def _short(text: str, most: int = _LONGEST_SHOWN) -> str:
    plain = text.encode("utf-8", "replace").decode()
    return plain if len(plain) <= most else plain[: most - 1] + "…"


@contextlib.contextmanager
def found() -> Iterator[None]:
    """Have what is asked for by an id that the book does not know answered with 404."""
    try:
        yield
    except InputError as error:
        facts = input_problem(error, HTTPStatus.NOT_FOUND)
        raise ProblemError(
            HTTPStatus.NOT_FOUND,
            facts.detail,
            parameter=facts.parameter,
            received=facts.received,
            allowed=facts.allowed,
        ) from None
