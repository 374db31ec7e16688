"""Code to write: a code view that can be changed, and grows with what is in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer.ui.actions.key_words import shown_keys
from explorer.ui.actions.told_keys import ToldKeys
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.code_view import CodeView

_FEWEST_LINES = 5
_MOST_LINES = 16
_INDENT = "  "
_PAIRS = {"{": "}", "[": "]"}
_AT_ONCE = 100_000  # characters that go in at once, so that a long text never stops the window
_TAB = "Tab leads on to the next control"


class CodeEditor(CodeView):
    """An editor for a body of text. Tab leads on, so that nobody is caught in it.

    Signals:
        text_edited: the person changed the text; the whole of it.
        format_requested: the person wants the text laid out.
        long_text_pasted: the person pasted so much that it must not go in at once; the whole text as it would be.
    """

    text_edited = Signal(object)  # a str: as a `str` each listener would get a copy, 15 ms for 5 MB
    format_requested = Signal()
    long_text_pasted = Signal(str)

    OWN: ClassVar[Mapping[str, str]] = {"indent": "indents", "outdent": "goes back", "format": "lays JSON out"}
    """The commands whose keys belong to the editor, and what each does."""

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        self._setting = False
        super().__init__(themes, parent)
        self._own: dict[str, ToldKeys] = {}
        self._text = ""
        self._rest = ""  # what is still to be put in, at `_rest_at`
        self._rest_at = 0
        self._rest_timer = QTimer(self)
        self._rest_timer.setInterval(0)
        self._rest_timer.timeout.connect(self._put_some)
        self.setReadOnly(False)
        self.setUndoRedoEnabled(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextEditorInteraction)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._own = {command: ToldKeys(self, command, self._tell_help) for command in self.OWN}
        self._tell_help()
        self.textChanged.connect(self._on_text_changed)
        self.blockCountChanged.connect(self.updateGeometry)
        themes.changed.connect(self.updateGeometry)

    def replace_text(self, text: str) -> None:
        """Take over a text from elsewhere: undo brings the old one back, and the cursor keeps its line and column.

        A long one arrives over several turns of the event loop; until all of it is there, nothing can be typed.
        """
        if text is self._text or text == self._text:
            return
        self._put_all()
        old = self.toPlainText()
        self._text = text
        cursor = self.textCursor()
        line, column = cursor.blockNumber(), cursor.positionInBlock()
        start = _common(old, text)
        end = min(min(len(old), len(text)) - start, _common(old[::-1], text[::-1]))
        self._setting = True
        cursor.beginEditBlock()
        cursor.setPosition(_units(old[:start]))
        cursor.setPosition(_units(old[: len(old) - end]), QTextCursor.MoveMode.KeepAnchor)
        new = text[start : len(text) - end]
        cursor.insertText(new[:_AT_ONCE])
        cursor.endEditBlock()
        self._setting = False
        if len(new) > _AT_ONCE:
            self._put_later(new[_AT_ONCE:], cursor.position())
            return
        block = self.document().findBlockByNumber(min(line, self.blockCount() - 1))
        cursor.setPosition(block.position() + min(column, block.length() - 1))
        self.setTextCursor(cursor)

    def start_text(self, text: str) -> None:
        """Begin anew with another text, without a way back to the old one."""
        self._rest = ""
        self._rest_timer.stop()
        self.setReadOnly(False)
        self._setting = True
        self.setPlainText(text[:_AT_ONCE])
        self._setting = False
        self._text = text
        if len(text) > _AT_ONCE:
            self._put_later(text[_AT_ONCE:], self.document().characterCount() - 1)

    @property
    @override
    def complete(self) -> bool:
        return not self._rest

    def select_span(self, line: int, column: int, length: int) -> None:
        """Select characters of one line, and bring them into sight; both are counted from 0."""
        block = self.document().findBlockByNumber(line)
        if block.isValid():
            self._select(block.position() + _units(block.text()[:column]), length)

    def select_place(self, position: int, length: int) -> None:
        """Select characters from a 0-based place in the whole text on, and bring them into sight."""
        self._select(_units(self.toPlainText()[:position]), length)

    @override
    def insertFromMimeData(self, source: QMimeData) -> None:
        if not source.hasText() or len(source.text()) <= _AT_ONCE:
            super().insertFromMimeData(source)
            return
        cursor, text = self.textCursor(), self.toPlainText()
        before, after = _characters(text, cursor.selectionStart()), _characters(text, cursor.selectionEnd())
        self.long_text_pasted.emit(text[:before] + source.text() + text[after:])

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
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not modifiers:
            self._break_line()
        elif own := self.own_command(event):
            self.do_own(own)
        elif event.text() in _PAIRS.values() and not modifiers & Qt.KeyboardModifier.ControlModifier:
            self._close_bracket(event.text())
        else:
            super().keyPressEvent(event)

    @override
    def event(self, event: QEvent) -> bool:
        # What belongs to the editor while it has the keyboard may do something else in the window.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self.own_command(event):
            event.accept()
            return True
        return super().event(event)

    def own_command(self, event: QKeyEvent) -> str:
        """Return which of the editor's own commands somebody pressed the keys of; empty for none."""
        return next((command for command, keys in self._own.items() if keys.match(event)), "")

    def do_own(self, command: str) -> None:
        """Do one of the editor's own commands."""
        if command == "format":
            self.format_requested.emit()
        else:
            self._indent(deeper=command == "indent")

    def _tell_help(self, _keys: str = "") -> None:
        helps = [f"{shown_keys(told.keys)} {self.OWN[command]}" for command, told in self._own.items() if told.keys]
        self.setAccessibleDescription("; ".join((*helps, _TAB)))

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

    def _put_later(self, text: str, position: int) -> None:
        """Put a long text in a piece at a time; undo takes all of it out again at once."""
        self._rest, self._rest_at = text, position
        self.setReadOnly(True)
        self._rest_timer.start()

    def _put_all(self) -> None:
        while self._rest:
            self._put_some()

    def _put_some(self) -> None:
        piece, self._rest = self._rest[:_AT_ONCE], self._rest[_AT_ONCE:]
        self._setting = True
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._rest_at)
        if self.isUndoRedoEnabled() and self.document().isUndoAvailable():
            cursor.joinPreviousEditBlock()
        else:
            cursor.beginEditBlock()
        cursor.insertText(piece)
        cursor.endEditBlock()
        self._setting = False
        self._rest_at = cursor.position()
        if not self._rest:
            self._rest_timer.stop()
            self.setReadOnly(False)

    @override
    def _apply_theme(self) -> None:
        """Take another margin, which Qt calls a change of the text: a body that nobody touched must stay as it is."""
        setting, self._setting = self._setting, True
        super()._apply_theme()
        self._setting = setting

    def _on_text_changed(self) -> None:
        if not self._setting:
            self._text = self.toPlainText()
            self.text_edited.emit(self._text)


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


def _characters(text: str, units: int) -> int:
    """Return how many characters of a text take up so many of Qt's units."""
    if text.isascii():
        return units
    return len(text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore"))


def _units(text: str) -> int:
    """Return how long a text is for Qt, which counts a character beyond U+FFFF twice."""
    return len(text) + sum(character > "\uffff" for character in text) if not text.isascii() else len(text)
