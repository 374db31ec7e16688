"""A connection for migrations, where SQLite needs special care."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, create_engine, event, text
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry, NullPool

from demo_api.db.engine import is_sqlite

# Any number, as long as every program that migrates this database takes the same.
LOCK = 5_550_001


class BrokenReferencesError(RuntimeError):
    """After a migration some rows would point to rows that are not there. Nothing was changed."""


@contextmanager
def migrating(url: URL) -> Iterator[Connection]:
    """Open a connection for one migration, inside a transaction: all of it happens, or none.

    Who migrates at the same time waits: four workers that start together on a new database fill it once.

    SQLite can hardly change a table, so Alembic makes a new one, copies the rows and drops the old one. With foreign
    keys switched on, dropping it deletes every row elsewhere that points to it (ON DELETE CASCADE), without a word.
    They can be switched only outside a transaction; so they are off here from the start, and what was not watched is
    checked before the end.

    Raises:
        BrokenReferencesError: a row points to nothing; the transaction is rolled back.
    """
    engine = create_engine(url, poolclass=NullPool)
    if not is_sqlite(url):
        with engine.begin() as connection:
            # until the transaction ends
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
            yield connection
        return
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    with engine.begin() as connection:
        yield connection
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            tables = ", ".join(sorted({str(row[0]) for row in broken}))
            raise BrokenReferencesError(f"The migration would leave rows in {tables} that point to nothing.")


def _prepare(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # Python's driver would begin transactions where it sees fit
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys=OFF")
    cursor.execute("PRAGMA busy_timeout=60000")  # another program's migration may take longer than a request may
    cursor.close()


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")  # waits for another program's migration instead of failing in ours
