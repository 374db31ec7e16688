"""The event loop of asyncio on Qt's own. Imported with the first coroutine, after the first paint."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextvars import Context
from typing import Any

import qasync

from explorer.ui.override import override


class WindowLoop(qasync.QEventLoop):  # type: ignore[misc]  # it has no types
    """Qt's loop, which asyncio takes for its own."""

    @override
    def call_later(
        self, delay: float, callback: Callable[..., object], *args: object, context: Context | None = None
    ) -> Any:
        """Call back after some seconds; everything that is called soon comes here, too.

        The original first asks `asyncio.iscoroutinefunction`, which warns from Python 3.14 on, each time, and is to go.
        """
        return self._add_callback(asyncio.Handle(callback, args, self, context), delay)
