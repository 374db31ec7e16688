"""Errors: what can go wrong in the shop, and the HTTP status code each becomes.

Services raise these errors and know nothing of HTTP. One table says what a client gets, so that the same mistake is
never a 404 here and a 400 there.
"""

import json
from typing import Any

from fastapi import FastAPI, Request, Response, status
from fastapi.exception_handlers import request_validation_exception_handler
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from sqlalchemy.exc import DBAPIError, InvalidRequestError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm.exc import ObjectDeletedError, StaleDataError

from demo_api.db.problems import Problem, problem_of
from demo_api.db.revisions import read_state


class ShopError(Exception):
    """Something the shop cannot do. Its text is written for the client."""


class NotFoundError(ShopError):
    """What was asked for is not there."""


class ConflictError(ShopError):
    """The request is fine, but it does not fit what the shop has now."""


class TooLargeError(ShopError):
    """What was sent is more than the shop takes."""


class SoldOutError(ConflictError):
    """More was wanted than there is. It knows how many there are, so it has a handler of its own."""

    def __init__(self, name: str, wanted: int, in_stock: int) -> None:
        super().__init__(f"You want {wanted} of {name}; {in_stock} are there.")
        self.in_stock = in_stock


STATUS_CODES: dict[type[ShopError], int] = {
    NotFoundError: status.HTTP_404_NOT_FOUND,
    ConflictError: status.HTTP_409_CONFLICT,
    TooLargeError: status.HTTP_413_CONTENT_TOO_LARGE,
}


class ErrorMessage(BaseModel):
    """The body of every error that is not about validation."""

    detail: str = Field(description="What happened, in one sentence.")


Responses = dict[int | str, dict[str, Any]]

# For `responses=` of routes and routers: errors are a part of the documentation.
NOT_FOUND: Responses = {404: {"model": ErrorMessage, "description": "There is nothing with this id."}}
CONFLICT: Responses = {409: {"model": ErrorMessage, "description": "It does not fit what the shop has now."}}
MALFORMED_BODY: Responses = {400: {"model": ErrorMessage, "description": "The body cannot be read."}}
TOO_LARGE: Responses = {
    413: {
        "model": ErrorMessage,
        "description": "It is too large. Starlette answers in plain text before the body is read, the shop in JSON.",
        "content": {"text/plain": {"schema": {"type": "string"}}},
    }
}
BODY_ERRORS = MALFORMED_BODY | TOO_LARGE
SERVER_ERROR: Responses = {
    500: {
        "description": "A mistake of the server. The reason is in its log, and not in the answer.",
        "content": {"text/plain": {"schema": {"type": "string"}, "example": "Internal Server Error"}},
    }
}
UNAVAILABLE: Responses = {
    503: {"model": ErrorMessage, "description": "The database is busy, gone, or waits for a migration."}
}

# For `openapi_extra=` of the routes that fail so that learners see it: whoever looks for mistakes leaves them out.
ON_PURPOSE = {"x-fails-on-purpose": True}


def in_json(responses: Responses) -> Responses:
    """Say of errors that they are JSON, where the answer itself is not: FastAPI would take them for what it is."""
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{ErrorMessage.__name__}"}}}
    return {code: {"description": told["description"], "content": content} for code, told in responses.items()}


def add_error_handlers(app: FastAPI) -> None:
    """Tell `app` how to answer when one of the errors of this file is raised."""
    app.add_exception_handler(ShopError, answer_shop_error)
    app.add_exception_handler(SoldOutError, answer_sold_out)  # the nearest class wins, whichever was added first
    app.add_exception_handler(RequestValidationError, answer_validation_error)
    app.add_exception_handler(DBAPIError, answer_database_error)
    app.add_exception_handler(PoolTimeoutError, answer_database_error)
    app.add_exception_handler(StaleDataError, answer_collision)
    app.add_exception_handler(InvalidRequestError, answer_vanished_row)


def error_response(status_code: int, detail: str, headers: dict[str, str] | None = None) -> JSONResponse:
    """Return an answer in the form that FastAPI's own HTTPException has: `{"detail": "…"}`."""
    return JSONResponse({"detail": detail}, status_code=status_code, headers=headers)


def answer_shop_error(_request: Request, error: Exception) -> JSONResponse:
    """Look the error up in the table."""
    status_code = next(code for kind, code in STATUS_CODES.items() if isinstance(error, kind))
    return error_response(status_code, str(error))


def answer_sold_out(_request: Request, error: Exception) -> JSONResponse:
    """Answer 409 like any conflict, and say in a header how many there are."""
    in_stock = error.in_stock if isinstance(error, SoldOutError) else 0
    return error_response(status.HTTP_409_CONFLICT, str(error), {"X-In-Stock": str(in_stock)})


async def answer_validation_error(request: Request, error: Exception) -> Response:
    """Answer 422 as FastAPI does, also when the wrong input cannot be sent back.

    FastAPI repeats the input in its answer. Python reads `NaN` and half of an emoji, but cannot write them as JSON
    again: the client's mistake would become the server's, a 500. The answer leaves the input out then.
    """
    assert isinstance(error, RequestValidationError)  # noqa: S101 - the type it is registered for
    try:
        return await request_validation_exception_handler(request, error)
    except ValueError:
        detail = [{"type": e["type"], "loc": e["loc"], "msg": e["msg"]} for e in error.errors()]
        text = json.dumps({"detail": detail})  # plain ASCII, so that it can be sent whatever is in it
        return Response(text, status.HTTP_422_UNPROCESSABLE_CONTENT, media_type="application/json")


def answer_database_error(request: Request, error: Exception) -> JSONResponse:
    """Answer 503 when the database is busy, gone, or too old for the route; what is a bug of ours stays a 500.

    This is a plain `def`, so FastAPI runs it in a thread: it may ask the database without stopping everyone else.
    """
    problem = problem_of(error) if isinstance(error, DBAPIError) else Problem.BUSY
    reason = str(error.orig).splitlines()[0] if isinstance(error, DBAPIError) else ""
    match problem:
        case Problem.BUSY:
            return try_again("The database is locked by another program. Try again in a moment.")
        case Problem.UNREACHABLE:
            return try_again("The database cannot be reached. Is its server running, and its folder still there?")
        case Problem.OUTDATED if (state := read_state(request.app.state.engine)).pending:
            detail = f"This route needs a newer database: {reason}. {state.advice}"
            return error_response(status.HTTP_503_SERVICE_UNAVAILABLE, detail)
        case Problem.BAD_VALUE:
            mistake = {"type": "value_error", "loc": ["database"], "msg": f"The database cannot store this: {reason}."}
            return JSONResponse({"detail": [mistake]}, status.HTTP_422_UNPROCESSABLE_CONTENT)
        case Problem.COLLISION:
            return answer_collision(request, error)
    raise error


def answer_collision(_request: Request, _error: Exception) -> JSONResponse:
    """Answer 503 when a row changed between reading and writing it. Nothing was stored: trying again is safe."""
    return try_again("Somebody else changed the same thing at the same moment. Try again.")


def answer_vanished_row(request: Request, error: Exception) -> JSONResponse:
    """Answer 503 when a row went before it could be read again; other errors of this class are bugs of ours."""
    if isinstance(error, ObjectDeletedError) or str(error).startswith("Could not refresh"):
        return answer_collision(request, error)
    raise error


def try_again(detail: str) -> JSONResponse:
    """Return a 503 that tells a program, too, when to come back."""
    return error_response(status.HTTP_503_SERVICE_UNAVAILABLE, detail, {"Retry-After": "1"})
