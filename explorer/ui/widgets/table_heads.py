"""The two heads of a `VirtualTable`: the titles above its columns, and the gutter for marks at its left."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QToolTip

from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.tool_tip import as_written
from explorer.ui.widgets.table_source import RowLook, TableColumn

PADDING = 8
_HEIGHT = 28
_ARROW = 11
_GAP = 6
_EDGE = 3


class TableHeader(QHeaderView):
    """Titles, with the order shown at the column it goes by.

    Signals:
        title_clicked: a title was clicked; the column's number.
        width_chosen: a person dragged a border; the column's number.
    """

    title_clicked = Signal(int)
    width_chosen = Signal(int)

    def __init__(self, themes: Themes, column: Callable[[int], TableColumn | None]) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._themes = themes
        self._column = column
        self._order: tuple[int, bool] | None = None
        self._dragging = False
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setStretchLastSection(True)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.sectionClicked.connect(self._on_section_clicked)
        self.sectionResized.connect(self._on_section_resized)

    def set_order(self, order: tuple[int, bool] | None) -> None:
        """Show by which column rows are ordered, and whether backwards."""
        self._order = order
        self.viewport().update()

    def title_width(self, column: TableColumn) -> int:
        """Return how wide a title wants to be, its note and an arrow included."""
        theme = self._themes.theme
        px = theme.px
        width = QFontMetrics(theme.font("caption_bold")).horizontalAdvance(column.title) + 2 * px(PADDING)
        if column.note:
            width += px(_GAP) + QFontMetrics(theme.font("caption")).horizontalAdvance(column.note)
        return width + (px(_ARROW) + px(4) if column.sortable else 0)

    @override
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._themes.theme.px(_HEIGHT))

    @override
    def paintEvent(self, e: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self.viewport())
        painter.fillRect(e.rect(), theme.color("bg2"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.color("bd"))
        painter.end()
        super().paintEvent(e)

    @override
    def mousePressEvent(self, e: QMouseEvent) -> None:
        self._dragging = True
        super().mousePressEvent(e)

    @override
    def mouseReleaseEvent(self, e: QMouseEvent) -> None:
        super().mouseReleaseEvent(e)
        self._dragging = False

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        theme = self._themes.theme
        px = theme.px
        column = self._column(logicalIndex)
        painter.fillRect(rect, theme.color("bg2"))
        painter.setPen(theme.color("bd"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        if column is None:
            return
        inner = rect.adjusted(px(PADDING), 0, -px(PADDING), 0)
        if self._order is not None and self._order[0] == logicalIndex:
            arrow = QRect(inner.right() + 1 - px(_ARROW), inner.center().y() - px(_ARROW) // 2, px(_ARROW), px(_ARROW))
            name = "down" if self._order[1] else "up"
            painter.drawPixmap(arrow, self._themes.pixmap(name, "acc", _ARROW, self.devicePixelRatioF()))
            inner.setRight(arrow.left() - px(4))
        self._paint_title(painter, inner, column)

    def _paint_title(self, painter: QPainter, inner: QRect, column: TableColumn) -> None:
        theme = self._themes.theme
        bold, plain = QFontMetrics(theme.font("caption_bold")), QFontMetrics(theme.font("caption"))
        title = bold.elidedText(column.title, Qt.TextElideMode.ElideRight, inner.width())
        width = bold.horizontalAdvance(title)
        room = inner.width() - width - theme.px(_GAP)
        note = plain.elidedText(column.note, Qt.TextElideMode.ElideRight, room) if column.note and room > 0 else ""
        note = "" if note == "…" else note
        beside = theme.px(_GAP) + plain.horizontalAdvance(note) if note else 0
        left = inner.right() + 1 - width - beside if column.right else inner.left()
        place = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font("caption_bold"))
        painter.setPen(theme.color("t2"))
        painter.drawText(QRect(left, inner.top(), width + 1, inner.height()), place, title)
        if note:
            painter.setFont(theme.font("caption"))
            painter.setPen(theme.color("t3"))
            start = left + width + theme.px(_GAP)
            painter.drawText(QRect(start, inner.top(), beside + 1, inner.height()), place, note)

    @override
    def viewportEvent(self, e: QEvent) -> bool:
        if e.type() == QEvent.Type.ToolTip and isinstance(e, QHelpEvent):
            column = self._column(self.logicalIndexAt(e.pos()))
            words = " ".join((column.title, column.note)) if column else ""
            QToolTip.showText(e.globalPos(), as_written(column.tip or words if column else ""), self)
            return True
        return super().viewportEvent(e)

    def _on_section_clicked(self, number: int) -> None:
        column = self._column(number)
        if column is not None and column.sortable:
            self.title_clicked.emit(number)

    def _on_section_resized(self, number: int) -> None:
        if self._dragging:
            self.width_chosen.emit(number)


class TableGutter(QHeaderView):
    """Marks at the left of the rows in sight; it stays where it is when columns are scrolled."""

    def __init__(self, themes: Themes, look: Callable[[int], RowLook]) -> None:
        """`look` answers for rows as they stand in sight, from 0."""
        super().__init__(Qt.Orientation.Vertical)
        self._themes = themes
        self._look = look
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        theme = self._themes.theme
        look = self._look(logicalIndex)
        painter.fillRect(rect, theme.tint(look.token) if look.filled and look.token else theme.color("bg1"))
        painter.setPen(theme.color("bd"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        if look.token:
            painter.fillRect(QRect(rect.left(), rect.top(), theme.px(_EDGE), rect.height()), theme.color(look.token))
        if look.mark:
            painter.setFont(theme.font("code_bold"))
            painter.setPen(theme.color(look.token or "t2"))
            inner = rect.adjusted(theme.px(_EDGE), 0, 0, 0)
            painter.drawText(inner, Qt.AlignmentFlag.AlignCenter, look.mark)
