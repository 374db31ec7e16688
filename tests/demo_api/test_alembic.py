"""Chapter 14: what the shop tells of its migrations. That they work is proven in `test_migrations.py`."""

import sqlite3
from contextlib import closing

from fastapi.testclient import TestClient

from demo_api.db.engine import parse_url
from demo_api.main import create_app
from demo_api.settings import Settings


def test_that_the_chain_leads_from_the_first_to_the_head(client: TestClient) -> None:
    chain = client.get("/migrations").json()
    assert [step["after"] for step in chain] == [None, *(step["revision"] for step in chain[:-1])]
    assert len(chain) >= 5
    assert all(step["applied"] and step["title"] for step in chain)
    assert [step["revision"] for step in chain if step["head"]] == [chain[-1]["revision"]]
    assert [step["revision"] for step in chain if step["current"]] == [chain[-1]["revision"]]


def test_that_every_step_can_be_read(client: TestClient) -> None:
    for step in client.get("/migrations").json():
        source = client.get(f"/migrations/{step['revision']}").json()
        assert source["upgrade"].startswith("def upgrade()")
        assert source["downgrade"].startswith("def downgrade()")
    assert client.get("/migrations/1234").status_code == 404


def test_that_models_and_tables_agree(client: TestClient) -> None:
    registry = client.get("/migrations/registry").json()
    assert registry["database"] == ["alembic_version", *registry["models"]]
    assert client.get("/migrations/autogenerate").json() == []


def test_that_a_rename_is_seen_as_add_and_drop(client: TestClient) -> None:
    assert client.get("/migrations/rename").json()["found"] == [
        "add_column people.full_name",
        "remove_column people.name",
    ]


def test_that_a_database_that_somebody_changed_by_hand_is_noticed(settings: Settings) -> None:
    with TestClient(create_app(settings)) as client:
        assert client.get("/migrations/state").json()["pending"] == []
        with closing(sqlite3.connect(str(parse_url(settings.database_url).database))) as database:
            database.execute("ALTER TABLE tags ADD COLUMN colour TEXT")
            database.execute("UPDATE alembic_version SET version_num = '0005'")
            database.commit()
        state = client.get("/migrations/state").json()
        assert (state["current"], state["head"], state["pending"]) == ("0005", "0006", ["0006"])
        assert client.get("/migrations").json()[-1]["applied"] is False
        assert client.get("/migrations/autogenerate").json() == ["remove_column tags.colour"]
