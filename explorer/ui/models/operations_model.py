"""The operations of an app as a tree: groups, and the operations in them, all or those that a filter leaves."""

from __future__ import annotations

import enum
from operator import is_
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from explorer.openapi.operations import Catalogue, Group, Operation, Presence
from explorer.ui.override import override
from explorer.ui.tool_tip import documentation
from explorer.ui.wording import count_text

AnyIndex = QModelIndex | QPersistentModelIndex
_Shown = tuple[Group, tuple[Operation, ...]]

_NO_INDEX = QModelIndex()
_GROUP = 0  # internal id of a group's index; an operation's is its group's row + 1
_PRESENCE = {
    Presence.HIDDEN: "Hidden: not in the OpenAPI document.",
    Presence.MOUNT: "From a mount: not in the app's own OpenAPI document.",
}


class OperationRole(enum.IntEnum):
    """What the delegate and the panel ask for."""

    IS_GROUP = Qt.ItemDataRole.UserRole
    KEY = Qt.ItemDataRole.UserRole + 1  # `Operation.key`; the name of a group
    METHOD = Qt.ItemDataRole.UserRole + 2
    PATH = Qt.ItemDataRole.UserRole + 3
    DEPRECATED = Qt.ItemDataRole.UserRole + 4
    MARK = Qt.ItemDataRole.UserRole + 5  # a word for what the document does not hold; empty for all others


_OPERATION_FIELDS: dict[int, str] = {
    Qt.ItemDataRole.DisplayRole: "key",
    OperationRole.KEY: "key",
    OperationRole.METHOD: "method",
    OperationRole.PATH: "path",
    OperationRole.DEPRECATED: "deprecated",
}


class OperationsModel(QAbstractItemModel):
    """A catalogue as groups with operations below them.

    The filter is part of it: a proxy asks Python about every row, which takes longer than a keystroke may.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[Group, ...] = ()
        self._search_texts: list[list[str]] = []
        self._words: tuple[str, ...] = ()
        self._shown: list[_Shown] = []
        self._places: dict[str, tuple[int, int]] = {}

    def set_catalogue(self, catalogue: Catalogue) -> None:
        """Show another catalogue, as far as the filter leaves it."""
        self.beginResetModel()
        self._all = catalogue.groups
        self._search_texts = [[_search_text(op, group) for op in group.operations] for group in catalogue.groups]
        self._show(self._left())
        self.endResetModel()

    def set_filter(self, text: str) -> bool:
        """Leave the operations that hold every word in path, tag, method, summary or function, whatever their case.

        Returns:
            Whether anything has changed; all indices are gone then.
        """
        words = tuple(text.lower().split())
        if words == self._words:
            return False
        self._words = words
        shown = self._left()
        if _is_same(shown, self._shown):
            return False
        self.beginResetModel()
        self._show(shown)
        self.endResetModel()
        return True

    def operation_count(self) -> int:
        """Return how many operations are shown."""
        return len(self._places)

    def index_of(self, key: str) -> QModelIndex:
        """Return the index of the operation with this `Operation.key`; an invalid one when it is not shown."""
        place = self._places.get(key)
        return QModelIndex() if place is None else self.createIndex(place[1], 0, place[0] + 1)

    @override
    def index(self, row: int, column: int, parent: AnyIndex = _NO_INDEX) -> QModelIndex:
        # Asked for each row that is laid out, so it calls nothing that asks again.
        if column != 0 or row < 0:
            return QModelIndex()
        if not parent.isValid():
            return self.createIndex(row, 0, _GROUP) if row < len(self._shown) else QModelIndex()
        above = parent.row()
        if parent.internalId() != _GROUP or row >= len(self._shown[above][1]):
            return QModelIndex()
        return self.createIndex(row, 0, above + 1)

    @override
    def parent(self, child: AnyIndex = _NO_INDEX) -> QModelIndex:  # type: ignore[override]  # QObject.parent() is the other overload
        if not child.isValid() or child.internalId() == _GROUP:
            return QModelIndex()
        return self.createIndex(child.internalId() - 1, 0, _GROUP)

    @override
    def rowCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        if not parent.isValid():
            return len(self._shown)
        if parent.internalId() == _GROUP and parent.column() == 0:
            return len(self._shown[parent.row()][1])
        return 0

    @override
    def hasChildren(self, parent: AnyIndex = _NO_INDEX) -> bool:
        return not parent.isValid() or (parent.internalId() == _GROUP and bool(self._shown[parent.row()][1]))

    @override
    def columnCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        return 1

    @override
    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if index.internalId() == _GROUP:
            group, operations = self._shown[index.row()]
            return _group_data(group, len(operations), role)
        return _operation_data(self._shown[index.internalId() - 1][1][index.row()], role)

    def _left(self) -> list[_Shown]:
        """Return what the filter leaves."""
        words = self._words
        if not words:
            return [(group, group.operations) for group in self._all]
        found = (
            (group, tuple(op for op, text in zip(group.operations, texts, strict=True) if _has(text, words)))
            for group, texts in zip(self._all, self._search_texts, strict=True)
        )
        return [(group, operations) for group, operations in found if operations]

    def _show(self, shown: list[_Shown]) -> None:
        self._shown = shown
        self._places = {
            operation.key: (row, child)
            for row, (_, operations) in enumerate(shown)
            for child, operation in enumerate(operations)
        }


def _is_same(one: list[_Shown], other: list[_Shown]) -> bool:
    """Compare by identity: whether two operations are equal is a question of all their details."""
    return len(one) == len(other) and all(
        len(left) == len(right) and all(map(is_, left, right)) for (_, left), (_, right) in zip(one, other, strict=True)
    )


def _has(text: str, words: tuple[str, ...]) -> bool:
    return all(word in text for word in words)


def _group_data(group: Group, count: int, role: int) -> Any:
    match role:
        case Qt.ItemDataRole.DisplayRole | OperationRole.KEY:
            return group.name
        case Qt.ItemDataRole.ToolTipRole:
            return documentation(group.name, group.description)
        case Qt.ItemDataRole.AccessibleTextRole:
            return f"{group.name}, {count_text(count, 'operation')}"
        case OperationRole.IS_GROUP:
            return True
        case _:
            return None


def _operation_data(operation: Operation, role: int) -> Any:
    match role:
        case Qt.ItemDataRole.ToolTipRole:
            return documentation(operation.summary, operation.key, operation.description, *_remarks(operation))
        case Qt.ItemDataRole.AccessibleTextRole:
            told = (operation.key, operation.summary, *_remarks(operation))
            return ", ".join(part.rstrip(".") for part in dict.fromkeys(told) if part)
        case OperationRole.IS_GROUP:
            return False
        case OperationRole.MARK:
            return "" if operation.presence is Presence.DOCUMENTED else operation.presence.value
        case _ if role in _OPERATION_FIELDS:
            return getattr(operation, _OPERATION_FIELDS[role])
        case _:
            return None


def _remarks(operation: Operation) -> tuple[str, ...]:
    return _PRESENCE.get(operation.presence, ""), "Deprecated" * operation.deprecated


def _search_text(operation: Operation, group: Group) -> str:
    mark = "" if operation.presence is Presence.DOCUMENTED else operation.presence.value
    words = (operation.method, operation.path, operation.summary, operation.function, group.name, mark, *operation.tags)
    return "\n".join(words).lower()
