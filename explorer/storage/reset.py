"""A fresh start that deletes nothing."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

from explorer.storage.folder import DataFolder

# By name, because --data-dir may point at a folder that holds other things as well.
_OURS = (
    *("settings.json*", "drafts.json*", "sockets.json*", "console.json*", "migrations.json*"),
    *("history.sqlite3*", "demo.sqlite3*", "snapshots", "logs"),
)


def files_to_reset(folder: DataFolder) -> tuple[Path, ...]:
    """Return the files and folders of ours that are there now."""
    return tuple(sorted(path for pattern in _OURS for path in folder.root.glob(pattern)))


def reset(folder: DataFolder) -> Path:
    """Move them into a dated folder beside, and return that.

    Raises:
        OSError: something could not be moved; what was moved before is in the backup.

    """
    stamp = datetime.datetime.now(tz=datetime.UTC).astimezone().strftime("%Y%m%d-%H%M%S")
    backup, number = folder.root / f"backup-{stamp}", 1
    while backup.exists():
        number += 1
        backup = folder.root / f"backup-{stamp}-{number}"
    backup.mkdir(parents=True)
    for path in files_to_reset(folder):
        shutil.move(path, backup / path.name)
    return backup
