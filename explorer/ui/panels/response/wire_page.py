"""The very bytes on the connection, both ways."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from explorer.client.exchange import Wire
from explorer.client.wire_text import SHOWN_AT_MOST, marks, wire_text
from explorer.ui import names
from explorer.ui.models.response_state import ResponseState
from explorer.ui.override import override
from explorer.ui.panels.response.page import ResponsePage
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.code_view import CodeView
from explorer.ui.widgets.counted_tabs import Tab
from explorer.ui.widgets.elided_label import ElidedLabel
from explorer.ui.widgets.json_syntax import Run
from explorer.ui.widgets.segmented import Segmented
from explorer.ui.wording import size_text


class WirePage(ResponsePage):
    """A switch between both directions, and the bytes with every control character in sight.

    Signals:
        save_requested: the bytes of the direction on show are wanted in a file.
    """

    key = "wire"
    save_requested = Signal()

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(themes, parent)
        self._wire = Wire()
        self.side = Segmented(themes, ("Received", "Sent"))
        self.side.setObjectName(names.RESPONSE_WIRE_SIDE)
        self.side.changed.connect(self._show_side)
        self.note = ElidedLabel(role="caption")
        self.note.setObjectName(names.RESPONSE_WIRE_NOTE)
        self.save = QPushButton("Save…")
        self.save.setObjectName(names.RESPONSE_WIRE_SAVE)
        self.save.setAccessibleName("Save these bytes in a file")
        self.save.setProperty("variant", "ghost")
        self.save.clicked.connect(self.save_requested)
        themes.bind_icon(self.save, "down", "t2", 13)
        self.code = CodeView(themes)
        self.code.setObjectName(names.RESPONSE_WIRE)
        self.code.set_coloring(_runs)
        top = QHBoxLayout()
        top.addWidget(self.side)
        top.addWidget(self.note)
        top.addStretch(1)
        top.addWidget(self.save)
        layout = QVBoxLayout(self)
        layout.addLayout(top)
        layout.addWidget(self.code, 1)
        themes.metrics.set(top, margins=(16, 6, 8, 6), spacing=10)
        themes.metrics.set(layout, margins=(0, 0, 0, 0), spacing=0)

    @property
    def sent_shown(self) -> bool:
        """Whether what was sent is on show, and not what was received."""
        return self.side.current == 1

    @property
    def shown(self) -> bytes:
        """The bytes of the direction on show, as far as they were kept."""
        return self._wire.sent if self.sent_shown else self._wire.received

    @classmethod
    @override
    def tab(cls, state: ResponseState) -> Tab | None:
        wire = state.exchange.wire if state.exchange is not None and not state.live else Wire()
        return Tab(cls.key, "Wire") if wire.sent or wire.received else None

    @override
    def show_state(self, state: ResponseState) -> None:
        self._wire = state.exchange.wire if state.exchange is not None else Wire()
        self._show_side()

    @override
    def focus_chain(self) -> list[QWidget]:
        return [self.side, self.save, self.code]

    def _show_side(self) -> None:
        sent = self.sent_shown
        size = self._wire.sent_size if sent else self._wire.received_size
        self.note.set_text(_note(len(self.shown), max(size, len(self.shown)), sent=sent))
        self.code.setAccessibleName("Bytes that were sent" if sent else "Bytes that were received")
        self.code.set_text(wire_text(self.shown))
        self.save.setVisible(bool(self.shown))


def _note(kept: int, size: int, *, sent: bool) -> str:
    said = f"{size:,} bytes {'sent' if sent else 'received'}"
    if kept < size:
        said += f"; the first {size_text(kept)} are kept"
    if kept > SHOWN_AT_MOST:
        said += f", the first {size_text(SHOWN_AT_MOST)} are shown"
    return said


def _runs(line: str) -> list[Run]:
    return [Run(start, length, "c_com") for start, length in marks(line)]
