"""The copies of the database as rows, the newest first."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from explorer.database.snapshot import Snapshot
from explorer.ui.override import override
from explorer.ui.tool_tip import as_written
from explorer.ui.wording import moment_text, size_text

COLUMNS = ("Taken", "Why", "Revision", "Size")
_SIZE = 3
_NO_INDEX = QModelIndex()


class SnapshotsModel(QAbstractTableModel):
    """Holds the snapshots that are shown."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._snapshots: tuple[Snapshot, ...] = ()

    def set_snapshots(self, snapshots: Sequence[Snapshot]) -> None:
        """Show other snapshots; they are put in the order of their age."""
        self.beginResetModel()
        self._snapshots = tuple(sorted(snapshots, key=lambda each: each.taken_at, reverse=True))
        self.endResetModel()

    def snapshot(self, row: int) -> Snapshot | None:
        """Return the snapshot of a row, or None."""
        return self._snapshots[row] if 0 <= row < len(self._snapshots) else None

    def row_of(self, path: Path) -> int:
        """Return the row of a file; -1 when it is not there."""
        return next((row for row, each in enumerate(self._snapshots) if each.path == path), -1)

    @override
    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._snapshots)

    @override
    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | Qt.AlignmentFlag | None:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and section == _SIZE:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return COLUMNS[section] if role == Qt.ItemDataRole.DisplayRole else None

    @override
    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        snapshot = self.snapshot(index.row()) if index.isValid() else None
        if snapshot is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cells(snapshot)[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return as_written(f"{snapshot.reason}\n{snapshot.path}")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(cell for cell in self._cells(snapshot) if cell)
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == _SIZE:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    @staticmethod
    def _cells(snapshot: Snapshot) -> tuple[str, str, str, str]:
        return (
            moment_text(snapshot.taken_at),
            snapshot.reason,
            snapshot.revision[:12],
            size_text(snapshot.size),
        )
