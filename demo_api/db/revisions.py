"""Revisions: which version of its tables a database has, and which ones this code knows.

Alembic could answer that too, but importing it takes longer than everything else at the start. Its files are plain
Python with two assignments at the top, `revision` and `down_revision`; reading those is enough.
"""

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import OperationalError

VERSIONS = Path(__file__).parent / "migrations" / "versions"


@dataclass(frozen=True, slots=True)
class DatabaseState:
    """How far a database has come.

    Attributes:
        revision: the one it is at; None when it was never migrated.
        pending: the revisions it still needs, in no particular order.
        known: whether this code knows `revision`; if not, the database is newer than the code.
    """

    revision: str | None
    pending: tuple[str, ...]
    known: bool = True

    @property
    def advice(self) -> str | None:
        """What to do, in one or two sentences; None when there is nothing to do."""
        if not self.known:
            return f"The database is at revision {self.revision}, which this code does not know: use newer code."
        if not self.pending:
            return None
        migrations = "1 migration is" if len(self.pending) == 1 else f"{len(self.pending)} migrations are"
        return f"{migrations} pending: run `alembic -c demo_api/alembic.ini upgrade head`."


def read_state(engine: Engine) -> DatabaseState:
    """Ask the database which revision it is at, and work out what is pending."""
    parents = known_revisions()
    with engine.connect() as connection:
        try:
            revision = connection.scalar(text("SELECT version_num FROM alembic_version"))
        except OperationalError as error:
            if "no such table" not in str(error.orig):
                raise
            revision = None
    if revision is not None and revision not in parents:
        return DatabaseState(revision, (), known=False)
    applied = set()
    step = revision
    while step is not None:
        applied.add(step)
        step = parents[step]
    return DatabaseState(revision, tuple(sorted(parents.keys() - applied)))


def is_empty(connection: Connection) -> bool:
    """Tell whether the database has no tables at all. One that was migrated down to nothing still has Alembic's."""
    return connection.execute(text("SELECT 1 FROM sqlite_master")).first() is None


@cache
def known_revisions() -> Mapping[str, str | None]:
    """Return each revision of this code with the one before it; None before the first."""
    return dict(read_revision(path) for path in sorted(VERSIONS.glob("[!_]*.py")))


def read_revision(path: Path) -> tuple[str, str | None]:
    """Return `revision` and `down_revision` of a migration's file, without running it."""
    values: dict[str, str | None] = {}
    for node in ast.parse(path.read_text("utf-8")).body:
        match node:
            case (
                ast.Assign(targets=[ast.Name(id=name)], value=value)
                | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value)
            ) if name in {"revision", "down_revision"}:
                values[name] = ast.literal_eval(value)
    return str(values["revision"]), values["down_revision"]
