"""What the tests share: a shop of their own for each test, with a database of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from demo_api.main import create_app
from demo_api.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings with a database that nobody else has."""
    return Settings(database_url=f"sqlite:///{tmp_path / 'shop.sqlite3'}")


@pytest.fixture
def app(settings: Settings) -> FastAPI:
    """A shop that has not opened yet."""
    return create_app(settings)


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    """A client of an open shop; `with` runs the lifespan, and a redirect is an answer, not a way to go."""
    with TestClient(app, follow_redirects=False) as client:
        yield client
