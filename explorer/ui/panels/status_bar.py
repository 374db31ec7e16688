"""The bar at the bottom: the server, the traffic so far, the database and the versions."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from explorer.server.interface import ServerState, StatusChanged
from explorer.ui import names
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.tool_tip import as_written
from explorer.ui.widgets.elided_label import ElidedLabel
from explorer.ui.widgets.icon_label import IconLabel
from explorer.ui.widgets.stall_note import StallNote
from explorer.ui.widgets.state_dot import StateDot
from explorer.ui.widgets.undo_offer import UndoOffer
from explorer.ui.wording import count_text, duration_text, size_text

_TICK_MS = 1000
_LEAST = 320  # design pixels: the server, and what can be taken back
_ANY_WIDTH = 16_777_215  # Qt's QWIDGETSIZE_MAX
_WORDS: dict[ServerState, str] = {
    ServerState.STOPPED: "{name} stopped",
    ServerState.STARTING: "{name} starting…",
    ServerState.RUNNING: "{name} up {uptime}",
    ServerState.BLOCKED: "{name} blocked, up {uptime}",
    ServerState.STOPPING: "{name} stopping…",
    ServerState.CRASHED: "{name} not running",
}
_UP = frozenset({ServerState.RUNNING, ServerState.BLOCKED})


class StatusBar(QFrame):
    """Says in one line how things stand.

    Args:
        themes: the theme.
        name: how the app is called.
        clock: nanoseconds on the clock of `StatusChanged.since_ns`.
        parent: the widget that owns it.

    Attributes:
        undo: offers to take back what was just done.
        stall: says which request held up the window.
    """

    def __init__(
        self,
        themes: Themes,
        name: str = "demo_api",
        clock: Callable[[], int] = time.perf_counter_ns,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._themes = themes
        self._name = name
        self._clock = clock
        self._state = ServerState.STOPPED
        self._up_since_ns = 0
        self._left_out = False
        self.setObjectName(names.STATUS_BAR)
        self.setProperty("panel", "bg0")
        self.setProperty("edge", "top")
        self._dot = StateDot(themes)
        self._server = _label(names.STATUS_SERVER)
        self._requests = _label(names.STATUS_REQUESTS)
        self._last = _label(names.STATUS_LAST)
        self._p95 = _label(names.STATUS_P95)
        self._last.setToolTip("So long the server had the request that was over last, whoever sent it")
        self._p95.setToolTip("So long, or less, the server had 95 of 100 requests lately, whoever sent them")
        self._sockets = _label(names.STATUS_SOCKETS)
        self._database_icon = IconLabel(themes, "db", "t2", 13)
        self._database = ElidedLabel(role="status_code")
        self._database.setObjectName(names.STATUS_DATABASE)
        self._size = _label(names.STATUS_SIZE)
        self._versions = _label(names.STATUS_VERSIONS)
        self.undo = UndoOffer(themes)
        self.stall = StallNote(themes, self)
        self._lay_out(themes)
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self.on_timer_timeout)
        self._spared = (self._versions, self._p95, self._last, self._size, self._database, self._requests)
        self.stall.shown.connect(self._make_room)
        self.set_traffic(0, None, None)
        self.set_sockets(0)
        self.set_database("", None)
        self.on_timer_timeout()

    def set_status(self, status: StatusChanged) -> None:
        """Show the server's state; the time it is up counts from its start, not from the end of a blockage."""
        if status.state in _UP and self._state not in _UP:
            self._up_since_ns = status.since_ns
        self._state = status.state
        self._dot.set_state(status.state)
        self._server.setToolTip(as_written(status.reason or ""))
        if status.state in _UP:
            self._timer.start()
        else:
            self._timer.stop()
        self.on_timer_timeout()

    def set_traffic(self, count: int, last_ns: int | None, p95_ns: int | None) -> None:
        """Show how many requests came, how long the last took, and the 95th percentile, in nanoseconds."""
        self._requests.setText(count_text(count, "request"))
        for label, word, value in ((self._last, "Last", last_ns), (self._p95, "p95", p95_ns)):
            label.setVisible(value is not None)
            label.setText("" if value is None else f"{word} {duration_text(value)}")

    def set_sockets(self, count: int) -> None:
        """Show how many WebSockets are open; none are not mentioned."""
        self._sockets.setVisible(count > 0)
        self._sockets.setText(f"{count_text(count, 'socket')} open")

    def set_database(self, name: str, size: int | None, place: str = "") -> None:
        """Show the database file; `size` in bytes, None when there is no file; `place` is its whole path.

        An empty name hides it.
        """
        for part in (self._database_icon, self._database):
            part.setVisible(bool(name))
            part.setToolTip(as_written(place))
        self._database.set_text(name)
        self._size.setVisible(bool(name) and size is not None)
        self._size.setText("" if size is None else f"· {size_text(size)}")

    def set_versions(self, versions: str) -> None:
        """Show what runs the app, such as ``FastAPI 0.165.0 · Python 3.12.4``."""
        self._versions.setText(versions)

    def on_timer_timeout(self) -> None:
        """Count the time the server is up."""
        seconds = max(0, self._clock() - self._up_since_ns) // 1_000_000_000
        uptime = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
        self._server.setText(_WORDS[self._state].format(name=self._name, uptime=uptime))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._themes.theme.px(_LEAST), super().minimumSizeHint().height())

    @override
    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._make_room()
        return done

    def _make_room(self) -> None:
        """Leave out what can be missed, one after the other, as long as something would be cut off."""
        if not self._left_out and self._row.sizeHint().width() <= self.width():
            return  # each further question to Qt may wait for Python's lock, which a busy server holds
        self._left_out = False
        self._row.invalidate()
        out = sum(part.sizeHint().width() for part in self._seen() if part.maximumWidth() == 0)
        over = self._row.sizeHint().width() + out - self.width()
        for part in self._seen():
            limit = 0 if over > 0 else _ANY_WIDTH
            self._left_out |= limit == 0
            over -= part.sizeHint().width()
            if part.maximumWidth() != limit:
                part.setMaximumWidth(limit)
        self._database_icon.setMaximumWidth(self._database.maximumWidth())

    def _seen(self) -> list[QWidget]:
        return [part for part in self._spared if not part.isHidden()]

    def _lay_out(self, themes: Themes) -> None:
        server = QHBoxLayout()
        server.addWidget(self._dot)
        server.addWidget(self._server)
        themes.metrics.set(server, spacing=6)
        file = QHBoxLayout()
        file.addWidget(self._database)
        file.addWidget(self._size)
        database = QHBoxLayout()
        database.addWidget(self._database_icon)
        database.addLayout(file)
        right = QHBoxLayout()  # the versions bring their distance along, so that it goes with them
        right.addLayout(database)
        right.addWidget(self._versions)
        for part, spacing in ((file, 4), (database, 7), (right, 0)):
            themes.metrics.set(part, spacing=spacing)
        themes.metrics.set(self._versions, margins=(16, 0, 0, 0))
        layout = self._row = QHBoxLayout(self)
        layout.addLayout(server)
        layout.addWidget(self._requests)
        layout.addWidget(self._last)
        layout.addWidget(self._p95)
        layout.addWidget(self.undo)
        layout.addWidget(self.stall)
        layout.addStretch(1)
        layout.addWidget(self._sockets)
        layout.addLayout(right)
        themes.metrics.set(layout, margins=(12, 0, 12, 0), spacing=16)
        themes.metrics.set(self, height=26)


def _label(name: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setProperty("role", "status")
    return label
