from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from textwrap import dedent

import pytest

import demo_api
from explorer.database.migrations.applied import AppliedTimes
from explorer.database.migrations.migrations import Migrations
from explorer.database.migrations.process import MigrationProcess
from explorer.database.migrations.revisions import SchemaLineKind
from explorer.database.migrations.setup import MigrationSetup
from explorer.database.snapshots import Snapshots
from explorer.database.trouble import DatabaseError, Trouble
from explorer.storage.writer import Writer

DEMO_INI = Path(demo_api.__file__).parent / "alembic.ini"
DEMO = MigrationSetup(ini=DEMO_INI, environment={"DEMO_API_DATABASE_URL": "{url}"})


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("seed") / "seed.sqlite3"
    command = [sys.executable, "-m", "demo_api.db.seed", "--database-url", f"sqlite:///{path}"]
    subprocess.run(command, check=True, capture_output=True)
    return path


@pytest.fixture(scope="session")
def process() -> Iterator[MigrationProcess]:
    process = MigrationProcess(DEMO)  # it takes a second to start, and serves every project
    yield process
    process.close()


class Bench:
    """A database, its migrations, and what belongs to them."""

    def __init__(self, folder: Path, setup: MigrationSetup, process: MigrationProcess) -> None:
        self.path = folder / "shop.sqlite3"
        self.writer = Writer(lambda _: None)
        self.snapshots = Snapshots(folder / "snapshots", self.path, busy_seconds=0.05)
        self.applied = AppliedTimes(folder / "migrations.json", self.writer)
        self.holder: str | None = None
        self.migrations = Migrations(
            setup,
            self.snapshots,
            self.applied,
            process,
            busy_seconds=0.05,
            holder=lambda: self.holder,
            clock=lambda: 77.0,
        )

    def rows(self) -> dict[str, list[tuple[object, ...]]]:
        with closing(sqlite3.connect(self.path)) as connection:
            names = [str(row[0]) for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            return {name: sorted(connection.execute(f'SELECT * FROM "{name}"'), key=repr) for name in names}  # noqa: S608

    def close(self) -> None:
        self.writer.flush(5)


@pytest.fixture
def demo(tmp_path: Path, seeded: Path, process: MigrationProcess) -> Iterator[Bench]:
    bench = Bench(tmp_path, DEMO, process)
    shutil.copy(seeded, bench.path)
    yield bench
    bench.close()


def test_that_the_demos_chain_goes_down_and_up_and_every_row_is_kept(demo: Bench) -> None:
    chain = demo.migrations.chain()
    assert [one.id for one in chain.revisions][:2] == ["0006", "0005"]
    assert [(one.id, one.current, one.head) for one in chain.revisions if one.current] == [("0006", True, True)]
    assert (chain.pending, chain.notice) == (0, None)
    assert chain.revisions[1].title.startswith("Tags move out of the items")
    assert "def upgrade" in chain.revisions[1].source
    before = demo.rows()

    seen: list[str] = []
    down = demo.migrations.go("0004", seen.append)
    assert (down.error, down.up, down.source) == (None, False, "0006")
    assert any(statement.startswith("DROP TABLE item_tags") for statement in down.sql)
    assert down.sql[-1] == "COMMIT"
    assert list(down.sql) == seen
    assert [one.reason for one in demo.snapshots.all()] == ["before the downgrade to 0004"]
    assert demo.migrations.chain().pending == 2
    assert "tags" not in demo.rows()

    up = demo.migrations.go("heads")
    assert (up.error, up.up) == (None, True)
    assert demo.rows() == before
    times = {one.id: one.applied_at for one in demo.migrations.chain().revisions}
    assert times == {"0006": 77.0, "0005": 77.0, **dict.fromkeys(("0004", "0003", "0002", "0001"))}
    with closing(sqlite3.connect(demo.path, timeout=0)) as connection:
        connection.execute("DELETE FROM orders")  # nothing is held


def test_that_a_step_is_tried_on_a_copy_beforehand(demo: Bench) -> None:
    before = demo.rows()
    preview = demo.migrations.preview("0004")
    assert (preview.source, preview.target, preview.error) == ("0006", "0004", None)
    lines = {(line.table, line.part): line for line in preview.lines}
    assert lines["items", "tags"].kind is SchemaLineKind.ADDED
    assert lines["items", "tags"].detail == "JSON NOT NULL"
    assert lines["items", ""].kind is lines["items", "name"].kind is SchemaLineKind.SAME
    assert lines["item_tags", ""].kind is SchemaLineKind.REMOVED
    assert lines["kept_tags", ""].kind is SchemaLineKind.ADDED
    assert ("users", "") not in lines
    assert preview.lost_rows == (("item_tags", len(before["item_tags"])),)  # `tags` and `orders` were put aside
    assert any("DROP TABLE item_tags" in statement for statement in preview.sql)
    assert demo.rows() == before
    assert demo.snapshots.all() == ()


def test_that_a_database_that_is_held_is_not_migrated_and_the_holder_named(demo: Bench) -> None:
    demo.holder = "POST /orders"
    with closing(sqlite3.connect(demo.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseError, match="POST /orders holds it") as caught:
            demo.migrations.go("0005")
        assert caught.value.trouble is Trouble.LOCKED
        assert demo.snapshots.all() == ()
        other.execute("ROLLBACK")
    with pytest.raises(DatabaseError, match="no revision 9999"):
        demo.migrations.go("9999")


def test_that_a_database_newer_than_the_code_is_named(demo: Bench) -> None:
    with closing(sqlite3.connect(demo.path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = 'ffff'")
    chain = demo.migrations.chain()
    assert chain.notice == "The database is at revision ffff, which this code does not know: use newer code."
    assert chain.pending == 0


ENV = """
    import os
    from alembic import context
    from sqlalchemy import create_engine
    engine = create_engine(OTHER or context.config.get_main_option("sqlalchemy.url"))
    with engine.connect() as connection:
        context.configure(connection=connection)
        with context.begin_transaction():
            context.run_migrations()
"""
STEP = '''
    """{title}

    Create Date: 2026-03-0{number} 10:00:00
    """
    import time
    from alembic import op
    revision = "{name}"
    down_revision = {parents}

    def upgrade():
        {upgrade}

    def downgrade():
        {downgrade}
'''


def project(folder: Path, steps: dict[str, tuple[object, str, str]], other: str = "None") -> MigrationSetup:
    """Write an ordinary project: its `env.py` takes the address from the ini file, and nothing is transactional."""
    versions = folder / "alembic" / "versions"
    versions.mkdir(parents=True)
    (folder / "alembic.ini").write_text("[alembic]\nscript_location = alembic\nsqlalchemy.url = sqlite:///mine.db\n")
    (folder / "alembic" / "env.py").write_text(dedent(ENV).replace("OTHER", other))
    for number, (name, (parents, upgrade, downgrade)) in enumerate(steps.items(), 1):
        text = dedent(STEP).format(
            title=f"Step {name}", number=number, name=name, parents=repr(parents), upgrade=upgrade, downgrade=downgrade
        )
        (versions / f"{name}.py").write_text(text)
    return MigrationSetup(ini=folder / "alembic.ini")


@pytest.fixture
def make_bench(tmp_path: Path, process: MigrationProcess) -> Iterator[Callable[[MigrationSetup], Bench]]:
    made: list[Bench] = []

    def make(setup: MigrationSetup) -> Bench:
        made.append(Bench(tmp_path, setup, process))
        made[-1].path.touch()
        return made[-1]

    yield make
    for bench in made:
        bench.close()


MakeBench = Callable[[MigrationSetup], Bench]


def test_that_branches_and_merges_of_any_project_are_followed(tmp_path: Path, make_bench: MakeBench) -> None:
    create = 'print("noise"); op.execute("CREATE TABLE {0} (id INTEGER)")'
    drop = 'op.execute("DROP TABLE {0}")'
    steps: dict[str, tuple[object, str, str]] = {
        "root": (None, create.format("t_root"), drop.format("t_root")),
        "left": ("root", create.format("t_left"), drop.format("t_left")),
        "right": ("root", create.format("t_right"), drop.format("t_right")),
        "both": (("left", "right"), "pass", "pass"),
    }
    bench = make_bench(project(tmp_path / "app", steps))
    chain = bench.migrations.chain()
    assert (chain.pending, chain.notice, chain.revisions[0].parents) == (4, None, ("left", "right"))
    assert chain.revisions[-1].created == "2026-03-01 10:00:00"
    assert bench.migrations.go("left").error is None
    assert {one.id for one in bench.migrations.chain().revisions if one.applied} == {"root", "left"}
    assert bench.migrations.go("heads").error is None
    assert set(bench.rows()) == {"alembic_version", "t_root", "t_left", "t_right"}
    assert bench.migrations.go("").error is None
    assert set(bench.rows()) == {"alembic_version"}


def test_that_a_migration_that_fails_half_way_leaves_the_database_as_it_was(
    tmp_path: Path, make_bench: MakeBench
) -> None:
    broken = 'op.execute("CREATE TABLE half (id INTEGER)"); op.execute("INSERT INTO nowhere VALUES (1)")'
    steps: dict[str, tuple[object, str, str]] = {
        "one": (None, 'op.execute("CREATE TABLE t (id INTEGER)")', "pass"),
        "two": ("one", broken, "pass"),
    }
    bench = make_bench(project(tmp_path / "app", steps))
    assert bench.migrations.go("one").error is None
    with closing(sqlite3.connect(bench.path)) as connection, connection:
        connection.execute("INSERT INTO t VALUES (7)")
    before = bench.rows()
    preview = bench.migrations.preview("two")
    assert preview.error == "no such table: nowhere."
    assert preview.details is not None
    assert "Traceback" in preview.details
    run = bench.migrations.go("two")
    assert run.error is not None
    assert run.error.startswith("no such table: nowhere.")
    assert run.error.endswith("The database is as it was before.")
    assert bench.rows() == before
    assert not any(one.applied for one in bench.migrations.chain().revisions if one.id == "two")


def test_that_a_step_that_takes_for_ever_is_cancelled_and_nothing_stays_locked(
    tmp_path: Path, make_bench: MakeBench
) -> None:
    forever = 'op.execute("CREATE TABLE t (id INTEGER)"); op.execute("INSERT INTO t VALUES (1)"); time.sleep(600)'
    bench = make_bench(project(tmp_path / "app", {"one": (None, forever, "pass")}))
    before = bench.rows()
    runs = threading.Event()

    def cancel() -> None:
        runs.wait(30)
        bench.migrations.cancel()

    thread = threading.Thread(target=cancel)
    thread.start()
    run = bench.migrations.go("one", lambda sql: runs.set() if "INSERT" in sql else None)
    thread.join()
    assert run.cancelled
    assert run.error is not None
    assert run.error.startswith("Stopped.")
    assert bench.rows() == before
    with closing(sqlite3.connect(bench.path, timeout=0)) as connection:
        connection.execute("CREATE TABLE mine (id)")
    assert bench.migrations.chain().pending == 1  # another process answers


def test_that_what_is_stopped_before_it_begins_does_not_begin(tmp_path: Path, make_bench: MakeBench) -> None:
    bench = make_bench(project(tmp_path / "app", {"one": (None, 'op.execute("CREATE TABLE t (id INTEGER)")', "pass")}))
    assert bench.migrations.chain().pending == 1
    bench.migrations.begin()
    bench.migrations.cancel()
    with pytest.raises(DatabaseError) as caught:
        bench.migrations.preview("one")
    assert caught.value.trouble is Trouble.CANCELLED
    assert bench.migrations.chain().pending == 1
    bench.migrations.begin()
    assert bench.migrations.preview("one").error is None


def test_that_an_env_that_opens_another_database_is_stopped(tmp_path: Path, make_bench: MakeBench) -> None:
    other = tmp_path / "real.sqlite3"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE precious (id)")
    setup = project(
        tmp_path / "app",
        {"one": (None, 'op.execute("DROP TABLE precious")', "pass")},
        other=repr(f"sqlite:///{other.as_posix()}"),
    )
    bench = make_bench(setup)
    preview = bench.migrations.preview("one")
    assert preview.error is not None
    assert "instead of the database it was given" in preview.error
    with closing(sqlite3.connect(other)) as connection:
        assert connection.execute("SELECT count(*) FROM precious").fetchone() == (0,)


def test_that_migrations_that_cannot_be_read_are_told_in_a_sentence(tmp_path: Path, make_bench: MakeBench) -> None:
    setup = project(tmp_path / "app", {"one": ("missing", "pass", "pass")})
    bench = make_bench(setup)
    with pytest.raises(DatabaseError, match=r"The migrations cannot be read: .*missing"):
        bench.migrations.chain()
    (tmp_path / "app" / "alembic" / "versions" / "one.py").write_text("raise SystemExit(3)")
    with pytest.raises(DatabaseError, match="ended the process"):
        bench.migrations.chain()
