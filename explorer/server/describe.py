"""What the live app says of itself."""

from __future__ import annotations

import logging
import platform
from contextlib import suppress

from explorer.server.interface import AppDescription

_log = logging.getLogger("explorer.server")


def describe(name: str, app: object) -> AppDescription:
    """Ask a FastAPI app for its document and particulars; never raises. May take seconds for a very large app."""
    try:
        return _described(name, app)
    except Exception as error:  # noqa: BLE001 - an app is the author's, and so is whatever its attributes do
        _log.exception("%s could not be described", name)
        problem = f"The app could not say what it offers. {_words(error)}"
        python = f"Python {platform.python_version()}"
        return AppDescription(
            name=name, openapi=None, problem=problem, docs_url=None, route_count=0, framework="FastAPI", python=python
        )


def _described(name: str, app: object) -> AppDescription:
    import fastapi

    document, problem = _document(app)
    openapi = None
    if document is not None:
        openapi, problem = _encoded(document)
    return AppDescription(
        name=name,
        openapi=openapi,
        problem=problem,
        docs_url=getattr(app, "docs_url", None),
        route_count=_count_routes(app),
        framework=f"FastAPI {fastapi.__version__}",
        python=f"Python {platform.python_version()}",
        hidden=_hidden(app, document if openapi is not None else None),
    )


def _document(app: object) -> tuple[object, str | None]:
    make = getattr(app, "openapi", None)
    if not callable(make):
        return None, f"This app has no OpenAPI document: it is a {type(app).__name__}, not a FastAPI app."
    try:
        return make(), None
    except Exception as error:  # noqa: BLE001 - it runs the author's models, which may raise anything
        return None, _failed(error)


def _encoded(document: object) -> tuple[bytes | None, str | None]:
    import msgspec

    try:
        return msgspec.json.encode(document), None
    except Exception as error:  # noqa: BLE001 - an author's own document may hold anything
        return None, _failed(error)


def _failed(error: Exception) -> str:
    return f"The app failed to make its OpenAPI document. {_words(error)}"


def _words(error: Exception) -> str:
    """Return an exception's type and the first line of what it says."""
    text = (str(error).strip().splitlines() or [""])[0]
    return f"{type(error).__name__}: {text}".rstrip(": ")


def _hidden(app: object, document: object) -> bytes:
    """Return what the app answers beyond its document; a part that cannot be written as JSON is left out."""
    import msgspec

    from explorer.probe.hidden import find_hidden

    parts: list[msgspec.Raw] = []
    for part in find_hidden(app, document if isinstance(document, dict) else None):
        with suppress(Exception):
            parts.append(msgspec.Raw(msgspec.json.encode(part)))
    return msgspec.json.encode(parts) if parts else b""


def _count_routes(app: object) -> int:
    routes = getattr(app, "routes", ())
    try:
        from fastapi.routing import iter_route_contexts
    except ImportError:  # before FastAPI 0.141 included routers were flattened into one list
        return len(routes)
    return sum(1 for _ in iter_route_contexts(routes))
