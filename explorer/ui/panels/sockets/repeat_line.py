"""How often a message is sent by itself."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from explorer.client.durations import read_seconds, seconds_text
from explorer.ui import names
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.elided_label import ElidedLabel
from explorer.ui.widgets.properties import set_property

_FIRST = 1.0  # seconds
_LEAST = 0.001


class RepeatLine(QWidget):
    """Every how many seconds, and whether it runs.

    Signals:
        seconds_changed: the person wants another distance, in seconds.
        toggled: the person wants it to run (True), or to stop.
    """

    seconds_changed = Signal(float)
    toggled = Signal(bool)

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._running = False
        self._can_run = False
        self.edit = QLineEdit(seconds_text(_FIRST))
        self.edit.setAccessibleName("Seconds between two messages")
        self.edit.setProperty("variant", "code")
        self.edit.textEdited.connect(self._on_edit_text_edited)
        self.button = QPushButton("Start")
        self.button.clicked.connect(self._on_button_clicked)
        self._said = ElidedLabel(role="caption")
        before, after = QLabel("Send every"), QLabel("s")
        row = QHBoxLayout(self)
        for widget in (before, self.edit, after):
            row.addWidget(widget)
        row.addWidget(self._said, 1)
        row.addWidget(self.button)
        for label in (before, after):
            label.setProperty("role", "caption_text")
        themes.metrics.set(row, margins=(0, 0, 0, 0), spacing=6)
        themes.metrics.set(self.edit, width=64, height=28)
        themes.metrics.set(self.button, height=28)
        self._show()

    def set_number(self, number: int) -> None:
        """Take the object names of the column with this number."""
        self.edit.setObjectName(names.SOCKET_REPEAT_SECONDS.format(number=number))
        self.button.setObjectName(names.SOCKET_REPEAT_START.format(number=number))

    def set_seconds(self, seconds: float | None) -> None:
        """Show a distance; None leaves what is there."""
        if seconds is not None and not self.edit.hasFocus():
            self.edit.setText(seconds_text(seconds))
            self._show()

    def set_running(self, running: bool, *, can_run: bool) -> None:
        """Say whether it runs, and whether it could."""
        self._running, self._can_run = running, can_run
        self._show()

    def take_focus(self) -> None:
        """Put the keyboard on the distance."""
        self.edit.setFocus()
        self.edit.selectAll()

    def focus_chain(self) -> list[QWidget]:
        """Return the controls in the order of the Tab key."""
        return [self.edit, self.button]

    def _seconds(self) -> float | None:
        """Return the distance that is typed; None when it is none."""
        try:
            seconds = read_seconds(self.edit.text())
        except ValueError:
            return None
        return seconds if seconds is not None and seconds >= _LEAST else None

    def _on_edit_text_edited(self) -> None:
        seconds = self._seconds()
        self._show()
        if seconds is not None:
            self.seconds_changed.emit(seconds)

    def _on_button_clicked(self) -> None:
        seconds = self._seconds()
        if seconds is not None and not self._running:
            self.seconds_changed.emit(seconds)
        self.toggled.emit(not self._running)

    def _show(self) -> None:
        wrong = self._seconds() is None
        set_property(self.edit, "state", "invalid" if wrong else "")
        self.button.setText("Stop" if self._running else "Start")
        self.button.setAccessibleName("Stop sending again and again" if self._running else "Send again and again")
        self.button.setEnabled(self._running or (self._can_run and not wrong))
        self._said.set_text("Type seconds, such as 0.5." if wrong else "running" if self._running else "")
