"""How far a large response has come."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QProgressBar, QVBoxLayout, QWidget

from explorer.ui import names
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.code_view import CodeView
from explorer.ui.wording import size_text

_STEPS = 1_000


class ProgressPage(QWidget):
    """A sentence, a bar when it is known how much there will be, and the end of what can be read meanwhile."""

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = QLabel()
        self.label.setObjectName(names.RESPONSE_PROGRESS_TEXT)
        self.label.setProperty("role", "caption")
        self.label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.bar = QProgressBar()
        self.bar.setObjectName(names.RESPONSE_PROGRESS)
        self.bar.setAccessibleName("How much of the response is here")
        self.bar.setTextVisible(False)
        self.bar.setRange(0, _STEPS)
        self.text = CodeView(themes)
        self.text.setObjectName(names.RESPONSE_PROGRESS_TAIL)
        self.text.setAccessibleName("The end of the text that is arriving")
        self._tail: str | None = None
        layout = QVBoxLayout(self)
        layout.addWidget(self.text, 100)
        layout.addStretch(1)
        layout.addWidget(self.label)
        layout.addWidget(self.bar, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)
        themes.metrics.set(self.bar, width=260)
        themes.metrics.set(layout, margins=(0, 0, 0, 12), spacing=12)

    def set_progress(self, arrived: int, expected: int | None, tail: str | None = None) -> None:
        """Say how many bytes are here, of how many; `tail` is the end of a text that can be read meanwhile."""
        self.text.setVisible(tail is not None)
        if tail is not None and tail != self._tail:
            self.text.set_text(tail)
            self.text.verticalScrollBar().setValue(self.text.verticalScrollBar().maximum())
        self._tail = tail
        whole = f" of {size_text(expected)}" if expected else ""
        self.label.setText(f"{size_text(arrived)}{whole} received…")
        self.bar.setVisible(bool(expected))
        if expected:
            self.bar.setValue(min(_STEPS, arrived * _STEPS // expected))
