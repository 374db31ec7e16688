"""A bar with one sentence about what stands below it, and perhaps one thing to do."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from explorer.ui import names
from explorer.ui.announce import announce
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.icon_label import IconLabel
from explorer.ui.widgets.properties import set_property

Tone = Literal["err", "warn", "info", "bg2"]
_ICONS = {"err": "alert", "warn": "alert", "info": "info", "bg2": "info"}


class SentenceBar(QFrame):
    """Hidden until it has something to say.

    Signals:
        action_requested: the person pressed the button.
    """

    action_requested = Signal()

    def __init__(self, themes: Themes, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._sentence = ""
        self.setObjectName(name)
        self.setProperty("edge", "bottom")
        self._icon = IconLabel(themes, "info", "t3", 13)
        self.label = QLabel()
        self.label.setProperty("role", "caption_text")
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setWordWrap(True)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.button = QPushButton()
        self.button.setObjectName(names.RESPONSE_BAR_ACTION.format(bar=name.rpartition(".")[2]))
        self.button.setProperty("variant", "ghost")
        self.button.clicked.connect(self.action_requested)
        layout = QHBoxLayout(self)
        layout.addWidget(self._icon)
        layout.addWidget(self.label, 1)
        layout.addWidget(self.button)
        themes.metrics.set(layout, margins=(16, 3, 8, 3), spacing=8)
        themes.metrics.set(self, min_height=30)
        self.hide()
        themes.changed.connect(self._say)

    @property
    def sentence(self) -> str:
        """What it says."""
        return self._sentence

    def set_sentence(self, sentence: str, tone: Tone = "info", action: str = "") -> None:
        """Say something else; nothing hides the bar. `action` labels the button."""
        if tone == "err" and sentence != self.sentence:
            announce(self, sentence)
        set_property(self, "panel", tone)
        self._icon.set_icon(_ICONS[tone], "t3" if tone == "bg2" else tone)
        self._sentence = sentence
        self._say()
        self.button.setText(action)
        self.button.setAccessibleName(action)
        self.button.setVisible(bool(action))
        self.setVisible(bool(sentence))

    def _say(self) -> None:
        sentence = self._themes.shown(self._sentence)
        self.label.setText(sentence)
        self.setAccessibleName(sentence)
