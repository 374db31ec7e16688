"""The cells of tables that Qt paints, without the secrets while somebody presents."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from explorer.ui.override import override
from explorer.ui.theme.manager import Themes


class ShownCells(QStyledItemDelegate):
    """Masks what looks like a secret, and what the first column says is one."""

    def __init__(
        self,
        themes: Themes,
        parent: QObject | None = None,
        *,
        values: Collection[int] = (),
        always: bool = False,
        titled: bool = False,
    ) -> None:
        """`values` are the columns with what the first column names; `always` masks all of these.

        `titled` says that each column has what its title names.
        """
        super().__init__(parent)
        self._themes = themes
        self._values = values
        self._always = always
        self._titled = titled

    @override
    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        if not self._themes.presenting:
            return
        text = str(index.data() or "")
        if index.column() in self._values:
            named = index.model().index(index.row(), 0, index.parent())
            name = "cookie" if self._always else str(named.data() or "")
            text = self._themes.shown_value(name, text)
        elif self._titled:
            title = index.model().headerData(index.column(), Qt.Orientation.Horizontal)
            text = self._themes.shown_value(str(title), text)
        # The stubs describe the fields of an option as read-only attributes of their types.
        option.text = self._themes.shown(text)  # type: ignore[attr-defined,unused-ignore]
