"""A line edit that knows the difference between an empty value and no value, and helps with numbers and dates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from explorer.client.editors import PLAIN, Editor, EditorKind
from explorer.client.stepping import step_number
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.tool_tip import as_written
from explorer.ui.widgets.quiet_button import QuietButton

if TYPE_CHECKING:
    from explorer.ui.widgets.moment_popup import MomentPopup

_NOT_SENT = "not sent"
_EMPTY = "empty text"
_NEEDED = "needed"
_AGAIN = "enter again"
_BUTTON = 18
_SIGN = 13
_LONGEST = 10_000_000  # characters; Qt's own limit of 32,767 would cut a long value in silence
_HELP = "Backspace in an empty field, or the cross, takes the value out of the request."
_SECRET = "It held a secret, and secrets are not saved: enter it again."
_MOMENTS = (EditorKind.DATE, EditorKind.DATETIME, EditorKind.TIME)
_STEPS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_PageUp: 10, Qt.Key.Key_PageDown: -10}
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

    def __init__(
        self, themes: Themes, *, leaves_out: bool = True, editor: Editor = PLAIN, parent: QWidget | None = None
    ) -> None:
        """`leaves_out` says whether "not sent" can be chosen at all: it cannot for a part of the path."""
        super().__init__(parent)
        self._themes = themes
        self._leaves_out = leaves_out
        self._editor = editor
        self._sent = False
        self._ask = False
        self._secret = False
        self._default = ""
        self._popup: MomentPopup | None = None
        self.setMaxLength(_LONGEST)
        self.setProperty("variant", "code")
        self._cross = QuietButton(themes, "plus", "", size=11, side=_BUTTON, parent=self)
        self._cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._cross.clicked.connect(self._on_cross_clicked)
        self._calendar: QuietButton | None = None
        if editor.kind in _MOMENTS:
            words = "Choose a time (Alt+Down)" if editor.kind is EditorKind.TIME else "Choose a date (Alt+Down)"
            icon = "clock" if editor.kind is EditorKind.TIME else "calendar"
            self._calendar = QuietButton(themes, icon, words, side=_BUTTON, parent=self)
            self._calendar.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._calendar.clicked.connect(self.choose_moment)
        self.textEdited.connect(self._on_text_edited)
        themes.changed.connect(self._show_state)
        themes.changed.connect(self._show_echo)
        self._show_state()

    @property
    def value(self) -> str | None:
        """The text, or None for "not sent"."""
        return self.text() if self._sent else None

    @property
    def leaves_out(self) -> bool:
        """Whether the value can be left out."""
        return self._leaves_out

    def set_default(self, default: str | None) -> None:
        """Say what the server takes when nothing is sent; None when nobody says so."""
        if (default or "") != self._default:
            self._default = default or ""
            self._show_state()

    def set_secret(self, secret: bool) -> None:
        """Say whether the value lets somebody in: then it is not to be read while somebody presents."""
        self._secret = secret
        self._show_echo()

    def _show_echo(self) -> None:
        hidden = self._secret and self._themes.presenting
        mode = QLineEdit.EchoMode.Password if hidden else QLineEdit.EchoMode.Normal
        if mode != self.echoMode():
            self.setEchoMode(mode)

    def set_value(self, value: str | None, *, ask: bool = False) -> None:
        """Show a value without a signal; the cursor stays where it is while the text is the same.

        Args:
            value: the text, or None for "not sent".
            ask: whether it held a secret that was not saved.
        """
        if value == self.value and ask == self._ask:
            return
        self._ask = ask
        self._sent = value is not None
        if (value or "") != self.text():
            position = self.cursorPosition()
            self.setText(value or "")
            self.setCursorPosition(min(position, len(self.text())) if self._focused else 0)
        self._show_state()

    def enter_value(self, value: str | None) -> None:
        """Take a value that the person chose elsewhere, such as from a list."""
        self._ask = False
        self._change(value)

    def choose_moment(self) -> None:
        """Open the calendar or the clock."""
        from explorer.ui.widgets.moment_popup import MomentPopup

        if self._popup is None:
            self._popup = MomentPopup(self._themes, self._editor.kind, self)
            self._popup.chosen.connect(self.enter_value)
        self._popup.show_at(self.mapToGlobal(QPoint(0, self.height())), self.text())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if key == Qt.Key.Key_Backspace and self._sent and not self.text() and self._leaves_out:
            self._change(None)
        elif alt and key == Qt.Key.Key_Down and self._calendar is not None:
            self.choose_moment()
        elif self._editor.kind is EditorKind.NUMBER and key in _STEPS and not alt:
            self._step(_STEPS[key])
        else:
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
            self._show_buttons()
        return done

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.property("state") == "invalid" and self._calendar is None and not self._cross.isVisible():
            theme = self._themes.theme
            side, margin = theme.px(_SIGN), theme.px(10)
            painter = QPainter(self)
            sign = self._themes.pixmap("alert", "err", _SIGN, self.devicePixelRatioF())
            painter.drawPixmap(self.width() - side - margin, (self.height() - side) // 2, sign)
            painter.end()

    @property
    def _focused(self) -> bool:
        proxy = self.focusProxy()  # the combo box, where this is a part of one
        return self.hasFocus() if proxy is None else proxy.hasFocus()

    def _step(self, by: int) -> None:
        stepped = step_number(self.text(), by, least=self._editor.least, most=self._editor.most)
        if stepped is not None and stepped != self.text():
            self.enter_value(stepped)
            self.selectAll()

    def _show_buttons(self) -> None:
        side = self._themes.theme.px(_BUTTON)
        margin = (self.height() - side) // 2
        self._cross.setGeometry(self.width() - side - margin, margin, side, side)
        self._cross.setVisible(self._leaves_out and (self.underMouse() or self._focused))
        if self._calendar is not None:
            left = self.width() - (2 if self._leaves_out else 1) * side - margin
            self._calendar.setGeometry(left, margin, side, side)

    def _show_state(self) -> None:
        theme = self._themes.theme
        self.setPlaceholderText(self._placeholder())
        buttons = 1 + int(self._leaves_out and self._calendar is not None)
        self.setTextMargins(0, 0, buttons * theme.px(_BUTTON), 0)
        words = "Do not send it" if self._sent else "Send it as empty text"
        self._cross.set_icon("x" if self._sent else "plus", words)
        self.setToolTip(as_written(self._help()))
        self._show_buttons()

    def _placeholder(self) -> str:
        if self._ask and not self.text():
            return _AGAIN
        if self._sent:
            return _EMPTY
        if not self._leaves_out:
            return _NEEDED
        return f"{_NOT_SENT} ({self._default})" if self._default else _NOT_SENT

    def _help(self) -> str:
        lines = [self.text()]
        if self._ask and not self.text():
            lines.append(_SECRET)
        elif not self._sent and self._default:
            lines.append(f"Not sent: the server takes {self._default}.")
        if self._leaves_out:
            lines.append(_HELP)
        return "\n".join(line for line in lines if line)

    def _change(self, value: str | None) -> None:
        self.set_value(value)
        self.value_edited.emit(value)

    def _on_text_edited(self, text: str) -> None:
        self._sent = True
        self._ask = False
        self._show_state()
        self.value_edited.emit(text)

    def _on_cross_clicked(self) -> None:
        self._change(None if self._sent else "")
