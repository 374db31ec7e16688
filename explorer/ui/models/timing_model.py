"""The steps of an exchange as rows."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from explorer.client.timing import TimingStep
from explorer.ui.override import override
from explorer.ui.wording import duration_text

AnyIndex = QModelIndex | QPersistentModelIndex

STEP_ROLE = Qt.ItemDataRole.UserRole
TOTAL_ROLE = Qt.ItemDataRole.UserRole + 1
_NO_INDEX = QModelIndex()


class TimingModel(QAbstractTableModel):
    """One row for each step: its name, its place on the axis, and how long it took."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._steps: tuple[TimingStep, ...] = ()

    @property
    def total_ns(self) -> int:
        """Where the last step ends: the length of the axis."""
        return max((step.start_ns + step.duration_ns for step in self._steps), default=0)

    def set_steps(self, steps: tuple[TimingStep, ...]) -> None:
        """Show other steps."""
        self.beginResetModel()
        self._steps = steps
        self.endResetModel()

    @override
    def rowCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._steps)

    @override
    def columnCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else 3

    @override
    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        step = self._steps[index.row()]
        if role == STEP_ROLE:
            return step
        if role == TOTAL_ROLE:
            return self.total_ns
        if role == Qt.ItemDataRole.ToolTipRole:
            return step.explained or None
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == 2:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.DisplayRole:
            return (step.label, "", duration_text(step.duration_ns))[index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            begins = f"begins after {duration_text(step.start_ns)}"
            return (step.label, begins, f"takes {duration_text(step.duration_ns)}")[index.column()]
        return None

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return ("Step", f"From 0 to {duration_text(self.total_ns)}", "Time")[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section == 2 else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None
