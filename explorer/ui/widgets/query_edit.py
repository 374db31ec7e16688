"""A line to filter by whose terms mean something; one without sense is underlined."""

from __future__ import annotations

from PySide6.QtGui import QInputMethodEvent, QTextCharFormat
from PySide6.QtWidgets import QApplication, QWidget

from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.filter_edit import FilterEdit


class QueryEdit(FilterEdit):
    """A filter with a mark under a part of it."""

    def __init__(self, themes: Themes, placeholder: str, command: str = "", parent: QWidget | None = None) -> None:
        super().__init__(themes, placeholder, command, parent)
        self._mark = (0, 0)
        self.setProperty("variant", "code")
        themes.changed.connect(self._underline)
        self.cursorPositionChanged.connect(self._underline)

    @property
    def marked(self) -> str:
        """The part of the text that is underlined."""
        start, length = self._mark
        return self.text()[start : start + length]

    def set_mark(self, start: int, length: int) -> None:
        """Underline a part of the text, as something that cannot be understood; a length of 0 underlines nothing."""
        self._mark = (start, length)
        self._underline()

    def _underline(self) -> None:
        """Do so by an input method's formats, the one way that a line edit has for that."""
        start, length = self._mark
        attributes = []
        if length:
            wave = QTextCharFormat()
            wave.setForeground(self._themes.theme.color("err"))
            wave.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            wave.setUnderlineColor(self._themes.theme.color("err"))
            kind = QInputMethodEvent.AttributeType.TextFormat
            attributes.append(QInputMethodEvent.Attribute(kind, start - self.cursorPosition(), length, wave))
        QApplication.sendEvent(self, QInputMethodEvent("", attributes))
