"""The database: how the shop opens it, and what it says when it cannot."""

import asyncio
import logging
import shutil
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlmodel import Session, select

import demo_api
from demo_api.db import setup
from demo_api.db.engine import DatabaseNotReadyError, open_database
from demo_api.main import create_app
from demo_api.models import Item, User
from demo_api.settings import Settings


def open_shop(database_url: str) -> None:
    """Open a shop and close it again."""

    async def run() -> None:
        app = create_app(Settings(database_url=database_url))
        async with app.router.lifespan_context(app):
            pass

    asyncio.run(run())


def test_that_a_missing_database_is_made_and_filled(settings: Settings) -> None:
    with TestClient(create_app(settings)) as client:
        assert len(client.get("/items?limit=100").json()) == 24
        assert [client.get(f"/users/{number}").json()["name"] for number in (1, 2, 3)] == ["Ada", "Grace", "Linus"]


def test_that_two_new_shops_are_the_same_to_the_last_row(tmp_path: Path) -> None:
    dumps = []
    for name in ("one.db", "two.db"):
        open_shop(f"sqlite:///{tmp_path / name}")
        with closing(sqlite3.connect(tmp_path / name)) as database:
            dumps.append([line for line in database.iterdump() if line.startswith("INSERT")])
    assert dumps[0] == dumps[1]


def test_that_a_shop_that_sold_everything_stays_empty(settings: Settings) -> None:
    with TestClient(create_app(settings)) as client:
        for number in range(1, 25):
            client.delete(f"/items/{number}")
    with TestClient(create_app(settings)) as client:
        assert client.get("/items").json() == []


def test_that_foreign_keys_are_enforced(app: FastAPI, client: TestClient) -> None:
    with Session(app.state.engine) as session:
        session.delete(session.get_one(User, 1))
        session.commit()
        assert session.exec(select(Item).where(Item.owner_id == 1)).all() == []


def test_that_many_requests_at_once_each_have_a_session_of_their_own(client: TestClient) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda n: client.post("/items", json={"name": f"Lamp {n}", "price": n}), range(1, 41)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 40


def test_that_shops_that_open_one_new_database_together_fill_it_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'shop.db'}"
    with ThreadPoolExecutor(4) as pool:
        engines = list(pool.map(open_database, [url] * 4))
    with Session(engines[0]) as session:
        assert len(session.exec(select(User)).all()) == 5
    for engine in engines:
        engine.dispose()


def test_that_setting_up_leaves_logging_alone(tmp_path: Path) -> None:
    logger = logging.getLogger("somebody.else")
    handlers = list(logging.getLogger().handlers)
    open_shop(f"sqlite:///{tmp_path / 'shop.db'}")
    assert not logger.disabled
    assert logging.getLogger().handlers == handlers


def test_that_an_existing_database_opens_without_alembic(tmp_path: Path) -> None:
    """Alembic would add a third to the start, and has nothing to do."""
    open_shop(f"sqlite:///{tmp_path / 'shop.db'}")
    script = (
        "import sys; from fastapi.testclient import TestClient; from demo_api.main import app\n"
        "with TestClient(app) as client: print(client.get('/health').json()['status'], 'alembic' in sys.modules)"
    )
    environment = {
        "DEMO_API_DATABASE_URL": f"sqlite:///{tmp_path / 'shop.db'}",
        "PYTHONPATH": str(Path(demo_api.__file__).parents[1]),
    }
    run = subprocess.run(
        [sys.executable, "-c", script], env=environment, cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert run.stdout.split() == ["ok", "False"]


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("nonsense", "'nonsense' is not the address of a database."),
        ("mysql://localhost/shop", "The shop keeps its data in SQLite or in PostgreSQL with psycopg, not in mysql."),
        ("sqlite://", "The shop needs a file, not a database in memory."),
        ("sqlite:///:memory:", "The shop needs a file, not a database in memory."),
    ],
)
def test_that_a_wrong_address_is_said_in_one_sentence(url: str, reason: str) -> None:
    with pytest.raises(DatabaseNotReadyError) as error:
        open_shop(url)
    assert str(error.value).startswith(reason)
    assert "DEMO_API_DATABASE_URL" in str(error.value)


def test_that_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(DatabaseNotReadyError, match=r"because the folder .* does not exist\. Create it first\."):
        open_shop(f"sqlite:///{tmp_path / 'missing' / 'shop.db'}")


def test_that_a_folder_in_the_place_of_the_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(DatabaseNotReadyError, match="cannot be written"):
        open_shop(f"sqlite:///{tmp_path}")


def test_that_a_file_that_is_no_database_is_said_and_kept(tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Ada, " * 100)
    with pytest.raises(DatabaseNotReadyError, match="is not an SQLite database"):
        open_shop(f"sqlite:///{letter}")
    assert letter.read_text() == "Dear Ada, " * 100


def test_that_a_locked_database_is_a_503_that_says_try_again(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'shop.db'}?timeout=0.01"
    with TestClient(create_app(Settings(database_url=url))) as client:
        with closing(sqlite3.connect(tmp_path / "shop.db", isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            response = client.get("/items")
        assert response.status_code == 503
        assert response.json()["detail"] == "The database is locked by another program. Try again in a moment."
        assert response.headers["retry-after"] == "1"
        assert client.get("/items").status_code == 200


def test_that_a_failed_migration_is_said_and_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = tmp_path / "project"
    shutil.copytree(setup.ALEMBIC_INI.parent / "db" / "migrations", project / "db" / "migrations")
    shutil.copy(setup.ALEMBIC_INI, project)
    (project / "db" / "migrations" / "versions" / "9999_broken.py").write_text(
        'from alembic import op\nrevision, down_revision = "9999", "0006"\ndef upgrade():\n    op.execute("NONSENSE")\n'
    )
    url = f"sqlite:///{tmp_path / 'shop.db'}"
    with monkeypatch.context() as patch:
        patch.setattr(setup, "ALEMBIC_INI", project / "alembic.ini")
        with pytest.raises(DatabaseNotReadyError, match=r"The new database could not be set up: .*NONSENSE"):
            open_shop(url)
    with closing(sqlite3.connect(tmp_path / "shop.db")) as database:
        assert database.execute("SELECT name FROM sqlite_master").fetchall() == []
    open_shop(url)
