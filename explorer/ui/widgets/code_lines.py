"""The line-height and the line numbers of a code view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QTextBlock, QTextDocument
from PySide6.QtWidgets import QPlainTextDocumentLayout, QWidget

from explorer.ui.override import override

if TYPE_CHECKING:
    from explorer.ui.widgets.code_view import CodeView


class SpacedLayout(QPlainTextDocumentLayout):
    """The layout of plain text with some room below each line, which Qt's own has no setting for."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self.line_height = 0.0

    @override
    def blockBoundingRect(self, block: QTextBlock) -> QRectF:
        rect = super().blockBoundingRect(block)
        lines = block.layout().lineCount()
        if rect.isNull() or not lines:
            return rect
        rect.setHeight(max(rect.height(), lines * self.line_height))
        return rect


class LineNumbers(QWidget):
    """The numbers left of a code view; their width follows the number of lines."""

    def __init__(self, view: CodeView) -> None:
        super().__init__(view)
        self._view = view

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._view.gutter_width(), 0)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        view, theme = self._view, self._view.themes.theme
        painter = QPainter(self)
        painter.setFont(theme.font("code"))
        right = self.width() - theme.px(12)
        for block, rect in view.visible_blocks():
            if note := view.note_of(block.blockNumber()):
                if note.error:
                    painter.fillRect(0, rect.top(), self.width(), rect.height(), theme.tint("err"))
                painter.setPen(theme.color("err" if note.error else "t3"))
            else:
                painter.setPen(theme.color("t3"))
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(0, rect.top(), right, rect.height(), flags, str(block.blockNumber() + 1))
