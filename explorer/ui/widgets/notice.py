"""One sentence that a person should read, with what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from explorer.ui import names
from explorer.ui.announce import announce
from explorer.ui.focus import chain_focus
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.icon_button import IconButton
from explorer.ui.widgets.icon_label import IconLabel
from explorer.ui.widgets.properties import set_property

Tone = Literal["err", "warn", "info"]


@dataclass(frozen=True, slots=True)
class NoticeAction:
    """A button of a notice: `key` is what the program calls it, `label` what a person reads."""

    key: str
    label: str


class Notice(QFrame):
    """A bar with an icon, a sentence, buttons and a cross. It is hidden until it has something to say.

    Signals:
        action_chosen: the person pressed a button; its key.
        arranged_anew: there are other buttons now.

    """

    action_chosen = Signal(str)
    arranged_anew = Signal()

    def __init__(self, themes: Themes, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._kind = kind
        self.setObjectName(names.NOTICE.format(kind=kind))
        self.setProperty("edge", "bottom")
        self._icon = IconLabel(themes, "alert", "err", 15)
        self._sentence = ""
        self._text = QLabel()
        self._text.setObjectName(names.NOTICE_TEXT.format(kind=kind))
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setWordWrap(True)
        self._text.setProperty("role", "notice")
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._buttons: list[QPushButton] = []
        self._close = IconButton(themes, "x", "Close this message")
        self._close.setObjectName(names.NOTICE_CLOSE.format(kind=kind))
        self._close.clicked.connect(self.hide)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._icon)
        self._row.addWidget(self._text, 1)
        self._row.addWidget(self._close)
        themes.metrics.set(self._row, margins=(16, 6, 8, 6), spacing=10)
        self.hide()
        themes.changed.connect(self._say)

    def show_sentence(self, sentence: str, tone: Tone, actions: Sequence[NoticeAction] = ()) -> None:
        """Say something, in place of what was said before."""
        set_property(self, "panel", tone)
        self._icon.set_icon("info" if tone == "info" else "alert", tone)
        self._sentence = sentence
        self._say()
        for button in self._buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = [self._make_button(action) for action in actions]
        chain_focus([*self._buttons, self._close])
        self.show()
        announce(self, sentence, urgent=tone == "err")
        self.arranged_anew.emit()

    def _say(self) -> None:
        sentence = self._themes.shown(self._sentence)
        self._text.setText(sentence)
        self.setAccessibleName(sentence)

    def _make_button(self, action: NoticeAction) -> QPushButton:
        button = QPushButton(action.label)
        button.setObjectName(names.NOTICE_ACTION.format(kind=self._kind, action=action.key))
        button.setAccessibleName(action.label)
        button.clicked.connect(lambda _checked=False: self.action_chosen.emit(action.key))
        self._row.insertWidget(self._row.count() - 1, button)
        return button
