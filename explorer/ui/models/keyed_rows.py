"""Rows that grow: no more changes than what differs, so that nothing flickers and a chosen row stays chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

from PySide6.QtCore import QAbstractItemModel, QModelIndex


class Keyed(Protocol):
    """A row with a name of its own."""

    @property
    def key(self) -> str:
        """What stays the same while the rows grow."""
        ...


R = TypeVar("R", bound=Keyed)


def replace_rows(model: QAbstractItemModel, rows: list[R], new: Sequence[R], *, columns: int = 1) -> None:
    """Make `rows`, which `model` shows, the same as `new`, and tell the model's views of what differs."""
    head = 0
    while head < min(len(rows), len(new)) and rows[head].key == new[head].key:
        head += 1
    tail = 0
    while tail < min(len(rows), len(new)) - head and rows[-1 - tail].key == new[-1 - tail].key:
        tail += 1
    if len(rows) - tail > head:
        model.beginRemoveRows(QModelIndex(), head, len(rows) - tail - 1)
        del rows[head : len(rows) - tail]
        model.endRemoveRows()
    if len(new) - tail > head:
        model.beginInsertRows(QModelIndex(), head, len(new) - tail - 1)
        rows[head:head] = new[head : len(new) - tail]
        model.endInsertRows()
    for i, row in enumerate(new):
        if rows[i] != row:
            rows[i] = row
            model.dataChanged.emit(model.index(i, 0), model.index(i, columns - 1))
