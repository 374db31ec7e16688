"""What the schema says of the value in the row above."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from explorer.openapi.hints import Hint
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.icon_label import IconLabel


class RowHint(QWidget):
    """A sign, the sentence, and where FastAPI would say the mistake is; wraps where there is little room."""

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._hints: tuple[Hint, ...] = ()
        self._sign = IconLabel(themes, "alert", "err", 13)
        self._text = QLabel()
        self._text.setProperty("role", "error")
        self._text.setTextFormat(Qt.TextFormat.RichText)
        self._text.setWordWrap(True)
        self._text.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        layout = QHBoxLayout(self)
        layout.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._text, 1)
        themes.metrics.set(layout, margins=(4, 0, 16, 4), spacing=8)
        themes.changed.connect(self._show_hints)

    def set_hints(self, hints: tuple[Hint, ...]) -> None:
        """Show remarks; none hide the line."""
        if hints and hints != self._hints:
            self._hints = hints
            self._show_hints()
        self.setVisible(bool(hints))

    def _show_hints(self) -> None:
        if not self._hints:
            return
        theme = self._themes.theme
        first = self._hints[0]
        sentence = " · ".join(hint.message for hint in self._hints)
        where = " › ".join(str(part) for part in first.loc)
        font = theme.font("code_caption").family()
        color = theme.hex("err" if first.error else "t2")
        self._text.setText(
            f'<span style="color: {color}">{escape(sentence)}</span> '
            f"&nbsp;<span style=\"color: {theme.hex('t3')}; font-family: '{font}'\">{escape(where)}</span>"
        )
        self.setAccessibleName(f"{sentence} ({where})")
        name, token = ("alert", "err") if first.error else ("info", "t3")
        self._sign.set_icon(name, token)
