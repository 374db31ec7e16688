"""Coroutines that the window starts: each is held while it runs, can be cancelled, and never fails in silence."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any


class Tasks:
    """Starts coroutines on the window's event loop and reports what they raise."""

    def __init__(self, on_error: Callable[[BaseException], object]) -> None:
        """`on_error` takes an exception that nobody handled."""
        self._on_error = on_error
        self._running: set[asyncio.Task[Any]] = set()
        self._over = False

    def start(self, coroutine: Coroutine[Any, Any, Any], name: str) -> asyncio.Task[Any]:
        """Run a coroutine; `name` appears in reports. After `cancel_all` it ends before its first step."""
        task = asyncio.ensure_future(coroutine)
        task.set_name(name)
        self._running.add(task)
        task.add_done_callback(self._on_done)
        if self._over:
            task.cancel()
        return task

    async def cancel_all(self) -> None:
        """Cancel everything that runs but the caller, wait for it to end, and begin nothing more.

        A timer may still fire while the program ends; what it began then would have nobody to close its connections.
        """
        self._over = True
        current = asyncio.current_task()
        while tasks := [task for task in self._running if task is not current]:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def _on_done(self, task: asyncio.Task[Any]) -> None:
        self._running.discard(task)
        if not task.cancelled() and task.exception() is not None:
            self._on_error(task.exception())  # type: ignore[arg-type]
