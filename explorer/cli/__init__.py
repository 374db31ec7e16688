"""The command line: arguments only. Neither Qt nor FastAPI is imported before it is known that a window is wanted."""

from __future__ import annotations

from explorer.cli.main import main

__all__ = ["main"]
