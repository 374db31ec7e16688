"""When we ran which revision: Alembic itself does not keep that, so it is kept in the data folder."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Self

from explorer.storage.document import Document
from explorer.storage.writer import Writer

VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class _Times:
    by_database: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    @classmethod
    def from_plain(cls, data: dict[str, Any]) -> Self:
        """Return the value; raises ValueError, TypeError or KeyError when `data` does not fit."""
        return cls(
            {
                str(database): {str(revision): float(at) for revision, at in times.items()}
                for database, times in data["applied"].items()
            }
        )

    def to_plain(self) -> dict[str, Any]:
        """Return it as plain JSON."""
        return {"applied": {database: dict(times) for database, times in self.by_database.items()}}


class AppliedTimes:
    """Remembers times by database and revision; written in the background."""

    def __init__(self, path: Path, writer: Writer) -> None:
        self._document = Document(path=path, version=VERSION, kind=_Times)
        self._writer = writer
        self._times, self.notice = self._document.load()

    def of(self, database: Path) -> Mapping[str, float]:
        """Return when each revision was applied, in seconds since the epoch."""
        return self._times.by_database.get(_name(database), {})

    def remember(self, database: Path, came: Collection[str], went: Collection[str], at: float) -> None:
        """Take note of revisions that were applied at `at`, and of those that were taken back."""
        times = {name: before for name, before in self.of(database).items() if name not in went}
        times |= dict.fromkeys(came, at)
        content = self._times = _Times({**self._times.by_database, _name(database): times})
        self._writer.save(self._document.path, lambda: self._document.encode(content))


def _name(database: Path) -> str:
    return os.fspath(database.absolute())
