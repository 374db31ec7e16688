"""Migrations: forward and back over a full shop, and a database that is older or newer than the code."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from fastapi.testclient import TestClient
from sqlmodel import SQLModel

from demo_api.db.engine import make_engine, parse_url
from demo_api.db.migrating import BrokenReferencesError, migrating
from demo_api.db.revisions import known_revisions
from demo_api.db.setup import ALEMBIC_INI
from demo_api.main import create_app
from demo_api.settings import Settings

Migrate = Callable[[str], None]


@pytest.fixture
def migrate(settings: Settings) -> Migrate:
    """A full shop at the newest revision, and a function that brings it to another one."""
    with TestClient(create_app(settings)):
        pass

    def to(revision: str) -> None:
        with migrating(parse_url(settings.database_url)) as connection:
            config = Config(ALEMBIC_INI)
            config.attributes["connection"] = connection
            move = command.upgrade if revision == "head" else command.downgrade
            move(config, revision)

    return to


def rows(settings: Settings, table: str) -> list[dict[str, Any]]:
    with closing(sqlite3.connect(str(parse_url(settings.database_url).database))) as database:
        database.row_factory = sqlite3.Row
        return [dict(row) for row in database.execute(f"SELECT * FROM {table} ORDER BY 1")]  # noqa: S608 - our own names


def without(table: list[dict[str, Any]], column: str) -> list[dict[str, Any]]:
    return [{name: value for name, value in row.items() if name != column} for row in table]


def test_that_going_down_and_up_keeps_every_row(settings: Settings, migrate: Migrate) -> None:
    users, items = rows(settings, "users"), rows(settings, "items")
    migrate("0001")
    assert rows(settings, "users") == without(users, "email")
    assert rows(settings, "items") == without(items, "stock")
    migrate("head")
    assert without(rows(settings, "users"), "email") == without(users, "email")
    assert without(rows(settings, "items"), "stock") == without(items, "stock")
    assert rows(settings, "users")[0]["email"] == "user1@example.com"
    assert {item["stock"] for item in rows(settings, "items")} == {0}


def test_that_the_models_and_the_migrations_agree(settings: Settings, migrate: Migrate) -> None:
    engine = make_engine(parse_url(settings.database_url))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, SQLModel.metadata) == []
    engine.dispose()


def test_that_the_shop_knows_the_same_revisions_as_alembic() -> None:
    script = ScriptDirectory.from_config(Config(ALEMBIC_INI))
    parents = {revision.revision: revision.down_revision for revision in script.walk_revisions()}
    assert known_revisions() == {name: () if parent is None else (parent,) for name, parent in parents.items()}


def test_that_an_older_database_stays_and_routes_that_need_more_say_so(settings: Settings, migrate: Migrate) -> None:
    migrate("0002")
    with TestClient(create_app(settings)) as client:
        assert client.get("/health").json() == {
            "status": "attention",
            "revision": "0002",
            "pending": 1,
            "advice": "1 migration is pending: run `alembic -c demo_api/alembic.ini upgrade head`.",
        }
        assert client.get("/items").status_code == 200
        response = client.get("/users/1")
        assert response.status_code == 503
        assert response.json()["detail"].startswith("This route needs a newer database: no such column: users.email.")
        assert "1 migration is pending" in response.json()["detail"]
        body = {"name": "Barbara", "email": "barbara@example.com", "password": "clear as a contract"}
        assert client.post("/users", json=body).status_code == 503
    assert rows(settings, "alembic_version") == [{"version_num": "0002"}]


def test_that_a_database_that_was_emptied_on_purpose_stays_empty(settings: Settings, migrate: Migrate) -> None:
    migrate("base")
    with TestClient(create_app(settings)) as client:
        assert client.get("/health").json()["pending"] == 3
        assert client.get("/items").status_code == 503


def test_that_a_migration_while_the_shop_is_open_is_seen_at_once(settings: Settings, migrate: Migrate) -> None:
    migrate("0001")
    with TestClient(create_app(settings)) as client:
        assert client.get("/items").status_code == 503
        migrate("head")
        assert client.get("/items").status_code == 200
        assert client.get("/health").json()["status"] == "ok"


def test_that_a_database_of_somebody_else_is_left_alone(settings: Settings) -> None:
    path = str(parse_url(settings.database_url).database)
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE notes (text)")
    with TestClient(create_app(settings)) as client:
        health = client.get("/health").json()
        assert (health["revision"], health["pending"]) == (None, 3)
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("SELECT name FROM sqlite_master").fetchall() == [("notes",)]


def test_that_a_database_from_newer_code_is_named_as_such(settings: Settings, migrate: Migrate) -> None:
    with closing(sqlite3.connect(str(parse_url(settings.database_url).database))) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
        database.commit()
    with TestClient(create_app(settings)) as client:
        assert "revision 9999, which this code does not know" in client.get("/health").json()["advice"]


def test_that_a_migration_that_breaks_references_is_taken_back(settings: Settings, migrate: Migrate) -> None:
    before = rows(settings, "users")
    with (
        pytest.raises(BrokenReferencesError, match="rows in items that point to nothing"),
        migrating(parse_url(settings.database_url)) as connection,
    ):
        connection.exec_driver_sql("DELETE FROM users")
    assert rows(settings, "users") == before


def test_that_alembic_works_from_any_folder(settings: Settings, migrate: Migrate, tmp_path: Path) -> None:
    def alembic(*arguments: str) -> str:
        run = subprocess.run(
            [sys.executable, "-m", "alembic", "-c", str(ALEMBIC_INI), *arguments],
            env=os.environ | {"DEMO_API_DATABASE_URL": settings.database_url},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
        )
        return run.stdout

    alembic("downgrade", "-1")
    assert "0002" in alembic("current")
    alembic("upgrade", "head")
    alembic("check")
    assert len(rows(settings, "items")) == 24
