"""Routes described by what stands on them: path, methods, and the author's own words. No model is run for it."""

from __future__ import annotations

import inspect
from typing import Any

from fastapi import FastAPI
from starlette.convertors import FloatConvertor, IntegerConvertor, UUIDConvertor

SOCKET = "ws"  # stands where OpenAPI has a method

_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")
_OWN_PAGES = {
    "openapi": "The OpenAPI document",
    "swagger_ui_html": "Swagger UI",
    "swagger_ui_redirect": "Where Swagger UI ends a login",
    "redoc_html": "ReDoc",
}


def plain_document(route: Any) -> dict[str, Any]:
    """Describe a route by path, methods and the author's own words."""
    endpoint = getattr(route, "endpoint", None)
    operation = {
        "operationId": _name(endpoint) or "",
        "summary": _OWN_PAGES.get(_name(endpoint) or "", "") if _is_fastapis(endpoint) else "",
        "description": _words(endpoint),
        "parameters": path_parameters(route),
    }
    return {"paths": {route.path_format: {method.lower(): operation for method in _methods(route, endpoint)}}}


def plain_socket_document(route: Any) -> dict[str, Any]:
    """Describe a WebSocket route by path and the author's own words."""
    endpoint = getattr(route, "endpoint", None)
    operation = {
        "operationId": _name(endpoint) or "",
        "description": _words(endpoint),
        "parameters": path_parameters(route),
    }
    return {"paths": {route.path_format: {SOCKET: operation}}}


def _methods(route: Any, endpoint: object) -> list[str]:
    """Return what a route takes: HEAD goes without saying beside GET, and a class has a function for each."""
    methods = getattr(route, "methods", None)
    if methods is None:
        methods = {method for method in _METHODS if callable(getattr(endpoint, method.lower(), None))} or {"GET"}
    ordered = sorted(methods, key=lambda method: _METHODS.index(method) if method in _METHODS else len(_METHODS))
    return [method for method in ordered if method != "HEAD" or "GET" not in methods]


def path_parameters(route: Any, *, but: str = "") -> list[dict[str, Any]]:
    """Return the parameters in a path, each with the type that its convertor stands for."""
    schemas = {
        IntegerConvertor: {"type": "integer", "minimum": 0},
        FloatConvertor: {"type": "number", "minimum": 0},
        UUIDConvertor: {"type": "string", "format": "uuid"},
    }
    return [
        {"name": name, "in": "path", "required": True, "schema": schemas.get(type(convertor), {"type": "string"})}
        for name, convertor in route.param_convertors.items()
        if name != but
    ]


def _is_fastapis(endpoint: object) -> bool:
    return getattr(endpoint, "__module__", None) == FastAPI.__module__


def _name(endpoint: object) -> str | None:
    found = getattr(endpoint, "__name__", None)
    return found if type(found) is str else None


def _words(endpoint: object) -> str:
    found = getattr(endpoint, "__doc__", None)
    return inspect.cleandoc(found) if type(found) is str else ""
