"""A copy of the database that one can go back to."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """One copy.

    Attributes:
        path: the file.
        taken_at: seconds since the epoch.
        reason: why it was taken, such as ``before the downgrade to 0005``.
        size: of the file, in bytes.
        revision: Alembic's, as it was; empty for none.
    """

    path: Path
    taken_at: float
    reason: str
    size: int
    revision: str = ""
