"""Beyond the handbook, Async and blocking: four routes that wait equally long. Send twenty to one of them at once."""

import asyncio
import threading
import time
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.concurrency import run_in_threadpool

from demo_api.dependencies import MemoryDep
from demo_api.models.injection import Wait
from demo_api.services.memory import Memory

TAG = "Async and blocking"
DESCRIPTION = "Four routes that wait equally long. Send twenty at once, and compare."

router = APIRouter(prefix="/waiting", tags=[TAG])

Seconds = Annotated[float, Query(ge=0, le=2, allow_inf_nan=False, description="How long to wait.")]


def milliseconds(memory: Memory) -> float:
    """Return how long the shop has been open."""
    return round((datetime.now(UTC) - memory.opened_at).total_seconds() * 1000, 1)


def waited(style: str, started: float, memory: Memory) -> Wait:
    """Return what a route has to tell when it ends."""
    thread = threading.current_thread().name
    return Wait(style=style, thread=thread, started_ms=started, ended_ms=milliseconds(memory))


@router.get("/async", summary="Wait in the event loop")
async def wait_async(memory: MemoryDep, seconds: Seconds = 0.2) -> Wait:
    """`await` hands the event loop to the others while this one waits: twenty take as long as one.

    **Often wrong:** expecting it to compute faster. Only *waiting* overlaps, for there is one thread.
    """
    started = milliseconds(memory)
    await asyncio.sleep(seconds)
    return waited("async def, await asyncio.sleep", started, memory)


@router.get("/thread", summary="Wait in a thread")
def wait_in_thread(memory: MemoryDep, seconds: Seconds = 0.2) -> Wait:
    """Run a plain `def` in a thread of a pool of 40: it may block, and only it waits.

    **Often wrong:** forgetting that the pool ends. The forty-first waits until a thread is free.
    """
    started = milliseconds(memory)
    time.sleep(seconds)
    return waited("def, time.sleep", started, memory)


@router.get("/blocking", summary="Block everyone")
async def wait_blocking(memory: MemoryDep, seconds: Seconds = 0.2) -> Wait:
    """Block the event loop, on purpose: every other request waits too, and all of them run one after the other.

    **Often wrong:** exactly this. `requests.get`, `time.sleep` or a slow query do it to you in every `async def`.
    """
    started = milliseconds(memory)
    time.sleep(seconds)  # noqa: ASYNC251 - the mistake that this route shows
    return waited("async def, time.sleep", started, memory)


@router.get("/offloaded", summary="Block in another thread")
async def wait_offloaded(memory: MemoryDep, seconds: Seconds = 0.2) -> Wait:
    """Call something that blocks from an `async def`, with the cure: `run_in_threadpool`.

    **Often wrong:** leaving out the `await`. Nothing is called then, and Python only warns.
    """
    started = milliseconds(memory)
    await run_in_threadpool(time.sleep, seconds)
    return waited("async def, run_in_threadpool", started, memory)
