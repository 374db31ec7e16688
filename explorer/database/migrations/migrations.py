"""An app's migrations as the window uses them: the chain, a try on a copy, and a step on the database itself."""

from __future__ import annotations

import sqlite3
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from explorer.database.copying import copy_database, open_for_writing
from explorer.database.failing import Holder, explained
from explorer.database.migrations.applied import AppliedTimes
from explorer.database.migrations.chain import BASE, HEADS, goes_up, make_chain
from explorer.database.migrations.difference import difference
from explorer.database.migrations.process import MigrationProcess
from explorer.database.migrations.revisions import Chain, StepPreview, StepRun
from explorer.database.migrations.setup import MigrationSetup, url_of
from explorer.database.names import quoted
from explorer.database.opening import mend, open_read_only
from explorer.database.read_schema import read_schema
from explorer.database.schema import Schema, TableKind
from explorer.database.snapshots import Snapshots, revisions_in
from explorer.database.trouble import DatabaseError, Trouble

OnStatement = Callable[[str], object]
_NOTHING_CHANGED = "The database is as it was before."
_State = tuple[tuple[str, ...], str]


class Migrations:
    """Joins a database with an app's Alembic. Methods block, and may be called on any thread but the window's."""

    def __init__(
        self,
        setup: MigrationSetup,
        snapshots: Snapshots,
        applied: AppliedTimes,
        process: MigrationProcess | None = None,
        *,
        busy_seconds: float = 2.0,
        holder: Holder | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Start nothing yet.

        Args:
            setup: where the migrations are.
            snapshots: of the database in question.
            applied: when each revision was applied.
            process: the helper process, when there is one already; it serves any project.
            busy_seconds: how long to wait for somebody who holds the database.
            holder: names who of ours holds it when it is locked.
            clock: seconds since the epoch.
        """
        self._setup = setup
        self._database = snapshots.database
        self._snapshots = snapshots
        self._applied = applied
        self._busy_seconds = busy_seconds
        self._holder = holder
        self._clock = clock
        self._process = process or MigrationProcess(setup)
        self._stop = threading.Event()

    def begin(self) -> None:
        """Take back an earlier `cancel`, where that is called: only `preview` and `go` from now on may be stopped."""
        self._stop.clear()

    def chain(self) -> Chain:
        """Return all revisions and where the database stands; one that is not there yet stands nowhere.

        Raises:
            DatabaseError: the migrations cannot be read, or the database cannot.
        """
        return self._chain(lambda: False)

    def _chain(self, stopped: Callable[[], bool]) -> Chain:
        answer = self._process.ask({"job": "chain", "ini": str(self._setup.ini)}, stopped=stopped)
        if "error" in answer:
            raise DatabaseError(Trouble.REFUSED, f"The migrations cannot be read: {_sentence(answer)}")
        there = self._database.exists()
        return make_chain(
            answer["revisions"],
            revisions_in(self._database) if there else (),
            self._applied.of(self._database),
            has_tables=there and bool(self._schema(self._database).tables),
        )

    def preview(self, target: str) -> StepPreview:
        """Go to a revision on a throw-away copy and return what that changed; the database is only read.

        Raises:
            DatabaseError: the database cannot be copied, there is no such revision, or it was cancelled.
        """
        chain = self._chain(self._stop.is_set)
        preview = StepPreview(source=_standing(chain), target=target)
        started = time.perf_counter_ns()
        with tempfile.TemporaryDirectory(prefix="preview-", ignore_cleanup_errors=True) as folder:
            copy = Path(folder) / "copy.sqlite3"
            self._copy(copy)
            before, rows_before = self._schema(copy), _rows(copy)
            sql: list[str] = []
            answer = self._go(copy, chain, target, sql.append)
            ns = time.perf_counter_ns() - started
            if "error" in answer:
                return replace(preview, sql=tuple(sql), ns=ns, error=_sentence(answer), details=answer.get("details"))
            after, rows_after = self._schema(copy), _rows(copy)
        return replace(
            preview,
            lines=difference(before, after),
            sql=tuple(sql),
            lost_rows=lost_rows(before, after, rows_before, rows_after),
            ns=ns,
        )

    def go(self, target: str, on_statement: OnStatement | None = None) -> StepRun:
        """Take a snapshot and go to a revision; what goes wrong is in the answer, with how the database is then.

        Raises:
            DatabaseError: somebody holds the database, it cannot be written, no snapshot could be taken, or there is no
                such revision: nothing was begun.
        """
        chain = self._chain(self._stop.is_set)
        up = _direction(chain, target)
        run = StepRun(source=_standing(chain), target=target, up=up)
        self._need_writing()
        snapshot = self._snapshots.take(_reason(up, target), self._go_on)
        before = self._state()
        started = time.perf_counter_ns()
        sql: list[str] = []

        def take(statement: str) -> None:
            sql.append(statement)
            if on_statement is not None:
                on_statement(statement)

        cancelled = False
        try:
            answer = self._go(self._database, chain, target, take)
        except DatabaseError as error:
            cancelled = error.trouble is Trouble.CANCELLED
            answer = {"error": "Stopped." if cancelled else error.sentence}
        run = replace(run, sql=tuple(sql), ns=time.perf_counter_ns() - started, snapshot=snapshot, cancelled=cancelled)
        if "error" not in answer:
            self._remember(chain)
            return run
        left = self._clean_up(before, snapshot_of=lambda: self._snapshots.restore(snapshot))
        return replace(run, error=f"{_sentence(answer)} {left}", details=answer.get("details"))

    def cancel(self) -> None:
        """Stop what is under way, or was asked for and is about to begin."""
        self._stop.set()
        self._process.cancel()

    def close(self) -> None:
        """End the process of the migrations; waits until it is gone."""
        self._stop.set()
        self._process.close()

    def _go_on(self, *_: int) -> bool:
        return not self._stop.is_set()

    def _copy(self, copy: Path) -> None:
        if self._database.exists():
            copy_database(self._database, copy, self._go_on, busy_seconds=self._busy_seconds, holder=self._holder)
        else:
            sqlite3.connect(copy).close()
            copy.touch()

    def _go(self, file: Path, chain: Chain, target: str, on_statement: OnStatement) -> Mapping[str, Any]:
        up = _direction(chain, target)

        def take(message: Mapping[str, Any]) -> None:
            if "sql" in message:
                on_statement(message["sql"])

        url = url_of(file)
        if self._stop.is_set():
            raise DatabaseError(Trouble.CANCELLED, "Stopped.")
        return self._process.ask(
            {
                "job": "go",
                "ini": str(self._setup.ini),
                "url": url,
                "file": str(file),
                "variables": self._setup.variables(url),
                "up": up,
                "target": target if target != BASE else "base",
            },
            take,
            self._stop.is_set,
        )

    def _need_writing(self) -> None:
        """Raise unless the database can be written now: a migration waits long, and nobody would know for whom."""
        try:
            with closing(open_for_writing(self._database, self._busy_seconds)) as connection:
                connection.execute("BEGIN IMMEDIATE")
                connection.execute("ROLLBACK")
        except sqlite3.Error as error:
            raise explained(error, self._database, self._holder) from error

    def _clean_up(self, before: _State, snapshot_of: Callable[[], object]) -> str:
        """After a failure let go of everything, and put the database back if a half of it stayed."""
        try:
            mend(self._database, self._busy_seconds)
            if self._state() == before:
                return _NOTHING_CHANGED
            snapshot_of()
        except (DatabaseError, sqlite3.Error) as error:
            return f"A part of it may have happened ({error}): go back to the snapshot that was taken before."
        return f"A part of it had happened, so the database was put back from the snapshot. {_NOTHING_CHANGED}"

    def _state(self) -> _State:
        with closing(open_read_only(self._database, self._busy_seconds)) as connection:
            rows = connection.execute("SELECT type, name, sql FROM sqlite_master ORDER BY 1, 2").fetchall()
        return revisions_in(self._database), repr(rows)

    def _schema(self, path: Path) -> Schema:
        try:
            with closing(open_read_only(path, self._busy_seconds)) as connection:
                return read_schema(connection)
        except sqlite3.Error as error:
            raise explained(error, path, self._holder) from error

    def _remember(self, before: Chain) -> None:
        with suppress(DatabaseError):  # it ran: that its time is not kept is no reason to call it failed
            had = {one.id for one in before.revisions if one.applied}
            has = {one.id for one in self.chain().revisions if one.applied}
            self._applied.remember(self._database, has - had, had - has, self._clock())


def lost_rows(
    before: Schema, after: Schema, rows_before: Mapping[str, int], rows_after: Mapping[str, int]
) -> tuple[tuple[str, int], ...]:
    """Return by table how many rows are fewer; a table that only has another name now lost none."""
    came = [table for table in after.tables if before.find(table.name) is None]
    lost = []
    for name, count in rows_before.items():
        fewer = count - rows_after.get(name, 0)
        if fewer > 0 and not any(
            _alike(before, name, after, table.name) and rows_after.get(table.name) == count for table in came
        ):
            lost.append((name, fewer))
    return tuple(lost)


def _alike(before: Schema, old: str, after: Schema, new: str) -> bool:
    one, other = before.find(old), after.find(new)
    if one is None or other is None or after.find(old) is not None:
        return False
    return [column.name for column in one.columns] == [column.name for column in other.columns]


def _rows(path: Path) -> dict[str, int]:
    """Count the rows of every table of a copy, which nobody else uses."""
    with closing(open_read_only(path, 1.0)) as connection:
        tables = [table.name for table in read_schema(connection).tables if table.kind is TableKind.TABLE]
        return {
            name: int(connection.execute(f"SELECT count(*) FROM {quoted(name)}").fetchone()[0])
            for name in tables
            if name != "alembic_version"
        }


def _standing(chain: Chain) -> str:
    return ", ".join(one.id for one in chain.revisions if one.current)


def _direction(chain: Chain, target: str) -> bool:
    try:
        return goes_up(chain, target)
    except ValueError as error:
        raise DatabaseError(
            Trouble.REFUSED, f"There is no revision {target} (any more): read the revisions anew."
        ) from error


def _reason(up: bool, target: str) -> str:
    where = {BASE: "before the first revision", HEADS: "the head"}.get(target, target)
    return f"before the {'upgrade' if up else 'downgrade'} to {where}"


def _sentence(answer: Mapping[str, Any]) -> str:
    if answer.get("kind") == "locked":
        return "The database is locked: another program holds it."
    text = str(answer["error"])
    return text if text.endswith((".", "!", "?")) else f"{text}."
