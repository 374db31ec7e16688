"""The same shop on a real PostgreSQL: one that this file starts for itself, or none, and then it says so.

It needs the programs `initdb` and `postgres` (on Debian: `apt install postgresql`) and the driver psycopg.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from fastapi.testclient import TestClient
from sqlalchemy import create_engine, inspect, text
from sqlmodel import SQLModel

from demo_api.db import seed
from demo_api.db.engine import DatabaseNotReadyError, make_engine, open_database, parse_url
from demo_api.db.migrating import migrating
from demo_api.db.setup import ALEMBIC_INI
from demo_api.main import create_app
from demo_api.settings import Settings

REVISIONS = ("base", "0001", "0002", "0003", "0004", "0005", "0006")


def programs() -> Path | None:
    """The folder with PostgreSQL's programs: Debian leaves them off the PATH."""
    found = [Path(path).parent for path in [shutil.which("initdb")] if path]
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((folder for folder in found if (folder / "initdb").exists() and (folder / "postgres").exists()), None)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of a PostgreSQL of our own, without a database's name at its end."""
    pytest.importorskip("psycopg", reason="the driver psycopg is not installed")
    folder = programs()
    if folder is None:
        pytest.skip("PostgreSQL is not installed")
    # PostgreSQL refuses to run as root; `nobody` may do nothing, which is just right.
    nobody: dict[str, Any] = {"user": "nobody", "group": "nogroup", "extra_groups": []} if is_root() else {}
    with tempfile.TemporaryDirectory(prefix="pg") as home:  # short: the path of a socket has at most 107 letters
        if nobody:
            shutil.chown(home, "nobody", "nogroup")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        create = [str(folder / "initdb"), "-D", f"{home}/data", "-U", "shop", "-A", "trust", "-E", "UTF8", "--no-sync"]
        made = subprocess.run(create, cwd=home, capture_output=True, text=True, check=False, **nobody)
        if made.returncode:
            pytest.skip(f"PostgreSQL cannot run here: {made.stderr.strip()}")
        options = ["-c", "fsync=off", "-c", "listen_addresses=127.0.0.1", "-p", str(port), "-k", home]
        with Path(home, "log").open("w") as log:
            process = subprocess.Popen(
                [str(folder / "postgres"), "-D", f"{home}/data", *options], cwd=home, stdout=log, stderr=log, **nobody
            )
            try:
                wait_for(f"postgresql+psycopg://shop@127.0.0.1:{port}/postgres", process)
                yield f"postgresql://shop@127.0.0.1:{port}"
            finally:
                process.terminate()
                process.wait(timeout=20)


def is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    engine = create_engine(address)
    try:
        for _ in range(200):
            assert process.poll() is None, "PostgreSQL ended by itself"
            try:
                with engine.connect():
                    return
            except Exception:  # noqa: BLE001 - whatever it is, the server is not there yet
                time.sleep(0.1)
    finally:
        engine.dispose()
    pytest.fail("PostgreSQL did not start within 20 s")


@pytest.fixture
def settings(server: str, request: pytest.FixtureRequest) -> Iterator[Settings]:
    """Settings with a new database on that server."""
    name = f"shop_{abs(hash(request.node.name))}"
    admin = create_engine(parse_url(f"{server}/postgres"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        yield Settings(database_url=f"{server}/{name}")
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


def everything(settings: Settings) -> dict[str, set[str]]:
    engine = make_engine(parse_url(settings.database_url))
    with engine.connect() as connection:
        tables = inspect(connection).get_table_names()
        rows = {name: connection.execute(text(f"SELECT * FROM {name}")).mappings().all() for name in tables}  # noqa: S608
    engine.dispose()
    return {name: {str(sorted(row.items())) for row in found} for name, found in rows.items()}


def migrate(settings: Settings, revision: str, *, up: bool) -> None:
    with migrating(parse_url(settings.database_url)) as connection:
        config = Config(ALEMBIC_INI)
        config.attributes["connection"] = connection
        (command.upgrade if up else command.downgrade)(config, revision)


def test_that_a_new_database_is_made_filled_and_used(client: TestClient) -> None:
    assert client.get("/health").json()["status"] == "ok"
    assert len(client.get("/items?limit=100").json()) == 24
    created = client.post("/items", json={"name": "Kite", "price": 9, "tags": ["wind", "outdoor"]}).json()
    assert (created["id"], created["tags"]) == (25, ["wind", "outdoor"])
    assert client.patch("/items/25", json={"tags": ["outdoor"]}).json()["tags"] == ["outdoor"]
    assert client.get("/items/search?text=KITE").json()[0]["id"] == 25
    body = {"name": "Barbara", "email": "barbara@example.com", "password": "clear as a contract"}
    assert client.post("/users", json=body).json()["id"] == 6
    assert client.post("/users", json=body).status_code == 409
    assert client.delete("/items/25").status_code == 204
    assert client.get("/items/25").status_code == 404


def test_that_the_chapters_of_the_database_answer(client: TestClient) -> None:
    order = client.post("/orders", json={"lines": [{"item_id": 1, "quantity": 2}]})
    assert (order.status_code, order.json()["id"]) == (201, 9)
    category = client.post("/categories", json={"name": "Kites"}).json()
    assert client.patch(f"/categories/{category['id']}", json={"name": "Air"}).json()["name"] == "Air"
    assert client.get("/sql/engine").json()["dialect"] == "postgresql"
    for path, operations in client.get("/openapi.json").json()["paths"].items():
        chapters = operations.get("get", {}).get("tags", [])
        if "{" not in path and {"SQLAlchemy", "Alembic", "SQLModel"} & set(chapters):
            assert client.get(path).status_code == 200, path


def test_that_a_text_the_database_cannot_store_is_the_clients_mistake(client: TestClient) -> None:
    response = client.post("/items", json={"name": "Lamp\0", "price": 1})
    assert response.status_code == 422
    assert "NUL" in response.json()["detail"][0]["msg"]
    assert client.get(f"/items/{2**63 - 1}").status_code == 422  # larger than its INTEGER, which has 32 bits


def test_that_every_step_down_and_up_keeps_every_row(settings: Settings) -> None:
    with TestClient(create_app(settings)):
        pass
    states = {"0006": everything(settings)}
    for revision in reversed(REVISIONS[:-1]):
        migrate(settings, revision, up=False)
        states[revision] = everything(settings)
    for revision in REVISIONS[1:]:
        migrate(settings, revision, up=True)
        assert everything(settings) == states[revision], revision


def test_that_the_models_and_the_migrations_agree(settings: Settings) -> None:
    engine = open_database(settings.database_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, SQLModel.metadata) == []
    engine.dispose()


def test_that_an_older_database_says_what_it_needs(settings: Settings) -> None:
    with TestClient(create_app(settings)):
        pass
    migrate(settings, "0004", up=False)
    with TestClient(create_app(settings)) as client:
        assert client.get("/categories").status_code == 200
        response = client.get("/items")
        assert response.status_code == 503
        assert "2 migrations are pending" in response.json()["detail"]
        assert client.post("/items", json={"name": "Lamp", "price": 1}).status_code == 503


def test_that_a_large_shop_goes_on_counting(settings: Settings) -> None:
    seed.fill(settings.database_url, 1_000)
    with TestClient(create_app(settings)) as client:
        assert client.post("/items", json={"name": "Lamp", "price": 1}).json()["id"] == 1_001


def test_that_alembic_works_from_the_command_line(settings: Settings) -> None:
    environment = os.environ | {"DEMO_API_DATABASE_URL": settings.database_url}
    for arguments in (["upgrade", "head"], ["downgrade", "base"]):
        alembic = [sys.executable, "-m", "alembic", "-c", str(ALEMBIC_INI), *arguments]
        subprocess.run(alembic, env=environment, check=True, capture_output=True)


def test_that_a_server_that_is_not_there_is_said_without_the_password() -> None:
    with pytest.raises(DatabaseNotReadyError, match="Is the server running") as error:
        open_database("postgresql://shop:very-secret@127.0.0.1:1/shop")
    assert "very-secret" not in str(error.value)
