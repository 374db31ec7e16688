"""A few rows of two words each, such as a header and its value, in colours of their own."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from explorer.ui.onlookers import says_what_is_shown
from explorer.ui.override import override
from explorer.ui.tool_tip import documentation

AnyIndex = QModelIndex | QPersistentModelIndex

_NO_INDEX = QModelIndex()
_SHOWN = 1_000  # characters of one cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One row.

    Attributes:
        left: the first word.
        right: the second.
        left_token: the colour of the first.
        right_token: the colour of the second.
        tip: what there is to know about it; empty for the words themselves.
        marked: whether it stands out from the others.
    """

    left: str
    right: str
    left_token: str = "c_key"
    right_token: str = "t1"
    tip: str = ""
    marked: bool = False


class PairRole(enum.IntEnum):
    """What the delegate asks for."""

    TOKEN = Qt.ItemDataRole.UserRole
    MARKED = Qt.ItemDataRole.UserRole + 1


class PairsModel(QAbstractTableModel):
    """Two columns."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pairs: tuple[Pair, ...] = ()

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """What is shown."""
        return self._pairs

    def set_pairs(self, pairs: Sequence[Pair]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._pairs = tuple(pairs)
        self.endResetModel()

    @override
    def rowCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._pairs)

    @override
    def columnCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else 2

    @override
    @says_what_is_shown(values=(1,))
    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        pair, is_left = self._pairs[index.row()], index.column() == 0
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return (pair.left if is_left else pair.right)[:_SHOWN]
            case Qt.ItemDataRole.ToolTipRole:
                return documentation(f"{pair.left}: {pair.right}" if not pair.tip else pair.tip)
            case PairRole.TOKEN:
                return pair.left_token if is_left else pair.right_token
            case PairRole.MARKED:
                return pair.marked
            case _:
                return None
