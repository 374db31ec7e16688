"""Which rows a transaction changed is told exactly, and the app's connection behaves as it would without us."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from explorer.probe.middleware import HERE
from explorer.probe.row_changes import MOST_ROWS
from explorer.probe.sqlite_spy import detach
from tests.core.probe.row_watch import Watch, enter_request

ITEMS = """CREATE TABLE items (id INTEGER PRIMARY KEY, name TEXT UNIQUE, price REAL);
INSERT INTO items VALUES (1, 'Lamp', 39.9)"""
MORE_ITEMS = f"{ITEMS}, (2, 'Pen', 1), (3, 'Cup', 2)"


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Watch]:
    made = Watch(tmp_path / 'it\'s a "shop".sqlite3')
    token = HERE.set(("0" * 31 + "1", 1))
    yield made
    HERE.reset(token)
    made.close()


def test_that_inserts_updates_and_deletes_are_told_at_the_commit(watch: Watch) -> None:
    watch.prepare(ITEMS)
    connection = watch.connect()
    connection.execute("INSERT INTO items VALUES (2, 'Ink', 9.8)")
    connection.execute("UPDATE items SET price = ? WHERE id = 1", (34.9,))
    assert watch.notes() == []
    connection.commit()
    (note,) = watch.notes()
    assert note["columns"] == {"items": ("id", "name", "price")}
    assert (note["total"], note["counts"], note["database"]) == (2, {"items": (1, 1, 0)}, str(watch.path))
    assert watch.changes() == [
        ("items", "insert", (2,), None, (2, "Ink", 9.8)),
        ("items", "update", (1,), (1, "Lamp", 39.9), (1, "Lamp", 34.9)),
    ]
    with connection:
        connection.execute("DELETE FROM items WHERE id = 2")
    assert watch.changes() == [("items", "delete", (2,), (2, "Ink", 9.8), None)]


def test_that_a_rollback_tells_nothing(watch: Watch) -> None:
    watch.prepare(ITEMS)
    connection = watch.connect()
    connection.execute("DELETE FROM items")
    connection.rollback()
    connection.execute("BEGIN")
    connection.execute("DELETE FROM items")
    connection.execute("ROLLBACK")
    with pytest.raises(ZeroDivisionError), connection:
        1 / (connection.execute("DELETE FROM items").rowcount - 1)
    assert watch.changes() == []
    with connection:
        connection.execute("UPDATE items SET price = 1")
    assert [change[1] for change in watch.changes()] == ["update"]


def test_that_triggers_made_inside_a_transaction_are_there_again_after_its_rollback(watch: Watch) -> None:
    watch.prepare(ITEMS)
    connection = watch.connect(isolation_level=None)
    for end in ("ROLLBACK", "COMMIT"):
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE items SET price = price + 1")
        connection.execute(end)
    connection.execute("UPDATE items SET price = 1")
    assert [change[3:] for change in watch.changes()] == [
        ((1, "Lamp", 39.9), (1, "Lamp", 40.9)),
        ((1, "Lamp", 40.9), (1, "Lamp", 1.0)),
    ]


def test_that_savepoints_cut_back_what_they_undo(watch: Watch) -> None:
    watch.prepare(ITEMS)
    connection = watch.connect(isolation_level=None)
    connection.execute('SAVEPOINT "the Outer"')
    connection.execute("INSERT INTO items VALUES (2, 'Ink', 9.8)")
    connection.execute("SAVEPOINT inner_one")
    connection.execute("INSERT INTO items VALUES (3, 'Pen', 1)")
    connection.execute("ROLLBACK TRANSACTION TO SAVEPOINT INNER_ONE;")
    connection.execute("INSERT INTO items VALUES (4, 'Cup', 2)")
    connection.execute("RELEASE inner_one")
    assert watch.notes() == []
    connection.execute("RELEASE SAVEPOINT [the outer]")
    assert [change[2] for change in watch.changes()] == [(2,), (4,)]


def test_that_what_came_before_a_savepoint_is_told_though_the_triggers_went_with_it(watch: Watch) -> None:
    watch.prepare(ITEMS)
    connection = watch.connect(isolation_level=None)
    connection.execute("BEGIN")
    connection.execute("UPDATE items SET price = 1")
    connection.execute("SAVEPOINT a")
    connection.execute("DELETE FROM items")
    connection.execute("ROLLBACK TO a")
    connection.execute("COMMIT")
    assert watch.changes() == [("items", "update", (1,), (1, "Lamp", 39.9), (1, "Lamp", 1.0))]


def test_that_a_transaction_is_told_as_its_net_change(watch: Watch) -> None:
    watch.prepare(MORE_ITEMS)
    with watch.connect() as connection:
        connection.execute("INSERT INTO items VALUES (7, 'Ink', 9)")
        connection.execute("UPDATE items SET price = 10 WHERE id = 7")
        connection.execute("INSERT INTO items VALUES (8, 'Gone', 9)")
        connection.execute("DELETE FROM items WHERE id = 8")
        connection.execute("UPDATE items SET id = 20, price = 5 WHERE id = 2")
        connection.execute("UPDATE items SET price = 6 WHERE id = 20")
        connection.execute("UPDATE items SET price = 3 WHERE id = 3")
        connection.execute("UPDATE items SET price = 2 WHERE id = 3")
        connection.execute("DELETE FROM items WHERE id = 1")
        connection.execute("INSERT INTO items VALUES (1, 'Lamp', 40)")
    (note,) = watch.notes()
    assert (note["total"], note["counts"]) == (3, {"items": (1, 2, 0)})
    assert watch.changes() == [
        ("items", "insert", (7,), None, (7, "Ink", 10.0)),
        ("items", "update", (20,), (2, "Pen", 1.0), (20, "Pen", 6.0)),
        ("items", "update", (1,), (1, "Lamp", 39.9), (1, "Lamp", 40.0)),
    ]


def test_that_an_upsert_is_an_update(watch: Watch) -> None:
    watch.prepare(ITEMS)
    with watch.connect() as connection:
        connection.execute(
            "INSERT INTO items VALUES (9, 'Lamp', 1), (10, 'Ink', 2) "
            "ON CONFLICT (name) DO UPDATE SET price = excluded.price"
        )
        connection.execute("INSERT OR IGNORE INTO items VALUES (11, 'Lamp', 7)")
    assert watch.changes() == [
        ("items", "update", (1,), (1, "Lamp", 39.9), (1, "Lamp", 1.0)),
        ("items", "insert", (10,), None, (10, "Ink", 2.0)),
    ]


def test_that_rows_taken_away_by_a_replace_are_told(watch: Watch) -> None:
    watch.prepare(MORE_ITEMS)
    connection = watch.connect()
    with connection:
        connection.execute("REPLACE INTO items VALUES (1, 'Lamp', 5)")  # the same row
        connection.execute("INSERT OR REPLACE INTO items (name, price) VALUES ('Pen', 6)")  # another with its name
    assert watch.changes() == [
        ("items", "update", (1,), (1, "Lamp", 39.9), (1, "Lamp", 5.0)),
        ("items", "delete", (2,), (2, "Pen", 1.0), None),
        ("items", "insert", (4,), None, (4, "Pen", 6.0)),
    ]
    with connection:
        connection.execute("UPDATE OR REPLACE items SET name = 'Cup' WHERE id = 1")
    assert watch.changes() == [
        ("items", "delete", (3,), (3, "Cup", 2.0), None),
        ("items", "update", (1,), (1, "Lamp", 5.0), (1, "Cup", 5.0)),
    ]


def test_that_a_replace_is_told_once_where_triggers_see_it_themselves(watch: Watch) -> None:
    watch.prepare(ITEMS)
    connection = watch.connect()
    connection.execute("PRAGMA recursive_triggers = ON")
    with connection:
        connection.execute("REPLACE INTO items VALUES (5, 'Lamp', 5)")
    assert [change[1:3] for change in watch.changes()] == [("delete", (1,)), ("insert", (5,))]


def test_that_a_replace_of_the_tables_own_declaration_is_told(watch: Watch) -> None:
    watch.prepare(
        "CREATE TABLE prices (day TEXT, place TEXT COLLATE NOCASE, n INT, UNIQUE (day, place) ON CONFLICT REPLACE);"
        "INSERT INTO prices VALUES ('mon', 'Here', 1)"
    )
    with watch.connect() as connection:
        connection.execute("INSERT INTO prices VALUES ('mon', 'HERE', 2)")
    assert watch.changes() == [
        ("prices", "delete", (1,), ("mon", "Here", 1), None),
        ("prices", "insert", (2,), None, ("mon", "HERE", 2)),
    ]


def test_that_cascades_and_the_apps_own_triggers_are_told(watch: Watch) -> None:
    watch.prepare(
        """CREATE TABLE users (id INTEGER PRIMARY KEY, items INT DEFAULT 0);
        CREATE TABLE items (id INTEGER PRIMARY KEY, owner REFERENCES users ON DELETE CASCADE ON UPDATE CASCADE,
                            parent REFERENCES items ON DELETE CASCADE);
        CREATE TABLE audit (line TEXT);
        CREATE TRIGGER counted AFTER INSERT ON items BEGIN
            UPDATE users SET items = items + 1 WHERE id = NEW.owner;
            INSERT INTO audit VALUES ('item ' || NEW.id);
        END;
        CREATE VIEW newest AS SELECT * FROM items;
        CREATE TRIGGER into_view INSTEAD OF INSERT ON newest BEGIN
            INSERT INTO items VALUES (NEW.id, NEW.owner, NEW.parent);
        END;
        INSERT INTO users VALUES (1, 0)"""
    )
    connection = watch.connect()
    connection.execute("PRAGMA foreign_keys = ON")
    with connection:
        connection.execute("INSERT INTO newest VALUES (1, 1, NULL), (2, 1, 1), (3, 1, 2)")
    assert sorted(change[:3] for change in watch.changes()) == [
        ("audit", "insert", (1,)), ("audit", "insert", (2,)), ("audit", "insert", (3,)),
        ("items", "insert", (1,)), ("items", "insert", (2,)), ("items", "insert", (3,)), ("users", "update", (1,)),
    ]  # fmt: skip
    with connection:
        connection.execute("UPDATE users SET id = 5")
    assert [change[:3] for change in watch.changes() if change[0] == "items"] == [
        ("items", "update", (1,)), ("items", "update", (2,)), ("items", "update", (3,)),
    ]  # fmt: skip
    with connection:
        connection.execute("DELETE FROM users")
    assert {change[:3] for change in watch.changes()} == {
        ("users", "delete", (5,)), ("items", "delete", (1,)), ("items", "delete", (2,)), ("items", "delete", (3,)),
    }  # fmt: skip


def test_that_odd_tables_are_told(watch: Watch) -> None:
    watch.prepare(
        """CREATE TABLE "it's ""odd"" [here]" ("a b" INT, "c""d" TEXT, "rowid" TEXT,
                                               PRIMARY KEY ("c""d", "a b")) WITHOUT ROWID;
        CREATE TABLE made (a INT, twice AS (a * 2), thrice AS (a * 3) STORED);
        CREATE TABLE hidden_rowid (rowid TEXT, oid TEXT);
        CREATE TABLE no_key (rowid TEXT, oid TEXT, _rowid_ TEXT);
        CREATE TABLE "fastapi_explorer_0" (gate INT);
        CREATE TABLE blobs (b BLOB, t TEXT, n NUMERIC, empty);
        CREATE VIRTUAL TABLE search USING fts5 (body)"""
    )
    connection = watch.connect()
    with connection:
        connection.execute("""INSERT INTO "it's ""odd"" [here]" VALUES (1, 'x', 'r')""")
        connection.execute("""UPDATE "it's ""odd"" [here]" SET "a b" = 2""")
        connection.execute("INSERT INTO made VALUES (4)")
        connection.execute("INSERT INTO hidden_rowid VALUES ('a', 'b')")
        connection.execute("INSERT INTO no_key VALUES ('a', 'b', 'c')")
        connection.execute("INSERT INTO fastapi_explorer_0 VALUES (1)")
        connection.execute("INSERT INTO blobs VALUES (?, ?, ?, ?)", (b"\0\xff", "a\0b é", 1.5, None))
        connection.execute("INSERT INTO search VALUES ('words')")
    assert watch.changes() == [
        ('it\'s "odd" [here]', "insert", ("x", 2), None, (2, "x", "r")),
        ("made", "insert", (1,), None, (4, 8, 12)),
        ("hidden_rowid", "insert", (1,), None, ("a", "b")),
        ("fastapi_explorer_0", "insert", (1,), None, (1,)),
        ("blobs", "insert", (1,), None, (b"\0\xff", "a\0b é", 1.5, None)),
    ]
    assert connection.execute("SELECT body FROM search WHERE search MATCH 'words'").fetchall() == [("words",)]


def test_that_two_thousand_columns_are_told_whole(watch: Watch) -> None:
    names = [f"c{i}" for i in range(2000)]
    watch.prepare(f"CREATE TABLE wide ({', '.join(names)})")
    with watch.connect() as connection:
        connection.execute("INSERT INTO wide DEFAULT VALUES")
        connection.execute("UPDATE wide SET c0 = 'first', c1999 = 'last'")
        connection.execute("INSERT OR REPLACE INTO wide (rowid, c7) VALUES (1, 'new')")
    (change,) = watch.changes()
    assert change[:4] == ("wide", "insert", (1,), None)
    assert (change[4][7], change[4][1999], len(change[4])) == ("new", None, 2000)


def test_that_text_that_is_none_breaks_nothing(watch: Watch) -> None:
    watch.prepare(ITEMS)
    with watch.connect() as connection:
        connection.execute("UPDATE items SET name = CAST(x'ff41' AS TEXT)")
    assert watch.changes()[0][4] == (1, "\N{REPLACEMENT CHARACTER}A", 39.9)


def test_that_a_database_in_utf_16_is_read_as_such(watch: Watch) -> None:
    watch.prepare("PRAGMA encoding = 'UTF-16'; CREATE TABLE words (word TEXT)")
    with watch.connect() as connection:
        connection.execute("INSERT INTO words VALUES ('Grüße 🙂')")
    assert watch.changes()[0][4] == ("Grüße 🙂",)


def test_that_too_many_rows_are_counted(watch: Watch) -> None:
    watch.prepare("CREATE TABLE numbers (n)")
    with watch.connect() as connection:
        connection.executemany("INSERT INTO numbers VALUES (?)", [(i,) for i in range(MOST_ROWS + 5)])
        connection.execute("DELETE FROM numbers WHERE n < 3")
    (note,) = watch.notes()
    assert (note["changes"], note["total"], note["counts"]) == ((), MOST_ROWS + 8, {"numbers": (MOST_ROWS + 5, 0, 3)})


def test_that_too_many_bytes_are_counted(watch: Watch) -> None:
    watch.prepare("CREATE TABLE blobs (b)")
    connection = watch.connect()
    for values in ([(b"x" * 9_000_000,), (b"y" * 9_000_000,)], [(b"z" * 17_000_000,)]):
        with connection:
            connection.executemany("INSERT INTO blobs VALUES (?)", values)
        (note,) = watch.notes()
        assert (note["changes"], note["counts"]) == ((), {"blobs": (len(values), 0, 0)})
        watch.events.clear()


def test_that_a_failed_statement_takes_its_rows_back(watch: Watch) -> None:
    watch.prepare(ITEMS)
    connection = watch.connect()
    with connection:
        connection.execute("INSERT INTO items VALUES (2, 'Ink', 9)")
        with pytest.raises(sqlite3.IntegrityError, match=r"UNIQUE constraint failed: items\.name"):
            connection.execute("INSERT INTO items VALUES (3, 'Pen', 1), (4, 'Ink', 1)")
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute("INSERT OR FAIL INTO items VALUES (5, 'Cup', 1), (6, 'Ink', 1)")
        with pytest.raises(sqlite3.IntegrityError):
            connection.executemany("INSERT INTO items VALUES (?, ?, 1)", [(7, "Mug"), (8, "Ink")])
    assert [change[2] for change in watch.changes()] == [(2,), (5,), (7,)]
    assert [row[0] for row in connection.execute("SELECT id FROM items ORDER BY id")] == [1, 2, 5, 7]
    connection.execute("INSERT INTO items VALUES (10, 'Jar', 9)")
    with pytest.raises(sqlite3.IntegrityError):
        connection.execute("INSERT OR ROLLBACK INTO items VALUES (11, 'Ink', 1)")
    connection.commit()
    assert watch.changes() == []


def test_that_an_attached_database_is_told_for_itself(watch: Watch, tmp_path: Path) -> None:
    watch.prepare(ITEMS)
    other = tmp_path / "other.sqlite3"
    connection = watch.connect()
    connection.execute("ATTACH ? AS 'the other'", (str(other),))
    connection.execute('CREATE TABLE "the other".items (n)')
    with connection:
        connection.execute("UPDATE items SET price = 1")
        connection.execute('INSERT INTO "the other".items VALUES (7)')
    assert {note["database"]: [change[:2] for change in note["changes"]] for note in watch.notes()} == {
        str(watch.path): [("items", "update")],
        str(other): [("items", "insert")],
    }
    connection.execute("DETACH 'the other'")
    watch.events.clear()
    with connection:
        connection.execute("DELETE FROM items")
    assert len(watch.changes()) == 1


def test_that_the_schema_can_be_changed_and_rows_are_told_after_it(watch: Watch) -> None:
    watch.prepare(ITEMS)
    connection = watch.connect()
    with connection:
        connection.execute("UPDATE items SET price = 1")
    watch.events.clear()
    connection.execute("ALTER TABLE items RENAME COLUMN price TO cost")
    connection.execute("ALTER TABLE items RENAME TO things")
    connection.execute("ALTER TABLE things DROP COLUMN cost")
    with connection:
        connection.execute("UPDATE things SET name = 'Desk lamp'")
    assert watch.changes() == [("things", "update", (1,), (1, "Lamp"), (1, "Desk lamp"))]
    connection.execute("DROP TABLE things")
    connection.execute("VACUUM")


def test_that_a_schema_changed_by_another_program_is_noticed(watch: Watch) -> None:
    watch.prepare(ITEMS)
    connection = watch.connect()
    with connection:
        connection.execute("UPDATE items SET price = 1")
    watch.prepare("ALTER TABLE items ADD COLUMN discount REAL DEFAULT 0.5; ALTER TABLE items DROP COLUMN price")
    watch.events.clear()
    with connection:
        connection.execute("UPDATE items SET name = 'Desk lamp'")
    assert watch.changes() == [("items", "update", (1,), (1, "Lamp", 0.5), (1, "Desk lamp", 0.5))]


def test_that_nothing_of_ours_is_in_the_file_or_in_what_the_app_counts(watch: Watch) -> None:
    watch.prepare(ITEMS)
    seen = []
    for connection in (watch.connect(), watch.plain()):
        changed = connection.execute("UPDATE items SET price = price + 1")
        inserted = connection.execute("INSERT INTO items (name) VALUES ('Ink')")
        told = connection.execute("SELECT changes(), total_changes(), last_insert_rowid()").fetchone()
        seen.append((changed.rowcount, inserted.lastrowid, told, connection.total_changes, connection.in_transaction))
        connection.rollback()
    assert seen[0] == seen[1]
    assert type(watch.connections[1]).__name__ == "Connection"
    schema = watch.plain().execute("SELECT name FROM sqlite_master ORDER BY name").fetchall()
    assert schema == [("items",), ("sqlite_autoindex_items_1",)]


def test_that_rows_can_be_read_while_the_first_row_is_written(watch: Watch) -> None:
    watch.prepare("CREATE TABLE numbers (n); INSERT INTO numbers VALUES (1), (2), (3); CREATE TABLE seen (n)")
    connection = watch.connect()
    for (number,) in connection.execute("SELECT n FROM numbers"):
        connection.execute("INSERT INTO seen VALUES (?)", (number,))
    connection.commit()
    assert [change[4] for change in watch.changes()] == [(1,), (2,), (3,)]


def test_that_an_app_that_forbids_triggers_goes_without_ours(watch: Watch) -> None:
    watch.prepare(ITEMS)
    connection = watch.connect()
    with connection:
        connection.execute("UPDATE items SET price = 1")
    allowed = {sqlite3.SQLITE_UPDATE, sqlite3.SQLITE_READ, sqlite3.SQLITE_TRANSACTION}
    connection.set_authorizer(lambda what, *_: sqlite3.SQLITE_OK if what in allowed else sqlite3.SQLITE_DENY)
    watch.events.clear()
    with connection:
        connection.execute("UPDATE items SET price = 2")
    assert watch.changes() == []
    connection.set_authorizer(None)


def test_that_a_locked_database_says_so_and_keeps_nobody_longer(watch: Watch) -> None:
    watch.prepare(ITEMS)
    holder = watch.plain()
    holder.execute("BEGIN EXCLUSIVE")
    connection = watch.connect(timeout=0.05)
    with pytest.raises(sqlite3.OperationalError, match="database is locked"):
        connection.execute("UPDATE items SET price = 2")
    assert connection.execute("PRAGMA busy_timeout").fetchone() == (50,)
    holder.rollback()
    with connection:
        connection.execute("UPDATE items SET price = 3")
    assert [change[4] for change in watch.changes()] == [(1, "Lamp", 3.0)]


def test_that_the_apps_own_factories_and_functions_stay(watch: Watch) -> None:
    watch.prepare(ITEMS)
    connection = watch.connect()
    connection.row_factory = sqlite3.Row
    connection.text_factory = bytes
    connection.create_function("gate", 1, lambda x: x * 2)
    with connection:
        connection.execute("UPDATE items SET price = gate(4)")
    (row,) = connection.execute("SELECT * FROM items")
    assert (row["name"], row["price"]) == (b"Lamp", 8.0)
    assert watch.changes() == [("items", "update", (1,), (1, "Lamp", 39.9), (1, "Lamp", 8.0))]


def test_that_a_connection_outlives_the_probe(watch: Watch) -> None:
    watch.prepare(ITEMS)
    connection = watch.connect()
    with connection:
        connection.execute("UPDATE items SET price = 1")
    detach(watch.recorder)
    watch.events.clear()
    with connection:
        connection.execute("UPDATE items SET price = 2")
        connection.executemany("INSERT INTO items (name) VALUES (?)", iter([("a",), ("b",)]))
    assert watch.events == []
    assert connection.execute("SELECT count(*) FROM sqlite_temp_master").fetchone() == (0,)


def test_that_a_file_restored_from_a_backup_is_told_as_it_is_then(watch: Watch, tmp_path: Path) -> None:
    watch.prepare(ITEMS)
    connection = watch.connect()
    with connection:
        connection.execute("UPDATE items SET price = 1")
    older = sqlite3.connect(tmp_path / "older.sqlite3")
    older.executescript("CREATE TABLE items (id INTEGER PRIMARY KEY, label TEXT); INSERT INTO items VALUES (1, 'x')")
    older.backup(watch.plain())
    older.close()
    watch.events.clear()
    with connection:
        connection.execute("UPDATE items SET label = 'y'")
    assert watch.changes() == [("items", "update", (1,), (1, "x"), (1, "y"))]


def test_that_code_outside_a_request_is_not_told(watch: Watch) -> None:
    watch.prepare(ITEMS)
    HERE.set(None)
    connection = watch.connect()
    with connection:
        connection.execute("UPDATE items SET price = 1")
    assert watch.events == []
    enter_request()
    with connection:
        connection.execute("UPDATE items SET price = 2")
    assert [change[4] for change in watch.changes()] == [(1, "Lamp", 2.0)]


def test_that_rows_given_back_by_a_write_are_told_once(watch: Watch) -> None:
    watch.prepare(ITEMS)
    connection = watch.connect()
    with connection:
        given = connection.execute("INSERT INTO items (name) VALUES ('Ink'), ('Pen') RETURNING id").fetchall()
    assert given == [(2,), (3,)]
    assert [change[1:3] for change in watch.changes()] == [("insert", (2,)), ("insert", (3,))]


def test_that_a_script_runs_as_it_would_and_ends_what_was_open(watch: Watch) -> None:
    watch.prepare(ITEMS)
    connection = watch.connect()
    connection.execute("UPDATE items SET price = 1")
    connection.executescript("ALTER TABLE items RENAME TO things; INSERT INTO things (name) VALUES ('Ink');")
    assert connection.execute("SELECT count(*) FROM things").fetchone() == (2,)
    with connection:
        connection.execute("DELETE FROM things WHERE name = 'Ink'")
    assert watch.changes()[-1][:3] == ("things", "delete", (2,))


def test_that_a_changed_isolation_level_leaves_nothing_for_the_next_transaction(watch: Watch) -> None:
    watch.prepare(ITEMS)
    connection = watch.connect()
    connection.execute("UPDATE items SET price = 1")
    connection.isolation_level = None
    connection.commit()
    connection.execute("DELETE FROM items")
    assert [change[1] for change in watch.changes()] == ["update", "delete"]


def test_that_a_distrusted_schema_and_a_temporary_table_of_the_same_name_are_no_hindrance(watch: Watch) -> None:
    watch.prepare(ITEMS)
    connection = watch.connect()
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("CREATE TEMP TABLE items (id, other)")
    with connection:
        connection.execute("INSERT INTO items VALUES (1, 2)")
        connection.execute("UPDATE main.items SET price = 1")
        connection.execute("INSERT OR REPLACE INTO main.items VALUES (1, 'Ink', 2)")
    assert watch.changes() == [("items", "update", (1,), (1, "Lamp", 39.9), (1, "Ink", 2.0))]


def test_that_an_interrupted_statement_tells_nothing(watch: Watch) -> None:
    watch.prepare("CREATE TABLE numbers (n)")
    connection = watch.connect()
    connection.create_function("stop", 1, lambda n: connection.interrupt() if n == 500 else n)
    count = "WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 1000)"
    with pytest.raises(sqlite3.OperationalError, match="interrupted"):
        connection.execute(f"{count} INSERT INTO numbers SELECT stop(n) FROM c")  # noqa: S608
    connection.commit()
    assert watch.changes() == []
    with connection:
        connection.execute("INSERT INTO numbers VALUES (7)")
    assert [change[4] for change in watch.changes()] == [(7,)]


def test_that_a_read_only_database_refuses_as_it_would(watch: Watch) -> None:
    watch.prepare(ITEMS)
    connection = watch.connect()
    connection.execute("PRAGMA query_only = ON")
    with pytest.raises(sqlite3.OperationalError, match="attempt to write a readonly database"):
        connection.execute("UPDATE items SET price = 1")
    connection.execute("PRAGMA query_only = OFF")
    with connection:
        connection.execute("UPDATE items SET price = 1")
    assert len(watch.changes()) == 1


def test_that_a_repeated_schema_change_between_writes_of_one_transaction_succeeds(watch: Watch) -> None:
    watch.prepare(ITEMS)
    connection = watch.connect(isolation_level=None)
    connection.execute("BEGIN")
    connection.execute("CREATE TABLE new_items (id INTEGER PRIMARY KEY, label TEXT)")
    connection.execute("INSERT INTO new_items SELECT id, name FROM items")
    connection.execute("DROP TABLE items")
    connection.execute("ALTER TABLE new_items RENAME TO items")
    connection.execute("UPDATE items SET label = 'x'")
    connection.execute("COMMIT")
    assert connection.execute("SELECT * FROM items").fetchall() == [(1, "x")]
    connection.execute("UPDATE items SET label = 'y'")
    assert watch.changes() == [("items", "update", (1,), (1, "x"), (1, "y"))]
