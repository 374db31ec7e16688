"""What the palette offers: everything at first, then what fits what is typed, the best first."""

from __future__ import annotations

import enum
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from explorer.ui.models.fuzzy import fits
from explorer.ui.onlookers import says_what_is_shown
from explorer.ui.override import override

AnyIndex = QModelIndex | QPersistentModelIndex

_MOST = 200  # rows; nobody reads further
_NO_INDEX = QModelIndex()


@dataclass(frozen=True, slots=True, kw_only=True)
class PaletteEntry:
    """One line.

    Attributes:
        title: what it is.
        kind: what kind of thing it is, or where it can be done.
        icon: a name of ``icons.json``; not shown where there is a method.
        method: the HTTP method, for a badge; empty for none.
        also: more words by which it is found.
        keys: which keys do the same; empty for none.
        why_not: why it cannot be done now; empty when it can.
        run: does it.
    """

    title: str
    kind: str
    run: Callable[[], object]
    icon: str = ""
    method: str = ""
    also: str = ""
    keys: str = ""
    why_not: str = ""

    @property
    def name(self) -> str:
        """What it is called, in one line."""
        return f"{self.method} {self.title}" if self.method else self.title

    @property
    def spoken(self) -> str:
        """The line for a screen reader."""
        return ", ".join(filter(None, (self.name, self.kind, self.keys, self.why_not)))


class PaletteRole(enum.IntEnum):
    """What the delegate asks for."""

    ENTRY = Qt.ItemDataRole.UserRole
    MET = Qt.ItemDataRole.UserRole + 1  # places of the letters in the title that fit what is typed


class PaletteModel(QAbstractListModel):
    """The entries that fit."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[PaletteEntry] = []
        self._wanted = ""
        self._shown: list[tuple[PaletteEntry, tuple[int, ...]]] = []

    def clear(self) -> None:
        """Offer nothing."""
        self._entries = []
        self._show()

    def add_entries(self, entries: Sequence[PaletteEntry]) -> None:
        """Offer more, behind what is there."""
        self._entries += entries
        self._show()

    def set_wanted(self, text: str) -> None:
        """Offer what fits a text."""
        self._wanted = text.strip()
        self._show()

    @property
    def shown(self) -> list[PaletteEntry]:
        """What is offered, the best first."""
        return [entry for entry, _ in self._shown]

    def entry(self, index: AnyIndex) -> PaletteEntry | None:
        """Return what stands in a row; None when there is no such row."""
        return self._shown[index.row()][0] if index.isValid() else None

    @override
    def rowCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._shown)

    @override
    @says_what_is_shown()
    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        entry, met = self._shown[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return entry.name
            case Qt.ItemDataRole.AccessibleTextRole:
                return entry.spoken
            case PaletteRole.ENTRY:
                return entry
            case PaletteRole.MET:
                return met
        return None

    def _show(self) -> None:
        self.beginResetModel()
        if self._wanted:
            found = [
                (fit, entry)
                for entry in self._entries
                if (fit := fits(self._wanted, entry.name, entry.also)) is not None
            ]
            found.sort(key=lambda pair: (bool(pair[1].why_not), -pair[0][0]))  # equal ones stay in their order
            self._shown = [(entry, _in_title(entry, met)) for (_, met), entry in found[:_MOST]]
        else:
            self._shown = [(entry, ()) for entry in self._entries[:_MOST]]
        self.endResetModel()


def _in_title(entry: PaletteEntry, met: tuple[int, ...]) -> tuple[int, ...]:
    before = len(entry.name) - len(entry.title)
    return tuple(place - before for place in met if place >= before)
