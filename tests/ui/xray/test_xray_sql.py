"""The SQL of a request stands below the step that caused it, in words."""

import asyncio
from pathlib import Path

import httpx2
from fastapi import FastAPI, HTTPException
from sqlalchemy import create_engine, text
from sqlalchemy.exc import IntegrityError

from explorer.probe.install import attach
from explorer.trace.events import RawEvent
from explorer.trace.fold import fold
from explorer.trace.journey import AFTER, IN, STATEMENT, Journey, journey
from explorer.ui.models.xray_rows import Row, RowKind, rows, summary
from explorer.ui.models.xray_sql import repeated_key


def travel(tmp_path: Path, method: str, path: str) -> Journey:
    engine = create_engine(f"sqlite:///{tmp_path / 'shop.sqlite3'}")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE items (id INTEGER PRIMARY KEY, name TEXT UNIQUE)"))
        connection.execute(text("INSERT INTO items (name) VALUES ('Lamp'), ('Ink'), ('Pen'), ('Cup')"))
    engine.dispose()
    app = FastAPI()

    @app.put("/items")
    def change() -> None:
        with engine.begin() as connection:
            connection.execute(text("UPDATE items SET name = :name WHERE id = 1"), {"name": "Desk lamp"})
            connection.execute(text("DELETE FROM items WHERE id = 2"))
            connection.execute(text("INSERT INTO items (name) VALUES ('Mug')"))

    @app.get("/items")
    def read() -> None:
        with engine.connect() as connection:
            for number in connection.scalars(text("SELECT id FROM items ORDER BY id")).all():
                connection.execute(text("SELECT name FROM items WHERE id = :id"), {"id": number}).all()
            for _ in range(3):
                connection.execute(text("SELECT count(*) FROM items")).all()

    @app.post("/items")
    def add() -> None:
        try:
            with engine.begin() as connection:
                connection.execute(text("INSERT INTO items (name) VALUES ('Lamp')"))
        except IntegrityError as error:
            raise HTTPException(409) from error

    events: list[RawEvent] = []
    probe = attach(app, events.append)
    assert probe is not None

    async def ask() -> None:
        transport = httpx2.ASGITransport(app, raise_app_exceptions=False)
        async with httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            await client.request(method, path)

    asyncio.run(ask())
    probe.detach()
    engine.dispose()
    return journey(fold(events[0][0], events))


def stops(shown: tuple[Row, ...]) -> dict[str, str]:
    return {row.title: row.note for row in shown if row.kind is RowKind.STOP and row.token in ("s_sql", "s_err")}


def test_that_statements_are_told_with_their_rows_and_the_commit_with_what_changed(tmp_path: Path) -> None:
    trip = travel(tmp_path, "PUT", "/items")
    shown = rows(trip)
    assert stops(shown) == {
        "UPDATE items": "1 row",
        "DELETE FROM items": "1 row",
        "INSERT INTO items": "1 row",
        "COMMIT": "+1 ~1 −1 rows",
    }
    details = [(row.spoken, row.right) for row in shown if row.kind is RowKind.DETAIL and row.key.endswith(":values")]
    assert details[0][0].startswith("with 'Desk lamp', xray/test_xray_sql.py:")
    assert details[0][1].startswith("xray/test_xray_sql.py:")
    assert summary(trip) == (f"{len(trip.way_stops)} stops, 4 SQL statements, no errors", False)
    mug = next(row for row in shown if row.title.startswith("INSERT INTO items ("))
    assert mug.box == "s_sql"
    assert mug.right.startswith("xray/test_xray_sql.py:"), "it has no values, and needs no second line"
    assert not any(row.kind is RowKind.DETAIL and row.key.endswith(":sql") for row in rows(trip, compact=True))


def test_that_a_loop_of_statements_is_one_stop(tmp_path: Path) -> None:
    trip = travel(tmp_path, "GET", "/items")
    assert stops(rows(trip)) == {
        "SELECT items": "4 rows",
        "4 × SELECT items": "4 rows, once for each row: N+1",
        "3 × SELECT items": "3 rows, the same again and again",
    }
    assert summary(trip)[0].endswith("8 SQL statements, no errors")


def test_that_a_failed_statement_is_marked_and_the_journey_goes_on(tmp_path: Path) -> None:
    trip = travel(tmp_path, "POST", "/items")
    shown = rows(trip)
    assert stops(shown) == {"INSERT INTO items": "IntegrityError", "ROLLBACK": ""}
    assert "UNIQUE constraint failed: items.name" in [row.title for row in shown]
    assert (trip.failed_stop, trip.status) == (None, 409)


def test_that_statements_stand_on_the_way_that_is_being_gone(tmp_path: Path) -> None:
    trip = travel(tmp_path, "PUT", "/items")
    ways = [stop.way for stop in trip.stops]
    assert {stop.way for stop in trip.stops if stop.kind == STATEMENT} == {IN}
    assert ways == sorted(ways, key=lambda way: (way == AFTER, way != IN))


def test_that_what_ran_most_often_is_found_where_it_ran_first(tmp_path: Path) -> None:
    reading = travel(tmp_path, "GET", "/items")
    found = next(row for row in rows(reading) if row.key == repeated_key(reading))
    assert found.note.endswith("once for each row: N+1")


def test_that_statements_that_ran_once_are_not_taken_for_repeated_ones(tmp_path: Path) -> None:
    assert repeated_key(travel(tmp_path, "PUT", "/items")) == ""
