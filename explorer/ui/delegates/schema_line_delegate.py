"""Paints a line of a schema's difference: the mark, the name, and what it is."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from explorer.database.migrations.revisions import SchemaLine, SchemaLineKind
from explorer.ui.models.schema_lines_model import SchemaLineRole
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes

ROW_HEIGHT = 20
_MARK = 10
_NAME = 25
_INDENT = 13
_DETAIL_SHARE = 0.48
_SIGNS = {SchemaLineKind.ADDED: "+", SchemaLineKind.CHANGED: "~", SchemaLineKind.REMOVED: "−"}
_TOKENS = {SchemaLineKind.ADDED: "ok", SchemaLineKind.CHANGED: "warn", SchemaLineKind.REMOVED: "err"}


class SchemaLineDelegate(QStyledItemDelegate):
    """Knows how the lines look; what they say comes from the model."""

    def __init__(self, themes: Themes, parent: QWidget) -> None:
        super().__init__(parent)
        self._themes = themes

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(self._themes.theme.px(160), self._themes.theme.px(ROW_HEIGHT))

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme = self._themes.theme
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        line: SchemaLine = index.data(SchemaLineRole.LINE)
        token = _TOKENS.get(line.kind, "")
        painter.save()
        if token:
            painter.fillRect(rect, theme.tint(token))
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(theme.color("acc"))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        font = theme.font("code_caption")
        painter.setFont(font)
        painter.setPen(theme.color(token or ("t2" if line.part else "t1")))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.drawText(rect.adjusted(theme.px(_MARK), 0, 0, 0), flags, _SIGNS.get(line.kind, ""))
        left = rect.left() + theme.px(_NAME + (_INDENT if line.part else 0))
        detail = rect.left() + int(rect.width() * _DETAIL_SHARE)
        metrics = painter.fontMetrics()
        name = line.part or line.table
        room = detail - left - theme.px(8) if line.detail else rect.right() - left
        shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(left, rect.top(), room, rect.height()), flags, shown)
        room = rect.right() - detail - theme.px(6)
        shown = metrics.elidedText(line.detail, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(detail, rect.top(), room, rect.height()), flags, shown)
        painter.restore()
