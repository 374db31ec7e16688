"""What the window asks of a database: each question returns at once, and the future has the answer."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import TypeVar

from explorer.database.cells import cells_of, value_of
from explorer.database.changes import ChangeSet, Key, Value
from explorer.database.failing import Holder
from explorer.database.grid import GridQuery, GridRow, Page
from explorer.database.opening import mend
from explorer.database.orders import key_of
from explorer.database.other_writers import OtherWriters
from explorer.database.own_folder import OwnFolder
from explorer.database.progress import Progress
from explorer.database.read_schema import read_schema
from explorer.database.reader import BUSY_SECONDS, Asked, Job, Reader
from explorer.database.references import references_from
from explorer.database.schema import ForeignKey, Schema, Table
from explorer.database.shelf import Shelf
from explorer.database.trouble import DatabaseError, Trouble
from explorer.database.watch import Look, Watch

T = TypeVar("T")


class Inspector:
    """One database, read from three threads: for what is on show, for what takes long, and for the console.

    Nothing is opened before the first question, nothing is held between questions, and nothing can be written. Every
    future may fail with a `DatabaseError`, whose sentence says what happened and what to do; cancelling a future stops
    its statement.

    Attributes:
        path: the database.
    """

    def __init__(self, path: Path, *, busy_seconds: float = BUSY_SECONDS, holder: Holder | None = None) -> None:
        """`holder` names who of ours holds the database, when it is locked, such as ``POST /items``."""
        self.path = path
        self._busy_seconds = busy_seconds
        self._front = Reader(path, busy_seconds=busy_seconds, holder=holder, name="database")
        self._back = Reader(path, busy_seconds=busy_seconds, holder=holder, name="database-long", own_temporary=True)
        self._console = Reader(path, busy_seconds=busy_seconds, holder=holder, name="database-console")
        self._aside = Reader(path, busy_seconds=busy_seconds, holder=holder, name="database-aside", own_temporary=True)
        self._folder = OwnFolder()
        self._others: OtherWriters | None = None
        self._others_opening = 0
        self._shelf = Shelf(self._back, self._folder)
        self._watch = Watch(self._front)

    def schema(self) -> Asked[Schema]:
        """Give what the database consists of; the first `look` after it tells what changed since then."""

        def read(connection: sqlite3.Connection) -> Schema:
            self._watch.begin(connection)
            return read_schema(connection)

        return self._front.submit(read)

    def page(self, query: GridQuery, first: int, count: int) -> Asked[Page]:
        """Give up to `count` rows from number `first` (from 0). A newer call stops those before it."""
        return self._front.submit(
            lambda connection: self._shelf.page(connection, self._watch.version(connection), query, first, count),
            slot="page",
        )

    def number(self, query: GridQuery, key: Key) -> Asked[int | None]:
        """Give the number of a row by its key; None when it is not there, or when its number is not known."""
        return self._front.submit(
            lambda connection: self._shelf.number(connection, self._watch.version(connection), query, key)
        )

    def progress(self, query: GridQuery) -> Progress | None:
        """Tell how far the numbering of the rows is; None before the first page. Returns the answer itself."""
        return self._shelf.progress(query)

    def stop(self, query: GridQuery) -> None:
        """Stop counting or sorting; `page` goes on with what is known, `resume` begins again."""
        self._shelf.stop(query)

    def resume(self, query: GridQuery) -> None:
        """Begin again what `stop` stopped."""
        self._shelf.resume(query)

    def count(self, query: GridQuery) -> Future[int]:
        """Give how many rows there are, exactly; large tables are counted in small steps that lock nobody out."""
        return self._shelf.count(query)

    def value(self, table: str, key: Key, column: str) -> Asked[Value]:
        """Give one value whole, however long it is."""
        return self._front.submit(lambda connection: _value(connection, _known(connection, table), key, column))

    def record(self, table: str, key: Key) -> Asked[GridRow | None]:
        """Give one row; None when it is gone."""

        def read(connection: sqlite3.Connection) -> GridRow | None:
            found = _known(connection, table)
            cells = cells_of(connection, found, key_of(found), [key]).get(key)
            return GridRow(key, cells) if cells is not None else None

        return self._front.submit(read)

    def follow(self, table: str, foreign_key: ForeignKey, row: GridRow) -> Asked[GridQuery | None]:
        """Give the query for the row that a foreign key points to; None when it points nowhere (NULL)."""

        def find(connection: sqlite3.Connection) -> GridQuery | None:
            return references_from(_known(connection, table), foreign_key, row, read_schema(connection))

        return self._front.submit(find)

    def submit(self, job: Job[T], *, slot: str = "") -> Asked[T]:
        """Run a job of the console on a connection of its own, so that the grid never waits for it."""
        return self._console.submit(job, slot=slot)

    def look(self) -> Asked[Look]:
        """Give what changed since the last look: cheap, to be asked twice a second while somebody watches."""
        return self._front.submit(self._watch.look, slot="look")

    def others(self, requests: Sequence[ChangeSet]) -> Asked[ChangeSet | None]:
        """Give what other programs changed since this was asked last; nothing the first time.

        `requests` is what requests changed meanwhile, the oldest first: it is not told again. Small tables are compared
        with a copy; of larger ones only that they changed can be told.
        """
        return self._aside.submit(lambda connection: self._settle(connection, requests))

    def mend(self) -> Future[None]:
        """Open the database for writing once, so that SQLite takes back what a killed writer left unfinished."""
        return _in_thread(lambda: mend(self.path, self._busy_seconds))

    def close(self, timeout: float = 1.0) -> None:
        """Stop everything and let go of the file; waits up to `timeout` seconds for each thread."""
        for reader in (self._front, self._back, self._console, self._aside):
            reader.close(timeout)
        self._shelf.close()
        self._folder.remove()

    def _settle(self, connection: sqlite3.Connection, requests: Sequence[ChangeSet]) -> ChangeSet | None:
        opening = self._aside.openings
        if self._others is None or opening != self._others_opening:
            self._others_opening = opening
            self._others = OtherWriters(self._folder.path() / "copy.sqlite3")
        return self._others.settle(connection, requests)


def _known(connection: sqlite3.Connection, name: str) -> Table:
    table = read_schema(connection).find(name)
    if table is None:
        raise DatabaseError(Trouble.REFUSED, f"There is no table {name} (any more).")
    return table


def _value(connection: sqlite3.Connection, table: Table, key: Key, column: str) -> Value:
    return value_of(connection, table, key_of(table), key, column)


def _in_thread(work: Callable[[], T]) -> Future[T]:
    from concurrent.futures import ThreadPoolExecutor

    pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="database-mend")
    asked = pool.submit(work)
    pool.shutdown(wait=False)
    return asked
