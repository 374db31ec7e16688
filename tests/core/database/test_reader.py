from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from explorer.database.reader import Reader
from explorer.database.trouble import DatabaseError, Trouble
from tests.core.database.making import is_free, make, writing

ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make(tmp_path / "a 100%?#.sqlite3", "CREATE TABLE t (a); INSERT INTO t VALUES (1), (2), (3);")


@pytest.fixture
def reader(path: Path) -> Iterator[Reader]:
    opened = Reader(path, busy_seconds=0.05)
    yield opened
    opened.close()


def trouble(job: Callable[[], object]) -> DatabaseError:
    with pytest.raises(DatabaseError) as caught:
        job()
    return caught.value


def everything(connection: sqlite3.Connection) -> list[tuple[int]]:
    return connection.execute("SELECT a FROM t").fetchall()


def endless(connection: sqlite3.Connection) -> None:
    connection.execute(ENDLESS).fetchall()


def test_that_a_job_gets_its_answer_from_a_file_with_odd_letters_in_its_name(reader: Reader) -> None:
    assert reader.submit(everything).result(5) == [(1,), (2,), (3,)]


def test_that_nothing_can_be_written(reader: Reader, path: Path) -> None:
    error = trouble(lambda: reader.submit(lambda c: c.execute("DELETE FROM t")).result(5))
    assert error.trouble is Trouble.READ_ONLY
    assert is_free(path)


def test_that_nothing_is_held_after_a_job_not_even_one_that_failed_in_the_middle(reader: Reader, path: Path) -> None:
    def fails(connection: sqlite3.Connection) -> None:
        connection.execute("BEGIN")
        cursor = connection.execute("SELECT a FROM t")
        cursor.fetchone()
        connection.execute("SELECT * FROM missing")

    asked = reader.submit(fails)
    assert trouble(lambda: asked.result(5)).sentence == "SQLite says: no such table: missing."
    assert is_free(path)


def test_that_a_newer_job_of_a_slot_stops_the_one_before_it_although_it_runs(reader: Reader) -> None:
    begun = threading.Event()

    def long(connection: sqlite3.Connection) -> None:
        begun.set()
        endless(connection)

    running = reader.submit(long, slot="page")
    assert begun.wait(5)
    waiting = reader.submit(everything, slot="page")
    newest = reader.submit(everything, slot="page")
    assert newest.result(5) == [(1,), (2,), (3,)]
    assert waiting.cancelled()
    assert trouble(lambda: running.result(5)).trouble is Trouble.CANCELLED


def test_that_cancelling_stops_a_statement_at_once(reader: Reader, path: Path) -> None:
    begun = threading.Event()

    def long(connection: sqlite3.Connection) -> None:
        begun.set()
        endless(connection)

    asked = reader.submit(long)
    assert begun.wait(5)
    asked.cancel()
    assert trouble(lambda: asked.result(5)).trouble is Trouble.CANCELLED
    assert is_free(path)
    assert reader.submit(everything).result(5) == [(1,), (2,), (3,)]


def test_that_closing_stops_what_runs_and_what_waits(path: Path) -> None:
    reader = Reader(path)
    begun = threading.Event()

    def long(connection: sqlite3.Connection) -> None:
        begun.set()
        endless(connection)

    running, waiting = reader.submit(long), reader.submit(everything)
    assert begun.wait(5)
    reader.close(5)
    assert trouble(lambda: running.result(5)).trouble is Trouble.CANCELLED
    assert waiting.cancelled()
    assert trouble(lambda: reader.submit(everything).result(5)).trouble is Trouble.CANCELLED


def test_that_the_sentence_names_who_of_ours_holds_the_database(path: Path) -> None:
    reader = Reader(path, busy_seconds=0.01, holder=lambda: "POST /items")
    with writing(path) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        error = trouble(lambda: reader.submit(everything).result(5))
    assert error.trouble is Trouble.LOCKED
    assert "POST /items holds it" in error.sentence
    assert reader.submit(everything).result(5) == [(1,), (2,), (3,)]
    reader.close()


def test_that_a_file_that_was_replaced_is_opened_anew(reader: Reader, path: Path, tmp_path: Path) -> None:
    reader.submit(everything).result(5)
    make(tmp_path / "other", "CREATE TABLE t (a); INSERT INTO t VALUES (9);").replace(path)
    assert reader.submit(everything).result(5) == [(9,)]
    assert reader.openings == 2


def test_that_a_file_that_was_deleted_is_said_to_be_missing_until_it_is_back(reader: Reader, path: Path) -> None:
    reader.submit(everything).result(5)
    path.unlink()
    assert trouble(lambda: reader.submit(everything).result(5)).trouble is Trouble.MISSING
    make(path, "CREATE TABLE t (a)")
    assert reader.submit(everything).result(5) == []
