"""The cells of the JSON tree in the colours of code."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QSize
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from explorer.client.viewers.members import Kind, Member
from explorer.ui.models.json_tree_model import KEY, MEMBER_ROLE, VALUE
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes

_HEIGHT = 24
_TOKENS = {
    Kind.STRING: "c_str",
    Kind.NUMBER: "c_num",
    Kind.BOOLEAN: "c_kw",
    Kind.NULL: "c_kw",
    Kind.OBJECT: "c_pun",
    Kind.LIST: "c_pun",
}


class JsonDelegate(QStyledItemDelegate):
    """Colours keys and values; what they say, the model says."""

    def __init__(self, themes: Themes, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._themes = themes

    @override
    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        member = index.data(MEMBER_ROLE)
        if not isinstance(member, Member):
            return
        theme = self._themes.theme
        if index.column() == VALUE:
            shown = self._themes.shown_value(str(member.key), member.preview)
            option.text = shown  # type: ignore[attr-defined,unused-ignore]
        token = "t3"
        if index.column() == KEY:
            token = "c_key" if isinstance(member.key, str) else "t3"
        elif index.column() == VALUE:
            token = _TOKENS[member.kind]
        # The stubs describe the fields of an option as read-only attributes of their types.
        option.font = theme.font("code")  # type: ignore[attr-defined,unused-ignore]
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.HighlightedText):
            option.palette.setColor(role, theme.color(token))  # type: ignore[attr-defined,unused-ignore]

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(super().sizeHint(option, index).width(), self._themes.theme.px(_HEIGHT))
