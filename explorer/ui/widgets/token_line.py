"""How things are with an OAuth2 token, and what can be done about it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from explorer.ui import names
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.icon_label import IconLabel
from explorer.ui.widgets.settings_page import caption

NO_TOKEN = "No token yet. Send asks for one first."
_SIGNS = {"ok": ("check", "ok"), "warn": ("clock", "warn"), "err": ("alert", "err")}


class TokenLine(QWidget):
    """A sentence and two buttons.

    Signals:
        token_requested: a token is to be asked for now.
        token_forgotten: the token that is held is to be thrown away.
    """

    token_requested = Signal()
    token_forgotten = Signal()

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign = IconLabel(themes, "key", "t3", 13)
        self._sentence = caption("", "text")
        self._sentence.setObjectName(names.AUTH_TOKEN_STATE)
        self._get = QPushButton("Get token")
        self._get.setObjectName(names.AUTH_TOKEN_GET)
        self._get.setToolTip("Ask the token URL for a token now, with the user name and password above")
        self._get.clicked.connect(self.token_requested)
        self._forget = QPushButton("Forget token")
        self._forget.setObjectName(names.AUTH_TOKEN_FORGET)
        self._forget.setToolTip("Throw the token away, as a log-out does; the next request asks for another")
        self._forget.clicked.connect(self.token_forgotten)
        words = QHBoxLayout()
        words.addWidget(self._sign)
        words.addWidget(self._sentence, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self._get)
        buttons.addWidget(self._forget)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.addLayout(words)
        layout.addLayout(buttons)
        for button in (self._get, self._forget):
            themes.metrics.set(button, height=28)
        for row in (words, buttons):
            themes.metrics.set(row, spacing=8)
        themes.metrics.set(layout, margins=(0, 8, 0, 4), spacing=8)
        self.set_state(NO_TOKEN, "")

    @property
    def sentence(self) -> str:
        """What is said."""
        return self._sentence.text()

    def set_state(self, sentence: str, tone: str) -> None:
        """Say how things are; `tone` is ``ok``, ``warn``, ``err`` or empty. A token is held when it is ``ok``."""
        self._sentence.setText(sentence)
        self._sign.set_icon(*_SIGNS.get(tone, ("key", "t3")))
        self._get.setText("Get another" if tone == "ok" else "Get token")
        self._forget.setEnabled(tone in ("ok", "warn"))

    def focus_chain(self) -> list[QWidget]:
        """Return the controls in the order of the Tab key."""
        return [self._get, self._forget]
