from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from explorer.database import other_writers
from explorer.database.changes import ChangeKind, ChangeSet, RowChange
from explorer.database.inspector import Inspector
from tests.core.database.making import is_free, make, writing

SHOP = """
CREATE TABLE items (id INTEGER PRIMARY KEY, name TEXT, price REAL);
INSERT INTO items VALUES (1, 'Tea', 2.5), (2, 'Pot', 30.0), (3, NULL, NULL);
CREATE TABLE stock (code TEXT, shelf INTEGER, PRIMARY KEY (code, shelf)) WITHOUT ROWID;
INSERT INTO stock VALUES ('a', 1), ('b', 2);
"""
MANY = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i <= 100000) "


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make(tmp_path / "shop.sqlite3", SHOP)


@pytest.fixture
def inspector(path: Path) -> Iterator[Inspector]:
    opened = Inspector(path)
    assert opened.others(()).result(10) is None
    yield opened
    assert is_free(path)
    opened.close()


def told(change: ChangeSet | None) -> list[tuple[object, ...]]:
    assert change is not None
    return [(one.table, one.kind, one.key, one.before, one.after) for one in change.changes]


def test_that_rows_another_program_changed_are_told_with_what_they_were(inspector: Inspector, path: Path) -> None:
    with writing(path) as connection:
        connection.execute("UPDATE items SET price = 2.6 WHERE id = 1")
        connection.execute("DELETE FROM items WHERE id = 2")
        connection.execute("INSERT INTO items VALUES (9, 'Cup', 1)")
        connection.execute("UPDATE stock SET shelf = 7 WHERE code = 'b'")
    change = inspector.others(()).result(10)
    assert told(change) == [
        ("items", ChangeKind.UPDATE, (1,), (1, "Tea", 2.5), (1, "Tea", 2.6)),
        ("items", ChangeKind.INSERT, (9,), None, (9, "Cup", 1.0)),
        ("items", ChangeKind.DELETE, (2,), (2, "Pot", 30.0), None),
        ("stock", ChangeKind.INSERT, ("b", 7), None, ("b", 7)),
        ("stock", ChangeKind.DELETE, ("b", 2), ("b", 2), None),
    ]
    assert change is not None
    assert (change.trace_id, change.label, change.complete, change.total) == ("", "another program", True, (2, 1, 2))
    assert inspector.others(()).result(10) is None


def test_that_what_a_request_changed_is_not_told_of_another_program(inspector: Inspector, path: Path) -> None:
    with writing(path) as connection:
        connection.execute("UPDATE items SET price = 2.6 WHERE id = 1")
        connection.execute("DELETE FROM items WHERE id = 2")
        connection.execute("UPDATE items SET name = 'Ours, then theirs' WHERE id = 3")
    ours = ChangeSet(
        trace_id="1",
        label="PUT /items",
        at=0,
        changes=(
            RowChange("items", ChangeKind.UPDATE, (1,), (1, "Tea", 2.5), (1, "Tea", 2.6)),
            RowChange("items", ChangeKind.DELETE, (2,), (2, "Pot", 30.0), None),
            RowChange("items", ChangeKind.UPDATE, (3,), (3, None, None), (3, "Ours", None)),
        ),
    )
    assert told(inspector.others((ours,)).result(10)) == [
        ("items", ChangeKind.UPDATE, (3,), (3, "Ours", None), (3, "Ours, then theirs", None))
    ]


def test_that_a_change_in_a_large_table_is_told_without_its_rows(inspector: Inspector, path: Path) -> None:
    make(path, f"CREATE TABLE large (a); {MANY} INSERT INTO large SELECT i FROM n;")  # noqa: S608
    assert inspector.others(()).result(10) is None  # other tables than before: nothing to compare with
    with writing(path) as connection:
        connection.execute("UPDATE large SET a = -1 WHERE rowid = 5")
    change = inspector.others(()).result(10)
    assert change is not None
    assert (change.complete, change.notice) == (False, "Changed by another program, rows unknown.")


INSERT_LAST = "INSERT INTO large VALUES ('last')"
DELETE_LAST = "DELETE FROM large WHERE rowid = 100001"
OURS = RowChange("items", ChangeKind.UPDATE, (1,), (1, "Tea", 2.5), (1, "Tea", 2.6))
ADDED = RowChange("large", ChangeKind.INSERT, (100_002,), None, ("last",))
DELETED = RowChange("large", ChangeKind.DELETE, (100_001,), (100_001,), None)


@pytest.mark.parametrize(
    ("sql", "changes", "told"),
    [
        (INSERT_LAST, (OURS,), True),
        (DELETE_LAST, (OURS,), True),
        (INSERT_LAST, (OURS, ADDED), False),
        (DELETE_LAST, (OURS, DELETED), False),
        (f"{INSERT_LAST}; {INSERT_LAST}", (OURS, ADDED), True),
    ],
    ids=["another program adds", "another program deletes", "the request adds", "the request deletes", "both add"],
)
def test_that_a_row_more_or_less_in_a_large_table_is_told_beside_a_request_unless_it_did_it(
    inspector: Inspector, path: Path, sql: str, changes: tuple[RowChange, ...], told: bool
) -> None:
    make(path, f"CREATE TABLE large (a); {MANY} INSERT INTO large SELECT i FROM n;")  # noqa: S608
    assert inspector.others(()).result(10) is None
    make(path, f"UPDATE items SET price = 2.6 WHERE id = 1; {sql};")  # noqa: S608
    change = inspector.others((ChangeSet(trace_id="1", label="PUT /items", at=0, changes=changes),)).result(10)
    assert (change is not None and change.notice == "Changed by another program, rows unknown.") is told
    assert inspector.others((ChangeSet(trace_id="2", label="PUT /items", at=1),)).result(10) is None


def test_that_many_changed_rows_are_counted(inspector: Inspector, path: Path) -> None:
    with writing(path) as connection:
        connection.execute(f"{MANY} INSERT INTO stock SELECT 'x', i FROM n WHERE i <= 10001")  # noqa: S608
    change = inspector.others(()).result(10)
    assert change is not None
    assert (change.complete, change.changes, change.total) == (False, (), (10_001, 0, 0))


def test_that_a_table_of_large_values_is_not_copied(
    inspector: Inspector, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(other_writers, "_MOST_BYTES", 1_000_000)
    make(path, "CREATE TABLE files (content BLOB); INSERT INTO files VALUES (zeroblob(2000000));")
    assert inspector.others(()).result(20) is None
    with writing(path) as connection:
        connection.execute("INSERT INTO files VALUES (x'00')")
    change = inspector.others(()).result(20)
    assert change is not None
    assert not change.complete
