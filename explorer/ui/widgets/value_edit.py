"""A line edit that knows the difference between an empty value and no value."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from explorer.ui.override import override
from explorer.ui.theme.manager import Themes

_NOT_SENT = "not sent"
_EMPTY = "empty text"
_NEEDED = "needed"
_BUTTON = 18
_HELP = "Backspace in an empty field, or the cross, takes the value out of the request."
_CROSS_EVENTS = (
    QEvent.Type.Resize,
    QEvent.Type.Enter,
    QEvent.Type.Leave,
    QEvent.Type.FocusIn,
    QEvent.Type.FocusOut,
)


class ValueEdit(QLineEdit):
    """Edits one value that may be left out of the request.

    Signals:
        value_edited: the person changed the value; its text, or None for "not sent".
    """

    value_edited = Signal(object)

    def __init__(self, themes: Themes, *, leaves_out: bool = True, parent: QWidget | None = None) -> None:
        """`leaves_out` says whether "not sent" can be chosen at all: it cannot for a part of the path."""
        super().__init__(parent)
        self._themes = themes
        self._leaves_out = leaves_out
        self._sent = False
        self.setProperty("variant", "code")
        self._cross = QToolButton(self)
        self._cross.setCursor(Qt.CursorShape.ArrowCursor)
        self._cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._cross.clicked.connect(self._on_cross_clicked)
        self.textEdited.connect(self._on_text_edited)
        themes.changed.connect(self._show_state)
        self._show_state()

    @property
    def value(self) -> str | None:
        """The text, or None for "not sent"."""
        return self.text() if self._sent else None

    def set_value(self, value: str | None) -> None:
        """Show a value without a signal; the cursor stays where it is while the text is the same."""
        if value == self.value:
            return
        self._sent = value is not None
        if (value or "") != self.text():
            position = self.cursorPosition()
            self.setText(value or "")
            self.setCursorPosition(min(position, len(self.text())) if self._focused else 0)
        self._show_state()

    def enter_value(self, value: str) -> None:
        """Take a value that the person chose elsewhere, such as from a list."""
        self._sent = True
        self.setText(value)
        self._show_state()
        self.value_edited.emit(value)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Backspace and self._sent and not self.text() and self._leaves_out:
            self._change(None)
            return
        super().keyPressEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.createStandardContextMenu()
        if self._leaves_out:
            menu.addSeparator()
            action = QAction("Do not send it" if self._sent else "Send it as empty text", menu)
            action.triggered.connect(self._on_cross_clicked)
            menu.addAction(action)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    @override
    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() in _CROSS_EVENTS:
            self._show_cross()
        return done

    @property
    def _focused(self) -> bool:
        proxy = self.focusProxy()  # the combo box, where this is a part of one
        return self.hasFocus() if proxy is None else proxy.hasFocus()

    def _show_cross(self) -> None:
        side = self._themes.theme.px(_BUTTON)
        margin = (self.height() - side) // 2
        self._cross.setGeometry(self.width() - side - margin, margin, side, side)
        self._cross.setVisible(self._leaves_out and (self.underMouse() or self._focused))

    def _show_state(self) -> None:
        theme = self._themes.theme
        self.setPlaceholderText(_EMPTY if self._sent else _NOT_SENT if self._leaves_out else _NEEDED)
        self.setTextMargins(0, 0, theme.px(_BUTTON) if self._leaves_out else 0, 0)
        words = "Do not send it" if self._sent else "Send it as empty text"
        self._themes.bind_icon(self._cross, "x" if self._sent else "plus", "t3", 11)
        self._cross.setToolTip(words)
        self._cross.setAccessibleName(words)
        self.setToolTip(f"{self.text()}\n{_HELP}".strip() if self._leaves_out else self.text())
        self._show_cross()

    def _change(self, value: str | None) -> None:
        self.set_value(value)
        self.value_edited.emit(value)

    def _on_text_edited(self, text: str) -> None:
        self._sent = True
        self._show_state()
        self.value_edited.emit(text)

    def _on_cross_clicked(self) -> None:
        self._change(None if self._sent else "")
