"""The engine: the program's door to the database."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DatabaseError
from sqlalchemy.pool import ConnectionPoolEntry

from demo_api.db.revisions import is_empty

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine

# How people write them, and the driver that serves them: one that can also be waited for.
DRIVERS = {
    "sqlite": "sqlite",
    "sqlite+pysqlite": "sqlite",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}


class DatabaseNotReadyError(RuntimeError):
    """The shop cannot open, because of its database. The text says why, and what to do."""


def open_database(database_url: str) -> Engine:
    """Return an engine for the database at `database_url`, which has its tables and first rows if it was empty.

    A database that is not empty stays exactly as it is, even if it is old. Changing somebody's data is a decision: it
    is made with `alembic upgrade head`, not by starting a server.

    Raises:
        DatabaseNotReadyError: the address is wrong, the database cannot be used, or a migration failed.
    """
    url = parse_url(database_url)
    engine = make_engine(url)
    try:
        with engine.connect() as connection:
            empty = is_empty(connection)
        if empty:
            # Alembic takes longer to import than the rest of the shop, and only a new database needs it.
            from demo_api.db.setup import set_up

            set_up(url)
            engine.dispose()  # its connection remembers a database without tables
    except DatabaseError as error:
        engine.dispose()
        raise DatabaseNotReadyError(explain(url, str(error.orig))) from error
    except BaseException:
        engine.dispose()
        raise
    return engine


def parse_url(database_url: str) -> URL:
    """Return the address in its parts.

    Raises:
        DatabaseNotReadyError: it is not the address of an SQLite file or of a PostgreSQL database.
    """
    advice = "Set DEMO_API_DATABASE_URL to something like sqlite:///./demo.sqlite3."
    try:
        url = make_url(database_url)
    except ArgumentError as error:
        raise DatabaseNotReadyError(f"{database_url!r} is not the address of a database. {advice}") from error
    if url.drivername not in DRIVERS:
        raise DatabaseNotReadyError(
            f"The shop keeps its data in SQLite or in PostgreSQL with psycopg, not in {url.drivername}. {advice}"
        )
    if is_sqlite(url) and url.database in {None, "", ":memory:"}:
        # Each connection would see an empty database of its own.
        raise DatabaseNotReadyError(f"The shop needs a file, not a database in memory. {advice}")
    return url.set(drivername=DRIVERS[url.drivername])


def make_engine(url: URL) -> Engine:
    """Return an engine that does not connect yet. On SQLite its connections enforce foreign keys.

    SQLite refuses to be used from a second thread, and FastAPI runs one request on several. Since each request has a
    session of its own, that is safe, and the check is switched off.

    Raises:
        DatabaseNotReadyError: the driver is not installed.
    """
    if not is_sqlite(url):
        try:
            return create_engine(url, pool_pre_ping=True)  # a server may have closed a connection that lay idle
        except ModuleNotFoundError as error:
            raise DatabaseNotReadyError('PostgreSQL needs a driver: pip install "psycopg[binary]".') from error
    engine = create_engine(url, connect_args={"check_same_thread": False})
    event.listen(engine, "connect", enforce_foreign_keys)
    return engine


def make_async_engine(url: URL) -> "AsyncEngine":
    """Return an engine for routes that wait for the database with `await`. It does not connect yet.

    psycopg can do both. For SQLite there is another driver, which lets a thread of its own do the waiting.
    """
    from sqlalchemy.ext.asyncio import create_async_engine  # takes 20 ms, and few routes need it

    if not is_sqlite(url):
        return create_async_engine(url, pool_pre_ping=True)
    engine = create_async_engine(url.set(drivername="sqlite+aiosqlite"))
    event.listen(engine.sync_engine, "connect", enforce_foreign_keys)
    return engine


def is_sqlite(url: URL) -> bool:
    """Tell whether the database is a file of SQLite, which needs care that no other database needs."""
    return url.get_backend_name() == "sqlite"


def enforce_foreign_keys(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    """Switch foreign keys on: SQLite accepts them without, but does not look at them."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def explain(url: URL, reason: str) -> str:
    """Return one sentence for what the database said when it was opened, and what to do."""
    if not is_sqlite(url):
        address = url.render_as_string(hide_password=True)
        first = reason.strip().splitlines()[0].rstrip(".") if reason.strip() else "no answer"
        return f"The database {address} cannot be used: {first}. Is the server running, and is the address right?"
    path = Path(str(url.database)).absolute()
    if "unable to open" in reason and not path.parent.is_dir():
        return f"The database {path} cannot be made, because the folder {path.parent} does not exist. Create it first."
    if "unable to open" in reason or "readonly" in reason:
        return f"The database {path} cannot be written. Choose a folder that is yours, or change its permissions."
    if "not a database" in reason:
        return f"The file {path} is not an SQLite database. Move it away, or choose another name."
    if "locked" in reason:
        return f"The database {path} is locked by another program. Close that program, and start again."
    return f"The database {path} cannot be used: {reason}."
