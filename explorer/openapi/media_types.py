"""Names of media types, and what can be told from one."""

from __future__ import annotations

JSON = "application/json"
URLENCODED = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"
OCTET_STREAM = "application/octet-stream"


def essence(content_type: str | None) -> str:
    """Return what a Content-Type names, lower case and without parameters; empty when it names nothing."""
    return (content_type or "").partition(";")[0].strip().lower()


def is_json(content_type: str | None) -> bool:
    """Tell whether a Content-Type names JSON: one value, not one a line."""
    name = essence(content_type)
    return name == JSON or name.endswith("+json")
