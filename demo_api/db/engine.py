"""The engine: the program's door to the database."""

from pathlib import Path

from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DatabaseError
from sqlalchemy.pool import ConnectionPoolEntry

from demo_api.db.revisions import is_empty


class DatabaseNotReadyError(RuntimeError):
    """The shop cannot open, because of its database. The text says why, and what to do."""


def open_database(database_url: str) -> Engine:
    """Return an engine for the database at `database_url`, which has its tables and first rows if it was empty.

    A database that is not empty stays exactly as it is, even if it is old. Changing somebody's data is a decision: it
    is made with `alembic upgrade head`, not by starting a server.

    Raises:
        DatabaseNotReadyError: the address is wrong, the file cannot be used, or a migration failed.
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
        DatabaseNotReadyError: it is not the address of an SQLite file.
    """
    advice = "Set DEMO_API_DATABASE_URL to something like sqlite:///./demo.sqlite3."
    try:
        url = make_url(database_url)
    except ArgumentError as error:
        raise DatabaseNotReadyError(f"{database_url!r} is not the address of a database. {advice}") from error
    if url.drivername not in {"sqlite", "sqlite+pysqlite"}:
        raise DatabaseNotReadyError(f"The shop keeps its data in SQLite, not in {url.drivername}. {advice}")
    if url.database in {None, "", ":memory:"}:
        # Each connection would see an empty database of its own.
        raise DatabaseNotReadyError(f"The shop needs a file, not a database in memory. {advice}")
    return url


def make_engine(url: URL) -> Engine:
    """Return an engine whose connections enforce foreign keys. It does not connect yet.

    SQLite refuses to be used from a second thread, and FastAPI runs one request on several. Since each request has a
    session of its own, that is safe, and the check is switched off.
    """
    engine = create_engine(url, connect_args={"check_same_thread": False})
    event.listen(engine, "connect", enforce_foreign_keys)
    return engine


def enforce_foreign_keys(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    """Switch foreign keys on: SQLite accepts them without, but does not look at them."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def explain(url: URL, reason: str) -> str:
    """Return one sentence for what SQLite said when the file was opened, and what to do."""
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
