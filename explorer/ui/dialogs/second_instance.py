"""What a second window on the same data folder asks: two would overwrite each other's work."""

from __future__ import annotations

import asyncio
import enum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from explorer.ui import names
from explorer.ui.app_icon import app_icon
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes


class SecondInstanceChoice(enum.Enum):
    """What the person wants."""

    SHOW_FIRST = enum.auto()
    TEMPORARY = enum.auto()
    QUIT = enum.auto()


class SecondInstanceDialog(QDialog):
    """Offers to show the first window, to open with temporary data, or to quit.

    Signals:
        chosen: a `SecondInstanceChoice`; emitted once. Closing the dialog means to quit.

    """

    chosen = Signal(object)

    def __init__(self, themes: Themes, folder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._answered = False
        self.setObjectName(names.SECOND_INSTANCE)
        self.setWindowTitle("FastAPI Explorer")
        self.setWindowIcon(app_icon())  # there is no window of ours to have it from
        title = QLabel("FastAPI Explorer is already open")
        title.setProperty("role", "title")
        words = QLabel(
            f"A window already uses the data folder\n{folder}\n\n"
            "With temporary data you can use a second window; its drafts and its database are gone when you close it."
        )
        words.setProperty("role", "text")
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setWordWrap(True)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        for label, name, choice in (
            ("Quit", names.SECOND_INSTANCE_QUIT, SecondInstanceChoice.QUIT),
            ("Open with temporary data", names.SECOND_INSTANCE_TEMPORARY, SecondInstanceChoice.TEMPORARY),
            ("Show the open window", names.SECOND_INSTANCE_SHOW, SecondInstanceChoice.SHOW_FIRST),
        ):
            buttons.addWidget(self._make_button(label, name, choice))
        layout = QVBoxLayout(self)
        layout.addWidget(title)
        layout.addWidget(words)
        layout.addStretch(1)
        layout.addLayout(buttons)
        themes.metrics.set(buttons, spacing=8)
        themes.metrics.set(layout, margins=(20, 20, 20, 16), spacing=12)
        themes.metrics.set(self, min_width=480)

    async def ask(self) -> SecondInstanceChoice:
        """Show the dialog and wait for the answer, while everything else goes on."""
        answer: asyncio.Future[SecondInstanceChoice] = asyncio.get_running_loop().create_future()
        self.chosen.connect(answer.set_result)
        self.show()
        try:
            return await answer
        finally:
            self.close()

    @override
    def reject(self) -> None:
        # Qt calls this for Escape and for the window's cross, and once more when the dialog closes after an answer.
        self._answer(SecondInstanceChoice.QUIT)
        super().reject()

    def _answer(self, choice: SecondInstanceChoice) -> None:
        if not self._answered:
            self._answered = True
            self.hide()
            self.chosen.emit(choice)

    def _make_button(self, label: str, name: str, choice: SecondInstanceChoice) -> QPushButton:
        button = QPushButton(label)
        button.setObjectName(name)
        button.setAccessibleName(label)
        button.setDefault(choice is SecondInstanceChoice.SHOW_FIRST)
        button.clicked.connect(lambda _checked=False: self._answer(choice))
        return button
