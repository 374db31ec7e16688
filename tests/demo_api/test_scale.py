"""The shop at its largest: many rows, and several processes on one database."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx2
import pytest
from fastapi.testclient import TestClient

import demo_api
from demo_api.db import seed
from demo_api.main import create_app
from demo_api.settings import Settings

ROOT = Path(demo_api.__file__).parents[1]


def dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as database:
        return [line for line in database.iterdump() if line.startswith("INSERT")]


def test_that_a_large_shop_is_the_same_every_time(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("one.db", "two.db"):
        assert seed.main(["--rows", "5_000", "--database-url", f"sqlite:///{tmp_path / name}"]) == 0
    assert "5,000 items in " in capsys.readouterr().out
    assert dump(tmp_path / "one.db") == dump(tmp_path / "two.db")


def test_that_a_large_shop_begins_as_a_small_one(settings: Settings, tmp_path: Path) -> None:
    large = Settings(database_url=f"sqlite:///{tmp_path / 'large.db'}")
    seed.fill(large.database_url, 5_000)
    with TestClient(create_app(settings)) as small, TestClient(create_app(large)) as client:
        for path in ("/items?limit=24", "/orders?limit=8", "/users/5", "/categories"):
            assert client.get(path).json() == small.get(path).json()
        last = client.get("/items/5000").json()
        assert (last["name"], last["tags"]) == ("Chef's knife 5000", client.get("/items/8").json()["tags"])
        assert client.post("/items", json={"name": "Lamp", "price": 1}).json()["id"] == 5_001


def test_that_a_shop_in_use_is_not_filled(
    client: TestClient, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    client.delete("/items/1")
    assert seed.main(["--rows", "100", "--database-url", settings.database_url]) == 1
    assert "This shop has 23 items, so it is not new." in capsys.readouterr().err


@contextmanager
def serving(database: Path) -> Iterator[str]:
    """Run `uvicorn --workers 4` as on a real server, wait until all four are open, and end them."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "uvicorn", "demo_api.main:app", "--workers", "4", "--port", str(port)],
        cwd=ROOT,
        env=os.environ | {"DEMO_API_DATABASE_URL": f"sqlite:///{database}"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    output = ""
    try:
        while output.count("Application startup complete.") < 4:
            line = process.stdout.readline()
            output += line
            assert line, output  # it ended
            assert "Traceback" not in line, output + process.stdout.readline()
        yield f"http://127.0.0.1:{port}"
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)


@pytest.mark.skipif(sys.platform == "win32", reason="there, Ctrl+C for the server would end the tests as well")
def test_that_four_workers_open_one_new_database_together(tmp_path: Path) -> None:
    with serving(tmp_path / "shop.db") as address, httpx2.Client(base_url=address) as client:
        for number in range(1, 21):  # several connections, so that several workers answer
            answer = httpx2.post(f"{address}/items", json={"name": f"Lamp {number}", "price": 1, "tags": ["new"]})
            assert answer.status_code == 201
        assert len(client.get("/items?limit=100").json()) == 24 + 20
        assert client.get("/health").json()["status"] == "ok"
