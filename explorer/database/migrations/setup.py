"""Where an app's migrations are, and how they are told which database to use."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import explorer

WORKER = "explorer.database.migrations.worker"


@dataclass(frozen=True, slots=True, kw_only=True)
class MigrationSetup:
    """One app's Alembic.

    Attributes:
        ini: the ``alembic.ini``.
        environment: variables that name the database; ``{url}`` in a value stands for its address. The option
            ``sqlalchemy.url`` is set besides.
        python: the interpreter that has Alembic and the app.
    """

    ini: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    python: str = sys.executable

    def variables(self, url: str) -> dict[str, str]:
        """Return the environment variables that name the database at `url`."""
        return {name: value.replace("{url}", url) for name, value in self.environment.items()}

    def command(self) -> list[str]:
        """Return the command that starts the helper process."""
        return [self.python, "-P", "-m", WORKER]

    def process_environment(self) -> dict[str, str]:
        """Return the environment of the helper process, in which it finds our modules."""
        home = str(Path(explorer.__file__).parents[1])
        known = os.environ.get("PYTHONPATH")
        return {**os.environ, "PYTHONPATH": home if not known else home + os.pathsep + known}


def url_of(path: Path) -> str:
    """Return a database file's address as SQLAlchemy writes it."""
    return f"sqlite:///{path.absolute().as_posix()}"
