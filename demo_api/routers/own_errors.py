"""An application inside the shop that replaces FastAPI's built-in error handlers.

It is mounted under `/errors/own`, and so has handlers, documentation and a 404 of its own.
"""

from collections.abc import Mapping

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from demo_api.routers import shelves

PATH = "/errors/own"
PROBLEM = "application/problem+json"


class Problem(BaseModel):
    """An error as RFC 9457 writes it, which many APIs do."""

    title: str = Field(description="What happened, in a few words.")
    status: int = Field(description="The status code once more.")
    detail: str = Field(description="What happened, in one sentence.")
    instance: str = Field(description="Which address it happened at.")


def create_own_errors() -> FastAPI:
    """Build the application."""
    app = FastAPI(
        title="Errors in a form of our own",
        responses={code: {"model": Problem, "content": {PROBLEM: {}}} for code in (404, 422)},
    )
    # Starlette's HTTPException is the parent of FastAPI's. The router raises the parent for an unknown path: a handler
    # for the child alone would leave that 404 in the old form.
    app.add_exception_handler(HTTPException, answer_http_error)
    app.add_exception_handler(RequestValidationError, answer_invalid_request)
    app.include_router(shelves.router)
    return app


async def answer_http_error(request: Request, error: Exception) -> JSONResponse:
    """Answer what a route, or the router itself, raised. Its headers go along: `Allow`, for example."""
    assert isinstance(error, HTTPException)  # noqa: S101 - the type it is registered for
    return _problem(request, error.status_code, "The request failed", str(error.detail), error.headers)


async def answer_invalid_request(request: Request, error: Exception) -> JSONResponse:
    """Answer a request that does not fit the declaration: one sentence instead of a list, and nothing of its input."""
    assert isinstance(error, RequestValidationError)  # noqa: S101 - the type it is registered for
    mistakes = (f"{' → '.join(map(str, mistake['loc']))}: {mistake['msg']}" for mistake in error.errors())
    return _problem(request, 422, "The request does not fit", "; ".join(mistakes))


def _problem(
    request: Request, status_code: int, title: str, detail: str, headers: Mapping[str, str] | None = None
) -> JSONResponse:
    problem = Problem(title=title, status=status_code, detail=detail, instance=request.url.path)
    return JSONResponse(problem.model_dump(), status_code, headers, PROBLEM)
