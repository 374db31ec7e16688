"""Dependencies: what routes ask for by name, and FastAPI brings.

Each is an `Annotated` alias, so that a route says `session: SessionDep` and nothing more.
"""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, Path, Query
from fastapi.requests import HTTPConnection
from sqlalchemy import Connection
from sqlmodel import Session

from demo_api.db.engine import make_async_engine, parse_url
from demo_api.models.types import LARGEST_ID
from demo_api.models.user import User
from demo_api.services import users
from demo_api.services.memory import Memory
from demo_api.settings import Settings

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine
    from sqlmodel.ext.asyncio.session import AsyncSession

ItemId = Annotated[int, Path(ge=1, le=LARGEST_ID, description="The item's number.", examples=[1])]
UserId = Annotated[int, Path(ge=1, le=LARGEST_ID, description="The user's number.", examples=[1])]


def get_session(connection: HTTPConnection) -> Iterator[Session]:
    """Open a database session for one request, and close it when the answer is on its way.

    `HTTPConnection` is what a `Request` and a `WebSocket` have in common, so routes of both kinds can use this.

    What is before `yield` runs before the route, what is after it runs afterwards, also when the route fails: whatever
    was not committed by then is rolled back.
    """
    with Session(connection.app.state.engine) as session:
        yield session


SessionDep = Annotated[Session, Depends(get_session)]


def get_connection(connection: HTTPConnection) -> Iterator[Connection]:
    """Lend a connection for one request, for routes that speak to tables, and need no objects."""
    with connection.app.state.engine.connect() as database:
        yield database


ConnectionDep = Annotated[Connection, Depends(get_connection)]


async def get_async_engine(connection: HTTPConnection) -> "AsyncEngine":
    """Return the engine that can be waited for; the first request that asks makes it, the lifespan closes it."""
    state = connection.app.state
    if state.async_engine is None:  # no `await` comes before the next line, so no other request comes between
        state.async_engine = make_async_engine(parse_url(state.settings.database_url))
    engine: AsyncEngine = state.async_engine
    return engine


AsyncEngineDep = Annotated["AsyncEngine", Depends(get_async_engine)]


async def get_async_session(engine: AsyncEngineDep) -> "AsyncIterator[AsyncSession]":
    """Open a session that is used with `await`."""
    from sqlmodel.ext.asyncio.session import AsyncSession  # with its imports it takes 20 ms

    async with AsyncSession(engine) as session:
        yield session


AsyncSessionDep = Annotated["AsyncSession", Depends(get_async_session)]


def get_settings(connection: HTTPConnection) -> Settings:
    """Return the settings this app was made with; a test makes one with others."""
    settings: Settings = connection.app.state.settings
    return settings


SettingsDep = Annotated[Settings, Depends(get_settings)]


def get_current_user(session: SessionDep) -> User:
    """Return who is asking.

    The first chapters ask nobody to sign in, so it is the first user. Routes depend on this function only: where
    somebody has to sign in, it changes, and no route does. `security.py` has such dependencies.
    """
    return users.first_user(session)


CurrentUserDep = Annotated[User, Depends(get_current_user)]


@dataclass(frozen=True, slots=True)
class Pagination:
    """Which part of a long list to show. A class can be a dependency: its arguments become query parameters."""

    skip: Annotated[int, Query(ge=0, le=LARGEST_ID, description="How many to leave out at the start.")] = 0
    limit: Annotated[int, Query(ge=1, le=100, description="How many to show at most.")] = 10


PaginationDep = Annotated[Pagination, Depends()]


def get_memory(connection: HTTPConnection) -> Memory:
    """Return what the shop remembers while it is open."""
    memory: Memory = connection.app.state.memory
    return memory


MemoryDep = Annotated[Memory, Depends(get_memory)]
