"""Alembic runs this file for each of its commands that needs a database or the models."""

from logging.config import fileConfig

from alembic import context
from alembic.util import CommandError
from sqlalchemy import Connection
from sqlmodel import SQLModel

import demo_api.models  # noqa: F401 - the registry of all models: fills SQLModel.metadata
from demo_api.db.engine import parse_url
from demo_api.db.migrating import migrating
from demo_api.settings import Settings

config = context.config


def run_migrations(connection: Connection) -> None:
    """Run what the command asks for on `connection`, which is inside a transaction."""
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_as_batch=True,  # SQLite needs a new table for most changes; others change the table itself
        transactional_ddl=True,  # Alembic thinks that SQLite cannot; with the transaction of `migrating` it can
    )
    with context.begin_transaction():
        context.run_migrations()


if context.is_offline_mode():
    raise CommandError("These migrations look at the data, so they cannot be written down as SQL beforehand.")

if "connection" in config.attributes:
    run_migrations(config.attributes["connection"])
else:
    # From the command line. Loggers that exist already stay as they are.
    if config.config_file_name is not None:
        fileConfig(config.config_file_name, disable_existing_loggers=False)
    with migrating(parse_url(Settings().database_url)) as own_connection:
        run_migrations(own_connection)
