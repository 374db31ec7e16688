"""A line for what nobody else should read: hidden, with an eye that shows it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.quiet_button import QuietButton

_EYE = 20


class SecretEdit(QLineEdit):
    """A line edit with dots in place of characters.

    Args:
        themes: colours and sizes.
        empty: what it says while it is empty, when that is a matter of course.
        parent: its parent.
    """

    def __init__(self, themes: Themes, empty: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._empty = empty
        self.setPlaceholderText(empty)
        self.setProperty("variant", "code")
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.eye = QuietButton(themes, "eye", "Show it", size=14, side=_EYE, parent=self)
        self.eye.setCheckable(True)
        self.eye.toggled.connect(self._on_eye_toggled)
        themes.changed.connect(self._on_themes_changed)

    def set_ask(self, ask: bool) -> None:
        """Say whether it held a secret that was not saved."""
        again = "enter again if it was used" if self._empty else "enter again"
        self.setPlaceholderText(again if ask else self._empty)
        self.setToolTip("It was not saved: enter it again." if ask else "")

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        side = self._themes.theme.px(_EYE)
        margin = (self.height() - side) // 2
        self.setTextMargins(0, 0, side, 0)
        self.eye.setGeometry(self.width() - side - margin, margin, side, side)

    def _on_themes_changed(self) -> None:
        """Hide it, and keep it hidden, while somebody presents."""
        presenting = self._themes.presenting
        if presenting:
            self.eye.setChecked(False)
        self.eye.setVisible(not presenting)
        self._arrange()

    def _on_eye_toggled(self, shown: bool) -> None:
        self.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self.eye.set_icon("eyeoff" if shown else "eye", "Hide it" if shown else "Show it")
        self.setFocus(Qt.FocusReason.OtherFocusReason)
