"""Chapter 18, Dependency injection: what a route needs is brought to it.

The other halves of the chapter: the dependencies themselves are in `example_dependencies.py`, those with `yield` are in
`dependency_cleanup.py`.
"""

import threading
from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI

from demo_api.dependencies import PaginationDep
from demo_api.example_dependencies import (
    AtMost,
    Mark,
    TrailDep,
    draw,
    greet,
    name_loop_thread,
    name_thread,
    work_out_price,
)
from demo_api.models.injection import Basket, Checked, Draws, Greeting, Levels, Workers
from demo_api.routers import dependency_cleanup

TAG = "Dependency injection"
DESCRIPTION = "What a route needs is brought to it: shared, nested, cached, and cleaned up."

router = APIRouter(prefix="/dependencies", tags=[TAG])
router.include_router(dependency_cleanup.router)

GreetingDep = Annotated[str, Depends(greet)]


@router.get("/greeting", summary="Use a dependency")
async def read_greeting(greeting: GreetingDep) -> Greeting:
    """`GreetingDep` is an alias for `Annotated[str, Depends(greet)]`. FastAPI calls `greet`, and passes on its value.

    **Often wrong:** `Depends(greet())`. The brackets call the function once, at the start; FastAPI wants to call it.
    """
    return Greeting(text=greeting)


@router.get("/workers", summary="Mix sync and async dependencies")
async def read_workers(
    in_pool: Annotated[str, Depends(name_thread)], in_loop: Annotated[str, Depends(name_loop_thread)]
) -> Workers:
    """`def` dependencies run in a thread of a pool, `async def` in the event loop; a route may need both.

    **Often wrong:** a slow `time.sleep` in an `async def` dependency. It stops every request, not only its own.
    """
    return Workers(sync_dependency=in_pool, async_dependency=in_loop, route=threading.current_thread().name)


@router.get("/nested", summary="Let dependencies need each other")
async def read_basket(basket: Annotated[Basket, Depends(work_out_price)]) -> Basket:
    """Ask for a price, which needs a discount, which needs a customer. FastAPI works out the order, innermost first.

    **Often wrong:** calling `find_discount()` by hand. Nobody brings it its customer then, and no test can replace it.
    """
    return basket


@router.get("/classes", summary="Use classes as dependencies")
async def check_price(page: PaginationDep, allowed: Annotated[bool, Depends(AtMost(100))]) -> Checked:
    """Call a class as a function: `Pagination` is made anew for each request.

    `AtMost(100)` was made once, at the start. It has a `__call__`, so the *object* is called, with its own setting.

    **Often wrong:** keeping something of a request in such an object. All requests share it.
    """
    return Checked(skip=page.skip, limit=page.limit, allowed=allowed)


@router.get("/cache", summary="Share a dependency, or do not")
async def read_draws(
    trail: TrailDep,
    first: Annotated[int, Depends(draw)],
    second: Annotated[int, Depends(draw)],
    fresh: Annotated[int, Depends(draw, use_cache=False)],
) -> Draws:
    """Within a request a dependency runs once, however many need it; `use_cache=False` runs it again.

    **Often wrong:** thinking that it is kept for the next request. The cache ends with this one.
    """
    return Draws(first=first, second=second, fresh=fresh, ran=len(trail))


levels = APIRouter(prefix="/levels", dependencies=[Depends(Mark("router"))])


@levels.get("", summary="See the levels", dependencies=[Depends(Mark("route"))])
async def read_levels(trail: TrailDep, _: Annotated[None, Depends(Mark("parameter"))]) -> Levels:
    """Ask for a dependency on a router, on a route, or as a parameter. Only a parameter gets its value.

    `/whole-app/levels` is the same route in an application with `FastAPI(dependencies=[…])`: one level more.

    **Often wrong:** checking a permission in each route. Once on the router, and no route can forget it.
    """
    return Levels(order=trail)


router.include_router(levels)


def mount(app: FastAPI) -> None:
    """Mount an application that has a dependency for everything in it."""
    whole = FastAPI(title="Dependencies for a whole application", dependencies=[Depends(Mark("application"))])
    whole.include_router(levels, tags=[TAG])
    app.mount("/whole-app", whole)
