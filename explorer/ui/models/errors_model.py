"""What FastAPI says was wrong with a request, as rows."""

from __future__ import annotations

import enum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from explorer.client.validation_errors import ValidationError
from explorer.ui.onlookers import says_what_is_shown
from explorer.ui.override import override
from explorer.ui.tool_tip import as_written

AnyIndex = QModelIndex | QPersistentModelIndex

ERROR_ROLE = Qt.ItemDataRole.UserRole
_NO_INDEX = QModelIndex()
_PLACES = {"path": "Path", "query": "Query", "header": "Headers", "cookie": "Cookies", "body": "Body"}


class ErrorColumn(enum.IntEnum):
    """What stands in which column."""

    WHERE = 0
    WHAT = 1
    RECEIVED = 2
    LINK = 3


_TITLES = ("Where (loc)", "What was wrong (msg, type)", "Received (input)", "")


class ErrorsModel(QAbstractTableModel):
    """One row for each error."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._errors: tuple[ValidationError, ...] = ()

    @property
    def errors(self) -> tuple[ValidationError, ...]:
        """What is shown."""
        return self._errors

    def set_errors(self, errors: tuple[ValidationError, ...]) -> None:
        """Show other errors."""
        self.beginResetModel()
        self._errors = errors
        self.endResetModel()

    @override
    def rowCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._errors)

    @override
    def columnCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(_TITLES)

    @override
    @says_what_is_shown()
    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        error = self._errors[index.row()]
        if role == ERROR_ROLE:
            return error
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return _cell(error, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            received = f"\nReceived: {error.received}" if error.received else ""
            return as_written(_cell(error, ErrorColumn.WHERE) + "\n" + _cell(error, ErrorColumn.WHAT) + received)
        return None

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _TITLES[section]
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


def link_of(error: ValidationError) -> str:
    """Return the words that lead to the place in the request; empty when it is not known."""
    place = _PLACES.get(str(error.loc[0]), "")
    return f"{place} line {error.line + 1}" if error.line is not None else place


def _cell(error: ValidationError, column: int) -> str:
    match column:
        case ErrorColumn.WHERE:
            return " › ".join(str(step) for step in error.loc)
        case ErrorColumn.WHAT:
            return f"{error.message} ({error.type})" if error.type else error.message
        case ErrorColumn.RECEIVED:
            return error.received
        case _:
            return f"Go to {link}" if (link := link_of(error)) else ""
