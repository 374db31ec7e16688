"""What the live app says of itself."""

from __future__ import annotations

import platform

from explorer.server.interface import AppDescription


def describe(name: str, app: object) -> AppDescription:
    """Ask a FastAPI app for its document and particulars; never raises. May take seconds for a very large app."""
    import fastapi

    openapi, problem = _document(app)
    return AppDescription(
        name=name,
        openapi=openapi,
        problem=problem,
        docs_url=getattr(app, "docs_url", None),
        route_count=_count_routes(app),
        framework=f"FastAPI {fastapi.__version__}",
        python=f"Python {platform.python_version()}",
    )


def _document(app: object) -> tuple[bytes | None, str | None]:
    import msgspec

    make = getattr(app, "openapi", None)
    if not callable(make):
        return None, f"This app has no OpenAPI document: it is a {type(app).__name__}, not a FastAPI app."
    try:
        return msgspec.json.encode(make()), None
    except Exception as error:  # noqa: BLE001 - it runs the author's models, which may raise anything
        text = (str(error).strip().splitlines() or [""])[0]
        return None, f"The app failed to make its OpenAPI document. {type(error).__name__}: {text}".rstrip(": ")


def _count_routes(app: object) -> int:
    routes = getattr(app, "routes", ())
    try:
        from fastapi.routing import iter_route_contexts
    except ImportError:  # before FastAPI 0.141 included routers were flattened into one list
        return len(routes)
    return sum(1 for _ in iter_route_contexts(routes))
