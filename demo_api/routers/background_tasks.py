"""Chapter 19, Background tasks: work that the client does not wait for.

Each route answers 202 with the number of a page. `GET /tasks/journal` tells what happened on it, and when.
"""

import asyncio
import logging
import time
from typing import Annotated

from fastapi import APIRouter, BackgroundTasks, Depends, Query, status

from demo_api.dependencies import MemoryDep
from demo_api.errors import ON_PURPOSE
from demo_api.models.journal import JournalNote, JournalPage
from demo_api.routers.dependency_cleanup import PageDep
from demo_api.services.journal import Page

TAG = "Background tasks"
DESCRIPTION = "Work that the client does not wait for: when it runs, and what becomes of its errors."

router = APIRouter(prefix="/tasks", tags=[TAG])

logger = logging.getLogger(__name__)

To = Annotated[str, Query(min_length=1, max_length=40, description="Who gets a letter.")]
Seconds = Annotated[float, Query(ge=0, le=1, allow_inf_nan=False, description="How long each task takes.")]


def write_letter(page: Page, to: str, seconds: float = 0.05) -> None:
    """Work as much code does: it keeps its thread busy, so it is a plain `def`, and runs in a thread of the pool."""
    page.write(f"letter to {to}: begin")
    time.sleep(seconds)
    page.write(f"letter to {to}: end")


async def send_mail(page: Page, to: str, seconds: float = 0.05) -> None:
    """Work that mostly waits, in the event loop: meanwhile other requests are answered."""
    page.write(f"mail to {to}: begin")
    await asyncio.sleep(seconds)
    page.write(f"mail to {to}: end")


def lose_letter(page: Page) -> None:
    """Fail, as a task may do long after its client has gone."""
    page.write("lost letter: begin")
    raise RuntimeError("The letter was lost.")


@router.post("/sync", summary="Add a plain task", status_code=status.HTTP_202_ACCEPTED)
async def add_sync_task(page: PageDep, tasks: BackgroundTasks, to: To = "Ada") -> JournalNote:
    """`add_task` takes the function, and then its arguments. It runs when the answer is sent, in a thread.

    **Often wrong:** `add_task(write_letter(page, to))`. The brackets do the work now, and the client waits for it.
    """
    tasks.add_task(write_letter, page, to)
    page.write("route: returns")
    return page.note()


@router.post("/async", summary="Add an async task", status_code=status.HTTP_202_ACCEPTED)
async def add_async_task(page: PageDep, tasks: BackgroundTasks, to: To = "Ada") -> JournalNote:
    """Let an `async def` run in the event loop, when the answer is sent.

    **Often wrong:** `time.sleep` in such a task. The client has its answer, but everyone else has to wait.
    """
    tasks.add_task(send_mail, page, to)
    page.write("route: returns")
    return page.note()


def count_customer(page: PageDep, tasks: BackgroundTasks) -> None:
    """Add a task from a dependency: it gets the same list of tasks as the route."""
    tasks.add_task(page.write, "task of the dependency")


@router.post(
    "/dependency",
    summary="Add a task in a dependency",
    status_code=status.HTTP_202_ACCEPTED,
    dependencies=[Depends(count_customer)],
)
async def add_both_tasks(page: PageDep, tasks: BackgroundTasks) -> JournalNote:
    """Let a dependency add tasks too. They run in the order in which they were added: the dependency's first.

    **Often wrong:** returning a `Response(background=…)` of one's own. Its tasks take the place of all these.
    """
    tasks.add_task(page.write, "task of the route")
    page.write("route: returns")
    return page.note()


@router.post("/order", summary="See when tasks run", status_code=status.HTTP_202_ACCEPTED)
async def add_three_tasks(page: PageDep, tasks: BackgroundTasks, seconds: Seconds = 0.1) -> JournalNote:
    """Three tasks, one after the other, never at the same time. Compare the times in the journal.

    **Often wrong:** relying on them. If the server stops, they are lost: what must happen belongs into a queue.
    """
    tasks.add_task(write_letter, page, "Ada", seconds)
    tasks.add_task(send_mail, page, "Grace", seconds)
    tasks.add_task(write_letter, page, "Linus", seconds)
    page.write("route: returns")
    return page.note()


@router.post(
    "/failing",
    summary="Let a task fail",
    status_code=status.HTTP_202_ACCEPTED,
    openapi_extra=ON_PURPOSE,
)
async def add_failing_task(page: PageDep, tasks: BackgroundTasks) -> JournalNote:
    """Fail when the client has its 202 already. The error is in the server's log only, and the last task never runs.

    The server also closes the connection, since it cannot know what state the application is in.

    **Often wrong:** raising HTTPException in a task. There is no answer left to change.
    """
    tasks.add_task(lose_letter, page)
    tasks.add_task(page.write, "the task after it")
    page.write("route: returns")
    return page.note()


def lose_letter_carefully(page: Page) -> None:
    """Catch every error at the edge of the task: nobody above it could do anything about one."""
    try:
        lose_letter(page)
    except Exception:
        logger.exception("A letter was lost")
        page.write("lost letter: the error is in the log")


@router.post("/careful", summary="Let a task fail with care", status_code=status.HTTP_202_ACCEPTED)
async def add_careful_task(page: PageDep, tasks: BackgroundTasks) -> JournalNote:
    """Catch the error in the task itself, and write it to the log. The task after it runs.

    **Often wrong:** `except Exception: pass`. Nobody ever learns that letters are lost.
    """
    tasks.add_task(lose_letter_carefully, page)
    tasks.add_task(page.write, "the task after it")
    page.write("route: returns")
    return page.note()


@router.get("/journal", summary="Read what the tasks did")
async def read_journal(memory: MemoryDep) -> list[JournalPage]:
    """Read the journal of this chapter, the newest page first, with times.

    **Often wrong:** asking at once. A task that is still running has not written its last line yet.
    """
    return memory.journal.read("/tasks/")
