from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from explorer.database.console_history import ConsoleEntry, ConsoleHistory, without_secrets
from explorer.database.export import ExportOptions, RowsFormat, export_query, export_statement
from explorer.database.grid import Comparison, Filter, GridQuery, Order
from explorer.database.opening import open_read_only
from explorer.database.read_schema import read_schema
from explorer.database.trouble import DatabaseError, Trouble
from explorer.storage.writer import Writer


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "shop.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(
            """
            CREATE TABLE items (id INTEGER PRIMARY KEY, name TEXT, price REAL, picture BLOB);
            INSERT INTO items VALUES
                (1, 'lamp, "big"', 3.5, x'00ff'), (2, '', NULL, NULL), (3, 'two
lines', -1e999, NULL), (4, '=1+1', 2, NULL);
            """
        )
    return path


def test_that_csv_is_read_back_by_others_exactly(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    done = export_statement(path, "SELECT * FROM items WHERE id < :n", {":n": 9}, target, ExportOptions(null="NULL"))
    with target.open(newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    assert rows == [
        ["id", "name", "price", "picture"],
        ["1", 'lamp, "big"', "3.5", "00ff"],
        ["2", "", "NULL", "NULL"],
        ["3", "two\nlines", "-inf", "NULL"],
        ["4", "=1+1", "2.0", "NULL"],
    ]
    assert (done.rows, done.size) == (4, target.stat().st_size)
    export_statement(path, "SELECT name, price FROM items WHERE id = 2", None, target, ExportOptions(header=False))
    assert target.read_bytes() == b'"",\r\n'  # an empty text is not NULL


def test_that_json_comes_as_a_list_or_in_lines(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    sql = "SELECT id, id, name, price FROM items WHERE id IN (2, 3)"
    export_statement(path, sql, None, target, ExportOptions(format=RowsFormat.JSON))
    expected = [
        {"id": 2, "id_2": 2, "name": "", "price": None},
        {"id": 3, "id_2": 3, "name": "two\nlines", "price": "-inf"},
    ]
    assert json.loads(target.read_text("utf-8")) == expected
    export_statement(path, sql, None, target, ExportOptions(format=RowsFormat.JSON_LINES))
    assert [json.loads(line) for line in target.read_text("utf-8").splitlines()] == expected
    export_statement(path, "SELECT 1 WHERE 0", None, target, ExportOptions(format=RowsFormat.JSON))
    assert json.loads(target.read_text("utf-8")) == []


def test_that_a_grid_is_saved_as_it_is_filtered_and_sorted(path: Path, tmp_path: Path) -> None:
    with closing(open_read_only(path, 1)) as connection:
        table = read_schema(connection).find("items")
    assert table is not None
    query = GridQuery(table="items", filters=(Filter("id", Comparison.LESS, "3"),), order=Order("id", descending=True))
    export_query(path, query, table, tmp_path / "grid.csv", ExportOptions())
    assert (tmp_path / "grid.csv").read_text("utf-8").splitlines()[1].startswith("2,")


@pytest.mark.parametrize(
    ("sql", "part", "trouble"),
    [
        ("DELETE FROM items", "reads only", Trouble.REFUSED),
        ("SELECT nix FROM items", "no such column", Trouble.REFUSED),
        ("PRAGMA user_version = 3", "reads only", Trouble.REFUSED),
    ],
)
def test_that_what_cannot_be_saved_leaves_the_file_that_was_there(
    path: Path, tmp_path: Path, sql: str, part: str, trouble: Trouble
) -> None:
    target = tmp_path / "out.csv"
    target.write_text("mine")
    with pytest.raises(DatabaseError, match=part) as caught:
        export_statement(path, sql, None, target, ExportOptions())
    assert caught.value.trouble is trouble
    assert target.read_text() == "mine"


def test_that_an_export_can_be_stopped_and_holds_nothing_then(path: Path, tmp_path: Path) -> None:
    endless = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i, (SELECT 1 FROM items) FROM n"
    target = tmp_path / "out.csv"
    with pytest.raises(DatabaseError) as caught:
        export_statement(path, endless, None, target, ExportOptions(), lambda rows, _: rows < 5_000)
    assert caught.value.trouble is Trouble.CANCELLED
    assert not target.exists()
    with closing(sqlite3.connect(path, timeout=0)) as writer:
        writer.execute("DELETE FROM items")


def test_that_a_place_that_cannot_be_written_is_named(path: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DatabaseError, match="could not be written") as caught:
        export_statement(path, "SELECT 1", None, tmp_path / "file" / "out.csv", ExportOptions())
    assert caught.value.trouble is Trouble.DENIED


@pytest.fixture
def writer() -> Iterator[Writer]:
    writer = Writer(lambda _: None)
    yield writer
    writer.flush(5)


def test_that_the_history_keeps_each_statement_once_and_is_searched_by_words(tmp_path: Path, writer: Writer) -> None:
    history = ConsoleHistory(tmp_path / "console.json", writer)
    for number, sql in enumerate(("SELECT * FROM items", "SELECT * FROM users", "select * FROM items WHERE id = 1")):
        history.add(ConsoleEntry(statement=sql, at=float(number), rows=number, ns=5))
    history.add(ConsoleEntry(statement="SELECT * FROM items", at=9.0))
    assert [one.at for one in history.entries] == [9.0, 2.0, 1.0]
    assert [one.at for one in history.find("ITEMS select")] == [9.0, 2.0]
    back = history.remove("SELECT * FROM users")
    assert len(history.entries) == 2
    back()
    assert writer.flush(5)
    assert ConsoleHistory(tmp_path / "console.json", writer).entries == history.entries
    history.clear()
    assert history.find("") == ()


def test_that_no_secret_is_written_to_the_history(tmp_path: Path, writer: Writer) -> None:
    history = ConsoleHistory(tmp_path / "console.json", writer)
    history.add(ConsoleEntry(statement="SELECT * FROM users WHERE password = 'hunter2' AND name = 'Ada'", at=1.0))
    assert "hunter2" in history.entries[0].statement  # as long as the program runs
    assert writer.flush(5)
    file = tmp_path / "console.json"
    assert file.stat().st_mode & 0o077 == 0  # the other values are kept, and nobody else's business
    saved = file.read_text("utf-8")
    assert "hunter2" not in saved
    assert "'Ada'" in saved
    assert without_secrets("SELECT 'x' FROM t WHERE token IN ('a', 'b')") == (
        "SELECT 'x' FROM t WHERE token IN ('•••', '•••')"
    )
