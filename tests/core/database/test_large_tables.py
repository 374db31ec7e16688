from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from explorer.database.changes import ChangeKind, ChangeSet, RowChange
from explorer.database.grid import Comparison, Filter, GridQuery, Mark, Order, Page
from explorer.database.inspector import Inspector
from explorer.database.progress import Phase, Progress
from tests.core.database.making import is_free, make, writing

ROWS = 60_000  # more than are counted and skipped each time

NUMBERS = f"WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {ROWS - 1})"  # noqa: S608
TABLES = f"""
CREATE TABLE dense (id INTEGER PRIMARY KEY, word TEXT COLLATE NOCASE, part INTEGER, mixed);
{NUMBERS} INSERT INTO dense SELECT i + 1, char(65 + i % 7 + 32 * (i % 2)) || (i * 7919 % 1000), nullif(i % 9, 4),
  CASE i % 5 WHEN 0 THEN NULL WHEN 1 THEN i / 3.0 WHEN 2 THEN 'x' || i WHEN 3 THEN CAST(i AS BLOB) ELSE i END FROM n;
CREATE INDEX ix_part ON dense (part);
CREATE TABLE sparse (rowid TEXT, name TEXT);
{NUMBERS} INSERT INTO sparse (_rowid_, rowid, name) SELECT i * i - 5000, 'r' || i, 'n' || (i * 31 % 977) FROM n;
CREATE TABLE keyed (a TEXT, b INTEGER, c TEXT, PRIMARY KEY (a, b)) WITHOUT ROWID;
{NUMBERS} INSERT INTO keyed SELECT 'k' || (i % 40), i, 'c' || i FROM n;
CREATE TABLE backwards (a INTEGER, b INTEGER, PRIMARY KEY (a DESC, b)) WITHOUT ROWID;
{NUMBERS} INSERT INTO backwards SELECT i % 40, i FROM n;
CREATE VIEW looked_at AS SELECT word, part FROM dense WHERE part > 2;
"""  # noqa: S608


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("large") / "large.sqlite3", TABLES)


@pytest.fixture
def inspector(made: Path) -> Iterator[Inspector]:
    opened = Inspector(made)
    yield opened
    opened.close()


def settled(inspector: Inspector, query: GridQuery) -> Progress:
    """Ask for pages until everything is known of a query."""
    while True:
        inspector.page(query, 0, 1).result(20)
        progress = inspector.progress(query)
        assert progress is not None
        if progress.phase in (Phase.READY, Phase.STOPPED):
            return progress


def expected(path: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


def cells(page: Page) -> list[tuple[object, ...]]:
    return [row.cells for row in page.rows]


ORDERS = [
    ("dense", None, "id"),
    ("dense", Order("id", descending=True), "id DESC"),
    ("dense", Order("part"), "part, id"),
    ("dense", Order("part", descending=True), "part DESC, id DESC"),
    ("dense", Order("word"), "word, id"),
    ("dense", Order("mixed", descending=True), "mixed DESC, id DESC"),
    ("sparse", None, "_rowid_"),
    ("sparse", Order("name"), "name, _rowid_"),
    ("keyed", None, "a, b"),
    ("keyed", Order("c", descending=True), "c DESC, a DESC, b DESC"),
    ("backwards", None, "a, b"),
    ("looked_at", Order("word"), "word"),
]


@pytest.mark.parametrize(("table", "order", "by"), ORDERS, ids=[f"{table} {by}" for table, _, by in ORDERS])
def test_that_any_window_has_the_rows_that_sqlite_would_give(
    inspector: Inspector, made: Path, table: str, order: Order | None, by: str
) -> None:
    query = GridQuery(table=table, order=order)
    everything = expected(made, f"SELECT * FROM {table} ORDER BY {by}")  # noqa: S608
    assert cells(inspector.page(query, 0, 40).result(20)) == everything[:40]
    progress = settled(inspector, query)
    assert (progress.total, progress.exact) == (len(everything), True)
    for first in (0, 1, 511, 512, 513, 20_000, 33_333, len(everything) - 7, len(everything) + 3):
        assert cells(inspector.page(query, first, 30).result(20)) == everything[first : first + 30]
    assert is_free(made)


@pytest.mark.parametrize(
    ("query", "sql"),
    [
        (
            GridQuery(table="dense", filters=(Filter("word", Comparison.STARTS, "c"),)),
            "SELECT * FROM dense WHERE word LIKE 'c%' ORDER BY id",
        ),
        (
            GridQuery(
                table="dense",
                filters=(Filter("part", Comparison.EQUAL, "3"), Filter("mixed", Comparison.IS_NOT_NULL)),
                order=Order("mixed"),
            ),
            "SELECT * FROM dense WHERE part = 3 AND mixed IS NOT NULL ORDER BY mixed, id",
        ),
        (
            GridQuery(table="keyed", filters=(Filter("b", Comparison.GREATER, "59000"),)),
            "SELECT * FROM keyed WHERE b > 59000 ORDER BY a, b",
        ),
        (GridQuery(table="dense", filters=(Filter("word", Comparison.EQUAL, "nothing"),)), "SELECT 1 WHERE 0"),
    ],
    ids=["starts", "two and an order", "without rowid", "none"],
)
def test_that_filtered_rows_are_numbered_too(inspector: Inspector, made: Path, query: GridQuery, sql: str) -> None:
    everything = expected(made, sql)
    progress = settled(inspector, query)
    assert (progress.total, progress.exact) == (len(everything), True)
    for first in (0, 500, max(0, len(everything) - 5)):
        assert cells(inspector.page(query, first, 20).result(20)) == everything[first : first + 20]
    assert inspector.count(query).result(20) == len(everything)


def test_that_a_jump_before_anything_is_counted_is_right_where_rowids_have_no_gaps(inspector: Inspector) -> None:
    page = inspector.page(GridQuery(table="dense"), 45_678, 3).result(20)
    assert [row.key for row in page.rows] == [(45_679,), (45_680,), (45_681,)]


def test_that_a_row_that_is_gone_stands_between_its_neighbours(inspector: Inspector) -> None:
    gone = RowChange("sparse", ChangeKind.DELETE, (8,), ("old", "gone"), None)
    changes = ChangeSet(trace_id="1", label="DELETE", at=0, columns={"sparse": ("rowid", "name")}, changes=(gone,))
    query = GridQuery(table="sparse", overlay=changes)
    settled(inspector, query)
    page = inspector.page(query, 70, 3).result(20)
    assert [(row.key, row.mark) for row in page.rows] == [
        ((-100,), Mark.NONE),
        ((8,), Mark.DELETED),
        ((41,), Mark.NONE),
    ]
    assert page.total == ROWS + 1
    assert not page.gone_at_top
    sorted_page = inspector.page(GridQuery(table="sparse", order=Order("name"), overlay=changes), 0, 2).result(20)
    assert (sorted_page.rows[0].mark, sorted_page.gone_at_top) == (Mark.DELETED, True)


def test_that_rows_follow_a_change_while_they_are_counted_anew(tmp_path: Path) -> None:
    path = make(tmp_path / "a.sqlite3", TABLES)
    inspector = Inspector(path)
    query = GridQuery(table="dense")
    before = settled(inspector, query)
    with writing(path) as connection:
        connection.execute("DELETE FROM dense WHERE id <= 100")
    page = inspector.page(query, 0, 2).result(20)
    assert [row.key for row in page.rows] == [(101,), (102,)]
    assert page.version > before.version
    assert settled(inspector, query).total == ROWS - 100
    inspector.close()


def test_that_sorting_can_be_stopped_and_begun_again(inspector: Inspector) -> None:
    query = GridQuery(table="dense", order=Order("word"))
    inspector.page(query, 0, 10).result(20)
    inspector.stop(query)
    progress = settled(inspector, query)
    if progress.phase is Phase.STOPPED:  # else it was quicker than we
        assert inspector.page(query, 0, 10).result(20).rows
        inspector.resume(query)
    assert settled(inspector, query).exact


def test_that_files_of_orders_are_taken_away_in_the_end(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    inspector = Inspector(made)
    settled(inspector, GridQuery(table="dense", order=Order("word")))
    assert list(tmp_path.rglob("*.order"))
    inspector.close()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("query", "key", "number"),
    [
        (GridQuery(table="sparse"), (41,), 71),
        (GridQuery(table="dense", order=Order("id", descending=True)), (ROWS,), 0),
        (GridQuery(table="dense", filters=(Filter("part", Comparison.EQUAL, "3"),)), (22,), 2),
        (GridQuery(table="sparse"), (42,), None),
        (GridQuery(table="dense", filters=(Filter("part", Comparison.EQUAL, "3"),)), (23,), None),
    ],
    ids=["sparse", "backwards", "filtered", "none", "left out"],
)
def test_that_the_number_of_a_row_is_found_by_its_key(
    inspector: Inspector, query: GridQuery, key: tuple[int], number: int | None
) -> None:
    settled(inspector, query)
    assert inspector.number(query, key).result(20) == number
