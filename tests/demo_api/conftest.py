"""What the tests share: a shop of their own for each test, with a database of its own."""

import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
import uvicorn
from fastapi import FastAPI
from fastapi.testclient import TestClient

from demo_api.main import create_app
from demo_api.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings with a database that nobody else has."""
    return Settings(database_url=f"sqlite:///{tmp_path / 'shop.sqlite3'}")


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of a new shop, made once: a copy of it is there sooner than another new one."""
    path = tmp_path_factory.mktemp("filled") / "shop.sqlite3"
    with TestClient(create_app(Settings(database_url=f"sqlite:///{path}"))):
        pass
    return path


@pytest.fixture(scope="session")
def documentation(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the shop says of itself, for tests that only read it: FastAPI takes its time to work that out."""
    path = tmp_path_factory.mktemp("documented") / "shop.sqlite3"
    return create_app(Settings(database_url=f"sqlite:///{path}")).openapi()


@pytest.fixture
def app(settings: Settings, filled: Path, tmp_path: Path) -> FastAPI:
    """A shop that has not opened yet; its database is as a new shop fills it."""
    shutil.copyfile(filled, tmp_path / "shop.sqlite3")
    return create_app(settings)


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    """A client of an open shop; `with` runs the lifespan, and a redirect is an answer, not a way to go."""
    with TestClient(app, follow_redirects=False) as client:
        yield client


@pytest.fixture
def address(app: FastAPI) -> Iterator[str]:
    """The address of a shop that listens on a real port, for what a TestClient cannot show."""
    ready = Event()

    class Listening(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            ready.set()

    server = Listening(uvicorn.Config(app, log_config=None))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            assert ready.wait(30), "the server did not start"
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(30)
