"""Values in plain words, without running the app's code: no foreign ``repr``, ``str``, ``==`` or property."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from starlette.exceptions import HTTPException


def exception(error: BaseException) -> dict[str, Any]:
    """Return what may be told of an exception: its class, and its text where that is a plain string."""
    described: dict[str, Any] = {"error": type(error).__name__}
    if isinstance(error, HTTPException):
        # Starlette's own constructor sets both as plain attributes; a subclass may shadow them with a property.
        attributes = object.__getattribute__(error, "__dict__")
        described["status"] = attributes.get("status_code")
        message = attributes.get("detail")
    else:
        message = error.args[0] if error.args else None
    if type(message) is str:
        described["message"] = message[:500]
    return described


def code_of(function: Callable[..., Any]) -> dict[str, Any]:
    """Return where a handler or a middleware stands: name, module, file and line, as far as they can be known."""
    described: dict[str, Any] = {
        "function": _plain(function, "__name__") or type(function).__name__,
        "module": _plain(function, "__module__") or "",
    }
    code = getattr(_unwrapped(function), "__code__", None)
    if code is not None:
        described["file"] = os.fspath(code.co_filename)
        described["line"] = code.co_firstlineno
        described["async"] = bool(code.co_flags & 0x0080)  # CO_COROUTINE
    return described


def _unwrapped(function: Any) -> Any:
    """Follow functools.partial and functools.wraps to the function a person wrote."""
    for _ in range(20):
        inner = getattr(function, "__wrapped__", None) or getattr(function, "func", None)
        if inner is None:
            break
        function = inner
    return getattr(function, "__func__", function)


def _plain(value: Any, attribute: str) -> str | None:
    found = getattr(value, attribute, None)
    return found if type(found) is str else None
