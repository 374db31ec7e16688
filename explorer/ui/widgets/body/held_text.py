"""A text that no editor could show without stopping the window: it is kept, and sent exactly as it is."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from explorer.ui import names
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.elided_label import ElidedLabel
from explorer.ui.wording import size_text

LONGEST_LINE = 100_000  # characters; Qt lays a line out as a whole, and again at each key
_PIECE = 50_000
_SHOWN = 300


def must_be_held(text: str) -> bool:
    """Tell whether a text has a line that is too long for an editor."""
    without = 0  # pieces in a row without a line break: looking at each line would take long
    for start in range(0, len(text) - _PIECE + 1, _PIECE):
        without = without + 1 if text.find("\n", start, start + _PIECE) < 0 else 0
        if without * _PIECE >= LONGEST_LINE:
            return True
    return False


class HeldText(QWidget):
    """Says how long the text is and how it begins.

    Signals:
        lay_out_requested: the person wants it on several lines, which can be edited.
        removed: the person wants the text back that was there before.
    """

    lay_out_requested = Signal()
    removed = Signal()

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(names.REQUEST_BODY_HELD)
        self._sentence = QLabel()
        self._sentence.setProperty("role", "text")
        self._sentence.setWordWrap(True)
        self._beginning = ElidedLabel(role="code")
        self._lay_out = self._button("Lay it out", names.REQUEST_BODY_HELD_LAY_OUT, "Lay the JSON out on many lines")
        self._lay_out.clicked.connect(self.lay_out_requested)
        self._remove = self._button("Take it out", names.REQUEST_BODY_HELD_REMOVE, "Go back to the text before")
        self._remove.clicked.connect(self.removed)
        buttons = QHBoxLayout()
        buttons.addWidget(self._lay_out)
        buttons.addWidget(self._remove)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.addWidget(self._sentence)
        layout.addWidget(self._beginning)
        layout.addLayout(buttons)
        themes.metrics.set(layout, margins=(16, 12, 16, 12), spacing=8)
        themes.metrics.set(buttons, margins=(0, 0, 0, 0), spacing=8)

    def set_text(self, text: str, *, json: bool) -> None:
        """Speak of another text."""
        size = size_text(len(text.encode("utf-8", "surrogatepass")))
        self._sentence.setText(
            f"{size} with a line too long to be edited here. It is kept, and sent exactly as it is."
            + (" Laid out on many lines, it can be edited." if json else "")
        )
        self.setAccessibleName(self._sentence.text())
        self._beginning.set_text(text[:_SHOWN] + "…")
        self._lay_out.setVisible(json)

    def focus_widgets(self) -> list[QWidget]:
        """Return the controls in the order of the Tab key."""
        return [self._lay_out, self._remove]

    def _button(self, text: str, name: str, words: str) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setAccessibleName(words)
        button.setToolTip(words)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return button
