"""Many rows as text, one a line; as high as what is in it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from explorer.ui.override import override
from explorer.ui.theme.manager import Themes

_FEWEST, _MOST = 3, 14  # lines
_PLACEHOLDER = "name: value\n# name: a row that is switched off\n# name"


class BulkEdit(QPlainTextEdit):
    """Edits rows as text. The Tab key leaves it.

    Signals:
        text_edited: the person changed the text; the whole of it.
    """

    text_edited = Signal(str)

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._setting = False
        self.setProperty("variant", "field")
        self.setPlaceholderText(_PLACEHOLDER)
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._on_text_changed)
        self.blockCountChanged.connect(self.updateGeometry)
        themes.changed.connect(self.updateGeometry)

    def set_text(self, text: str) -> None:
        """Show another text, without a signal."""
        if text != self.toPlainText():
            self._setting = True
            self.setPlainText(text)
            self._setting = False

    @override
    def sizeHint(self) -> QSize:
        lines = min(max(self.blockCount(), _FEWEST), _MOST)
        height = lines * self.fontMetrics().lineSpacing() + 2 * self.document().documentMargin()
        return QSize(super().sizeHint().width(), round(height) + self._themes.theme.px(8))

    def _on_text_changed(self) -> None:
        if not self._setting:
            self.text_edited.emit(self.toPlainText())
