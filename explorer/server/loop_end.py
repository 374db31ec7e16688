"""Closes an event loop within a bounded time, unlike asyncio.Runner, which waits for worker threads without end."""

from __future__ import annotations

import asyncio

CLEANUP_SECONDS = 0.3

# Kept for as long as the process lives, because the destruction of a task that did not end writes to the terminal.
_stubborn_tasks: list[asyncio.Task[object]] = []


def close_loop(loop: asyncio.AbstractEventLoop) -> list[asyncio.Task[object]]:
    """Cancel all tasks, close the loop, and return the tasks that did not end when they were told to."""
    tasks = asyncio.all_tasks(loop)
    for task in tasks:
        task.cancel()
    if tasks:
        loop.run_until_complete(asyncio.wait(tasks, timeout=CLEANUP_SECONDS))
    stubborn = [task for task in tasks if not task.done()]
    _stubborn_tasks.extend(stubborn)
    if not stubborn:
        last = loop.create_task(loop.shutdown_asyncgens())
        loop.run_until_complete(asyncio.wait([last], timeout=CLEANUP_SECONDS))
    asyncio.set_event_loop(None)
    loop.close()
    return stubborn
