"""Migrations: what the shop can tell of them. It changes nothing: that is what the command `alembic` is for."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, Integer, MetaData, String, Table, create_engine, inspect
from sqlmodel import SQLModel

from demo_api.db.revisions import VERSIONS, DatabaseState, as_tuple, read_assignments
from demo_api.errors import NotFoundError
from demo_api.models.migration import Migration, MigrationSource, MigrationState, Registry, Rename


def files() -> dict[str, Path]:
    """Return the file of each revision, the first one first. Its name begins with the revision's."""
    return {str(read_assignments(path)["revision"]): path for path in sorted(VERSIONS.glob("*.py"))}


def title(path: Path) -> str:
    """Return the first line of a migration's docstring."""
    return (ast.get_docstring(ast.parse(path.read_text("utf-8"))) or "").split("\n", 1)[0]


def chain(state: DatabaseState) -> list[Migration]:
    """Return all steps, and which of them the database has made."""
    parents = {
        name: next(iter(as_tuple(read_assignments(path)["down_revision"])), None) for name, path in files().items()
    }
    return [
        Migration(
            revision=name,
            after=parents[name],
            title=title(path),
            applied=state.known and name not in state.pending,
            current=name == state.revision,
            head=name not in parents.values(),
        )
        for name, path in files().items()
    ]


def state_of(state: DatabaseState) -> MigrationState:
    """Return where the database stands, and how far it could be."""
    head = next(step.revision for step in chain(state) if step.head)
    return MigrationState(current=state.revision, head=head, pending=list(state.pending), advice=state.advice)


def source(revision: str) -> MigrationSource:
    """Return the two functions of a migration as they are written.

    Raises:
        NotFoundError: this code has no such revision.
    """
    path = files().get(revision)
    if path is None:
        raise NotFoundError(f"There is no revision {revision}. GET /migrations lists them.")
    text = path.read_text("utf-8")
    functions = {
        node.name: ast.get_source_segment(text, node) or ""
        for node in ast.parse(text).body
        if isinstance(node, ast.FunctionDef)
    }
    return MigrationSource(
        revision=revision, title=title(path), upgrade=functions["upgrade"], downgrade=functions["downgrade"]
    )


def registry(connection: Connection) -> Registry:
    """Return the tables that the models know, and those that are there."""
    return Registry(models=sorted(SQLModel.metadata.tables), database=sorted(inspect(connection).get_table_names()))


def differences(connection: Connection, wanted: MetaData) -> list[str]:
    """Return what `alembic revision --autogenerate` would write to make the database fit `wanted`."""
    from alembic.autogenerate import produce_migrations
    from alembic.migration import MigrationContext

    def is_ours(name: str | None, kind: str, _parents: object) -> bool:
        return not (kind == "table" and name is not None and name.startswith("kept_"))

    context = MigrationContext.configure(connection, opts={"include_name": is_ours})
    upgrade = produce_migrations(context, wanted).upgrade_ops
    return list(describe(upgrade.as_diffs())) if upgrade is not None else []


def describe(found: list[Any]) -> Iterator[str]:
    """Write each difference as one line, such as `add_column people.full_name`."""
    for difference in found:
        if isinstance(difference, list):  # several about one column
            yield from describe(difference)
        elif difference[0] in {"add_column", "remove_column"}:
            action, _, table, column = difference
            yield f"{action} {table}.{column.name}"
        else:
            names = (part if isinstance(part, str) else getattr(part, "name", None) for part in difference)
            yield " ".join(name for name in names if name)


def rename() -> Rename:
    """Let autogenerate look at a renamed column, in a database that exists only in memory."""
    engine = create_engine("sqlite://")
    try:
        with engine.connect() as connection:
            Table("people", MetaData(), Column("id", Integer, primary_key=True), Column("name", String)).create(
                connection
            )
            wanted = MetaData()
            Table("people", wanted, Column("id", Integer, primary_key=True), Column("full_name", String))
            found = differences(connection, wanted)
    finally:
        engine.dispose()
    return Rename(
        model="people.name is now people.full_name",
        found=found,
        meant='op.alter_column("people", "name", new_column_name="full_name")',
    )
