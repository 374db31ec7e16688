"""Requests of the window itself, which nobody sent: they are no part of what is traced, counted and logged."""

from __future__ import annotations

from contextvars import ContextVar

AGENT = "fastapi-explorer (asks what the server holds)"
"""What such a request calls itself (``User-Agent``)."""

UNSEEN: ContextVar[bool] = ContextVar("fastapi_explorer_unseen", default=False)
"""Set while the app answers such a request."""
