"""JSON as a tree of which only what somebody opened exists."""

from __future__ import annotations

import re
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from explorer.client.viewers.members import Cursor, Kind, Member, Page
from explorer.ui.onlookers import shown_value
from explorer.ui.override import override
from explorer.ui.tool_tip import as_written

AnyIndex = QModelIndex | QPersistentModelIndex
MEMBER_ROLE = Qt.ItemDataRole.UserRole + 1
KEY, VALUE, TYPE, COUNT = range(4)

_NO_INDEX = QModelIndex()
_TITLES = ("Key", "Value", "Type", "Members")
_PLAIN_NAME = re.compile(r"[A-Za-z_]\w*", re.ASCII)


class Node:
    """A value in the tree, with the members that were asked for."""

    __slots__ = ("children", "loading", "member", "next", "parent", "row")

    def __init__(self, member: Member, parent: Node | None, row: int) -> None:
        self.member = member
        self.parent = parent
        self.row = row
        self.children: list[Node] = []
        self.loading = False
        is_container = member.kind in (Kind.OBJECT, Kind.LIST) and member.size != 0
        self.next: Cursor | None = Cursor(member.start + 1, 0) if is_container else None

    @property
    def path(self) -> str:
        """Where the value is, as JSONPath: ``$.items[0].name``."""
        parts: list[str] = []
        node: Node | None = self
        while node is not None and node.parent is not None:
            parts.append(path_step(node.member.key))
            node = node.parent
        return "$" + "".join(reversed(parts))


class JsonTreeModel(QAbstractItemModel):
    """Values with their keys, kinds and numbers of members; members come in pages.

    Signals:
        page_wanted: somebody looks at members that are not here yet: their `Node`. The answer goes to `add_page`.
    """

    page_wanted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._root: Node | None = None

    def set_root(self, member: Member | None) -> None:
        """Show another value, or none."""
        self.beginResetModel()
        self._root = None if member is None else Node(member, None, 0)
        self.endResetModel()

    def add_page(self, node: Node, page: Page) -> None:
        """Take the members of a value that were asked for; passed over when the value is not here any more."""
        if not self.holds(node):
            return
        if page.members:
            first = len(node.children)
            self.beginInsertRows(self.index_of(node), first, first + len(page.members) - 1)
            node.children += [Node(member, node, first + i) for i, member in enumerate(page.members)]
            node.next = page.next
            self.endInsertRows()
        else:
            node.next = None
        node.loading = False  # only now, for views ask for more while they hear of these
        if node.next is None and node.member.size < 0:
            self.set_count(node, len(node.children))

    def set_count(self, node: Node, count: int) -> None:
        """Say how many members a value has, which was not known."""
        if self.holds(node):
            node.member = node.member._replace(size=count)
            self.dataChanged.emit(self.index_of(node, VALUE), self.index_of(node, COUNT))

    def holds(self, node: Node) -> bool:
        """Return whether a value is still in the tree."""
        while node.parent is not None:
            node = node.parent
        return node is self._root

    def has_more(self, index: AnyIndex) -> bool:
        """Return whether a value has members that are neither here nor asked for; `fetchMore` asks for them."""
        node = self.node(index)
        return node is not None and node.next is not None and not node.loading

    def index_of(self, node: Node, column: int = 0) -> QModelIndex:
        """Return the index of a value."""
        return self.createIndex(node.row, column, node)

    def node(self, index: AnyIndex) -> Node | None:
        """Return the value at an index."""
        found = index.internalPointer() if index.isValid() else None
        return found if isinstance(found, Node) else None

    # --- Qt's questions -----------------------------------------------------------------------------------------------
    @override
    def index(self, row: int, column: int, parent: AnyIndex = _NO_INDEX) -> QModelIndex:
        if not 0 <= column < len(_TITLES) or row < 0:
            return QModelIndex()
        if not parent.isValid():
            return self.createIndex(0, column, self._root) if self._root is not None and row == 0 else QModelIndex()
        above = self.node(parent)
        if above is None or row >= len(above.children) or parent.column() != 0:
            return QModelIndex()
        return self.createIndex(row, column, above.children[row])

    @override
    def parent(self, index: AnyIndex = _NO_INDEX) -> QModelIndex:  # type: ignore[override]
        node = self.node(index)
        return QModelIndex() if node is None or node.parent is None else self.index_of(node.parent)

    @override
    def rowCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        if not parent.isValid():
            return int(self._root is not None)
        node = self.node(parent)
        return len(node.children) if node is not None and parent.column() == 0 else 0

    @override
    def columnCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        return len(_TITLES)

    @override
    def hasChildren(self, parent: AnyIndex = _NO_INDEX) -> bool:
        node = self.node(parent)
        if node is None:
            return self._root is not None
        return parent.column() == 0 and (bool(node.children) or node.next is not None)

    @override
    def canFetchMore(self, parent: AnyIndex) -> bool:
        # The first page only: a tree view fetches whatever it may each time it lays a value out.
        node = self.node(parent)
        return node is not None and not node.children and self.has_more(parent)

    @override
    def fetchMore(self, parent: AnyIndex) -> None:
        node = self.node(parent)
        if node is not None and self.has_more(parent):
            node.loading = True
            self.page_wanted.emit(node)

    @override
    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        node = self.node(index)
        if node is None:
            return None
        if role == MEMBER_ROLE:
            return node.member
        if role == Qt.ItemDataRole.ToolTipRole:
            return as_written(node.path if index.column() == KEY else node.member.preview) or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = _spoken(node.member) if index.column() == KEY else _shown(node.member)[index.column()]
            return shown_value(str(node.member.key), said) if index.column() == VALUE else said
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == COUNT:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return _shown(node.member)[index.column()] if role == Qt.ItemDataRole.DisplayRole else None

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _TITLES[section]
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section == COUNT else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None


def path_step(key: str | int) -> str:
    """Return one step of a JSONPath: ``.name``, ``['a name']`` or ``[0]``."""
    if isinstance(key, int):
        return f"[{key}]"
    if _PLAIN_NAME.fullmatch(key):
        return f".{key}"
    escaped = key.replace("\\", "\\\\").replace("'", "\\'")
    return f"['{escaped}']"


def _shown(member: Member) -> tuple[str, str, str, str]:
    count = "" if member.kind not in (Kind.OBJECT, Kind.LIST) else (f"{member.size:,}" if member.size >= 0 else "…")
    return str(member.key), member.preview, member.kind.value, count


def _spoken(member: Member) -> str:
    if member.kind in (Kind.OBJECT, Kind.LIST):
        count = "many" if member.size < 0 else f"{member.size:,}"
        return f"{member.key}: {member.kind.value} of {count}"
    return f"{member.key}: {shown_value(str(member.key), member.preview)}"
