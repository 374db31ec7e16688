"""The operations of an app as a tree: groups, and the operations in them."""

from __future__ import annotations

import enum
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from explorer.openapi.operations import Catalogue, Group, Operation
from explorer.ui.override import override

AnyIndex = QModelIndex | QPersistentModelIndex

_NO_INDEX = QModelIndex()
_GROUP = 0  # internal id of a group's index; an operation's is its group's row + 1


class OperationRole(enum.IntEnum):
    """What the delegate and the filter ask for."""

    IS_GROUP = Qt.ItemDataRole.UserRole
    KEY = Qt.ItemDataRole.UserRole + 1  # `Operation.key`; the name of a group
    METHOD = Qt.ItemDataRole.UserRole + 2
    PATH = Qt.ItemDataRole.UserRole + 3
    DEPRECATED = Qt.ItemDataRole.UserRole + 4
    SEARCH_TEXT = Qt.ItemDataRole.UserRole + 5  # everything a person may search by, lower case


_OPERATION_FIELDS: dict[int, str] = {
    Qt.ItemDataRole.DisplayRole: "key",
    OperationRole.KEY: "key",
    OperationRole.METHOD: "method",
    OperationRole.PATH: "path",
    OperationRole.DEPRECATED: "deprecated",
}


class OperationsModel(QAbstractItemModel):
    """A catalogue as groups with operations below them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._groups: tuple[Group, ...] = ()
        self._search_texts: list[list[str]] = []

    def set_catalogue(self, catalogue: Catalogue) -> None:
        """Show another catalogue."""
        self.beginResetModel()
        self._groups = catalogue.groups
        self._search_texts = [[_search_text(op, group) for op in group.operations] for group in catalogue.groups]
        self.endResetModel()

    def index_of(self, key: str) -> QModelIndex:
        """Return the index of the operation with this `Operation.key`; an invalid one when there is none."""
        for row, group in enumerate(self._groups):
            for child, operation in enumerate(group.operations):
                if operation.key == key:
                    return self.createIndex(child, 0, row + 1)
        return QModelIndex()

    @override
    def index(self, row: int, column: int, parent: AnyIndex = _NO_INDEX) -> QModelIndex:
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else _GROUP)

    @override
    def parent(self, child: AnyIndex = _NO_INDEX) -> QModelIndex:  # type: ignore[override]  # QObject.parent() is the other overload
        if not child.isValid() or child.internalId() == _GROUP:
            return QModelIndex()
        return self.createIndex(child.internalId() - 1, 0, _GROUP)

    @override
    def rowCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        if not parent.isValid():
            return len(self._groups)
        if parent.internalId() == _GROUP and parent.column() == 0:
            return len(self._groups[parent.row()].operations)
        return 0

    @override
    def columnCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        return 1

    @override
    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if index.internalId() == _GROUP:
            return _group_data(self._groups[index.row()], role)
        group_row = index.internalId() - 1
        if role == OperationRole.SEARCH_TEXT:
            return self._search_texts[group_row][index.row()]
        return _operation_data(self._groups[group_row].operations[index.row()], role)


def _group_data(group: Group, role: int) -> Any:
    match role:
        case Qt.ItemDataRole.DisplayRole | OperationRole.KEY:
            return group.name
        case Qt.ItemDataRole.ToolTipRole:
            return group.description or group.name
        case Qt.ItemDataRole.AccessibleTextRole:
            return f"{group.name}, {len(group.operations)} operations"
        case OperationRole.IS_GROUP:
            return True
        case OperationRole.SEARCH_TEXT:
            return ""
        case _:
            return None


def _operation_data(operation: Operation, role: int) -> Any:
    match role:
        case Qt.ItemDataRole.ToolTipRole:
            return "\n".join(filter(None, (operation.summary, operation.key, "Deprecated" * operation.deprecated)))
        case Qt.ItemDataRole.AccessibleTextRole:
            return f"{operation.key}, {operation.summary}" if operation.summary else operation.key
        case OperationRole.IS_GROUP:
            return False
        case _ if role in _OPERATION_FIELDS:
            return getattr(operation, _OPERATION_FIELDS[role])
        case _:
            return None


def _search_text(operation: Operation, group: Group) -> str:
    words = (operation.method, operation.path, operation.summary, operation.function, group.name, *operation.tags)
    return "\n".join(words).lower()
