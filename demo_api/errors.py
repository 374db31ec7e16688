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
from sqlalchemy.exc import OperationalError

from demo_api.db.revisions import read_state


class ShopError(Exception):
    """Something the shop cannot do. Its text is written for the client."""


class NotFoundError(ShopError):
    """What was asked for is not there."""


class ConflictError(ShopError):
    """The request is fine, but it does not fit what the shop has now."""


STATUS_CODES: dict[type[ShopError], int] = {
    NotFoundError: status.HTTP_404_NOT_FOUND,
    ConflictError: status.HTTP_409_CONFLICT,
}


class ErrorMessage(BaseModel):
    """The body of every error that is not about validation."""

    detail: str = Field(description="What happened, in one sentence.")


Responses = dict[int | str, dict[str, Any]]

# For `responses=` of routes and routers: errors are a part of the documentation.
NOT_FOUND: Responses = {404: {"model": ErrorMessage, "description": "There is nothing with this id."}}
CONFLICT: Responses = {409: {"model": ErrorMessage, "description": "It does not fit what the shop has now."}}
MALFORMED_BODY: Responses = {400: {"model": ErrorMessage, "description": "The body cannot be read."}}
UNAVAILABLE: Responses = {
    503: {"model": ErrorMessage, "description": "The database is busy, or waits for a migration."}
}


def add_error_handlers(app: FastAPI) -> None:
    """Tell `app` how to answer when one of the errors of this file is raised."""
    app.add_exception_handler(ShopError, answer_shop_error)
    app.add_exception_handler(RequestValidationError, answer_validation_error)
    app.add_exception_handler(OperationalError, answer_database_error)


def error_response(status_code: int, detail: str, headers: dict[str, str] | None = None) -> JSONResponse:
    """Return an answer in the form that FastAPI's own HTTPException has: `{"detail": "…"}`."""
    return JSONResponse({"detail": detail}, status_code=status_code, headers=headers)


def answer_shop_error(_request: Request, error: Exception) -> JSONResponse:
    """Look the error up in the table."""
    status_code = next(code for kind, code in STATUS_CODES.items() if isinstance(error, kind))
    return error_response(status_code, str(error))


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
    """Answer 503 when the database is busy or too old for the route; anything else is a bug of ours, a 500.

    This is a plain `def`, so FastAPI runs it in a thread: it may ask the database without stopping everyone else.
    """
    reason = str(error.orig) if isinstance(error, OperationalError) else ""
    if "locked" in reason:
        detail = "The database is locked by another program. Try again in a moment."
        return error_response(status.HTTP_503_SERVICE_UNAVAILABLE, detail, {"Retry-After": "1"})
    if reason.startswith(("no such table", "no such column")) or "has no column named" in reason:
        state = read_state(request.app.state.engine)
        if state.pending:
            detail = f"This route needs a newer database: {reason}. {state.advice}"
            return error_response(status.HTTP_503_SERVICE_UNAVAILABLE, detail)
    raise error
