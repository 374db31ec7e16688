"""The chain of revisions as rows, the newest first."""

from __future__ import annotations

import enum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from explorer.database.migrations.revisions import Chain, Revision
from explorer.ui.models.migration_lanes import LaneRow, lane_count, lane_rows
from explorer.ui.models.migration_steps import created_words, side_words
from explorer.ui.override import override
from explorer.ui.tool_tip import documentation

_NO_INDEX = QModelIndex()


class ChainRole(enum.IntEnum):
    """What the delegate asks for."""

    REVISION = Qt.ItemDataRole.UserRole  # a `Revision`
    LANES = Qt.ItemDataRole.UserRole + 1  # a `LaneRow`
    LANE_COUNT = Qt.ItemDataRole.UserRole + 2
    SIDE = Qt.ItemDataRole.UserRole + 3  # such as "not applied yet"


class ChainModel(QAbstractListModel):
    """Holds the chain that is shown."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._chain = Chain()
        self._lanes: tuple[LaneRow, ...] = ()

    @property
    def chain(self) -> Chain:
        """What is shown."""
        return self._chain

    def set_chain(self, chain: Chain) -> None:
        """Show another chain."""
        self.beginResetModel()
        self._chain = chain
        self._lanes = lane_rows(chain.revisions)
        self.endResetModel()

    def revision(self, row: int) -> Revision | None:
        """Return the revision of a row, or None."""
        return self._chain.revisions[row] if 0 <= row < len(self._chain.revisions) else None

    def row_of(self, identifier: str) -> int:
        """Return the row of a revision; -1 when it is not there."""
        return next((row for row, each in enumerate(self._chain.revisions) if each.id == identifier), -1)

    @override
    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._chain.revisions)

    @override
    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        each = self.revision(index.row()) if index.isValid() else None
        if each is None:
            return None
        match role:
            case Qt.ItemDataRole.ToolTipRole:
                return documentation(each.title, f"Revision {each.id}", created_words(each).capitalize(), each.path)
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                head = ", head" if each.head else ""
                return f"{each.id}{head}, {each.title}, {side_words(each)}"
            case ChainRole.REVISION:
                return each
            case ChainRole.LANES:
                return self._lanes[index.row()]
            case ChainRole.LANE_COUNT:
                return lane_count(self._lanes)
            case ChainRole.SIDE:
                return side_words(each)
        return None
