"""The line above the list of requests: whether it is live, how many there are, what can be done with all."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from explorer.ui import names
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.chip import Chip
from explorer.ui.widgets.icon_button import IconButton
from explorer.ui.widgets.tone_pill import TonePill
from explorer.ui.wording import count_text


class TraceListHead(QWidget):
    """Says in words how the list stands.

    Attributes:
        pause: lets new requests wait, or go on.
        clear: empties the list.
    """

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = QLabel("Requests", self)
        title.setProperty("role", "panel_title")
        self._state = TonePill(themes, "s_bg", self, dot=True)
        self._state.setObjectName(names.TRACES_STATE)
        self._count = Chip(themes, code=False, parent=self)
        self._count.setObjectName(names.TRACES_COUNT)
        self._count.set_tip("Requests and WebSockets since the start, whoever sent them")
        self.pause = IconButton(themes, "pause", "Let new requests wait", parent=self)
        self.pause.setObjectName(names.TRACES_PAUSE)
        self.clear = IconButton(themes, "trash", "Empty the list", parent=self)
        self.clear.setObjectName(names.TRACES_CLEAR)
        row = QHBoxLayout(self)
        for widget in (title, self._state, self._count):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.pause)
        row.addWidget(self.clear)
        themes.metrics.set(row, margins=(12, 0, 8, 0), spacing=8)
        themes.metrics.set(self, height=42)

    def set_state(self, *, paused: bool, served: bool) -> None:
        """Say whether new requests wait, and whether any can come: `served` is whether the server answers."""
        if paused:
            token, word, tip = "warn", "paused", "New requests wait"
        elif served:
            token, word, tip = "ok", "live", "Requests are shown as they come"
        else:
            token, word, tip = "s_bg", "not running", "No requests can come: the server is not running"
        self._state.set_token(token)
        self._state.set_text(word, tip)
        words = "Show new requests again" if paused else "Let new requests wait"
        self.pause.set_icon("play" if paused else "pause", words)

    def set_count(self, shown: int, total: int) -> None:
        """Say how many requests are shown of all that ever came."""
        if shown == total:
            text, spoken = f"{total:,}", f"{count_text(total, 'request')} since the start"
        else:
            text = f"{shown:,} of {total:,}"
            spoken = f"{shown:,} of {count_text(total, 'request')} since the start"
        self._count.set_text(text)
        self._count.setAccessibleName(spoken)
