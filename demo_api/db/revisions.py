"""Revisions: which version of its tables a database has, and which ones this code knows.

Alembic could answer that too, but importing it takes longer than everything else at the start. Its files are plain
Python with two assignments at the top, `revision` and `down_revision`; reading those is enough.
"""

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from demo_api.db.problems import Problem, problem_of

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
        except DBAPIError as error:
            if problem_of(error) is not Problem.OUTDATED:
                raise
            revision = None
    if revision is not None and revision not in parents:
        return DatabaseState(revision, (), known=False)
    applied: set[str] = set()
    waiting = [revision] if revision is not None else []
    while waiting:
        step = waiting.pop()
        applied.add(step)
        waiting.extend(parents[step])
    return DatabaseState(revision, tuple(sorted(parents.keys() - applied)))


def is_empty(connection: Connection) -> bool:
    """Tell whether the database has no tables at all. One that was migrated down to nothing still has Alembic's."""
    inspector = inspect(connection)
    return not (inspector.get_table_names() or inspector.get_view_names())


@cache
def known_revisions() -> Mapping[str, tuple[str, ...]]:
    """Return each revision of this code with those it builds on: none for the first, several for a merge."""
    values = [read_assignments(path) for path in sorted(VERSIONS.glob("*.py"))]
    return {str(names["revision"]): as_tuple(names.get("down_revision")) for names in values if "revision" in names}


def read_assignments(path: Path) -> dict[str, object]:
    """Return `revision` and `down_revision` of a migration's file, as far as it has them, without running it."""
    found: dict[str, object] = {}
    for node in ast.parse(path.read_text("utf-8")).body:
        match node:
            case (
                ast.Assign(targets=[ast.Name(id=name)], value=value)
                | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value)
            ) if name in {"revision", "down_revision"}:
                found[name] = ast.literal_eval(value)
    return found


def as_tuple(value: object) -> tuple[str, ...]:
    """Return the revisions in `down_revision`, which is None, a text, or several texts."""
    if isinstance(value, str):
        return (value,)
    return tuple(value) if isinstance(value, tuple | list) else ()
