"""A request keeps its transaction open, and the window says which one it is."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import sqlalchemy
from fastapi import FastAPI
from PySide6.QtCore import Qt

from explorer.probe.install import attach
from explorer.server.thread import ThreadServer
from explorer.storage.options import Options
from explorer.ui import names
from explorer.ui.panels.database_room import DatabaseRoom

from .conftest import CONTROL, Start


class Shop:
    """An app that writes, and commits only when a test lets it."""

    def __init__(self) -> None:
        self.holds = threading.Event()
        self.gate = threading.Event()

    def make_server(self, options: Options, database: Path) -> ThreadServer:
        with closing(sqlite3.connect(database)) as connection, connection:
            connection.execute("CREATE TABLE items (id INTEGER PRIMARY KEY, name TEXT)")
        return ThreadServer(
            "shop",
            lambda: self._make_app(database),
            host=options.host,
            port=options.port,
            fixed_port=options.fixed_port,
            instrument=attach,
        )

    def _make_app(self, database: Path) -> FastAPI:
        app = FastAPI()
        engine = sqlalchemy.create_engine(f"sqlite:///{database}")

        @app.post("/items")
        def add() -> None:
            with engine.connect() as connection:
                connection.exec_driver_sql("BEGIN EXCLUSIVE")
                connection.exec_driver_sql("INSERT INTO items (name) VALUES ('lamp')")
                self.holds.set()
                self.gate.wait(60)
                connection.commit()
            engine.dispose()

        return app


def test_that_the_request_that_holds_the_database_is_named(start: Start) -> None:
    shop = Shop()
    person = start(make_server=shop.make_server)
    try:
        person.until_ready()
        person.window.show_room("database")
        room = person.find(DatabaseRoom, names.DATABASE_ROOM)
        person.until(lambda: room.data.table is not None)
        person.window.show_room("compose")
        person.choose("POST /items")
        person.press(Qt.Key.Key_Return, CONTROL)
        person.until(shop.holds.is_set)
        person.window.show_room("database")
        person.until(room.trouble.isVisible)
        assert "POST /items holds it" in person.read(names.NOTICE_TEXT.format(kind="database"))
    finally:
        shop.gate.set()
    person.until(lambda: not room.trouble.isVisible())
    person.until(lambda: room.data.row(0) is not None)
    assert person.leave() == 0
