"""Asks once before something is done that cannot be seen through at a glance; everything else goes on meanwhile."""

from __future__ import annotations

import asyncio

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from explorer.ui import names
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes

_WIDTH = 460


class ConfirmDialog(QDialog):
    """A question, what it means, and two answers.

    Signals:
        answered: whether the person wants it; emitted once. Closing the dialog means no.
    """

    answered = Signal(bool)

    def __init__(
        self,
        themes: Themes,
        question: str,
        meaning: str,
        action: str,
        *,
        danger: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """`question` is one short line, `meaning` says what happens, `action` is what the button says that does it.

        `danger` colours the button, and leaves the Enter key to the answer that changes nothing.
        """
        super().__init__(parent)
        self._done = False
        self.setObjectName(names.CONFIRM_DIALOG)
        self.setWindowTitle(question)
        title = QLabel(question)
        title.setProperty("role", "title")
        words = QLabel(meaning)
        words.setProperty("role", "text")
        for label in (title, words):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.no_button = QPushButton("Cancel")
        self.no_button.setObjectName(names.CONFIRM_NO)
        self.no_button.clicked.connect(self.reject)
        self.yes_button = QPushButton(action)
        self.yes_button.setObjectName(names.CONFIRM_YES)
        self.yes_button.setProperty("variant", "danger" if danger else "primary")
        self.yes_button.clicked.connect(self.accept)
        (self.no_button if danger else self.yes_button).setDefault(True)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.no_button)
        buttons.addWidget(self.yes_button)
        layout = QVBoxLayout(self)
        layout.addWidget(title)
        layout.addWidget(words)
        layout.addStretch(1)
        layout.addLayout(buttons)
        themes.metrics.set(buttons, spacing=8)
        themes.metrics.set(layout, margins=(20, 18, 20, 16), spacing=12)
        themes.metrics.set(self, min_width=_WIDTH, max_width=_WIDTH)

    async def ask(self) -> bool:
        """Show the dialog and wait for the answer, while everything else goes on; the dialog is gone afterwards."""
        answer: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self.answered.connect(lambda yes: None if answer.done() else answer.set_result(yes))
        self.show()
        try:
            return await answer
        finally:
            self.hide()
            self.deleteLater()

    @override
    def done(self, result: int) -> None:
        # Qt calls this for both buttons, for Escape, and for the window's cross.
        super().done(result)
        if not self._done:
            self._done = True
            self.answered.emit(result == QDialog.DialogCode.Accepted)


async def confirmed(
    themes: Themes, parent: QWidget, question: str, meaning: str, action: str, *, danger: bool = False
) -> bool:
    """Ask, and return whether the person wants it."""
    return await ConfirmDialog(themes, question, meaning, action, danger=danger, parent=parent).ask()
