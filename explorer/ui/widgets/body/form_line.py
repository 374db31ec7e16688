"""A line of quiet buttons between the rows of a form."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from explorer.ui.theme.manager import Themes

_HEIGHT = 30
_DEEPEST = 4


class FormLine(QWidget):
    """Stands as far right as the names of its rows."""

    def __init__(self, themes: Themes, depth: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.themes = themes
        self._buttons: tuple[QPushButton, ...] = ()
        self._line = QHBoxLayout(self)
        self._line.addStretch(1)
        themes.metrics.set(self._line, margins=(8 + 16 * min(depth, _DEEPEST), 0, 16, 0), spacing=8)
        themes.metrics.set(self, height=_HEIGHT)

    def set_buttons(self, *buttons: QPushButton) -> None:
        """Put these buttons into the line, from left to right."""
        self._buttons = buttons
        for place, button in enumerate(buttons):
            self._line.insertWidget(place, button)

    def focus_widgets(self) -> list[QWidget]:
        """Return the controls in the order of the Tab key."""
        return list(self._buttons)
