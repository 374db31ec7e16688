from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from explorer.database.changes import ChangeKind, ChangeSet, RowChange
from explorer.database.grid import Comparison, Cut, Filter, GridQuery, Mark, Order
from explorer.database.inspector import Inspector
from explorer.database.schema import TableKind
from tests.core.database.making import is_free, make, writing

SHOP = """
CREATE TABLE users (id INTEGER PRIMARY KEY, name VARCHAR(40) NOT NULL, photo BLOB);
CREATE TABLE items (id INTEGER PRIMARY KEY, name TEXT, price NUMERIC(10, 2), owner_id INTEGER REFERENCES users (id));
CREATE INDEX ix_owner ON items (owner_id);
CREATE VIEW cheap AS SELECT name, price FROM items WHERE price < 3;
INSERT INTO users VALUES (1, 'Ada', NULL), (2, 'Grace', x'00ff');
INSERT INTO items VALUES (10, 'Tea', 1.5, 1), (20, 'Pot', 30, 1), (30, '100% ink', NULL, 2), (40, 'Lamp', 'odd', NULL);
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make(tmp_path / "shop.sqlite3", SHOP)


@pytest.fixture
def inspector(path: Path) -> Iterator[Inspector]:
    opened = Inspector(path)
    yield opened
    opened.count(GridQuery(table="users")).result(5)  # what is counted in the background is over then
    assert is_free(path)
    opened.close()


def names(inspector: Inspector, query: GridQuery) -> list[object]:
    return [row.cells[1] for row in inspector.page(query, 0, 50).result(5).rows]


def by(column: str, comparison: Comparison, text: str = "") -> GridQuery:
    return GridQuery(table="items", filters=(Filter(column, comparison, text),))


def test_that_the_schema_tells_tables_views_keys_and_where_they_point(inspector: Inspector) -> None:
    schema = inspector.schema().result(5)
    assert [(table.name, table.kind) for table in schema.tables] == [
        ("cheap", TableKind.VIEW),
        ("items", TableKind.TABLE),
        ("users", TableKind.TABLE),
    ]
    items = schema.find("ITEMS")
    assert items is not None
    assert items.key_columns == ("id",)
    assert [(key.columns, key.table, key.to) for key in items.foreign_keys] == [(("owner_id",), "users", ("id",))]
    assert [index.name for index in items.indexes] == ["ix_owner"]
    assert items.sql.startswith("CREATE TABLE items")


def test_that_a_page_has_the_rows_from_a_number_on_and_the_total(inspector: Inspector) -> None:
    page = inspector.page(GridQuery(table="items"), 1, 2).result(5)
    assert [row.key for row in page.rows] == [(20,), (30,)]
    assert (page.first, page.total, page.exact) == (1, 4, True)


def test_that_the_rows_of_a_view_have_no_key(inspector: Inspector) -> None:
    page = inspector.page(GridQuery(table="cheap", order=Order("price", descending=True)), 0, 9).result(5)
    assert [(row.key, row.cells) for row in page.rows] == [(None, ("Tea", 1.5))]


@pytest.mark.parametrize(
    ("column", "comparison", "text", "found"),
    [
        ("price", Comparison.EQUAL, "30.0", ["Pot"]),
        ("price", Comparison.GREATER, "1", ["Tea", "Pot"]),
        ("price", Comparison.LESS, "p", ["Lamp"]),
        ("price", Comparison.IS_NULL, "", ["100% ink"]),
        ("owner_id", Comparison.NOT_EQUAL, "1", ["100% ink", "Lamp"]),
        ("name", Comparison.CONTAINS, "0% I", ["100% ink"]),
        ("name", Comparison.STARTS, "%", []),
        ("name", Comparison.EQUAL, "x'; DROP TABLE items; --", []),
        ("id", Comparison.GREATER_EQUAL, "9" * 40, []),
    ],
)
def test_that_a_filter_compares_numbers_as_numbers_and_texts_as_texts(
    inspector: Inspector, column: str, comparison: Comparison, text: str, found: list[str]
) -> None:
    assert names(inspector, by(column, comparison, text)) == found


def test_that_a_foreign_key_leads_to_its_row(inspector: Inspector) -> None:
    schema = inspector.schema().result(5)
    items = schema.find("items")
    assert items is not None
    (tea,) = inspector.page(GridQuery(table="items"), 0, 1).result(5).rows
    there = inspector.follow("items", items.foreign_keys[0], tea).result(5)
    assert there is not None
    (ada,) = inspector.page(there, 0, 9).result(5).rows
    assert ada.cells == (1, "Ada", None)


def test_that_a_long_value_is_cut_and_can_be_had_whole(inspector: Inspector, path: Path) -> None:
    with writing(path) as connection:
        connection.execute("UPDATE users SET name = ?, photo = zeroblob(3000000) WHERE id = 2", ("é" * 5_000,))
    row = inspector.record("users", (2,)).result(5)
    assert row is not None
    assert row.cells[1] == Cut(is_text=True, size=5_000, start="é" * 256)
    assert row.cells[2] == Cut(is_text=False, size=3_000_000, start=bytes(256))
    assert inspector.value("users", (2,), "name").result(5) == "é" * 5_000
    assert inspector.record("users", (3,)).result(5) is None


def test_that_changed_rows_are_marked_and_deleted_ones_stand_where_they_were(inspector: Inspector, path: Path) -> None:
    columns = {"items": ("id", "name", "price", "owner_id")}
    before = (20, "Pot", 28, 1)
    changes = ChangeSet(
        trace_id="1",
        label="PUT /items",
        at=0,
        columns=columns,
        changes=(
            RowChange("items", ChangeKind.UPDATE, (20,), before, (20, "Pot", 30, 1)),
            RowChange("items", ChangeKind.DELETE, (25,), (25, "Cup", 2, 1), None),
            RowChange("items", ChangeKind.DELETE, (5,), (5, "Jar", 2, 2), None),
            RowChange("items", ChangeKind.INSERT, (40,), None, (40, "Lamp", "odd", None)),
        ),
    )
    page = inspector.page(GridQuery(table="items", overlay=changes), 0, 9).result(5)
    assert [(row.key, row.mark) for row in page.rows] == [
        ((5,), Mark.DELETED),
        ((10,), Mark.NONE),
        ((20,), Mark.CHANGED),
        ((25,), Mark.DELETED),
        ((30,), Mark.NONE),
        ((40,), Mark.ADDED),
    ]
    assert (page.rows[2].before, page.total) == (before, 6)
    mine = GridQuery(table="items", filters=(Filter("owner_id", Comparison.EQUAL, "1"),), overlay=changes)
    assert [row.cells[1] for row in inspector.page(mine, 0, 9).result(5).rows] == ["Tea", "Pot", "Cup"]
    second = inspector.page(GridQuery(table="items", overlay=changes), 3, 2).result(5)
    assert [row.cells[1] for row in second.rows] == ["Cup", "100% ink"]


def test_that_a_look_tells_what_another_program_changed(inspector: Inspector, path: Path) -> None:
    inspector.look().result(5)
    assert not inspector.look().result(5).data
    with writing(path) as connection:
        connection.execute("DELETE FROM items WHERE id = 10")
    look = inspector.look().result(5)
    assert (look.data, look.schema, look.replaced) == (True, False, False)
    with writing(path) as connection:
        connection.execute("CREATE TABLE more (a)")
    assert inspector.look().result(5).schema
    assert inspector.count(GridQuery(table="items")).result(5) == 3
