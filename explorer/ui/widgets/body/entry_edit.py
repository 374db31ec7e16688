"""Fields for one JSON value: on one line, on several, or with a list of what is allowed."""

from __future__ import annotations

import enum
from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from explorer.client.stepping import step_number
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.tool_tip import as_written

_STEPS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_PageUp: 10, Qt.Key.Key_PageDown: -10}
_FEWEST_LINES = 2
_MOST_LINES = 8


class Sent(enum.Enum):
    """The three states of a field."""

    NOT = "not sent"
    NULL = "null"
    VALUE = "empty text"  # said only where there is nothing else to see


class EntryEdit(QLineEdit):
    """A field on one line.

    Signals:
        entered: the person typed; the text.
        left_out: the person pressed Backspace in an empty field: the value is to go.
    """

    entered = Signal(str)
    left_out = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sent = Sent.NOT
        self._bounds: tuple[float | None, float | None] | None = None
        self.setProperty("variant", "code")
        self.textEdited.connect(self._on_text_edited)

    def set_entry(self, sent: Sent, text: str) -> None:
        """Show a value; the cursor stays where it is while the text is the same."""
        self._sent = sent
        if text != self.text():
            position = self.cursorPosition()
            self.setText(text)
            self.setCursorPosition(min(position, len(text)) if self.hasFocus() else 0)
        self.setPlaceholderText(sent.value)
        self.setToolTip(as_written(text))

    def set_steps(self, least: float | None, most: float | None) -> None:
        """Have the arrow keys step the number in it, within these bounds."""
        self._bounds = (least, most)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Backspace and not self.text() and self._sent is not Sent.NOT:
            self.left_out.emit()
            return
        by = _STEPS.get(Qt.Key(event.key()))
        if by and self._bounds is not None and event.modifiers() != Qt.KeyboardModifier.AltModifier:
            self._step(by, *self._bounds)
            return
        super().keyPressEvent(event)

    def _step(self, by: int, least: float | None, most: float | None) -> None:
        stepped = step_number(self.text(), by, least=least, most=most)
        if stepped is not None and stepped != self.text():
            self.setText(stepped)
            self._on_text_edited(stepped)
            self.selectAll()

    def _on_text_edited(self, text: str) -> None:
        self._sent = Sent.VALUE
        self.setPlaceholderText(Sent.VALUE.value)
        self.entered.emit(text)


class ChoiceEdit(QComboBox):
    """A field on one line, with a list of the values that are allowed; any other can be typed.

    Signals:
        entered: the person typed or chose; the text.
        left_out: the value is to go.
    """

    entered = Signal(str)
    left_out = Signal()

    def __init__(self, choices: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("variant", "code")  # before anything that has Qt dress it
        self.edit = EntryEdit()
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.addItems(list(choices))
        self.setCurrentIndex(-1)  # a list must not choose its first entry by itself
        self.setLineEdit(self.edit)
        self.setCompleter(None)  # type: ignore[arg-type]  # Qt takes None for "no completer"
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumContentsLength(4)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.edit.entered.connect(self.entered)
        self.edit.left_out.connect(self.left_out)
        self.textActivated.connect(self.entered)

    def set_entry(self, sent: Sent, text: str) -> None:
        """Show a value."""
        self.edit.set_entry(sent, text)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the wheel scrolls the form; it must not change a value on the way


class LongEdit(QPlainTextEdit):
    """A field on several lines. Tab leads on to the next field.

    Signals:
        entered: the person typed; the text.
        left_out: the value is to go.
        height_changed: it wants to be higher or lower now.
    """

    entered = Signal(str)
    left_out = Signal()
    height_changed = Signal()

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._setting = False
        self._sent = Sent.NOT
        self.setProperty("variant", "field")
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._on_text_changed)
        self.blockCountChanged.connect(self.height_changed)

    def set_entry(self, sent: Sent, text: str) -> None:
        """Show a value; the cursor stays where it is while the text is the same."""
        self._sent = sent
        if text != self.toPlainText():
            self._setting = True
            self.setPlainText(text)
            self._setting = False
        self.setPlaceholderText(sent.value)

    def wanted_height(self) -> int:
        """Return the height that shows all lines, up to eight."""
        lines = min(max(self.blockCount(), _FEWEST_LINES), _MOST_LINES)
        return lines * self.fontMetrics().lineSpacing() + 2 * round(self.document().documentMargin()) + 6

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Backspace and not self.toPlainText() and self._sent is not Sent.NOT:
            self.left_out.emit()
            return
        super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.selectAll()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        bar = self.verticalScrollBar()
        if bar.maximum() > 0 and self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.height_changed.emit()

    def _on_text_changed(self) -> None:
        if not self._setting:
            self._sent = Sent.VALUE
            self.setPlaceholderText(Sent.VALUE.value)
            self.entered.emit(self.toPlainText())
