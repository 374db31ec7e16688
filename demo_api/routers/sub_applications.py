"""Beyond the handbook, Sub-applications: a whole application below a path of another."""

from typing import Annotated, Final

from fastapi import FastAPI, HTTPException, Path, Request, status
from fastapi.routing import APIRouter, Mount

from demo_api.errors import ErrorMessage
from demo_api.models.warehouse import Mounted, Position, Shelf

TAG = "Sub-applications"
DESCRIPTION = """A whole application below a path of another.

It has documentation of its own: [/warehouse/docs](/warehouse/docs)."""

SHELVES: Final = (Shelf(number=1, holds="Lamps"), Shelf(number=2, holds="Chairs"), Shelf(number=3, holds="Paper"))

router = APIRouter(tags=[TAG])
warehouse = APIRouter()


def mount(app: FastAPI) -> None:
    """Mount the warehouse: another FastAPI, that could as well be the work of another team.

    It shares the middleware of `app`, since requests come through it. It does not share its error handlers, its
    dependencies, nor `app.state`; and its lifespan, if it had one, would never run.
    """
    inside = FastAPI(title="Warehouse", version="0.3.0", summary="An application of its own.")
    inside.include_router(warehouse)
    app.mount("/warehouse", inside, name="warehouse")


@router.get("/sub-applications", summary="List what is mounted")
async def list_mounted(request: Request) -> list[Mounted]:
    """Show what hangs below a path. Each begins where its path ends, and none of it is in this documentation.

    **Often wrong:** mounting where `APIRouter` is meant. A router's routes are a part of the application: its
    documentation, its dependencies, its errors.
    """
    return [
        Mounted(path=route.path, name=str(getattr(route.app, "title", route.name)), docs=docs_of(route))
        for route in request.app.routes
        if isinstance(route, Mount)
    ]


def docs_of(route: Mount) -> str | None:
    """Return where the documentation of a mounted application is."""
    docs_url = getattr(route.app, "docs_url", None) if getattr(route.app, "openapi_url", None) else None
    return f"{route.path}{docs_url}" if docs_url else None


@warehouse.get("/shelves", summary="List the shelves")
async def list_shelves() -> list[Shelf]:
    """Answer below the mount: here the path is `/shelves`, for a client it is `/warehouse/shelves`."""
    return list(SHELVES)


@warehouse.get("/shelves/{number}", summary="Read a shelf", responses={404: {"model": ErrorMessage}})
async def read_shelf(number: Annotated[int, Path(ge=1, le=1_000, description="The shelf's number.")]) -> Shelf:
    """Raise an `HTTPException`, which every FastAPI can answer. The errors of the shop it does not know."""
    shelf = next((shelf for shelf in SHELVES if shelf.number == number), None)
    if shelf is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, f"The warehouse has no shelf {number}.")
    return shelf


@warehouse.get("/position", summary="Show where this application is")
async def read_position(request: Request) -> Position:
    """Show what the mount did to the path: it went into `root_path`, so that links and the documentation are right."""
    return Position(root_path=request.scope["root_path"], path=request.url.path, title=request.app.title)
