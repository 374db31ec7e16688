"""Chapter 1, First steps: an application that answers, and what it runs on."""

import platform
from importlib.metadata import version
from typing import Final

from fastapi import APIRouter, Request

from demo_api.db.revisions import read_state
from demo_api.errors import UNAVAILABLE
from demo_api.models.about import Addresses, Health, Place, Versions, Welcome

TAG = "First steps"
DESCRIPTION = "A first answer, what the server runs on, and where it listens."

PACKAGES = ("fastapi", "starlette", "pydantic", "sqlmodel", "sqlalchemy", "alembic", "uvicorn")

LAYOUT: Final = (
    Place(path="main.py", purpose="Puts the application together.", mvc="none"),
    Place(path="routers/", purpose="Reads requests and returns answers, one chapter a file.", mvc="controller"),
    Place(path="services/", purpose="What the shop does. Knows nothing of HTTP.", mvc="model"),
    Place(path="models/", purpose="The shape of the data, in the database and on the wire.", mvc="model"),
    Place(path="templates/", purpose="Pages with blanks to be filled in.", mvc="view"),
    Place(path="static/", purpose="Files that are sent as they are.", mvc="view"),
    Place(path="db/", purpose="Engine, first rows and migrations.", mvc="model"),
    Place(path="dependencies.py", purpose="What routes ask for by name.", mvc="controller"),
    Place(path="security.py", purpose="Who is asking, and what they may do.", mvc="controller"),
    Place(path="middleware.py", purpose="Code around every request.", mvc="none"),
    Place(path="sockets.py", purpose="What every WebSocket needs.", mvc="controller"),
    Place(path="errors.py", purpose="Which error becomes which status code.", mvc="none"),
    Place(path="settings.py", purpose="What may differ between machines.", mvc="none"),
)

router = APIRouter(tags=[TAG])


@router.get("/", summary="Say hello")
async def read_root() -> Welcome:
    """Return a value, and FastAPI makes JSON of it: that is the smallest useful route.

    **Often wrong:** returning a string that already is JSON. It arrives as one quoted text.
    """
    return Welcome(message="Welcome to the demo shop.", docs="/docs")


@router.get("/versions", summary="Show what the server runs on")
async def read_versions() -> Versions:
    """Show the versions of Python and of each package, as `pip list` would.

    **Often wrong:** a package is installed, but in another environment than the one the server runs in. Here you see
    the server's own.
    """
    return Versions(python=platform.python_version(), packages={name: version(name) for name in PACKAGES})


@router.get("/layout", summary="Show the project's folders")
async def read_layout() -> list[Place]:
    """FastAPI prescribes no layout. This one follows the way of a request: router, service, model.

    **Often wrong:** looking for many views. Most clients draw the page themselves; this server gives them the data.
    """
    return list(LAYOUT)


@router.get("/where", summary="Show who talks to whom")
async def read_addresses(request: Request) -> Addresses:
    """Show the two ends of the connection.

    **Often wrong:** `http://0.0.0.0:8000` in a browser. The server *listens* on 0.0.0.0, which means "all my
    addresses"; a client has to name one, such as `http://127.0.0.1:8000`.
    """
    server = request.scope.get("server")
    return Addresses(
        client=f"{request.client.host}:{request.client.port}" if request.client else None,
        server=f"{server[0]}:{server[1]}" if server else None,
        url=str(request.url),
    )


@router.get("/health", summary="Ask whether the shop can work", responses=UNAVAILABLE)
def read_health(request: Request) -> Health:
    """For programs that watch servers: it answers quickly, and looks at what the shop needs.

    **Often wrong:** a health check that only says "I run", while the database is gone.
    """
    state = read_state(request.app.state.engine)
    return Health(
        status="ok" if state.advice is None else "attention",
        revision=state.revision,
        pending=len(state.pending),
        advice=state.advice,
    )
