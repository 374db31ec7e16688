from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from explorer.database.changes import ChangeKind, ChangeSet, RowChange
from explorer.database.trouble import DatabaseError, Trouble
from explorer.database.undo import UndoRefusedError, opposite, undo

COLUMNS = {
    "items": ("id", "name", "price", "total"),
    "lines": ("item_id", "note"),
    "log": ("what",),
    "odd name": ('a "b', "c"),
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "shop.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(
            """
            CREATE TABLE items (
                id INTEGER PRIMARY KEY, name TEXT UNIQUE, price, total GENERATED ALWAYS AS (price * 2) VIRTUAL
            );
            CREATE TABLE lines (item_id INTEGER REFERENCES items (id) ON DELETE CASCADE, note TEXT);
            CREATE TABLE log (what TEXT);
            CREATE TABLE "odd name" ("a ""b" TEXT, c BLOB, PRIMARY KEY ("a ""b")) WITHOUT ROWID;
            CREATE TRIGGER tell AFTER DELETE ON items BEGIN INSERT INTO log VALUES ('deleted ' || old.name); END;
            INSERT INTO items (id, name, price) VALUES (1, 'lamp', 2), (2, 'desk', 3.5), (4, 'ink', NULL);
            INSERT INTO lines VALUES (1, 'one'), (2, 'two');
            INSERT INTO "odd name" VALUES ('x', x'00ff');
            """
        )
    return path


@pytest.fixture
def rows(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        yield connection


def everything(rows: sqlite3.Connection) -> list[object]:
    return [rows.execute(f'SELECT * FROM "{table}" ORDER BY 1').fetchall() for table in COLUMNS]  # noqa: S608 - names of our own


def change(table: str, key: object, before: tuple[object, ...] | None, after: tuple[object, ...] | None) -> RowChange:
    kind = ChangeKind.INSERT if before is None else ChangeKind.DELETE if after is None else ChangeKind.UPDATE
    return RowChange(table, kind, (key,), before, after)  # type: ignore[arg-type]


def change_set(*changes: RowChange, complete: bool = True) -> ChangeSet:
    return ChangeSet(trace_id="a" * 32, label="PUT /items", at=0.0, columns=COLUMNS, changes=changes, complete=complete)


def test_that_inserts_updates_deletes_and_cascades_are_taken_back_at_once(path: Path, rows: sqlite3.Connection) -> None:
    before = everything(rows)
    rows.execute("PRAGMA foreign_keys=ON")
    rows.execute("INSERT INTO items (id, name, price) VALUES (5, 'pen', 1)")
    rows.execute("UPDATE items SET price = 9, name = 'table' WHERE id = 2")
    rows.execute("DELETE FROM items WHERE id = 1")
    rows.execute('DELETE FROM "odd name"')
    left = everything(rows)
    changes = change_set(
        change("items", 5, None, (5, "pen", 1, 2)),
        change("items", 2, (2, "desk", 3.5, 7.0), (2, "table", 9, 18)),
        change("items", 1, (1, "lamp", 2, 4), None),
        change("lines", 1, (1, "one"), None),
        change("log", 1, None, ("deleted lamp",)),
        change("odd name", "x", ("x", b"\x00\xff"), None),
    )
    assert undo(path, changes) == 6
    assert everything(rows) == before
    assert rows.execute("SELECT rowid FROM lines WHERE note = 'one'").fetchone() == (1,)
    assert rows.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'").fetchone() == (1,)
    assert undo(path, opposite(changes)) == 6
    assert everything(rows) == left


def test_that_unique_values_may_have_been_swapped_and_keys_changed(path: Path, rows: sqlite3.Connection) -> None:
    before = everything(rows)
    rows.executescript(
        "UPDATE items SET name = '-' WHERE id = 1; UPDATE items SET name = 'lamp' WHERE id = 2;"
        "UPDATE items SET name = 'desk', id = 7 WHERE id = 1; UPDATE lines SET item_id = 7 WHERE item_id = 1;"
    )
    undo(
        path,
        change_set(
            change("items", 7, (1, "lamp", 2, 4), (7, "desk", 2, 4)),
            change("items", 2, (2, "desk", 3.5, 7.0), (2, "lamp", 3.5, 7.0)),
            change("lines", 1, (1, "one"), (7, "one")),
        ),
    )
    assert everything(rows) == before


def test_that_a_row_that_somebody_changed_since_stops_all_of_it(path: Path, rows: sqlite3.Connection) -> None:
    rows.execute("UPDATE items SET price = 2.0 WHERE id = 1")  # was left as the integer 2
    rows.execute("DELETE FROM items WHERE id = 4")
    before = everything(rows)
    with pytest.raises(UndoRefusedError, match=r"Row 1 of items was changed since\. Go back to a snapshot") as caught:
        undo(
            path,
            change_set(
                change("items", 4, (4, "ink", None, None), None), change("items", 1, (1, "x", 0, 0), (1, "lamp", 2, 4))
            ),
        )
    assert (caught.value.table, caught.value.key) == ("items", (1,))
    assert everything(rows) == before


@pytest.mark.parametrize(
    ("prepare", "changes", "why"),
    [
        ("", (change("items", 1, None, (1, "lamp", 2, 4)),), "A row of lines would point to a row of items"),
        ("", (change("items", 2, (2, "x", 0, 0), None),), "Row 2 of items is there again"),
        ("", (change("gone", 2, (2, "x", 0, 0), None),), "no table gone"),
        ("ALTER TABLE items ADD COLUMN more", (change("items", 9, (9, "x", 0, 0), None),), "are others now"),
        ("", (change("items", 9, (9, "lamp", 0, 0), None),), "Another row is in the way"),
    ],
)
def test_that_undoing_refuses_what_would_not_leave_things_as_they_were(
    path: Path, rows: sqlite3.Connection, prepare: str, changes: tuple[RowChange, ...], why: str
) -> None:
    rows.executescript(prepare)
    before = everything(rows)
    with pytest.raises(UndoRefusedError, match=why):
        undo(path, change_set(*changes))
    assert everything(rows) == before
    rows.execute("DELETE FROM items")  # nothing is held


def test_that_too_many_changes_are_not_undone_in_part(path: Path) -> None:
    with pytest.raises(UndoRefusedError, match="more rows than are kept"):
        undo(path, change_set(complete=False))


def test_that_a_database_that_is_held_is_left_alone_and_the_holder_named(path: Path, rows: sqlite3.Connection) -> None:
    rows.execute("BEGIN IMMEDIATE")
    changes = change_set(change("items", 1, (1, "x", 0, 0), (1, "lamp", 2, 4)))
    with pytest.raises(DatabaseError, match="POST /items holds it") as caught:
        undo(path, changes, busy_seconds=0.01, holder=lambda: "POST /items")
    assert caught.value.trouble is Trouble.LOCKED


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="who may do everything may write everything")
def test_that_a_database_that_may_only_be_read_says_so(path: Path) -> None:
    path.chmod(0o400)
    with pytest.raises(DatabaseError) as caught:
        undo(path, change_set(change("items", 1, (1, "x", 0, 0), (1, "lamp", 2, 4))))
    assert caught.value.trouble is Trouble.READ_ONLY
