"""How SQLite finds the rows of a statement, step by step."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from explorer.database.statements import PlanStep
from explorer.ui.override import override
from explorer.ui.tool_tip import documentation

_NO_INDEX = QModelIndex()


class PlanRole(enum.IntEnum):
    """What the delegate asks for."""

    STEP = Qt.ItemDataRole.UserRole  # a `PlanStep`


class PlanModel(QAbstractListModel):
    """Holds the steps that are shown."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._steps: tuple[PlanStep, ...] = ()

    def set_steps(self, steps: Sequence[PlanStep]) -> None:
        """Show another plan."""
        self.beginResetModel()
        self._steps = tuple(steps)
        self.endResetModel()

    @override
    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._steps)

    @override
    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        step = self._steps[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            found = f", {step.finding.value}" if step.finding else ""
            return f"{step.detail}{found}. {sentence(step.words)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return documentation(sentence(step.words), step.detail)
        return step if role == PlanRole.STEP else None


def sentence(words: str) -> str:
    """Return what a step means as a line of its own."""
    return words[:1].upper() + words[1:]
