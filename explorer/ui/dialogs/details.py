"""A long text, such as a traceback, in a window of its own."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from explorer.ui import names
from explorer.ui.theme.manager import Themes


class DetailsDialog(QDialog):
    """Shows a text that can be read and copied; other windows stay usable.

    Signals:
        copy_requested: put the text on the clipboard.

    """

    copy_requested = Signal(str)

    def __init__(self, themes: Themes, title: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(names.DETAILS_DIALOG)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._text = QPlainTextEdit(text)
        self._text.setObjectName(names.DETAILS_TEXT)
        self._text.setAccessibleName(title)
        self._text.setProperty("variant", "code")
        self._text.setReadOnly(True)
        copy = QPushButton("Copy")
        copy.setObjectName(names.DETAILS_COPY)
        copy.setAccessibleName("Copy the text")
        copy.clicked.connect(self.on_copy_clicked)
        close = QPushButton("Close")
        close.setObjectName(names.DETAILS_CLOSE)
        close.setAccessibleName("Close this window")
        close.setDefault(True)
        close.clicked.connect(self.close)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(copy)
        buttons.addWidget(close)
        layout = QVBoxLayout(self)
        layout.addWidget(self._text, 1)
        layout.addLayout(buttons)
        themes.metrics.set(buttons, spacing=8)
        themes.metrics.set(layout, margins=(16, 16, 16, 16), spacing=12)
        self.resize(themes.theme.px(760), themes.theme.px(460))

    def on_copy_clicked(self) -> None:
        """Ask for the text on the clipboard."""
        self.copy_requested.emit(self._text.toPlainText())
