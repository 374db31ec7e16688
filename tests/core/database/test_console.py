from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from explorer.database.console import explain, run, run_all, value_of
from explorer.database.grid import Cut
from explorer.database.sql_tokens import placeholders, split


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    path = tmp_path / "shop.sqlite3"
    with sqlite3.connect(path) as connection:
        connection.executescript(
            "CREATE TABLE items (id INTEGER PRIMARY KEY, name TEXT, price REAL);"
            "INSERT INTO items (name, price) VALUES ('lamp', 3.5), ('desk', 9), ('pen', NULL);"
            "CREATE VIEW broken AS SELECT * FROM gone;"
        )
    connection.close()
    reading = sqlite3.connect(f"file:{path}?mode=ro", uri=True, isolation_level=None)
    yield reading
    reading.close()


def test_that_a_statement_gives_its_columns_rows_and_time(shop: sqlite3.Connection) -> None:
    result = run(shop, "SELECT name, price FROM items ORDER BY id")
    assert result.columns == ("name", "price")
    assert result.rows == (("lamp", 3.5), ("desk", 9.0), ("pen", None))
    assert (result.more, result.error, result.ns > 0) == (False, None, True)


def test_that_more_rows_are_there_when_they_are_asked_for(shop: sqlite3.Connection) -> None:
    first = run(shop, "SELECT id FROM items", most=2)
    assert (first.rows, first.more) == (((1,), (2,)), True)
    assert not run(shop, "SELECT id FROM items", most=3).more


def test_that_statements_run_one_after_the_other_until_one_fails(shop: sqlite3.Connection) -> None:
    seen: list[str] = []
    sql = "SELECT 1; -- one; two\nSELECT ';'; SELEC 3; SELECT 4"
    results = run_all(shop, sql, on_result=lambda result: seen.append(result.statement))
    assert [result.rows for result in results[:2]] == [((1,),), ((";",),)]
    assert len(results) == 3
    assert results[2].error is not None
    assert seen == ["SELECT 1", "SELECT ';'", "SELEC 3"]


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO items (name) VALUES ('x')",
        "DELETE FROM items",
        "DROP TABLE items",
        "CREATE TEMP TABLE t (a)",
        "ATTACH 'other.sqlite3' AS other",
        "PRAGMA journal_mode = WAL",
        "PRAGMA query_only = OFF",
        "PRAGMA writable_schema = ON",
        "PRAGMA wal_checkpoint",
        "SELECT load_extension('x')",
        "BEGIN",
        "VACUUM",
        "VACUUM INTO 'copy.sqlite3'",
        "WITH x AS (SELECT 1) UPDATE items SET name = 'x'",
        "EXPLAIN PRAGMA query_only = OFF",
    ],
)
def test_that_nothing_but_reading_is_run(shop: sqlite3.Connection, sql: str, tmp_path: Path) -> None:
    before = sorted(path.name for path in tmp_path.iterdir())
    shop.execute("PRAGMA query_only = ON")
    result = run(shop, sql)
    assert result.error is not None
    assert "authoriz" not in result.error
    assert shop.execute("PRAGMA query_only").fetchone() == (1,)
    assert shop.execute("SELECT count(*) FROM items").fetchone() == (3,)
    assert not shop.in_transaction
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_that_the_console_refuses_to_write_even_where_the_connection_could() -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE t (a)")
    assert run(connection, "INSERT INTO t VALUES (1)").error is not None
    assert connection.execute("SELECT count(*) FROM t").fetchone() == (0,)
    connection.close()


@pytest.mark.parametrize(
    "sql", ["PRAGMA table_info(items)", "PRAGMA user_version", "SELECT * FROM pragma_index_list('items')"]
)
def test_that_pragmas_that_only_tell_are_run(shop: sqlite3.Connection, sql: str) -> None:
    assert run(shop, sql).error is None


@pytest.mark.parametrize(
    ("sql", "at", "part"),
    [
        ("SELECT name FRM items", "items", "does not understand"),
        ("SELECT a FROM (SELECT 1 a) WHERE a = = 2 AND a = 1", "= 2", "does not understand"),
        ("SELECT nme FROM items", "nme", "has a column “nme”"),
        ("SELECT i.nme, name FROM items i", "i.nme", "i.nme"),
        ("SELECT * FROM itms", "itms", "no table or view “itms”"),
        ("SELECT foo(1)", "foo", "no function “foo”"),
        ("SELECT a.id, id FROM items a, items b", "id FROM", "Several tables"),
        ("SELECT * FROM broken", None, "gone"),
    ],
)
def test_that_an_error_says_where_and_what(shop: sqlite3.Connection, sql: str, at: str | None, part: str) -> None:
    result = run(shop, sql)
    assert result.error is not None
    assert part in result.error
    assert result.position == (None if at is None else sql.index(at))


def test_that_an_unfinished_statement_is_pointed_at_where_it_ends(shop: sqlite3.Connection) -> None:
    result = run(shop, "SELECT (1")
    assert (result.position, result.rows) == (9, ())


def test_that_placeholders_are_asked_for_and_filled_in(shop: sqlite3.Connection) -> None:
    sql = "SELECT name FROM items WHERE id = :id OR name = @name OR ':no' = '' OR id = :id -- :not_me"
    assert placeholders(sql) == (":id", "@name")
    asked = run(shop, sql, {":id": 1})
    assert (asked.error, asked.position) == ("Give a value for @name.", sql.index("@name"))
    assert run(shop, sql, {":id": 1, "@name": "pen"}).rows == (("lamp",), ("pen",))
    assert placeholders("SELECT ?, ?3, ?") == ("?1", "?3", "?4")
    assert run(shop, "SELECT ?, ?", {"?1": 5, "?2": None}).rows == ((5, None),)


@pytest.mark.parametrize(
    ("text", "value"),
    [("12", 12), ("-1.5", -1.5), ("null", None), ("'12'", "12"), ("x'ff'", b"\xff"), ("", ""), ("9" * 30, 1e30)],
)
def test_that_what_is_typed_for_a_placeholder_becomes_a_value(text: str, value: object) -> None:
    assert value_of(text) == value


def test_that_a_statement_that_runs_for_ever_can_be_cancelled(tmp_path: Path) -> None:
    endless = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    connection = sqlite3.connect(tmp_path / "any.sqlite3", check_same_thread=False)
    runs = threading.Event()
    connection.set_progress_handler(runs.set, 1000)

    def stop() -> None:
        runs.wait(10)
        connection.interrupt()

    thread = threading.Thread(target=stop)
    thread.start()
    result = run(connection, endless)
    thread.join()
    connection.close()
    assert (result.cancelled, result.error) == (True, None)


def test_that_long_values_are_cut_and_nothing_is_held(shop: sqlite3.Connection) -> None:
    result = run(shop, "SELECT zeroblob(1000000), printf('%.*c', 5000, 'x')")
    blob, text = result.rows[0]
    assert isinstance(blob, Cut)
    assert isinstance(text, Cut)
    assert (blob.size, blob.is_text, text.size, text.is_text) == (1_000_000, False, 5000, True)
    run(shop, "SELECT * FROM items", most=1)
    database = shop.execute("PRAGMA database_list").fetchone()[2]
    with sqlite3.connect(database, timeout=0) as writer:
        writer.execute("UPDATE items SET price = 1")
    writer.close()


def test_that_a_plan_is_given_with_the_rows_or_alone(shop: sqlite3.Connection) -> None:
    assert run(shop, "SELECT * FROM items WHERE id = ?", {"?1": 1}, with_plan=True).plan[0].words.startswith("finds")
    alone = explain(shop, "UPDATE items SET name = :new WHERE price > 3")
    assert alone.plan[0].words == "reads all 3 rows of items: there is no index on price"
    assert shop.execute("SELECT count(*) FROM items WHERE price > 3").fetchone() == (2,)
    assert explain(shop, "PRAGMA user_version").error is not None
    assert explain(shop, "SELECT * FROM nothing").error is not None


def test_that_statements_are_found_whatever_stands_in_them() -> None:
    trigger = "CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; SELECT 2; END"
    sql = f'/* ; */ SELECT "a;b", [c;d], `e;f`;; {trigger};\n-- the end'
    assert [statement.sql for statement in split(sql)] == ['SELECT "a;b", [c;d], `e;f`', trigger]
