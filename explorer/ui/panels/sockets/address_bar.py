"""Above everything: the address of the client in work, one more client, and the end of all of them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from explorer.client.urls import join_url
from explorer.ui import names
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.badge import Badge
from explorer.ui.widgets.field_box import paint_field_box
from explorer.ui.widgets.url_line import UrlLine, UrlSpan
from explorer.ui.widgets.url_spans import url_spans

_HEIGHT = 48
_FIELD = 32
_RADIUS = 6


class AddressBar(QFrame):
    """The word WS, the address, and two buttons.

    Signals:
        url_edited: the person changed the address; the whole text.
        connect_requested: the person pressed Enter in the address.
        client_wanted: one more client is to be added.
        close_all_requested: all clients are to close.
        parameter_clicked: the person clicked a path parameter; its name.
    """

    url_edited = Signal(str)
    connect_requested = Signal()
    client_wanted = Signal()
    close_all_requested = Signal()
    parameter_clicked = Signal(str)

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._base_url = self._template = self._url = ""
        self.setProperty("panel", "bg1")
        self.setProperty("edge", "bottom")
        self._badge = Badge(themes, "WS", "ws", least=(46, 22))
        self.line = UrlLine(themes)
        self.line.setObjectName(names.SOCKETS_URL)
        self.line.setAccessibleName("Address of the client")
        self.line.setPlaceholderText("Choose an endpoint, or add a client")
        self.line.textEdited.connect(self._on_line_text_edited)
        self.line.returnPressed.connect(self.connect_requested)
        self.line.parameter_clicked.connect(self.parameter_clicked)
        self._field = _Field(themes, self.line)
        self.add = QPushButton("Client")
        self.add.setObjectName(names.SOCKETS_ADD_CLIENT)
        self.add.setAccessibleName("Add a client")
        self.add.clicked.connect(self.client_wanted)
        themes.bind_icon(self.add, "plus", "t1", 14)
        self.close_all = QPushButton("Close all")
        self.close_all.setObjectName(names.SOCKETS_CLOSE_ALL)
        self.close_all.setAccessibleName("Close all clients")
        self.close_all.clicked.connect(self.close_all_requested)
        themes.bind_icon(self.close_all, "stop", "err", 14)
        row = QHBoxLayout(self)
        row.addWidget(self._badge)
        row.addWidget(self._field, 1)
        row.addWidget(self.add)
        row.addWidget(self.close_all)
        for button in (self.add, self.close_all):
            themes.metrics.set(button, height=_FIELD)
        themes.metrics.set(row, margins=(16, 0, 16, 0), spacing=8)
        themes.metrics.set(self, height=_HEIGHT)
        self.set_can(add=False, close=False)

    def set_address(self, base_url: str, target: str, template: str, *, editable: bool = True) -> None:
        """Show the address of a client, or of an endpoint.

        Args:
            base_url: the server's, such as ``ws://127.0.0.1:8000``; empty while there is none.
            target: path and query, or a whole URL that leads to another server.
            template: the endpoint's path.
            editable: whether it can be changed now; that of an open client cannot.
        """
        self._base_url, self._template = base_url, template
        self._url = join_url(base_url, target) if target else ""
        self.line.setReadOnly(not editable)
        if not self.line.hasFocus() or not editable:
            self.line.set_url(self._url, self._spans(self._url))
        self.line.set_whole(self._url)

    def set_can(self, *, add: bool, close: bool) -> None:
        """Say what the buttons can do now."""
        self.add.setEnabled(add)
        self.close_all.setEnabled(close)

    def focus_chain(self) -> list[QWidget]:
        """Return the controls in the order of the Tab key."""
        return [self.line, self.add, self.close_all]

    def _spans(self, text: str) -> tuple[UrlSpan, ...]:
        base = self._base_url if text.startswith(self._base_url) else ""
        return url_spans(base, text.removeprefix(base), self._template)

    def _on_line_text_edited(self, text: str) -> None:
        self.line.set_url(text, self._spans(text))
        self.url_edited.emit(text)


class _Field(QWidget):
    """The box around the line."""

    def __init__(self, themes: Themes, line: UrlLine) -> None:
        super().__init__()
        self._themes = themes
        self._line = line
        line.installEventFilter(self)
        row = QHBoxLayout(self)
        row.addWidget(line)
        themes.metrics.set(row, margins=(10, 1, 8, 1))
        themes.metrics.set(self, height=_FIELD)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().eventFilter(watched, event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_field_box(
            painter,
            self._themes.theme,
            self.rect(),
            _RADIUS,
            focused=self._line.hasFocus(),
            read_only=self._line.isReadOnly(),
        )
        painter.end()
