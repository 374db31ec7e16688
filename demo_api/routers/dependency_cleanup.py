"""Chapter 18, second half: dependencies with `yield`, which clean up after themselves.

What happens after an answer cannot be in the answer. So it is written into a journal, and read with another request.
"""

from collections.abc import AsyncIterator, Iterator
from typing import Annotated

from fastapi import APIRouter, BackgroundTasks, Depends, Query, Request

from demo_api.dependencies import MemoryDep
from demo_api.errors import CONFLICT, ConflictError
from demo_api.models.journal import JournalNote, JournalPage
from demo_api.services.journal import Page

router = APIRouter()


def open_page(request: Request, memory: MemoryDep) -> Page:
    """Open a page of the journal for this request."""
    return memory.journal.open_page(request.url.path)


PageDep = Annotated[Page, Depends(open_page)]


def borrow_till(page: PageDep) -> Iterator[str]:
    """Give something out, and take it back whatever happens: an error of the route arrives at the `yield`."""
    page.write("till: open")
    try:
        yield "till"
        page.write("till: all went well, keep the money")
    except ConflictError:
        page.write("till: an error, put the money back")
        raise  # whoever swallows it leaves the client without an answer
    finally:
        page.write("till: close")


@router.get("/cleanup", summary="Clean up after a route", responses=CONFLICT)
def use_till(
    page: PageDep,
    till: Annotated[str, Depends(borrow_till)],
    fail: Annotated[bool, Query(description="Let the route fail.")] = False,
) -> JournalNote:
    """Before `yield`: open. After it: clean up, on success and on error. Read `/dependencies/journal` afterwards.

    **Often wrong:** `except Exception: pass` around the `yield`. The error is gone, and with it the answer: 500.
    """
    page.write(f"route: uses the {till}")
    if fail:
        raise ConflictError(f"The {till} is empty. Page {page.number} of the journal tells what was cleaned up.")
    return page.note()


async def until_sent(page: PageDep) -> AsyncIterator[None]:
    """Clean up as `yield` does if nothing else is said: after the answer was sent."""
    page.write("scope=request: open")
    yield
    page.write("scope=request: close")


async def until_done(page: PageDep) -> AsyncIterator[None]:
    """Clean up when the route has returned: before the answer is sent."""
    page.write("scope=function: open")
    yield
    page.write("scope=function: close")


@router.get(
    "/scopes",
    summary="Choose when to clean up",
    dependencies=[Depends(until_sent), Depends(until_done, scope="function")],
)
async def use_scopes(page: PageDep, tasks: BackgroundTasks) -> JournalNote:
    """`scope="function"` cleans up before the answer is sent; without it, that happens after the background tasks.

    **Often wrong:** using a database session in a background task, with `scope="function"`. It is closed by then.
    """
    page.write("route: returns")
    tasks.add_task(page.write, "background task: the answer is sent")
    return page.note()


@router.get("/journal", summary="Read what was cleaned up")
async def read_journal(memory: MemoryDep) -> list[JournalPage]:
    """Read the journal of this chapter, the newest page first.

    **Often wrong:** looking for the clean-up in the answer. When it runs, the answer is on its way or gone.
    """
    return memory.journal.read("/dependencies/")
