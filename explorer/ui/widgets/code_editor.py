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
_INDENT = "  "
_PAIRS = {"{": "}", "[": "]"}
_HELP = "Ctrl+] and Ctrl+[ indent, Ctrl+Shift+F lays JSON out; Tab leads on to the next control"


class CodeEditor(CodeView):
    """An editor for a body of text. Tab leads on, so that nobody is caught in it; Ctrl+] indents.

    Signals:
        text_edited: the person changed the text; the whole of it.
        format_requested: the person wants the text laid out.
    """

    text_edited = Signal(str)
    format_requested = Signal()

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(themes, parent)
        self._setting = False
        self.setReadOnly(False)
        self.setUndoRedoEnabled(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextEditorInteraction)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleDescription(_HELP)
        self.textChanged.connect(self._on_text_changed)
        self.blockCountChanged.connect(self.updateGeometry)
        themes.changed.connect(self.updateGeometry)

    def replace_text(self, text: str) -> None:
        """Take over a text from elsewhere: undo brings the old one back, and the cursor keeps its line and column."""
        old = self.toPlainText()
        if text == old:
            return
        cursor = self.textCursor()
        line, column = cursor.blockNumber(), cursor.positionInBlock()
        start = _common(old, text)
        end = min(min(len(old), len(text)) - start, _common(old[::-1], text[::-1]))
        self._setting = True
        cursor.beginEditBlock()
        cursor.setPosition(_units(old[:start]))
        cursor.setPosition(_units(old[: len(old) - end]), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(text[start : len(text) - end])
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

    def select_span(self, line: int, column: int, length: int) -> None:
        """Select characters of one line, and bring them into sight; both are counted from 0."""
        block = self.document().findBlockByNumber(line)
        if block.isValid():
            self._select(block.position() + _units(block.text()[:column]), length)

    def select_place(self, position: int, length: int) -> None:
        """Select characters from a 0-based place in the whole text on, and bring them into sight."""
        self._select(_units(self.toPlainText()[:position]), length)

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
        key, modifiers = event.key(), event.modifiers()
        control = Qt.KeyboardModifier.ControlModifier
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not modifiers:
            self._break_line()
        elif key == Qt.Key.Key_BracketRight and modifiers == control:
            self._indent(deeper=True)
        elif key == Qt.Key.Key_BracketLeft and modifiers == control:
            self._indent(deeper=False)
        elif key == Qt.Key.Key_F and modifiers == control | Qt.KeyboardModifier.ShiftModifier:
            self.format_requested.emit()
        elif event.text() in _PAIRS.values() and not modifiers & control:
            self._close_bracket(event.text())
        else:
            super().keyPressEvent(event)

    def _break_line(self) -> None:
        """Begin a line as deep as it belongs; between two brackets that belong together, the second one moves on."""
        cursor = self.textCursor()
        text = cursor.block().text()
        before, after = text[: cursor.positionInBlock()], text[cursor.positionInBlock() :]
        indent = before[: len(before) - len(before.lstrip(" "))]
        opening = before.rstrip()[-1:]
        cursor.beginEditBlock()
        cursor.insertText("\n" + indent + (_INDENT if opening in _PAIRS else ""))
        if opening in _PAIRS and after.lstrip().startswith(_PAIRS[opening]):
            at = cursor.position()
            cursor.insertText("\n" + indent)
            cursor.setPosition(at)
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def _close_bracket(self, bracket: str) -> None:
        """Put a closing bracket that begins a line one level further left."""
        cursor = self.textCursor()
        before = cursor.block().text()[: cursor.positionInBlock()]
        cursor.beginEditBlock()
        if before and not before.strip() and before.endswith(_INDENT) and not cursor.hasSelection():
            for _ in _INDENT:
                cursor.deletePreviousChar()
        cursor.insertText(bracket)
        cursor.endEditBlock()
        self.setTextCursor(cursor)

    def _indent(self, *, deeper: bool) -> None:
        """Move the lines of the selection one level to the right, or back."""
        cursor = self.textCursor()
        document = self.document()
        first = document.findBlock(cursor.selectionStart()).blockNumber()
        last = document.findBlock(cursor.selectionEnd()).blockNumber()
        cursor.beginEditBlock()
        for number in range(first, last + 1):
            block = document.findBlockByNumber(number)
            edit = QTextCursor(block)
            if deeper:
                edit.insertText(_INDENT)
            else:
                text = block.text()
                edit.setPosition(
                    block.position() + min(len(_INDENT), len(text) - len(text.lstrip(" "))),
                    QTextCursor.MoveMode.KeepAnchor,
                )
                edit.removeSelectedText()
        cursor.endEditBlock()

    def _select(self, start: int, length: int) -> None:
        cursor = self.textCursor()
        last = self.document().characterCount() - 1
        cursor.setPosition(min(start, last))
        cursor.setPosition(min(start + length, last), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.centerCursor()

    def _on_text_changed(self) -> None:
        if not self._setting:
            self.text_edited.emit(self.toPlainText())


def _common(one: str, other: str) -> int:
    """Return how many characters two texts have in common at their beginning."""
    low, high = 0, min(len(one), len(other))
    while low < high:  # comparing slices is far quicker than comparing characters
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _units(text: str) -> int:
    """Return how long a text is for Qt, which counts a character beyond U+FFFF twice."""
    return len(text) + sum(character > "\uffff" for character in text) if not text.isascii() else len(text)
