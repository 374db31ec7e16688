"""Over the column of a client whose handshake the server refused: its answer, as the HTTP response that it is."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from explorer.client.sockets.record import Handshake
from explorer.client.status import meaning
from explorer.ui import names
from explorer.ui.models.socket_client import ClientView
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.elided_label import ElidedLabel
from explorer.ui.widgets.status_pill import StatusPill

_SHOWN = 20_000  # bytes of a body
_TEXT_AT_LEAST = 72  # design pixels: three lines
_NO_BODY = "The response has no body."


class RefusedCard(QFrame):
    """Status, sentence, headers and body.

    Signals:
        log_requested: the person wants to see the column that lies below.
    """

    log_requested = Signal()

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self.setProperty("panel", "bg1")
        self.setAutoFillBackground(True)
        self.pill = StatusPill(themes)
        self.request = ElidedLabel(role="code_caption")
        self.request.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.sentence = QLabel()
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence.setWordWrap(True)
        self.sentence.setProperty("role", "text")
        self.headers = self._make_text("Headers of the response")
        self.body = self._make_text("Body of the response")
        self.log = QPushButton("Show the log")
        self.log.setProperty("variant", "ghost")
        self.log.clicked.connect(self.log_requested)
        self._build()

    def set_number(self, number: int) -> None:
        """Take the object names of the column with this number."""
        for widget, name in (
            (self, names.SOCKET_REFUSED),
            (self.pill, names.SOCKET_REFUSED_STATUS),
            (self.headers, names.SOCKET_REFUSED_HEADERS),
            (self.body, names.SOCKET_REFUSED_BODY),
            (self.log, names.SOCKET_REFUSED_LOG),
        ):
            widget.setObjectName(name.format(number=number))

    def set_client(self, client: ClientView, handshake: Handshake) -> None:
        """Show the answer to a client's handshake."""
        status = handshake.status or 0
        phrase = handshake.response_line.split(" ", 2)[2:]
        self.pill.set_status(status, phrase[0] if phrase else "", meaning(status)[1])
        self.request.set_text(handshake.request_line)
        self.sentence.setText(client.status.sentence or "The server did not open the WebSocket.")
        lines = [f"{name}: {value}" for name, value in handshake.response_headers]
        self.headers.setPlainText("\n".join(lines))
        self.body.setPlainText(handshake.body[:_SHOWN].decode("utf-8", "replace") or _NO_BODY)

    def focus_chain(self) -> list[QWidget]:
        """Return the controls in the order of the Tab key."""
        return [self.log, self.headers, self.body]

    def _make_text(self, name: str) -> QPlainTextEdit:
        text = QPlainTextEdit()
        text.setReadOnly(True)
        text.setTabChangesFocus(True)
        text.setProperty("variant", "field")
        text.setAccessibleName(name)
        return text

    def _build(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.pill)
        top.addWidget(self.request, 1)
        top.addWidget(self.log)
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.addLayout(top)
        layout.addWidget(self.sentence)
        for title, text, share in (("Headers", self.headers, 2), ("Body", self.body, 3)):
            label = QLabel(title)
            label.setProperty("role", "section")
            layout.addWidget(label)
            layout.addWidget(text, share)
            self._themes.metrics.set(text, min_height=_TEXT_AT_LEAST)
        scroll = QScrollArea()  # a low window would squeeze the texts to nothing
        scroll.setWidget(content)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole = QVBoxLayout(self)
        whole.addWidget(scroll)
        self._themes.metrics.set(top, spacing=8)
        self._themes.metrics.set(self.log, height=28)
        self._themes.metrics.set(layout, margins=(12, 12, 12, 12), spacing=8)
        self._themes.metrics.set(whole, margins=(0, 0, 0, 0))
