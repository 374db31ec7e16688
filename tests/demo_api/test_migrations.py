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
from sqlalchemy import MetaData
from sqlmodel import SQLModel

from demo_api.db.engine import make_engine, parse_url
from demo_api.db.migrating import BrokenReferencesError, migrating
from demo_api.db.revisions import known_revisions
from demo_api.db.setup import ALEMBIC_INI
from demo_api.main import create_app
from demo_api.settings import Settings

Migrate = Callable[[str], None]
Rows = list[dict[str, Any]]

REVISIONS = ("base", "0001", "0002", "0003", "0004", "0005", "0006")


@pytest.fixture
def migrate(settings: Settings) -> Migrate:
    """A full shop at the newest revision, and a function that brings it to another one."""
    with TestClient(create_app(settings)) as client:
        # What the first rows do not have: a tag twice, a tag that nobody uses any more, and an item without any.
        client.patch("/items/2", json={"tags": ["home", "rare", "home"]})
        client.patch("/items/3", json={"tags": ["once"]})
        client.patch("/items/3", json={"tags": []})
    return migration(settings)


def migration(settings: Settings) -> Migrate:
    def to(revision: str) -> None:
        with migrating(parse_url(settings.database_url)) as connection:
            config = Config(ALEMBIC_INI)
            config.attributes["connection"] = connection
            forward = revision == "head" or (read_revision(settings) or "") < revision != "base"
            (command.upgrade if forward else command.downgrade)(config, revision)

    return to


def read_revision(settings: Settings) -> str | None:
    versions = rows(settings, "alembic_version")
    return versions[0]["version_num"] if versions else None


def rows(settings: Settings, table: str) -> Rows:
    with closing(sqlite3.connect(str(parse_url(settings.database_url).database))) as database:
        database.row_factory = sqlite3.Row
        return sorted((dict(row) for row in database.execute(f"SELECT * FROM {table}")), key=repr)  # noqa: S608 - our own names


def everything(settings: Settings) -> dict[str, set[str]]:
    """All tables with all rows, whatever the order of rows and columns."""
    with closing(sqlite3.connect(str(parse_url(settings.database_url).database))) as database:
        tables = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {table: {str(sorted(row.items())) for row in rows(settings, table)} for table in tables}


def without(table: Rows, *columns: str) -> Rows:
    return [{name: value for name, value in row.items() if name not in columns} for row in table]


@pytest.mark.parametrize("revision", REVISIONS[:-1])
def test_that_going_down_to_any_revision_and_up_again_keeps_every_row(
    settings: Settings, migrate: Migrate, revision: str
) -> None:
    before = everything(settings)
    assert all(before.values()), "a table without rows proves nothing"
    migrate(revision)
    assert read_revision(settings) == (None if revision == "base" else revision)
    migrate("head")
    assert everything(settings) == before


def test_that_each_single_step_keeps_what_both_versions_know(settings: Settings, migrate: Migrate) -> None:
    states = {"0006": everything(settings)}
    for revision in reversed(REVISIONS[:-1]):
        migrate(revision)
        states[revision] = everything(settings)
    for revision in REVISIONS[1:]:
        migrate(revision)
        assert everything(settings) == states[revision], revision


def test_that_older_tables_have_the_same_users_and_items(settings: Settings, migrate: Migrate) -> None:
    tags = {row["id"]: row["name"] for row in rows(settings, "tags")}
    users, items, links = (rows(settings, table) for table in ("users", "items", "item_tags"))
    migrate("0001")
    assert rows(settings, "users") == without(users, "email")
    older = rows(settings, "items")
    assert without(older, "tags") == without(items, "stock", "category_id")
    for item in older:
        words = [tags[link["tag_id"]] for link in links if link["item_id"] == item["id"]]
        assert item["tags"] == str(words).replace("'", '"'), item["name"]


def test_that_what_is_deleted_while_it_is_put_aside_stays_deleted(settings: Settings, migrate: Migrate) -> None:
    migrate("0003")
    with closing(sqlite3.connect(str(parse_url(settings.database_url).database))) as database:
        database.execute("PRAGMA foreign_keys=ON")
        database.execute("DELETE FROM users WHERE name = 'Ada'")
        database.execute(
            "INSERT INTO items (name, price, tags, owner_id, created_at) VALUES ('Kite', 9, '[\"wind\"]', 2, 0)"
        )
        database.commit()
    migrate("head")
    assert {order["user_id"] for order in rows(settings, "orders")} == {2, 3, 4, 5}
    assert {line["item_id"] for line in rows(settings, "order_lines") if line["name"] == "Reading lamp"} == {None}
    assert "wind" in {tag["name"] for tag in rows(settings, "tags")}
    (kite,) = (item for item in rows(settings, "items") if item["name"] == "Kite")
    assert (kite["stock"], kite["category_id"]) == (0, None)


def test_that_the_models_and_the_migrations_agree(settings: Settings, migrate: Migrate) -> None:
    for revision in ("head", "base", "head"):
        migrate(revision)
    engine = make_engine(parse_url(settings.database_url))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, SQLModel.metadata) == []
    engine.dispose()


def test_that_every_constraint_has_a_name_of_our_choice(settings: Settings, migrate: Migrate) -> None:
    engine = make_engine(parse_url(settings.database_url))
    found = MetaData()
    found.reflect(engine)
    engine.dispose()
    for name, table in SQLModel.metadata.tables.items():
        names = {str(constraint.name) for constraint in found.tables[name].constraints}
        assert names == {str(constraint.name) for constraint in table.constraints}


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
            "pending": 4,
            "advice": "4 migrations are pending: run `alembic -c demo_api/alembic.ini upgrade head`.",
        }
        assert client.get("/versions").status_code == 200
        response = client.get("/users/1")
        assert response.status_code == 503
        assert response.json()["detail"].startswith("This route needs a newer database: no such column: users.email.")
        assert "4 migrations are pending" in response.json()["detail"]
        body = {"name": "Barbara", "email": "barbara@example.com", "password": "clear as a contract"}
        assert client.post("/users", json=body).status_code == 503
    assert rows(settings, "alembic_version") == [{"version_num": "0002"}]


@pytest.mark.parametrize(
    ("revision", "status"),
    [
        ("0006", {"/users/1": 200, "/categories": 200, "/items": 200, "/orders": 200}),
        ("0005", {"/users/1": 200, "/categories": 200, "/items": 200, "/orders": 503}),
        ("0004", {"/users/1": 200, "/categories": 200, "/items": 503, "/orders": 503}),
        ("0003", {"/users/1": 200, "/categories": 503, "/items": 503, "/orders": 503}),
    ],
)
def test_that_each_route_answers_as_soon_as_its_tables_are_there(
    settings: Settings, migrate: Migrate, revision: str, status: dict[str, int]
) -> None:
    migrate(revision)
    with TestClient(create_app(settings)) as client:
        assert {path: client.get(path).status_code for path in status} == status


def test_that_an_older_table_with_a_column_more_is_a_503_too(settings: Settings, migrate: Migrate) -> None:
    migrate("0004")  # there items must have a list of tags, of which this code knows nothing
    with TestClient(create_app(settings)) as client:
        response = client.post("/items", json={"name": "Lamp", "price": 1})
        assert response.status_code == 503
        assert "2 migrations are pending" in response.json()["detail"]


def test_that_a_database_that_was_emptied_on_purpose_stays_empty(settings: Settings, migrate: Migrate) -> None:
    migrate("base")
    with TestClient(create_app(settings)) as client:
        assert client.get("/health").json()["pending"] == 6
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
        assert (health["revision"], health["pending"]) == (None, 6)
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
        pytest.raises(BrokenReferencesError, match="rows in items, orders that point to nothing"),
        migrating(parse_url(settings.database_url)) as connection,
    ):
        connection.exec_driver_sql("DELETE FROM users")
    assert rows(settings, "users") == before


def test_that_alembic_works_from_any_folder(settings: Settings, migrate: Migrate, tmp_path: Path) -> None:
    def alembic(*words: str) -> str:
        run = subprocess.run(
            [sys.executable, *words],
            env=os.environ | {"DEMO_API_DATABASE_URL": settings.database_url},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
        )
        return run.stdout

    config = ("-c", str(ALEMBIC_INI))
    assert "0006 (head)" in alembic("-m", "alembic", *config, "current")
    # One process for the others: most of what each takes is starting Python.
    others = [(*config, "downgrade", "-1"), (*config, "current"), (*config, "upgrade", "head"), (*config, "check")]
    said = alembic("-c", f"from alembic.config import main\nfor command in {others!r}: main(command)")
    assert "0005" in said
    assert "No new upgrade operations detected" in said
    assert len(rows(settings, "items")) == 24
