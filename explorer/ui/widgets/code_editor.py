"""Code to write: a code view that can be changed, and grows with what is in it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.code_view import CodeView

_FEWEST_LINES = 5
_MOST_LINES = 16


class CodeEditor(CodeView):
    """An editor for a body of text.

    Signals:
        text_edited: the person changed the text; the whole of it.
    """

    text_edited = Signal(str)

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(themes, parent)
        self._setting = False
        self.setReadOnly(False)
        self.setUndoRedoEnabled(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextEditorInteraction)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.textChanged.connect(self._on_text_changed)
        self.blockCountChanged.connect(self.updateGeometry)
        themes.changed.connect(self.updateGeometry)

    def replace_text(self, text: str) -> None:
        """Take over a text from elsewhere: undo brings the old one back, and the cursor keeps its line and column."""
        if text == self.toPlainText():
            return
        cursor = self.textCursor()
        line, column = cursor.blockNumber(), cursor.positionInBlock()
        self._setting = True
        cursor.beginEditBlock()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        cursor.endEditBlock()
        self._setting = False
        block = self.document().findBlockByNumber(min(line, self.blockCount() - 1))
        cursor.setPosition(block.position() + min(column, block.length() - 1))
        self.setTextCursor(cursor)

    def start_text(self, text: str) -> None:
        """Begin anew with another text, without a way back to the old one."""
        self._setting = True
        self.setPlainText(text)
        self._setting = False

    @override
    def sizeHint(self) -> QSize:
        lines = min(max(self.blockCount(), _FEWEST_LINES), _MOST_LINES)
        return QSize(
            super().sizeHint().width(), round(lines * self.line_height() + 2 * self.document().documentMargin())
        )

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self.gutter_width() * 2, self.sizeHint().height())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            cursor = self.textCursor()
            line = cursor.block().text()[: cursor.positionInBlock()]
            indent = line[: len(line) - len(line.lstrip(" "))]
            deeper = "  " if line.rstrip().endswith(("{", "[")) else ""
            cursor.insertText("\n" + indent + deeper)
            self.ensureCursorVisible()
            return
        super().keyPressEvent(event)

    def _on_text_changed(self) -> None:
        if not self._setting:
            self.text_edited.emit(self.toPlainText())
