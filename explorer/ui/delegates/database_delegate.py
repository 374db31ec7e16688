"""Paints a row of the tree of tables: a heading, a table with its count, a column with its type, an index."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from explorer.ui.delegates.row_fill import paint_row_fill
from explorer.ui.models.database_tree_model import DatabaseRole, EntryKind
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.chip import chip_width, paint_chip

_HEIGHTS = {EntryKind.SECTION: 32, EntryKind.COLUMN: 22}
_HEIGHT = 26
_LEFT = 12
_CHEVRON = 14
_ICON = 14
_ICON_LEFT = 34
_NAME_LEFT = 56
_INDEX_NAME_LEFT = 36
_COLUMN_ICON = 12
_COLUMN_ICON_LEFT = 42
_COLUMN_NAME_LEFT = 62
_RIGHT = 14
_GAP = 8
_CHANGE_TOKENS = (("+", "ok"), ("~", "warn"), ("−", "err"))
_Index = QModelIndex | QPersistentModelIndex


class DatabaseDelegate(QStyledItemDelegate):
    """Knows how rows look; what they say comes from the model."""

    def __init__(self, themes: Themes, parent: QWidget) -> None:
        super().__init__(parent)
        self._themes = themes

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        px = self._themes.theme.px
        return QSize(px(120), px(_HEIGHTS.get(index.data(DatabaseRole.KIND), _HEIGHT)))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        kind = index.data(DatabaseRole.KIND)
        theme = self._themes.theme
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if kind == EntryKind.SECTION:
            painter.setFont(theme.font("section"))
            painter.setPen(theme.color("t3"))
            inner = rect.adjusted(theme.px(_LEFT), theme.px(6), 0, 0)
            painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, index.data())
            painter.restore()
            return
        paint_row_fill(painter, rect, state, theme)
        if kind == EntryKind.COLUMN:
            self._paint_column(painter, rect, index)
        else:
            self._paint_top(painter, rect, index, kind, is_open=bool(state & QStyle.StateFlag.State_Open))
        painter.restore()

    def _paint_top(self, painter: QPainter, rect: QRect, index: _Index, kind: EntryKind, *, is_open: bool) -> None:
        theme, px = self._themes.theme, self._themes.theme.px
        is_index = kind == EntryKind.INDEX
        if not is_index and index.model().rowCount(index):
            self._paint_icon(painter, rect, "cd" if is_open else "cr", "t3", px(_LEFT), _CHEVRON)
        icon = str(index.data(DatabaseRole.ICON))
        token = "warn" if icon == "alert" else "t2"
        self._paint_icon(painter, rect, icon, token, px(_LEFT if is_index else _ICON_LEFT), _ICON)
        right = rect.right() + 1 - px(_RIGHT)
        note = str(index.data(DatabaseRole.NOTE))
        if is_index and note:
            width = chip_width(theme, note, code=False)
            paint_chip(painter, theme, QRect(right - width, rect.center().y() - px(8), width, px(17)), note, code=False)
            right -= width + px(_GAP)
        elif note:
            right = self._paint_right(painter, rect, right, note, "t3") - px(_GAP)
        right = self._paint_change(painter, rect, right, index.data(DatabaseRole.CHANGE))
        self._paint_name(painter, rect, px(_INDEX_NAME_LEFT if is_index else _NAME_LEFT), right, str(index.data()))

    def _paint_change(self, painter: QPainter, rect: QRect, right: int, change: tuple[int, int, int] | None) -> int:
        if change is None:
            return right
        gap = self._themes.theme.px(4)
        for (sign, token), count in reversed(list(zip(_CHANGE_TOKENS, change, strict=True))):
            if count:
                right = self._paint_right(painter, rect, right, f"{sign}{count:,}", token, bold=True) - gap
        return right - gap

    def _paint_column(self, painter: QPainter, rect: QRect, index: _Index) -> None:
        theme, px = self._themes.theme, self._themes.theme.px
        icon = str(index.data(DatabaseRole.ICON))
        if icon:
            token = "warn" if icon == "key" else "info"
            self._paint_icon(painter, rect, icon, token, px(_COLUMN_ICON_LEFT), _COLUMN_ICON)
        painter.setFont(theme.font("code_caption"))
        note = str(index.data(DatabaseRole.NOTE))
        half = (rect.width() - px(_COLUMN_NAME_LEFT)) // 2
        wanted = QFontMetrics(theme.font("code_caption")).horizontalAdvance(str(index.data()))
        room = max(half, rect.width() - px(_COLUMN_NAME_LEFT) - px(_RIGHT) - px(_GAP) - wanted)
        note = painter.fontMetrics().elidedText(note, Qt.TextElideMode.ElideRight, room)
        right = self._paint_right(painter, rect, rect.right() + 1 - px(_RIGHT), note, "t3") - px(_GAP)
        self._paint_name(painter, rect, px(_COLUMN_NAME_LEFT), right, str(index.data()), small=True)

    def _paint_icon(self, painter: QPainter, rect: QRect, icon: str, token: str, left: int, size: int) -> None:
        side = self._themes.theme.px(size)
        pixmap = self._themes.pixmap(icon, token, size, painter.device().devicePixelRatioF())
        painter.drawPixmap(QRect(rect.left() + left, rect.center().y() - side // 2 + 1, side, side), pixmap)

    def _paint_right(
        self, painter: QPainter, rect: QRect, right: int, text: str, token: str, *, bold: bool = False
    ) -> int:
        """Paint a text that ends at `right`, and return where it begins."""
        theme = self._themes.theme
        font = theme.font("caption_bold" if bold else "code_caption")
        painter.setFont(font)
        painter.setPen(theme.color(token))
        width = QFontMetrics(font).horizontalAdvance(text)
        painter.drawText(
            QRect(right - width, rect.top(), width + 1, rect.height()), Qt.AlignmentFlag.AlignVCenter, text
        )
        return right - width

    def _paint_name(
        self, painter: QPainter, rect: QRect, left: int, right: int, name: str, *, small: bool = False
    ) -> None:
        theme = self._themes.theme
        painter.setFont(theme.font("code_caption" if small else "code"))
        painter.setPen(theme.color("t2" if small else "t1"))
        inner = QRect(rect.left() + left, rect.top(), right - rect.left() - left, rect.height())
        shown = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, shown)
