"""What can be wrong with a database: each time the sentence says what happened, and nothing stays locked."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from explorer.database.grid import GridQuery
from explorer.database.inspector import Inspector
from explorer.database.trouble import DatabaseError, Trouble
from tests.core.database.making import another_program, is_free, make

SMALL = "CREATE TABLE t (a); INSERT INTO t VALUES (1), (2);"
BIG = "CREATE TABLE big (b); INSERT INTO big VALUES (zeroblob(400000));"
EVERYTHING = GridQuery(table="t")
NOBODY = 65534


@contextmanager
def inspecting(path: Path) -> Iterator[Inspector]:
    inspector = Inspector(path, busy_seconds=0.05)
    try:
        yield inspector
    finally:
        inspector.close(5)


def trouble(job: Callable[[], object]) -> DatabaseError:
    with pytest.raises(DatabaseError) as caught:
        job()
    return caught.value


def cells(inspector: Inspector) -> list[tuple[object, ...]]:
    return [row.cells for row in inspector.page(EVERYTHING, 0, 10).result(10).rows]


def test_that_a_lock_of_another_process_is_said_and_over_when_it_ends(tmp_path: Path) -> None:
    path = make(tmp_path / "shop.sqlite3", SMALL)
    with inspecting(path) as inspector:
        assert cells(inspector) == [(1,), (2,)]
        with another_program("c.execute('BEGIN EXCLUSIVE')", path):
            error = trouble(lambda: cells(inspector))
            assert error.trouble is Trouble.LOCKED
            assert "another program holds it" in error.sentence
            assert trouble(lambda: inspector.look().result(10)).trouble is Trouble.LOCKED
        assert cells(inspector) == [(1,), (2,)]


def test_that_a_hot_journal_of_a_killed_writer_is_mended_when_that_is_asked_for(tmp_path: Path) -> None:
    path = make(tmp_path / "shop.sqlite3", SMALL + BIG)
    script = (
        "c.execute('PRAGMA cache_size=2')\nc.execute('BEGIN IMMEDIATE')\nc.execute('DELETE FROM t')\n"
        "c.execute('UPDATE big SET b = randomblob(400000)')"
    )
    with another_program(script, path) as writer:
        os.kill(writer.pid, signal.SIGKILL)
        writer.wait(10)
    assert Path(f"{path}-journal").stat().st_size > 0
    with inspecting(path) as inspector:
        assert trouble(lambda: cells(inspector)).trouble is Trouble.NEEDS_WRITER
        assert "open the file for writing once" in trouble(lambda: inspector.schema().result(10)).sentence
        inspector.mend().result(10)
        assert cells(inspector) == [(1,), (2,)]
    assert is_free(path)


def test_that_what_a_killed_writer_left_in_a_wal_is_shown(tmp_path: Path) -> None:
    path = make(tmp_path / "shop.sqlite3", SMALL)
    with another_program("c.execute('PRAGMA journal_mode=WAL')\nc.execute('INSERT INTO t VALUES (3)')", path) as writer:
        os.kill(writer.pid, signal.SIGKILL)
        writer.wait(10)
    assert Path(f"{path}-wal").stat().st_size > 0
    with inspecting(path) as inspector:
        assert cells(inspector) == [(1,), (2,), (3,)]


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"just a text, and not a short one" * 40, "no SQLite database"), (os.urandom(9000), "no SQLite database")],
    ids=["text", "noise"],
)
def test_that_a_file_of_another_kind_is_said_to_be_none(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    with inspecting(path) as inspector:
        error = trouble(lambda: inspector.schema().result(10))
        assert error.trouble is Trouble.NO_DATABASE
        assert words in error.sentence
        path.unlink()
        make(path, SMALL)
        assert cells(inspector) == [(1,), (2,)]


def test_that_an_empty_file_has_no_tables_yet(tmp_path: Path) -> None:
    path = tmp_path / "empty.sqlite3"
    path.touch()
    with inspecting(path) as inspector:
        assert inspector.schema().result(10).tables == ()
        make(path, SMALL)
        assert inspector.look().result(10) is not None
        assert cells(inspector) == [(1,), (2,)]


def test_that_a_damaged_page_costs_its_table_and_no_other(tmp_path: Path) -> None:
    path = make(
        tmp_path / "shop.sqlite3",
        "PRAGMA page_size=1024; CREATE TABLE t (a); CREATE TABLE other (a); INSERT INTO other VALUES (7);"
        "INSERT INTO t SELECT 1;",
    )
    with path.open("r+b") as file:
        file.seek(1024)
        file.write(b"\xff" * 1024)
    with inspecting(path) as inspector:
        error = trouble(lambda: cells(inspector))
        assert error.trouble is Trouble.CORRUPT
        assert "damaged" in error.sentence
        other = inspector.page(GridQuery(table="other"), 0, 10).result(10)
        assert [row.cells for row in other.rows] == [(7,)]


def test_that_a_file_that_was_cut_short_is_said_to_be_damaged(tmp_path: Path) -> None:
    path = make(tmp_path / "shop.sqlite3", "CREATE TABLE t (a); INSERT INTO t VALUES (zeroblob(500000));")
    with path.open("r+b") as file:
        file.truncate(8192)
    with inspecting(path) as inspector:
        assert trouble(lambda: inspector.value("t", (1,), "a").result(10)).trouble is Trouble.CORRUPT


def test_that_a_file_that_is_not_there_is_shown_once_it_is(tmp_path: Path) -> None:
    path = tmp_path / "later.sqlite3"
    with inspecting(path) as inspector:
        assert trouble(lambda: inspector.schema().result(10)).trouble is Trouble.MISSING
        assert trouble(lambda: inspector.mend().result(10)).trouble is Trouble.MISSING
        assert list(tmp_path.iterdir()) == []
        make(path, SMALL)
        assert cells(inspector) == [(1,), (2,)]


def test_that_a_file_that_was_replaced_is_told_by_the_next_look(tmp_path: Path) -> None:
    path = make(tmp_path / "shop.sqlite3", SMALL)
    with inspecting(path) as inspector:
        inspector.look().result(10)
        make(tmp_path / "other", "CREATE TABLE t (a); INSERT INTO t VALUES (9);").replace(path)
        assert inspector.look().result(10).replaced
        assert cells(inspector) == [(9,)]


def test_that_a_folder_is_no_database(tmp_path: Path) -> None:
    with inspecting(tmp_path) as inspector:
        assert trouble(lambda: inspector.schema().result(10)).trouble is Trouble.NO_DATABASE


def as_nobody(path: Path) -> str:
    """Read the table as a user who owns nothing, and return the rows or what is wrong."""
    script = f"""
import os, sys
sys.path[:0] = {[p for p in sys.path if p]!r}
from pathlib import Path
from explorer.database.grid import GridQuery
from explorer.database.inspector import Inspector
from explorer.database.trouble import DatabaseError
if os.geteuid() == 0:
    os.setgroups([])
    os.setuid({NOBODY})
inspector = Inspector(Path({str(path)!r}))
try:
    print([row.cells for row in inspector.page(GridQuery(table="t"), 0, 9).result(9).rows])
except DatabaseError as error:
    print(error.trouble.value, "|", error.sentence)
inspector.close()
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False, cwd="/", timeout=30
    )
    assert done.stderr == ""
    return done.stdout.strip()


@pytest.fixture
def shared() -> Iterator[Path]:
    """Return a folder that another user may enter and not write."""
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "folder"
        folder.mkdir()
        Path(name).chmod(0o755)
        yield folder
        folder.chmod(0o755)


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are others there")
def test_that_a_file_that_one_may_not_read_is_said_to_be_denied(shared: Path) -> None:
    path = make(shared / "shop.sqlite3", SMALL)
    path.chmod(0o000)
    assert as_nobody(path).startswith("denied | You may not read shop.sqlite3")


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are others there")
def test_that_a_read_only_folder_is_no_hindrance(shared: Path) -> None:
    path = make(shared / "shop.sqlite3", SMALL)
    shared.chmod(0o555)
    assert as_nobody(path) == "[(1,), (2,)]"


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are others there")
def test_that_a_wal_database_in_a_read_only_folder_is_read_when_nothing_is_left_in_its_wal(shared: Path) -> None:
    path = make(shared / "shop.sqlite3", SMALL + "PRAGMA journal_mode=WAL;")
    assert not Path(f"{path}-wal").exists()
    shared.chmod(0o555)
    assert as_nobody(path) == "[(1,), (2,)]"


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are others there")
def test_that_a_wal_that_cannot_be_read_is_said_to_hold_the_newest_changes(shared: Path) -> None:
    path = make(shared / "shop.sqlite3", SMALL)
    with another_program("c.execute('PRAGMA journal_mode=WAL')\nc.execute('INSERT INTO t VALUES (3)')", path) as writer:
        os.kill(writer.pid, signal.SIGKILL)
        writer.wait(10)
    Path(f"{path}-shm").unlink()
    shared.chmod(0o555)
    assert as_nobody(path).startswith("read_only | The newest changes of shop.sqlite3 are in shop.sqlite3-wal")
