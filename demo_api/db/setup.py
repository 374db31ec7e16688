"""Set up a new database: all migrations, then the first rows, all or nothing."""

import threading
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy.engine import URL
from sqlalchemy.exc import SQLAlchemyError

from demo_api.db.engine import DatabaseNotReadyError
from demo_api.db.migrating import migrating
from demo_api.db.revisions import is_empty
from demo_api.db.seed import add_seed

ALEMBIC_INI = Path(__file__).parents[1] / "alembic.ini"

# While Alembic migrates, its `context` and `op` belong to one migration in the whole process.
_one_at_a_time = threading.Lock()


def set_up(url: URL) -> None:
    """Bring the database at `url` to the newest revision and fill it, unless somebody else just did.

    Raises:
        DatabaseNotReadyError: a migration failed; the database is as empty as before.
    """
    with _one_at_a_time, migrating(url) as connection:
        if not is_empty(connection):
            return
        config = Config(ALEMBIC_INI)
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, "head")
        except (CommandError, SQLAlchemyError) as error:
            raise DatabaseNotReadyError(f"The new database could not be set up: {error}") from error
        add_seed(connection)
