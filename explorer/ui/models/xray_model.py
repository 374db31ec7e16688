"""The rows of the X-ray as a Qt list model, so that selection, keyboard and screen readers come with the view."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from explorer.ui.models.keyed_rows import replace_rows
from explorer.ui.models.xray_rows import Row
from explorer.ui.onlookers import says_what_is_shown
from explorer.ui.override import override
from explorer.ui.tool_tip import as_written

ROW_ROLE = Qt.ItemDataRole.UserRole + 1


class XRayModel(QAbstractListModel):
    """Holds `Row` values; `set_rows` changes no more than what differs, so that a growing journey does not flicker."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows as they are."""
        return tuple(self._rows)

    def set_rows(self, rows: tuple[Row, ...]) -> None:
        """Show these rows instead of those before."""
        replace_rows(self, self._rows, rows)

    @override
    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own
        return 0 if parent.isValid() else len(self._rows)

    @override
    @says_what_is_shown()
    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return row.spoken
            case Qt.ItemDataRole.ToolTipRole:
                return as_written(row.tip) or None
            case _:
                return row if role == ROW_ROLE else None
