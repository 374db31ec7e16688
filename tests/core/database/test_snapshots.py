from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest

from explorer.database import copying
from explorer.database.reset import reset_to_seed
from explorer.database.snapshot import Snapshot
from explorer.database.snapshots import Snapshots, check_whole
from explorer.database.trouble import DatabaseError, Trouble


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "my shop?.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(
            "CREATE TABLE items (id INTEGER PRIMARY KEY, name TEXT); INSERT INTO items (name) VALUES ('lamp');"
            "CREATE TABLE alembic_version (version_num TEXT); INSERT INTO alembic_version VALUES ('0005');"
        )
    return path


@pytest.fixture
def rows(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path, isolation_level=None, timeout=0.01)) as connection:
        yield connection


@pytest.fixture
def snapshots(tmp_path: Path, path: Path) -> Snapshots:
    clock = count(1_700_000_000)
    return Snapshots(tmp_path / "snapshots", path, busy_seconds=0.05, clock=lambda: float(next(clock)))


def names(rows: sqlite3.Connection) -> list[str]:
    return [row[0] for row in rows.execute("SELECT name FROM items ORDER BY id")]


def test_that_going_back_is_seen_by_whoever_has_the_database_open(
    snapshots: Snapshots, rows: sqlite3.Connection
) -> None:
    taken = snapshots.take("before the test")
    rows.execute("INSERT INTO items (name) VALUES ('desk')")
    rows.execute("ALTER TABLE items ADD COLUMN price")
    rows.execute("CREATE TEMP TRIGGER seen AFTER INSERT ON items BEGIN SELECT 1; END")
    assert names(rows) == ["lamp", "desk"]
    snapshots.restore(taken)
    assert names(rows) == ["lamp"]
    assert [row[1] for row in rows.execute("PRAGMA table_info(items)")] == ["id", "name"]
    rows.execute("INSERT INTO items (name) VALUES ('pen')")
    assert names(rows) == ["lamp", "pen"]


def test_that_snapshots_are_listed_newest_first_with_what_they_are(snapshots: Snapshots, path: Path) -> None:
    snapshots.take("first")
    snapshots.take("second")
    found = snapshots.all()
    assert [(one.reason, one.revision, one.size > 0) for one in found] == [
        ("second", "0005", True),
        ("first", "0005", True),
    ]
    other = Snapshots(found[0].path.parent, path.with_name("other.sqlite3"))
    assert other.all() == ()


@pytest.mark.parametrize("mode", ["DELETE", "WAL"])
def test_that_the_journal_stays_as_the_database_has_it(
    snapshots: Snapshots, rows: sqlite3.Connection, mode: str
) -> None:
    rows.execute(f"PRAGMA journal_mode={mode}").fetchone()
    rows.execute("INSERT INTO items (name) VALUES ('desk')")
    taken = snapshots.take("now")
    assert [path.name for path in taken.path.parent.iterdir() if "-" in path.name.partition(".sqlite3")[2]] == []
    rows.execute("DELETE FROM items")
    snapshots.restore(taken)
    assert names(rows) == ["lamp", "desk"]
    assert rows.execute("PRAGMA journal_mode").fetchone() == (mode.lower(),)


def test_that_a_removed_snapshot_can_be_brought_back_until_it_is_forgotten(snapshots: Snapshots) -> None:
    taken = snapshots.take("keep me")
    bring_back = snapshots.remove((taken,))
    assert snapshots.all() == ()
    bring_back()
    assert snapshots.all() == (taken,)
    snapshots.remove((taken,))
    snapshots.forget_removed()
    assert list(taken.path.parent.iterdir()) == []


def test_that_a_stopped_copy_leaves_nothing_behind(snapshots: Snapshots, path: Path) -> None:
    with pytest.raises(DatabaseError, match="Stopped") as caught:
        snapshots.take("never", lambda *_: False)
    assert caught.value.trouble is Trouble.CANCELLED
    assert list((path.parent / "snapshots").iterdir()) == []


def test_that_a_database_somebody_holds_is_not_restored_and_the_holder_is_named(
    path: Path, rows: sqlite3.Connection, tmp_path: Path
) -> None:
    snapshots = Snapshots(tmp_path / "snapshots", path, busy_seconds=0.05, holder=lambda: "POST /items")
    taken = snapshots.take("now")
    rows.execute("INSERT INTO items (name) VALUES ('desk')")
    rows.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseError, match="POST /items holds it") as caught:
        snapshots.restore(taken)
    assert caught.value.trouble is Trouble.LOCKED
    rows.execute("ROLLBACK")
    assert names(rows) == ["lamp", "desk"]
    snapshots.restore(taken)
    assert names(rows) == ["lamp"]


def test_that_a_deleted_database_comes_back_and_a_damaged_snapshot_does_not(snapshots: Snapshots, path: Path) -> None:
    taken = snapshots.take("now")
    path.unlink()
    snapshots.restore(taken)
    check_whole(path)
    content = bytearray(taken.path.read_bytes())
    content[4096 + 100 : 4096 + 2000] = b"\xff" * 1900
    content[8192:8400] = b"\xee" * 208
    taken.path.write_bytes(content)
    with pytest.raises(DatabaseError, match="damaged"):
        snapshots.restore(taken)
    check_whole(path)


@pytest.mark.parametrize("content", [b"a text" * 2_000, b""], ids=["no database", "cut short"])
def test_that_a_ruined_database_is_replaced_for_those_who_have_it_open_and_its_file_kept(
    snapshots: Snapshots, path: Path, rows: sqlite3.Connection, content: bytes
) -> None:
    taken = snapshots.take("now")
    ruin = content or path.read_bytes()[:5_000]
    path.write_bytes(ruin)
    kept = snapshots.take_before("going back")
    assert isinstance(kept, Path)
    snapshots.restore(taken)
    assert kept.read_bytes() == ruin
    assert names(rows) == ["lamp"]
    check_whole(path)
    path.write_bytes(ruin)
    again = reset_to_seed(snapshots, seeded, {}, lambda: False)
    assert isinstance(again, Path)
    assert (again.read_bytes(), again != kept, names(rows)) == (ruin, True, ["seed"])
    assert len(list(path.parent.glob("*.damaged*"))) == 2


def test_that_a_database_whose_revision_cannot_be_read_is_said_to_be_damaged_and_no_half_snapshot_stays(
    snapshots: Snapshots, path: Path, rows: sqlite3.Connection
) -> None:
    (page,) = rows.execute("SELECT rootpage FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
    rows.close()
    content = bytearray(path.read_bytes())
    content[(page - 1) * 4096 : page * 4096] = b"\xff" * 4096
    path.write_bytes(content)
    with pytest.raises(DatabaseError, match="A part of my shop") as caught:
        snapshots.take("now")
    assert caught.value.trouble is Trouble.CORRUPT
    assert list(path.parent.rglob("2*.sqlite3")) == []


def test_that_a_full_disk_is_told_before_anything_is_written(
    snapshots: Snapshots, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "_SPARE", 10**18)
    with pytest.raises(DatabaseError, match="make room first") as caught:
        snapshots.take("now")
    assert caught.value.trouble is Trouble.NO_SPACE
    assert snapshots.all() == ()


def test_that_the_oldest_are_named_when_there_are_too_many(
    snapshots: Snapshots, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("explorer.database.snapshots.KEPT", 2)
    taken = [snapshots.take(str(number)) for number in range(3)]
    assert [one.path for one in snapshots.surplus()] == [taken[0].path]
    assert len(snapshots.all()) == 3


def seeded(target: Path) -> list[str]:
    code = (
        "import sqlite3; c = sqlite3.connect('seed.sqlite3'); c.execute('CREATE TABLE items (id INTEGER PRIMARY KEY, "
        "name TEXT)'); c.execute(\"INSERT INTO items (name) VALUES ('seed')\"); c.commit()"
    )
    return [sys.executable, "-c", code]


def test_that_a_reset_puts_the_seed_in_and_can_be_taken_back(snapshots: Snapshots, rows: sqlite3.Connection) -> None:
    before = reset_to_seed(snapshots, seeded, {}, lambda: False)
    assert names(rows) == ["seed"]
    assert isinstance(before, Snapshot)
    snapshots.restore(before)
    assert names(rows) == ["lamp"]


def test_that_a_reset_that_fails_or_is_stopped_changes_nothing(snapshots: Snapshots, rows: sqlite3.Connection) -> None:
    stop = False
    with pytest.raises(DatabaseError, match="could not be made: no shop"):
        reset_to_seed(snapshots, lambda _: [sys.executable, "-c", "raise SystemExit('no shop')"], {}, lambda: stop)
    stop = True
    with pytest.raises(DatabaseError, match="Stopped"):
        reset_to_seed(snapshots, lambda _: [sys.executable, "-c", "import time; time.sleep(60)"], {}, lambda: stop)
    assert names(rows) == ["lamp"]
    assert snapshots.all() == ()
