"""A question may be stopped at any moment by a newer one; that must not spoil what is known for the next."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from explorer.database.grid import GridQuery
from explorer.database.opening import open_read_only
from explorer.database.own_folder import OwnFolder
from explorer.database.read_schema import read_schema
from explorer.database.reader import Reader
from explorer.database.shelf import Shelf
from tests.core.database.making import make

SHOP = """
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT UNIQUE);
CREATE TABLE items (id INTEGER PRIMARY KEY, owner_id INTEGER REFERENCES users (id));
CREATE VIEW owned AS SELECT * FROM items WHERE owner_id IS NOT NULL;
INSERT INTO items VALUES (1, NULL), (2, NULL);
"""


class Stopper:
    """Stops one statement of a connection, after a number of steps of SQLite's machine."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._left = 0

    def stop_after(self, steps: int) -> None:
        self._left = steps
        self._connection.set_progress_handler(self._on_step, 1)

    def let_go(self) -> None:
        self._connection.set_progress_handler(None, 1)

    def _on_step(self) -> bool:
        self._left -= 1
        return self._left == -1


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(open_read_only(make(tmp_path / "shop.sqlite3", SHOP), 0)) as opened:
        yield opened


def test_that_a_schema_that_was_read_in_part_is_not_taken_for_one_with_broken_tables(
    connection: sqlite3.Connection,
) -> None:
    stopper, whole = Stopper(connection), read_schema(connection)
    stopped = 0
    for steps in range(0, 100_000, 3):
        stopper.stop_after(steps)
        try:
            found = read_schema(connection)
        except sqlite3.OperationalError:
            stopped += 1
            stopper.let_go()
            if connection.in_transaction:
                connection.rollback()
            continue
        assert found == whole
        break
    assert stopped > 20


def test_that_rows_are_there_although_the_question_before_was_stopped_anywhere(
    connection: sqlite3.Connection, tmp_path: Path
) -> None:
    stopper, reader, folder = Stopper(connection), Reader(tmp_path / "shop.sqlite3"), OwnFolder()
    query, version = GridQuery(table="items"), (1, 1, 1)
    stopped = 0
    for steps in range(0, 100_000, 3):
        shelf = Shelf(reader, folder)
        stopper.stop_after(steps)
        try:
            shelf.page(connection, version, query, 0, 10)
            break
        except sqlite3.OperationalError:
            stopped += 1
        finally:
            stopper.let_go()
            if connection.in_transaction:
                connection.rollback()
        assert [row.cells for row in shelf.page(connection, version, query, 0, 10).rows] == [(1, None), (2, None)]
        shelf.close()
    assert stopped > 20
    reader.close()
    folder.remove()
