"""The names of tables, for somebody who looks for one."""

import sqlite3
from contextlib import closing
from pathlib import Path

from explorer.database.table_names import table_names


def test_that_tables_and_views_are_named_in_order_without_sqlites_own(tmp_path: Path) -> None:
    path = tmp_path / "some.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(
            "CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT); CREATE TABLE Items (id);"
            "CREATE VIEW cheap AS SELECT * FROM Items; CREATE INDEX an_index ON Items (id);"
        )
    assert table_names(path) == ("cheap", "Items", "users")


def test_that_nothing_is_named_where_nothing_can_be_read(tmp_path: Path) -> None:
    assert table_names(tmp_path / "missing.sqlite3") == ()
    broken = tmp_path / "broken.sqlite3"
    broken.write_bytes(b"this is no database" * 100)
    assert table_names(broken) == ()
    assert not (tmp_path / "missing.sqlite3").exists()
