"""Chapter 14, Alembic: the tables have a history, and each step of it can be made and taken back.

Here you only look. To change the database, use the command: `alembic -c demo_api/alembic.ini upgrade head`.
"""

from typing import Annotated

from fastapi import APIRouter, Path, Request
from sqlmodel import SQLModel

from demo_api.db.revisions import read_state
from demo_api.dependencies import ConnectionDep
from demo_api.errors import NOT_FOUND, UNAVAILABLE
from demo_api.models.migration import Migration, MigrationSource, MigrationState, Registry, Rename
from demo_api.services import migrations

TAG = "Alembic"
DESCRIPTION = "Each change of the tables is a small program, a revision: forward with `upgrade`, back with `downgrade`."

router = APIRouter(prefix="/migrations", tags=[TAG])


@router.get("", summary="List migrations", responses=UNAVAILABLE)
def list_migrations(request: Request) -> list[Migration]:
    """Each revision names the one before it: a chain, whose last link is the head.

    **Often wrong:** changing a revision that others have run already. They will never run it again: write a new one.
    """
    return migrations.chain(read_state(request.app.state.engine))


@router.get("/state", summary="Ask where the database stands", responses=UNAVAILABLE)
def read_migration_state(request: Request) -> MigrationState:
    """Ask the database, which knows its revision itself: one row in the table `alembic_version`.

    **Often wrong:** migrating at the start of the server. An old database stays here until somebody decides.
    """
    return migrations.state_of(read_state(request.app.state.engine))


@router.get("/registry", summary="Compare models and tables", responses=UNAVAILABLE)
def read_registry(connection: ConnectionDep) -> Registry:
    """Autogenerate knows the tables of one metadata. `models/__init__.py` imports every model, so none is missing.

    **Often wrong:** a new model that nobody imports. Autogenerate does not see it, and says that all is well.
    """
    return migrations.registry(connection)


@router.get("/autogenerate", summary="Ask what autogenerate would write", responses=UNAVAILABLE)
def read_differences(connection: ConnectionDep) -> list[str]:
    """Compare the models with the tables of this database. An empty list: they agree.

    **Often wrong:** running what autogenerate wrote without reading it. It is a draft.
    """
    return migrations.differences(connection, SQLModel.metadata)


@router.get("/rename", summary="See a rename become a loss")
def read_rename() -> Rename:
    """Rename a column in a model, and autogenerate sees that one has gone and another has come.

    **Often wrong:** just that. Dropping and adding loses what was in the column; write `alter_column` instead.
    """
    return migrations.rename()


@router.get("/{revision}", summary="Read a migration", responses=NOT_FOUND)
def read_migration(
    revision: Annotated[str, Path(pattern="^[0-9a-z_]{1,32}$", description="The revision.", examples=["0005"])],
) -> MigrationSource:
    """Show what a step does. 0005 is a data migration: it moves tags into tables of their own, and loses none.

    **Often wrong:** a downgrade that drops what the upgrade added. Here it is put aside, and the way up takes it back.
    """
    return migrations.source(revision)
