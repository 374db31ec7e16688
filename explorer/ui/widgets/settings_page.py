"""A page of the request that is no list of rows: labels at the left, what belongs to them at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from explorer.ui.theme.manager import Themes

_LABEL = 130
_FIELD = 420
_HEIGHT = 28


class SettingsPage(QScrollArea):
    """A grid of two columns that scrolls."""

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._line = 0
        content = QWidget(self.viewport())
        outer = QVBoxLayout(content)
        self._grid = QGridLayout()
        outer.addLayout(self._grid)
        outer.addStretch(1)
        self._grid.setColumnStretch(1, 100)
        self._grid.setColumnStretch(2, 1)  # takes what is left when the fields are as wide as they may be
        themes.metrics.set(outer, margins=(16, 12, 16, 12), spacing=8)
        themes.metrics.set(self._grid, spacing=8)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(content)

    def add_line(self, label: str, field: QWidget) -> tuple[QWidget, ...]:
        """Put a field behind its label; returns both, for hiding them together."""
        words = QLabel(label)
        words.setProperty("role", "control")
        words.setBuddy(field)
        self._themes.metrics.set(words, width=_LABEL)
        self._themes.metrics.set(field, max_width=_FIELD)
        self._themes.metrics.set(words, height=_HEIGHT)
        self._grid.addWidget(words, self._line, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(field, self._line, 1)
        self._line += 1
        return words, field

    def add_below(self, widget: QWidget) -> QWidget:
        """Put something below the last field, in its column."""
        self._grid.addWidget(widget, self._line, 1, 1, 2)
        self._line += 1
        return widget

    def add_across(self, widget: QWidget) -> QWidget:
        """Put something below, over both columns."""
        self._grid.addWidget(widget, self._line, 0, 1, 3)
        self._line += 1
        return widget


def caption(text: str, role: str = "caption") -> QLabel:
    """Return a sentence that wraps."""
    label = QLabel(text)
    label.setProperty("role", role)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return label
