"""Rows that a request deleted are shown where they were, however the rows are ordered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from explorer.database.changes import ChangeKind, ChangeSet, Key, RowChange
from explorer.database.grid import Comparison, Filter, GridQuery, Mark, Order
from explorer.database.inspector import Inspector
from tests.core.database.making import is_free, make, writing

ROWS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300)"
VALUES = (
    "CASE i % 5 WHEN 0 THEN NULL WHEN 1 THEN i % 9 WHEN 2 THEN 'b' || i % 7 WHEN 3 THEN 'B' || i % 7 ELSE x'01' END"
)
SHOP = f"""
CREATE TABLE items (id INTEGER PRIMARY KEY, mixed, name TEXT COLLATE NOCASE);
{ROWS} INSERT INTO items SELECT i, {VALUES}, {VALUES} FROM n;
CREATE TABLE keyed (a TEXT, b INTEGER, mixed, PRIMARY KEY (a, b)) WITHOUT ROWID;
{ROWS} INSERT INTO keyed SELECT 'k' || i % 7, i, {VALUES} FROM n;
"""  # noqa: S608
COLUMNS = {"items": ("id", "mixed", "name"), "keyed": ("a", "b", "mixed")}
ORDERS = [
    ("items", None),
    ("items", Order("id", descending=True)),
    ("items", Order("mixed")),
    ("items", Order("mixed", descending=True)),
    ("items", Order("name")),
    ("keyed", None),
    ("keyed", Order("mixed", descending=True)),
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make(tmp_path / "shop.sqlite3", SHOP)


@pytest.fixture
def inspector(path: Path) -> Iterator[Inspector]:
    opened = Inspector(path)
    yield opened
    assert is_free(path)
    opened.close()


def deleted(path: Path, table: str, every: int) -> ChangeSet:
    """Delete one row of so many, and return that as what a request did."""
    number, key = ("id", 1) if table == "items" else ("b", 2)
    with writing(path) as connection:
        rows = connection.execute(f"SELECT * FROM {table} WHERE {number} % {every} = 0").fetchall()  # noqa: S608
        connection.execute(f"DELETE FROM {table} WHERE {number} % {every} = 0")  # noqa: S608
    changes = tuple(RowChange(table, ChangeKind.DELETE, row[:key], row, None) for row in rows)
    return ChangeSet(trace_id="1", label="DELETE /items", at=0, columns=COLUMNS, changes=changes)


def keys(inspector: Inspector, query: GridQuery) -> list[Key | None]:
    return [row.key for row in inspector.page(query, 0, 400).result(10).rows]


@pytest.mark.parametrize("every", [3, 100], ids=["many", "few"])
@pytest.mark.parametrize(("table", "order"), ORDERS)
def test_that_deleted_rows_stand_where_they_were(
    inspector: Inspector, path: Path, table: str, order: Order | None, every: int
) -> None:
    before = keys(inspector, GridQuery(table=table, order=order))
    change = deleted(path, table, every)
    query = GridQuery(table=table, order=order, overlay=change)
    assert keys(inspector, query) == before
    page = inspector.page(query, 100, 100).result(10)
    assert ([row.key for row in page.rows], page.total) == (before[100:200], 300)
    gone = change.changes[-1].key
    assert inspector.number(query, gone).result(10) == before.index(gone)
    assert not page.gone_at_top


def test_that_a_row_that_came_back_is_not_shown_as_deleted(inspector: Inspector, path: Path) -> None:
    change = deleted(path, "items", 3)
    with writing(path) as connection:
        connection.execute("INSERT INTO items VALUES (3, 'back', 'back')")
    for order in (None, Order("mixed")):
        page = inspector.page(GridQuery(table="items", order=order, overlay=change), 0, 400).result(10)
        assert [row.mark for row in page.rows if row.key == (3,)] == [Mark.NONE]


def test_that_deleted_rows_stand_among_those_that_pass_the_filters(inspector: Inspector, path: Path) -> None:
    filters = (Filter("mixed", Comparison.GREATER, "2"),)
    query = GridQuery(table="items", filters=filters, order=Order("mixed"))
    before = keys(inspector, query)
    change = deleted(path, "items", 3)
    assert keys(inspector, GridQuery(table="items", filters=filters, order=Order("mixed"), overlay=change)) == before


def test_that_another_change_is_laid_over_the_same_rows(inspector: Inspector, path: Path) -> None:
    change = deleted(path, "items", 3)
    query = GridQuery(table="items", order=Order("mixed"), overlay=change)
    assert inspector.page(query, 0, 10).result(10).total == 300
    assert inspector.page(GridQuery(table="items", order=Order("mixed")), 0, 10).result(10).total == 200
    with writing(path) as connection:
        connection.execute("DELETE FROM items WHERE id = 1")
    assert inspector.page(query, 0, 10).result(10).total == 299
