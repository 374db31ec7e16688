"""The keys of all commands as lines below the names of the rooms, as far as a filter leaves them."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from explorer.ui.override import override

AnyIndex = QModelIndex | QPersistentModelIndex

_NO_INDEX = QModelIndex()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortcut:
    """One command and its keys.

    Attributes:
        command_id: of the command; empty for a heading.
        text: what it does, or where the ones below can be done.
        place: where it can be done.
        keys: as a person reads them; may be none.
        usual: whether these are the keys it comes with.
        fixed: whether they cannot be changed.
    """

    command_id: str = ""
    text: str
    place: str = ""
    keys: tuple[str, ...] = ()
    usual: bool = True
    fixed: bool = False

    @property
    def remark(self) -> str:
        """What is to be said of the keys; empty when nothing is."""
        return "fixed" if self.fixed else "" if self.usual else "your own"

    @property
    def spoken(self) -> str:
        """The line for a screen reader."""
        if not self.command_id:
            return self.text
        return ", ".join(filter(None, (self.text, " or ".join(self.keys) or "no keys", self.place, self.remark)))


class ShortcutRole(enum.IntEnum):
    """What the delegate asks for."""

    SHORTCUT = Qt.ItemDataRole.UserRole


class ShortcutsModel(QAbstractListModel):
    """Lines and headings; headings cannot be chosen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[Shortcut, ...] = ()
        self._words: tuple[str, ...] = ()
        self._rows: list[Shortcut] = []

    def set_shortcuts(self, shortcuts: Sequence[Shortcut]) -> None:
        """Show other keys; those of one place must stand together."""
        self._all = tuple(shortcuts)
        self._show()

    def set_filter(self, text: str) -> None:
        """Leave those with every word in text, keys or place."""
        self._words = tuple(text.lower().split())
        self._show()

    def shortcut(self, index: AnyIndex) -> Shortcut | None:
        """Return what stands in a row; None for a heading."""
        found = self._rows[index.row()] if index.isValid() else None
        return found if found is not None and found.command_id else None

    def index_of(self, command_id: str) -> QModelIndex:
        """Return where a command stands; its first row when it is not shown, an invalid index when none is."""
        rows = [row for row, shortcut in enumerate(self._rows) if shortcut.command_id]
        found = [row for row in rows if self._rows[row].command_id == command_id] or rows
        return self.index(found[0], 0) if found else QModelIndex()

    @override
    def rowCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        is_heading = index.isValid() and self.shortcut(index) is None
        return Qt.ItemFlag.ItemNeverHasChildren if is_heading else super().flags(index)

    @override
    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        shortcut = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return shortcut.text
            case Qt.ItemDataRole.AccessibleTextRole:
                return shortcut.spoken
            case ShortcutRole.SHORTCUT:
                return shortcut
        return None

    def _show(self) -> None:
        self.beginResetModel()
        left = [each for each in self._all if all(word in each.spoken.lower() for word in self._words)]
        self._rows = []
        for place, shortcuts in groupby(left, key=lambda each: each.place):
            self._rows += [Shortcut(text=place), *shortcuts]
        self.endResetModel()
