"""What an app answers and its OpenAPI document does not say: hidden routes, Starlette's own, and mounts.

FastAPI itself describes its routes, from copies of them that are not hidden; the app stays as it is. What it cannot
describe, and all that is not FastAPI's, is described by path and methods alone. WebSocket routes are parts of their
own, see `hidden_sockets`. What answers to other host names is left out.

`tests/core/probe/test_hidden.py` holds what this relies on.
"""

from __future__ import annotations

import copy
import dataclasses
import time
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from starlette.routing import Mount, Route

from .hidden_sockets import is_socket, socket_documents
from .plain_routes import path_parameters, plain_document
from .routing import iter_routes

HIDDEN = "hidden"
MOUNT = "mount"
WEBSOCKET = "websocket"

_SECONDS = 3.0
_MAX_DEPTH = 5  # mounts inside mounts
_MAX_LAYERS = 20  # middleware around a mounted app
_BELOW = "/{path}"  # how Starlette goes on after a mount's own path


def find_hidden(app: object, document: Mapping[str, Any] | None, *, seconds: float = _SECONDS) -> list[dict[str, Any]]:
    """Return the parts of an app beyond its document; it never raises, and looks no deeper when the time is over.

    Args:
        app: a FastAPI app; of any other object nothing is known.
        document: the app's own OpenAPI document; None when it has none, and then everything is hidden.
        seconds: how long to look.

    Returns:
        One dict a part: ``presence`` (`HIDDEN`, `MOUNT` or `WEBSOCKET`), ``prefix`` of its paths, ``parameters`` of
        that prefix as OpenAPI describes them, and ``document``: an OpenAPI document of its own with the paths below
        the prefix; of WebSockets each path has ``ws`` where others have a method.

    """
    search = _Search(time.monotonic() + seconds)
    try:
        search.walk(app, "", [], document)
    except Exception:  # noqa: BLE001 - routes may be of the author's own classes; what was found until now is true
        return search.parts
    return search.parts


class _Search:
    def __init__(self, deadline: float) -> None:
        self.parts: list[dict[str, Any]] = []
        self._deadline = deadline
        self._above: list[object] = []

    def walk(self, app: object, prefix: str, parameters: list[Any], document: Mapping[str, Any] | None) -> None:
        """Take in what an app or router holds; the operations of `document` are known already."""
        routes = getattr(app, "routes", None)
        if not isinstance(routes, list | tuple) or any(app is other for other in self._above):
            return
        self._above.append(app)
        self._sockets(app, [route for route in iter_routes(routes) if is_socket(route)], prefix, parameters)
        told = _told(document)
        hidden: list[Any] = []
        for route in iter_routes(routes):
            try:
                if not isinstance(getattr(route, "original_route", route), APIRoute):
                    self._starlette(route, prefix, parameters)
                elif not _is_told(route, told):
                    hidden.append(route)
            except Exception:  # noqa: BLE001, S112 - a route may be of a class of the author's own
                continue
        self._fastapi(app, hidden, prefix, parameters)
        # What FastAPI asks after all routes: the files of frontends.
        for group in getattr(getattr(app, "router", app), "_low_priority_routes", ()):
            self._add(MOUNT, prefix, parameters, _frontend_document(group))
        self._above.pop()

    def _starlette(self, route: Any, prefix: str, parameters: list[Any]) -> None:
        original = getattr(route, "original_route", route)
        if isinstance(original, Mount):
            self._mount(route, prefix, parameters)
        elif isinstance(original, Route):
            self._add(HIDDEN, prefix, parameters, plain_document(route))

    def _fastapi(self, app: object, routes: list[Any], prefix: str, parameters: list[Any]) -> None:
        """Let FastAPI describe its routes: all at once, else one by one, else in plain words."""
        document = _describe(app, routes) if routes else None
        if document is not None:
            self._add(HIDDEN, prefix, parameters, document)
            return
        for route in routes:
            is_late = len(routes) == 1 or time.monotonic() > self._deadline
            alone = None if is_late else _describe(app, [route])
            self._add(HIDDEN, prefix, parameters, alone or plain_document(route))

    def _sockets(self, app: object, routes: list[Any], prefix: str, parameters: list[Any]) -> None:
        for document in socket_documents(routes, lambda twins: _describe(app, twins), self._deadline):
            self._add(WEBSOCKET, prefix, parameters, document)

    def _mount(self, mount: Any, prefix: str, parameters: list[Any]) -> None:
        own = mount.path_format.removesuffix(_BELOW)
        below, needed = prefix + own, [*parameters, *path_parameters(mount, but="path")]
        inside = _innermost(getattr(mount, "app", None))
        is_walked = hasattr(inside, "routes") and len(self._above) < _MAX_DEPTH and time.monotonic() < self._deadline
        if is_walked:
            document = _document_of(inside)
            self._add(MOUNT, below, needed, document)
            self.walk(inside, below, needed, document)
        else:
            self._add(MOUNT, below, needed, _everything_below(inside, mount.name))

    def _add(self, presence: str, prefix: str, parameters: list[Any], document: Mapping[str, Any] | None) -> None:
        if document is not None and document.get("paths"):
            self.parts.append({"presence": presence, "prefix": prefix, "parameters": parameters, "document": document})


def _told(document: Mapping[str, Any] | None) -> tuple[set[str], set[str]] | None:
    """Return the methods with paths, and the operation ids, of a document; None for none."""
    if document is None:
        return None
    keys: set[str] = set()
    ids: set[str] = set()
    for path, item in document.get("paths", {}).items():
        for method, operation in item.items():
            keys.add(f"{method.upper()} {path}")
            if isinstance(operation, dict):
                ids.add(str(operation.get("operationId")))
    return keys, ids


def _is_told(route: Any, told: tuple[set[str], set[str]] | None) -> bool:
    """Tell whether a document holds a route, even where its author has moved the path there."""
    if told is None or not getattr(route, "include_in_schema", True):
        return False
    keys, ids = told
    identifier = getattr(route, "operation_id", None) or getattr(route, "unique_id", None)
    return identifier in ids or all(f"{method} {route.path_format}" in keys for method in route.methods)


def _describe(app: object, routes: list[Any]) -> dict[str, Any] | None:
    """Return FastAPI's own document of routes; None when it fails, as it does for models that have no schema."""
    try:
        return get_openapi(
            title="",
            version="",
            routes=[_shown(route) for route in routes],
            separate_input_output_schemas=bool(getattr(app, "separate_input_output_schemas", True)),
        )
    except Exception:  # noqa: BLE001 - it runs the author's models, which may raise anything
        return None


def _shown(route: Any) -> Any:
    """Return a copy of a route, or of FastAPI's view of one inside an included router, that is not hidden."""
    is_view = dataclasses.is_dataclass(route) and not isinstance(route, type)
    shown = dataclasses.replace(route) if is_view else copy.copy(route)
    object.__setattr__(shown, "include_in_schema", True)
    return shown


def _document_of(app: object) -> dict[str, Any] | None:
    """Return a mounted app's own document, and leave the app without it when it had none yet."""
    if not isinstance(app, FastAPI):
        return None
    before = app.openapi_schema
    try:
        found: object = app.openapi()
    except Exception:  # noqa: BLE001 - it runs the author's models, which may raise anything
        return None
    finally:
        app.openapi_schema = before
    return found if isinstance(found, dict) else None


def _innermost(app: Any) -> Any:
    """Return the app inside its middleware, the first that has routes; the last layer when none has."""
    for _ in range(_MAX_LAYERS):
        inner = getattr(app, "__dict__", {}).get("app")
        if inner is None or hasattr(app, "routes"):
            break
        app = inner
    return app


def _frontend_document(group: Any) -> dict[str, Any] | None:
    """Describe a group of frontends, which are folders of files."""
    inside = getattr(group, "routes", None)
    if not isinstance(inside, list):
        return None
    paths = [found.path for found in inside if isinstance(getattr(found, "path", None), str)]
    return {"paths": {path.rstrip("/") + _BELOW: _files(f"A file of the frontend at {path}") for path in paths}}


def _everything_below(app: object, name: object) -> dict[str, Any]:
    """Describe a mount that nothing more is known of, such as a folder of files."""
    what = f"{name}: " if isinstance(name, str) and name else ""
    return {"paths": {_BELOW: _files(f"{what}whatever {type(app).__name__} answers below this path")}}


def _files(summary: str) -> dict[str, Any]:
    parameter = {"name": "path", "in": "path", "required": True, "schema": {"type": "string"}}
    return {"get": {"summary": summary, "parameters": [parameter]}}
