"""The server in the top bar: its state, its address, and a menu of what can be done with it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QWidget

from explorer.server.interface import ServerState, StatusChanged
from explorer.ui import names
from explorer.ui.announce import announce
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.tool_tip import as_written
from explorer.ui.widgets.state_dot import DOT_SIDE, STATE_TOKENS, paint_state_dot

_HEIGHT = 26
_PADDING = 11
_GAP = 8
_RADIUS = 6

_WORDS: dict[ServerState, str] = {
    ServerState.STOPPED: "stopped",
    ServerState.STARTING: "starting…",
    ServerState.RUNNING: "running",
    ServerState.BLOCKED: "blocked",
    ServerState.STOPPING: "stopping…",
    ServerState.CRASHED: "not running",
}
_TOLD = frozenset({ServerState.STOPPED, ServerState.RUNNING})
"""Who does not see the pill is told of these; of a server that does not answer, a notice tells."""
_CALM = frozenset({ServerState.STOPPED, ServerState.STARTING, ServerState.RUNNING, ServerState.STOPPING})


class ServerPill(QPushButton):
    """Shows one server. A click opens the menu.

    Signals:
        start_requested: start the server.
        stop_requested: stop it.
        restart_requested: stop it, load the app again, start.
        abandon_requested: leave a blocked server behind and start on the next port.
        docs_requested: open the app's own documentation in the browser.
        copy_url_requested: put the address on the clipboard.
        log_requested: show or hide the server's log.

    """

    start_requested = Signal()
    stop_requested = Signal()
    restart_requested = Signal()
    abandon_requested = Signal()
    docs_requested = Signal()
    copy_url_requested = Signal()
    log_requested = Signal()

    def __init__(self, themes: Themes, name: str = "demo_api", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._name = name
        self._status = StatusChanged(state=ServerState.STOPPED)
        self._docs_available = False
        self.setObjectName(names.SERVER_PILL)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._menu = QMenu(self)
        self._menu.setObjectName(names.SERVER_MENU)
        self._menu.setToolTipsVisible(True)
        self._start = self._add("Start", names.SERVER_START, self.start_requested.emit)
        self._restart = self._add("Restart", names.SERVER_RESTART, self.restart_requested.emit)
        self._stop = self._add("Stop", names.SERVER_STOP, self.stop_requested.emit)
        self._abandon = self._add(
            "Abandon it and start on the next port", names.SERVER_ABANDON, self.abandon_requested.emit
        )
        self._menu.addSeparator()
        self._docs = self._add("Open /docs in the browser", names.SERVER_DOCS, self.docs_requested.emit)
        self._copy = self._add("Copy URL", names.SERVER_COPY_URL, self.copy_url_requested.emit)
        self._menu.addSeparator()
        self._add("Show or hide the server log", names.SERVER_LOG, self.log_requested.emit)
        self.clicked.connect(self.on_clicked)
        themes.changed.connect(self.updateGeometry)
        self._show()

    def set_name(self, name: str) -> None:
        """Show how the app is called."""
        self._name = name
        self._show()

    def set_status(self, status: StatusChanged) -> None:
        """Show a state of the server."""
        new = status.state is not self._status.state
        self._status = status
        if status.state is not ServerState.RUNNING:
            self._docs_available = self._docs_available and status.state is ServerState.BLOCKED
        self._show()
        if new and status.state in _TOLD:
            announce(self, self.accessibleName())

    def set_docs_available(self, available: bool) -> None:
        """Tell whether the app that runs serves documentation."""
        self._docs_available = available
        self._show()

    def on_clicked(self) -> None:
        """Open the menu below the pill, without stopping the program while it is open."""
        self._menu.popup(self.mapToGlobal(QPoint(0, self.height() + self._themes.theme.px(4))))

    @override
    def sizeHint(self) -> QSize:
        px = self._themes.theme.px
        width = sum(QFontMetrics(font).horizontalAdvance(text) + px(_GAP) for text, font, _ in self._parts())
        return QSize(2 * px(_PADDING) + px(DOT_SIDE) + width, px(_HEIGHT))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.color("acc" if self.hasFocus() else "bdq"))
        painter.setBrush(theme.color("bg3" if self.underMouse() or self._menu.isVisible() else "bg1"))
        radius = theme.px(_RADIUS)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        dot = theme.px(DOT_SIDE)
        paint_state_dot(painter, QPointF(theme.px(_PADDING) + dot / 2, self.height() / 2), self._status.state, theme)
        left = theme.px(_PADDING) + dot + theme.px(_GAP)
        for text, font, token in self._fitting_parts():
            painter.setFont(font)
            painter.setPen(theme.color(token))
            width = QFontMetrics(font).horizontalAdvance(text)
            painter.drawText(QRectF(left, 0, width + 1, self.height()), Qt.AlignmentFlag.AlignVCenter, text)
            left += width + theme.px(_GAP)
        painter.end()

    def _parts(self) -> list[tuple[str, QFont, str]]:
        theme = self._themes.theme
        state = self._status.state
        word = (_WORDS[state], theme.font("text"), "t2" if state in _CALM else STATE_TOKENS[state])
        name = (self._name, theme.font("control"), "t1")
        address = self._address()
        return [name, (address, theme.font("code"), "t2"), word] if address else [name, word]

    def _fitting_parts(self) -> list[tuple[str, QFont, str]]:
        """Shorten the address, then the name, and last the state, where there is too little room for all."""
        parts = self._parts()
        over = self.sizeHint().width() - self.width()
        for number in (1, 0, 2) if len(parts) > 2 else (0, 1):  # the address is in the middle
            if over <= 0:
                break
            text, font, token = parts[number]
            metrics = QFontMetrics(font)
            whole = metrics.horizontalAdvance(text)
            # Of an address the port says most.
            mode = Qt.TextElideMode.ElideLeft if text == self._address() else Qt.TextElideMode.ElideRight
            short = metrics.elidedText(text, mode, max(0, whole - over))
            parts[number] = (short, font, token)
            over -= whole - metrics.horizontalAdvance(short)
        return parts

    def _address(self) -> str:
        return (self._status.url or "").partition("://")[2]

    def _show(self) -> None:
        state = self._status.state
        up = state in {ServerState.RUNNING, ServerState.BLOCKED}
        resting = state in {ServerState.STOPPED, ServerState.CRASHED}
        self._start.setVisible(resting)
        self._restart.setVisible(not resting)
        self._restart.setEnabled(up)
        self._stop.setVisible(not resting)
        self._stop.setEnabled(up or state is ServerState.STARTING)
        self._abandon.setVisible(state is ServerState.BLOCKED)
        self._docs.setEnabled(up and self._docs_available)
        self._copy.setEnabled(self._status.url is not None)
        words = " ".join(text for text, _, _ in self._parts())
        self.setAccessibleName(f"Server: {words}")
        self.setAccessibleDescription(self._status.reason or "Opens a menu to restart or stop the server")
        self.setToolTip(as_written(self._status.reason or f"{words}\nWhat can be done with the server"))
        self.updateGeometry()
        self.update()

    def _add(self, text: str, name: str, slot: Callable[[], object]) -> QAction:
        # Ours from the beginning: one that the menu makes itself was seen to be lost to Python after a while.
        action = QAction(text, self._menu)
        self._menu.addAction(action)
        action.setObjectName(name)
        action.triggered.connect(lambda _checked=False: slot())
        return action
