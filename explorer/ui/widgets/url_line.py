"""The line that holds a URL: address, path and query in different colours, path parameters on chips."""

from __future__ import annotations

import re
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QClipboard,
    QContextMenuEvent,
    QDropEvent,
    QFontMetricsF,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QTextCharFormat,
)
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.tool_tip import as_written

_CHIP_HEIGHT = 22
_CHIP_OVERLAP = 2
_CHIP_RADIUS = 4
_LONGEST = 10_000_000  # characters; Qt's own limit of 32,767 would cut a long URL in silence
_URL = re.compile(r"https?://\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class UrlSpan:
    """A part of a URL.

    Attributes:
        start: the first character.
        end: behind the last character.
        parameter: the path parameter that it is the value of; empty for other parts.
        color: a colour token of the theme.
    """

    start: int
    end: int
    color: str
    parameter: str = ""


class UrlLine(QLineEdit):
    """A line edit that paints chips under parts of its text.

    Signals:
        parameter_clicked: the person clicked a path parameter; its name.
        pasted: what was pasted or dropped is a request of its own, a curl command or a whole URL; the whole text.
    """

    parameter_clicked = Signal(str)
    pasted = Signal(str)

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._spans: tuple[UrlSpan, ...] = ()
        self._whole = ""
        self._pressed_at: QPoint | None = None
        self.setMaxLength(_LONGEST)
        self.setFrame(False)
        self.setProperty("variant", "url")
        self.textChanged.connect(self._color_text)
        themes.changed.connect(self._color_text)
        themes.changed.connect(self._tell_whole)

    def set_url(self, text: str, spans: tuple[UrlSpan, ...]) -> None:
        """Show a URL; the cursor stays where it is as far as the text allows."""
        self._spans = spans
        if text != self.text():
            position = self.cursorPosition()
            self.setText(text)
            self.setCursorPosition(min(position, len(text)))
        self._color_text()
        self.update()

    def set_whole(self, url: str) -> None:
        """Say what the whole URL is, for the tool tip: the line may be too short for it."""
        self._whole = url
        self._tell_whole()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(self.rect().adjusted(2, 0, -2, 0))
        for span in self._spans:
            if span.parameter:
                painter.setPen(theme.tint_border(span.color))
                painter.setBrush(theme.tint(span.color))
                painter.drawRoundedRect(self._chip(span), theme.px(_CHIP_RADIUS), theme.px(_CHIP_RADIUS))
        shown = self._themes.shown(self.text())
        if shown != self.text():
            self._paint_masked(painter, shown)
            return
        painter.end()
        super().paintEvent(event)

    def _paint_masked(self, painter: QPainter, shown: str) -> None:
        """Paint the text without its secrets, in place of the line with its cursor."""
        theme = self._themes.theme
        painter.setFont(self.font())
        painter.setPen(theme.color("t1"))
        room = self.rect().adjusted(2, 0, -2, 0)
        text = painter.fontMetrics().elidedText(shown, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)
        painter.end()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = event.position().toPoint()
        super().mousePressEvent(event)

    def take_text(self, text: str) -> None:
        """Take over a text that the person pasted: as a request of its own if it is one, else where the cursor is."""
        from explorer.client.importing.curl import is_curl

        whole = self.hasSelectedText() and self.selectedText() == self.text()
        if is_curl(text) or ((whole or not self.text()) and _URL.fullmatch(text.strip())):
            self.pasted.emit(text.strip())
        else:
            self.insert("".join(line.strip() for line in text.splitlines()))  # mail breaks long addresses
            self.textEdited.emit(self.text())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self._paste(QClipboard.Mode.Clipboard)
            return
        super().keyPressEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.createStandardContextMenu()
        for action in menu.findChildren(QAction, "edit-paste"):
            action.triggered.disconnect()
            action.triggered.connect(lambda: self._paste(QClipboard.Mode.Clipboard))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        if event.mimeData().hasText():
            event.acceptProposedAction()
            self.take_text(event.mimeData().text())

    def _paste(self, mode: QClipboard.Mode) -> None:
        text = QApplication.clipboard().text(mode)
        if text:
            self.take_text(text)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        clipboard = QApplication.clipboard()
        if event.button() == Qt.MouseButton.MiddleButton and clipboard.supportsSelection():
            self._paste(QClipboard.Mode.Selection)
            return
        super().mouseReleaseEvent(event)
        pressed, self._pressed_at = self._pressed_at, None
        point = event.position().toPoint()
        if pressed is None or (point - pressed).manhattanLength() >= QApplication.startDragDistance():
            return
        for span in self._spans:
            if span.parameter and self._chip(span).contains(point):
                self.parameter_clicked.emit(span.parameter)
                return

    def _chip(self, span: UrlSpan) -> QRectF:
        """Return where the text of `span` stands, a little wider than the text."""
        theme = self._themes.theme
        metrics = QFontMetricsF(self.font())
        text = self.text()
        left = metrics.horizontalAdvance(text[: span.start])
        width = max(metrics.horizontalAdvance(text[span.start : span.end]), metrics.horizontalAdvance(" ") / 2)
        height = theme.px(_CHIP_HEIGHT)
        overlap = theme.px(_CHIP_OVERLAP)
        top = (self.height() - height) / 2
        return QRectF(self._text_left() + left - overlap, top, width + 2 * overlap, height).adjusted(
            0.5, 0.5, -0.5, -0.5
        )

    def _text_left(self) -> float:
        """Return the x of the first character, which is left of the widget when a long text has scrolled."""
        before = QFontMetricsF(self.font()).horizontalAdvance(self.text()[: self.cursorPosition()])
        return self.cursorRect().center().x() - before

    def _tell_whole(self) -> None:
        self.setToolTip(as_written(self._themes.shown(self._whole)))

    def _color_text(self) -> None:
        """Colour parts of the text: an input method's formats are the one way that a line edit has for that."""
        attributes = []
        for span in self._spans:
            if span.end > len(self.text()):
                continue
            char_format = QTextCharFormat()
            char_format.setForeground(self._themes.theme.color(span.color))
            start = span.start - self.cursorPosition()
            attributes.append(
                QInputMethodEvent.Attribute(
                    QInputMethodEvent.AttributeType.TextFormat, start, span.end - span.start, char_format
                )
            )
        QApplication.sendEvent(self, QInputMethodEvent("", attributes))
