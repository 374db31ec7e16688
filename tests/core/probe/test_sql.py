"""What an app asks of its database is recorded below the request that caused it, without the app's doing."""

from __future__ import annotations

import asyncio
import inspect
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from starlette.applications import Starlette

from explorer.trace.events import CHANGED_ROWS, FAILED, FETCHED, FINISHED, SQL
from explorer.trace.model import Span, Trace
from tests.core.probe.conftest import Watched

Watch = Callable[[Starlette], Watched]


@contextmanager
def shop(path: Path) -> Iterator[Engine]:
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE items (id INTEGER PRIMARY KEY, name TEXT UNIQUE)"))
        connection.execute(text("INSERT INTO items (name) VALUES ('Lamp'), ('Ink')"))
    yield engine
    engine.dispose()


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    with shop(tmp_path / "shop.sqlite3") as made:
        yield made


@pytest.fixture
async def async_engine(engine: Engine) -> AsyncIterator[AsyncEngine]:
    made = create_async_engine(f"sqlite+aiosqlite:///{engine.url.database}")
    yield made
    await made.dispose()


def statements(trace: Trace) -> list[Span]:
    return [span for span in trace.walk() if span.kind == SQL]


def fetched(span: Span) -> int | None:
    note = span.first_note(FETCHED)
    return None if note is None else note.data["rows"]


def line_of(function: Callable[..., Any], text_in_it: str) -> int:
    lines, first = inspect.getsourcelines(function)
    return first + next(i for i, line in enumerate(lines) if text_in_it in line)


async def test_that_a_plain_function_and_its_statements_belong_together(engine: Engine, watch: Watch) -> None:
    app = FastAPI()

    @app.post("/items")
    def add() -> list[str]:
        with engine.begin() as connection:
            connection.execute(text("INSERT INTO items (name) VALUES (:name)"), {"name": "Pen"})
            return list(connection.scalars(text("SELECT name FROM items")))

    _, trip = await watch(app).ask("POST", "/items")
    insert, select, commit = statements(trip.trace)
    assert [span.name for span in (insert, select, commit)] == ["INSERT", "SELECT", "COMMIT"]
    assert insert.data["parameters"] == ("Pen",)
    assert insert.data["database"] == engine.url.database
    assert (insert.data["rows"], fetched(insert), select.data["rows"], fetched(select)) == (1, None, None, 3)
    place = (insert.data["file"], insert.data["line"], insert.data["function"])
    assert place == (__file__, line_of(add, "INSERT"), "add")
    router = trip.trace.find("routing")
    assert router is not None
    assert {span.span_id for span in router.children} >= {insert.span_id, select.span_id, commit.span_id}
    note = commit.first_note(CHANGED_ROWS)
    assert note is not None
    assert note.data["changes"] == (("items", "insert", (3,), None, (3, "Pen"), insert.span_id),)


async def test_that_an_awaited_engine_is_told_with_the_line_that_awaits(
    async_engine: AsyncEngine, watch: Watch
) -> None:
    app = FastAPI()

    @app.put("/items")
    async def rename() -> list[str]:
        async with async_engine.begin() as connection:
            await connection.execute(text("UPDATE items SET name = name || '!'"))
            return list((await connection.execute(text("SELECT name FROM items"))).scalars())

    _, trip = await watch(app).ask("PUT", "/items")
    update, select, commit = statements(trip.trace)
    assert [span.name for span in (update, select, commit)] == ["UPDATE", "SELECT", "COMMIT"]
    place = (update.data["file"], update.data["line"], update.data["function"])
    assert place == (__file__, line_of(rename, "UPDATE"), "rename")
    assert (update.data["rows"], fetched(select)) == (2, 2)
    note = commit.first_note(CHANGED_ROWS)
    assert note is not None
    assert note.data["counts"] == {"items": (0, 2, 0)}


async def test_that_concurrent_requests_never_mix(engine: Engine, async_engine: AsyncEngine, watch: Watch) -> None:
    app = FastAPI()

    @app.get("/plain/{number}")
    def plain(number: int) -> int:
        with engine.connect() as connection:
            return int(connection.scalar(text("SELECT :n + 0"), {"n": number}) or 0)

    @app.get("/awaited/{number}")
    async def awaited(number: int) -> int:
        async with async_engine.connect() as connection:
            await connection.execute(text("SELECT 'first'"))
            return int((await connection.execute(text("SELECT :n + 0"), {"n": number})).scalar() or 0)

    seen = watch(app)
    async with seen.client() as client:
        await asyncio.gather(*(client.get(f"/{kind}/{n}") for n in range(8) for kind in ("plain", "awaited")))
    traces = seen.traces()
    assert len(traces) == 16
    for trace in traces:
        assert trace.connection is not None
        number = int(trace.connection.data["path"].rsplit("/", 1)[1])
        assert statements(trace)[-1].data["parameters"] == (number,)


async def test_that_a_failed_statement_says_why_and_the_rollback_is_told(engine: Engine, watch: Watch) -> None:
    app = FastAPI()

    @app.post("/items")
    def add() -> str:
        with engine.begin() as connection:
            connection.execute(text("DELETE FROM items WHERE id = 2"))
            connection.execute(text("INSERT INTO items (name) VALUES ('Lamp')"))
        return "never"

    _, trip = await watch(app).ask("POST", "/items")
    _, failed, rollback = statements(trip.trace)
    assert (failed.outcome, failed.data["error"]) == (FAILED, "IntegrityError")
    assert failed.data["message"] == "UNIQUE constraint failed: items.name"
    assert (rollback.name, rollback.outcome, rollback.notes) == ("ROLLBACK", FINISHED, ())


async def test_that_many_sets_of_parameters_are_one_statement(engine: Engine, watch: Watch) -> None:
    app = FastAPI()

    @app.post("/items")
    def add() -> None:
        with engine.begin() as connection:
            connection.execute(
                text("INSERT INTO items (id, name) VALUES (:id, :name)"),
                [{"id": i, "name": "x" * 300 + str(i)} for i in range(10, 40)],
            )

    _, trip = await watch(app).ask("POST", "/items")
    many = statements(trip.trace)[0]
    assert (many.data["many"], many.data["rows"], len(many.data["parameters"])) == (30, 30, 20)
    assert many.data["parameters"][0] == (10, "x" * 200 + "…")


async def test_that_statements_past_sqlalchemy_are_told_too(engine: Engine, watch: Watch) -> None:
    app = FastAPI()

    @app.post("/items")
    def add() -> int:
        with engine.connect() as connection:
            raw = connection.connection.driver_connection
            assert raw is not None
            raw.execute("INSERT INTO items (name) VALUES ('Raw')")
            raw.commit()
            return len(list(raw.execute("SELECT * FROM items")))

    response, trip = await watch(app).ask("POST", "/items")
    assert response.json() == 3
    insert, commit, select = statements(trip.trace)
    assert (insert.data["function"], fetched(select)) == ("add", 3)
    assert commit.first_note(CHANGED_ROWS) is not None


async def test_that_each_statement_tells_whether_a_transaction_is_open_after_it(engine: Engine, watch: Watch) -> None:
    app = FastAPI()
    nothing = text("UPDATE items SET name = 'Pen' WHERE id = 99")

    @app.put("/items")
    def change() -> None:
        with engine.connect() as connection:
            connection.execute(nothing)
            connection.commit()
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(nothing)

    _, trip = await watch(app).ask("PUT", "/items")
    told = [(span.name, span.data["in_transaction"]) for span in statements(trip.trace)]
    assert told[:3] == [("UPDATE", True), ("COMMIT", False), ("UPDATE", False)]


async def test_that_a_parameter_of_the_apps_own_class_is_not_asked(engine: Engine, watch: Watch) -> None:
    class Shy(str):
        __slots__ = ()

        def __repr__(self) -> str:
            raise AssertionError

        __str__ = __len__ = __repr__  # type: ignore[assignment]

    app = FastAPI()

    @app.get("/items")
    def find() -> None:
        with engine.connect() as connection:
            connection.exec_driver_sql("SELECT ?", (Shy("x"),))

    response, trip = await watch(app).ask("GET", "/items")
    assert response.status_code == 200
    assert statements(trip.trace)[0].data["parameters"] == ("<Shy>",)


async def test_that_an_engine_with_a_way_of_its_own_to_connect_is_told_as_sqlalchemy_sees_it(
    tmp_path: Path, watch: Watch
) -> None:
    path = tmp_path / "own.sqlite3"
    engine = create_engine("sqlite://", creator=lambda: sqlite3.connect(path, check_same_thread=False))
    app = FastAPI()

    @app.post("/items")
    def make() -> None:
        with engine.begin() as connection:
            connection.execute(text("CREATE TABLE t (a)"))
            connection.execute(text("INSERT INTO t VALUES (1), (2)"))
        with pytest.raises(Exception, match="no such table"), engine.connect() as connection:
            connection.execute(text("SELECT * FROM nowhere"))

    response, trip = await watch(app).ask("POST", "/items")
    engine.dispose()
    assert response.status_code == 200
    told = [(span.name, span.outcome, span.data.get("rows")) for span in statements(trip.trace)]
    assert told[:3] == [("CREATE", FINISHED, None), ("INSERT", FINISHED, 2), ("COMMIT", FINISHED, None)]
    assert told[3][:2] == ("SELECT", FAILED)
    assert statements(trip.trace)[1].data["function"] == "make"


async def test_that_a_detached_app_is_left_as_it_was(engine: Engine, watch: Watch) -> None:
    app = FastAPI()

    @app.get("/items")
    def find() -> int:
        with engine.begin() as connection:
            connection.execute(text("UPDATE items SET name = name || '.'"))
            return int(connection.scalar(text("SELECT count(*) FROM items")) or 0)

    seen = watch(app)
    await seen.ask("GET", "/items")
    seen.probe.detach()
    seen.events.clear()
    async with seen.client() as client:
        assert (await client.get("/items")).json() == 2
    assert seen.events == []
    engine.dispose()
    fresh = create_engine(engine.url)
    with fresh.connect() as connection:
        assert type(connection.connection.driver_connection) is sqlite3.Connection
    fresh.dispose()
    assert seen.probe._sql._listening == []


async def test_that_the_connections_first_statements_do_not_count_as_the_requests_fault(
    engine: Engine, watch: Watch
) -> None:
    engine.dispose()
    app = FastAPI()

    @app.get("/items")
    def find() -> None:
        with pytest.raises(IntegrityError), engine.begin() as connection:
            connection.execute(text("INSERT INTO items VALUES (1, 'Lamp')"))

    response, _ = await watch(app).ask("GET", "/items")
    assert response.status_code == 200
