"""The errors that FastAPI lists in its answer 422, each with the place in the request that it is about."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from explorer.client.exchange import Exchange, Request, Response
from explorer.openapi.json_positions import Positions, find_positions
from explorer.openapi.media_types import is_json

Loc = tuple[str | int, ...]

MOST_ERRORS = 1_000  # nobody reads more
_LONGEST_BODY = 1_000_000  # bytes
_LONGEST_REQUEST = 200_000  # bytes
_LONGEST_INPUT = 2_000  # characters
_PLACES = ("path", "query", "header", "cookie", "body")
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


@dataclass(frozen=True, slots=True, kw_only=True)
class ValidationError:
    """One thing that was wrong with the request.

    Attributes:
        loc: where, as FastAPI names it, such as ``("body", "price")``.
        message: what was wrong, in pydantic's words.
        type: pydantic's name for it, such as ``float_parsing``; may be empty.
        received: what the server got there, as JSON; empty when it does not say.
        line: 0-based line of the body that was sent; None when it does not belong to a line.
    """

    loc: Loc
    message: str
    type: str = ""
    received: str = ""
    line: int | None = None


def read_errors(exchange: Exchange) -> tuple[ValidationError, ...]:
    """Return the errors that an answer lists in FastAPI's way; none when it has a shape of its own. Never raises."""
    response = exchange.response
    if response is None or not 400 <= response.status < 500 or len(response.body) > _LONGEST_BODY:
        return ()
    details = _details(response)
    if not details:
        return ()
    places = _Places(exchange.request)
    return tuple(
        ValidationError(
            loc=loc,
            message=str(detail["msg"]),
            type=str(detail.get("type") or ""),
            received=_as_json(detail["input"]) if "input" in detail else "",
            line=places.line_of(loc, str(detail.get("type") or "")),
        )
        for detail in details[:MOST_ERRORS]
        if (loc := tuple(detail["loc"]))
    )


def summary_of(errors: tuple[ValidationError, ...]) -> str:
    """Say in one sentence what FastAPI did before it answered; empty when FastAPI did not make this list."""
    if not errors or not all(error.type and error.loc[0] in _PLACES for error in errors):
        return ""
    if errors[0].type == "json_invalid":
        return "The body is no JSON, so FastAPI checked nothing else; the handler was never called."
    if len(errors) == 1:
        return "FastAPI checked everything before it answered; the handler was never called."
    if len(errors) == 2:
        return "FastAPI collected both errors before it answered; the handler was never called."
    count = _NUMBERS[len(errors)] if len(errors) < len(_NUMBERS) else f"{len(errors):,}"
    return f"FastAPI collected all {count} errors before it answered; the handler was never called."


def _details(response: Response) -> list[dict[str, Any]]:
    """Return ``detail`` of the body if every entry of it looks like one of pydantic's."""
    try:
        content = json.loads(response.body.read())
    except (OSError, ValueError, RecursionError):
        return []
    details = content.get("detail") if isinstance(content, dict) else None
    if not isinstance(details, list) or not all(_is_error(detail) for detail in details):
        return []
    return details


def _is_error(detail: object) -> bool:
    if not isinstance(detail, dict) or not isinstance(detail.get("msg"), str):
        return False
    loc = detail.get("loc")
    return isinstance(loc, list) and bool(loc) and all(type(step) in (str, int) for step in loc)


def _as_json(value: object) -> str:
    """Return a value as JSON; what holds other values as a sign only, as it would be long."""
    if isinstance(value, dict):
        return "{…}" if value else "{}"
    if isinstance(value, list):
        return "[…]" if value else "[]"
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST_INPUT else text[:_LONGEST_INPUT] + "…"


class _Places:
    """Finds lines of the JSON body that was sent."""

    def __init__(self, request: Request) -> None:
        self._text = _json_body(request)
        self._positions: Positions | None = None

    def line_of(self, loc: Loc, kind: str) -> int | None:
        """Return the 0-based line of a place; of what surrounds it where the place itself is missing."""
        if loc[0] != "body" or not self._text:
            return None
        if kind == "json_invalid":
            offset = loc[1] if len(loc) > 1 and isinstance(loc[1], int) else 0
            return self._text.count("\n", 0, offset)
        if self._positions is None:
            self._positions = find_positions(self._text)
        pointer: Loc = ()
        # Names of a union's members, which pydantic puts between the steps, are not in the text.
        for step in loc[1:]:
            if (*pointer, step) in self._positions.values:
                pointer = (*pointer, step)
        span = self._positions.values.get(pointer)
        key = self._positions.keys.get(pointer)
        found = key or span
        return found.line if found else None


def _json_body(request: Request) -> str:
    media_type = next((value for name, value in request.headers if name.lower() == "content-type"), "")
    if not is_json(media_type) or not all(isinstance(piece, bytes) for piece in request.content.pieces):
        return ""
    content = b"".join(piece for piece in request.content.pieces if isinstance(piece, bytes))
    return content.decode("utf-8", errors="replace") if len(content) <= _LONGEST_REQUEST else ""
