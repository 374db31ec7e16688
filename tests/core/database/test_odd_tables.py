"""Tables that other programs trip over."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from explorer.database.changes import ChangeKind, ChangeSet, RowChange
from explorer.database.grid import Comparison, Cut, Filter, GridQuery, Mark, Order
from explorer.database.inspector import Inspector
from explorer.database.schema import TableKind
from explorer.database.trouble import DatabaseError, Trouble
from tests.core.database.making import is_free, make
from tests.core.database.odd import ODD


@pytest.fixture
def inspector(tmp_path: Path) -> Iterator[Inspector]:
    path = make(tmp_path / "odd.sqlite3", ODD)
    make(path, "DROP TABLE gone")
    opened = Inspector(path)
    yield opened
    opened.count(GridQuery(table="keyed")).result(10)  # what is counted in the background is over then
    assert is_free(path)
    opened.close()


def cells(inspector: Inspector, query: GridQuery) -> list[tuple[object, ...]]:
    return [row.cells for row in inspector.page(query, 0, 50).result(10).rows]


def test_that_names_may_hold_anything(inspector: Inspector) -> None:
    name, column = "a \"b\" 'c' %;--", 'id "x" y'
    query = GridQuery(
        table=name, filters=(Filter("the name", Comparison.CONTAINS, "o"),), order=Order(column, descending=True)
    )
    assert cells(inspector, query) == [(2, "two"), (1, "one")]
    assert inspector.value(name, (2,), "the name").result(10) == "two"


def test_that_two_thousand_columns_are_read(inspector: Inspector) -> None:
    (first, second) = cells(inspector, GridQuery(table="wide"))
    assert (len(first), first[0], first[1], first[1999]) == (2_000, 1, None, 2)
    assert second[1999] == 4


def test_that_computed_columns_are_shown_and_called_so(inspector: Inspector) -> None:
    assert cells(inspector, GridQuery(table="computed")) == [(21, 42, "21!")]
    table = inspector.schema().result(10).find("computed")
    assert table is not None
    assert [column.generated for column in table.columns] == [False, True, True]


def test_that_values_of_the_wrong_type_and_bytes_that_are_no_text_are_shown(inspector: Inspector) -> None:
    assert cells(inspector, GridQuery(table="mixed")) == [
        ("not a number", float("inf")),
        (1.5, float("-inf")),
        (9223372036854775807, "\ufffd\ufffdA"),
        (None, "a\0b"),
    ]


def test_that_a_view_that_fails_says_why_and_the_others_are_there(inspector: Inspector) -> None:
    table = inspector.schema().result(10).find("broken")
    assert table is not None
    assert table.problem is not None
    assert "no such table: main.gone" in table.problem
    for view in ("broken", "fails"):
        with pytest.raises(DatabaseError) as caught:
            cells(inspector, GridQuery(table=view))
        assert caught.value.trouble is Trouble.REFUSED
    assert cells(inspector, GridQuery(table="computed"))


def test_that_rows_without_a_rowid_are_known_by_their_primary_key(inspector: Inspector) -> None:
    gone = RowChange("keyed", ChangeKind.DELETE, ("a", 3), ("a", 3, "w"), None)
    changed = RowChange("keyed", ChangeKind.UPDATE, ("b", 1), ("b", 1, "old"), ("b", 1, "x"))
    changes = ChangeSet(
        trace_id="1", label="", at=0, columns={"keyed": ("code", "part", "note")}, changes=(gone, changed)
    )
    page = inspector.page(GridQuery(table="keyed", overlay=changes), 0, 9).result(10)
    assert [(row.key, row.mark) for row in page.rows] == [
        (("a", 1), Mark.NONE),
        (("a", 2), Mark.NONE),
        (("a", 3), Mark.DELETED),
        (("b", 1), Mark.CHANGED),
    ]
    assert inspector.value("keyed", ("a", 2), "note").result(10) == "y"


def test_that_a_table_whose_columns_took_all_names_of_the_rowid_is_read_without_one(inspector: Inspector) -> None:
    page = inspector.page(GridQuery(table="taken"), 0, 9).result(10)
    assert [(row.key, row.cells) for row in page.rows] == [(None, ("a", "b", "c"))]


def test_that_a_full_text_index_is_shown_with_where_it_keeps_its_data(inspector: Inspector) -> None:
    schema = inspector.schema().result(10)
    words, data = schema.find("words"), schema.find("words_data")
    assert words is not None
    assert data is not None
    assert (words.kind, data.kind) == (TableKind.VIRTUAL, TableKind.SHADOW)
    assert cells(inspector, GridQuery(table="words")) == [("tea",), ("pot",)]


def test_that_long_values_of_a_view_are_cut(inspector: Inspector) -> None:
    assert cells(inspector, GridQuery(table="long_ones")) == [
        (Cut(is_text=True, size=5_000, start="x" * 256), Cut(is_text=False, size=9_000, start=bytes(256)))
    ]


def test_that_a_filter_on_a_column_that_is_gone_says_so(inspector: Inspector) -> None:
    with pytest.raises(DatabaseError, match="keyed has no column old"):
        cells(inspector, GridQuery(table="keyed", filters=(Filter("old", Comparison.EQUAL, "1"),)))
    with pytest.raises(DatabaseError, match="There is no table nothing"):
        cells(inspector, GridQuery(table="nothing"))
