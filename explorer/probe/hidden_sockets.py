"""WebSocket routes, which no OpenAPI document holds, described by FastAPI as if they were in one.

FastAPI describes the routes of HTTP only. A route of HTTP that is made of the same path, function and dependencies has
the same parameters and the same security, so that is what FastAPI is asked about; the app never sees it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from fastapi.routing import APIRoute, APIWebSocketRoute
from starlette.routing import WebSocketRoute

from .plain_routes import SOCKET, plain_socket_document

Describe = Callable[[list[Any]], "dict[str, Any] | None"]
_KEPT = ("operationId", "summary", "description", "parameters", "security")


def is_socket(route: Any) -> bool:
    """Tell whether a route, or FastAPI's view of one inside an included router, is for WebSockets."""
    original = getattr(route, "original_route", route)
    return isinstance(original, WebSocketRoute) and isinstance(getattr(route, "path_format", None), str)


def socket_documents(routes: list[Any], describe: Describe, deadline: float) -> Iterator[dict[str, Any]]:
    """Yield documents that hold the WebSocket routes in their order, each under the method `SOCKET`.

    Args:
        routes: for which `is_socket` holds.
        describe: returns FastAPI's document of routes of HTTP, or None when it cannot make one.
        deadline: on the clock of `time.monotonic`; past it only path and words are told.

    """
    together = _document(routes, describe)
    if together is not None:
        yield together
        return
    for route in routes:
        is_late = len(routes) == 1 or time.monotonic() > deadline
        yield (None if is_late else _document([route], describe)) or plain_socket_document(route)


def _document(routes: list[Any], describe: Describe) -> dict[str, Any] | None:
    try:
        twins = {id(route): _twin(route) for route in routes if _is_fastapis(route)}
    except Exception:  # noqa: BLE001 - FastAPI looks at the author's annotations, which may raise anything
        return None
    found = describe(list(twins.values())) if twins else {}
    if found is None:
        return None
    told: Mapping[str, Any] = found.get("paths", {})
    paths: dict[str, Any] = {}
    for route in routes:
        twin = twins.get(id(route))
        operation = told.get(twin.path_format, {}).get("get") if twin is not None else None
        item = {SOCKET: _of_socket(operation)} if operation is not None else None
        paths.setdefault(route.path_format, item or plain_socket_document(route)["paths"][route.path_format])
    return {**found, "paths": paths}


def _is_fastapis(route: Any) -> bool:
    return isinstance(getattr(route, "original_route", route), APIWebSocketRoute)


def _twin(route: Any) -> APIRoute:
    """Return a route of HTTP with the path, the function and the dependencies of one of WebSockets."""
    return APIRoute(
        route.path,
        route.endpoint,
        name=route.name,
        methods=["GET"],
        dependencies=list(route.dependencies),
        response_model=None,
    )


def _of_socket(operation: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is true of a WebSocket as well: neither answers nor a body."""
    kept = {key: operation[key] for key in _KEPT if key in operation}
    name = str(operation.get("operationId", ""))
    if name.endswith("_get"):
        kept["operationId"] = f"{name.removesuffix('get')}{SOCKET}"
    return kept
