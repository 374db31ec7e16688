"""A field for a message: one line at first, more when the text needs them, up to a handful."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
)
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.json_syntax import json_runs

_MOST_LINES = 6
_AROUND = 6  # design pixels above and below the text
_COLORED_AT_MOST = 5_000  # characters of a line that are coloured


class GrowEdit(QPlainTextEdit):
    """Enter sends while there is one line, Ctrl+Enter always; Shift+Enter begins a line.

    Signals:
        send_pressed: the person wants to send.
        recall_pressed: the person pressed Up on the first line (-1), or Down on the last one (1).
        focused: the keyboard came here.
    """

    send_pressed = Signal()
    recall_pressed = Signal(int)
    focused = Signal()

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self.setProperty("variant", "field")
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._syntax = _JsonColors(themes, self.document())
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        themes.changed.connect(self._on_themes_changed)
        self._fit()

    def set_text(self, text: str) -> None:
        """Show another text; the same one changes nothing, so that the cursor stays."""
        if text != self.toPlainText():
            self.setPlainText(text)
            self.moveCursor(QTextCursor.MoveOperation.End)

    def set_json(self, json: bool) -> None:
        """Colour the text as JSON, or leave it plain."""
        self._syntax.set_on(json)

    @override
    def sizeHint(self) -> QSize:
        theme = self._themes.theme
        lines = max(1, min(_MOST_LINES, round(self.document().size().height())))
        height = max(theme.px(32), lines * self.fontMetrics().lineSpacing() + theme.px(2 * _AROUND) + 2)
        return QSize(theme.px(120), height)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._themes.theme.px(60), self.sizeHint().height())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        one_line = self.blockCount() == 1
        if enter and (
            modifiers == Qt.KeyboardModifier.ControlModifier
            or (one_line and modifiers == Qt.KeyboardModifier.NoModifier)
        ):
            self.send_pressed.emit()
        elif event.key() == Qt.Key.Key_Up and self._at_edge(QTextCursor.MoveOperation.Up):
            self.recall_pressed.emit(-1)
        elif event.key() == Qt.Key.Key_Down and self._at_edge(QTextCursor.MoveOperation.Down):
            self.recall_pressed.emit(1)
        else:
            super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():  # lines wrap elsewhere now
            self._fit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _at_edge(self, move: QTextCursor.MoveOperation) -> bool:
        """Whether the cursor cannot go further that way."""
        return not QTextCursor(self.textCursor()).movePosition(move)

    def _fit(self) -> None:
        few = round(self.document().size().height()) <= _MOST_LINES
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if few else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.setVerticalScrollBarPolicy(policy)
        self.setFixedHeight(self.sizeHint().height())
        self.updateGeometry()

    def _on_themes_changed(self) -> None:
        self._syntax.rehighlight()
        self._fit()


class _JsonColors(QSyntaxHighlighter):
    def __init__(self, themes: Themes, document: QTextDocument) -> None:
        super().__init__(document)
        self._themes = themes
        self._on = False

    def set_on(self, on: bool) -> None:
        if on != self._on:
            self._on = on
            self.rehighlight()

    @override
    def highlightBlock(self, text: str) -> None:
        if not self._on or len(text) > _COLORED_AT_MOST:
            return
        for run in json_runs(text):
            look = QTextCharFormat()
            look.setForeground(self._themes.theme.color(run.color))
            self.setFormat(run.start, run.length, look)
