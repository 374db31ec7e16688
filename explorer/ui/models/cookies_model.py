"""The cookies of a jar as a table."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from explorer.client.cookies import Cookie
from explorer.client.expiry import expiry_text
from explorer.ui.onlookers import says_what_is_shown
from explorer.ui.override import override
from explorer.ui.tool_tip import as_written

COLUMNS = ("Name", "Value", "Domain", "Path", "Expires", "Flags")
_Index = QModelIndex | QPersistentModelIndex


class CookiesModel(QAbstractTableModel):
    """One row a cookie."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cookies: tuple[Cookie, ...] = ()

    def set_cookies(self, cookies: tuple[Cookie, ...]) -> None:
        """Show these cookies."""
        self.beginResetModel()
        self._cookies = cookies
        self.endResetModel()

    def cookie(self, row: int) -> Cookie | None:
        """Return the cookie of a row; None when there is no such row."""
        return self._cookies[row] if 0 <= row < len(self._cookies) else None

    def row_of(self, cookie: Cookie | None) -> int:
        """Return the row of a cookie with the same name, domain and path; -1 when there is none."""
        keys = [each.key for each in self._cookies]
        return keys.index(cookie.key) if cookie is not None and cookie.key in keys else -1

    @override
    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 Qt's own default
        return 0 if parent.isValid() else len(self._cookies)

    @override
    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 Qt's own default
        return 0 if parent.isValid() else len(COLUMNS)

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return COLUMNS[section]
        return None

    @override
    @says_what_is_shown(values=(1,), name="cookie")
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        cookie = self.cookie(index.row()) if index.isValid() else None
        if cookie is None or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        shown = (
            cookie.name,
            cookie.value,
            cookie.domain if cookie.host_only else f"{cookie.domain} and below",
            cookie.path,
            expiry_text(cookie.expires) or "with this program",
            flags_text(cookie),
        )[index.column()]
        return as_written(shown) if role == Qt.ItemDataRole.ToolTipRole else shown


def flags_text(cookie: Cookie) -> str:
    """Return what else was said of a cookie, such as ``Secure, HttpOnly``."""
    flags = [
        "Secure" if cookie.secure else "",
        "HttpOnly" if cookie.http_only else "",
        f"SameSite={cookie.same_site}" if cookie.same_site else "",
    ]
    return ", ".join(flag for flag in flags if flag)
