"""How much is said at the moment, each way."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from explorer.ui import names
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.properties import set_property
from explorer.ui.widgets.sparkline import Sparkline
from explorer.ui.wording import duration_text, size_text

_HEIGHT = 62
_ROOM_FOR_LINE = 560  # design pixels; in less, there are the figures alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Traffic:
    """What went over all sockets.

    Attributes:
        to_server: messages a second, over the last seconds.
        from_server: messages a second, over the last seconds.
        bytes_per_second: both ways together.
        round_trip_ns: of the last ping; None while there was none.
        sent: messages in each of the last 60 seconds, the oldest first.
        received: the same, from the server.
    """

    to_server: float = 0.0
    from_server: float = 0.0
    bytes_per_second: int = 0
    round_trip_ns: int | None = None
    sent: tuple[int, ...] = ()
    received: tuple[int, ...] = ()


_FIGURES = {
    "to_server": ("To server", "info"),
    "from_server": ("From server", "ok"),
    "traffic": ("Traffic", ""),
    "round_trip": ("Round trip", ""),
}


class TrafficStrip(QFrame):
    """Four figures and a line over the last minute."""

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self.setObjectName(names.SOCKETS_STRIP)
        self.setProperty("panel", "bg1")
        self.setProperty("edge", "bottom")
        self._values: dict[str, QLabel] = {}
        row = QHBoxLayout(self)
        for key, (title, token) in _FIGURES.items():
            row.addLayout(self._figure(key, title, token))
        row.addStretch(1)
        self.line = Sparkline(themes)
        self.line.setObjectName(names.SOCKETS_SPARKLINE)
        row.addWidget(self.line, 8)
        themes.metrics.set(row, margins=(16, 8, 16, 8), spacing=20)
        themes.metrics.set(self, height=_HEIGHT)
        self.set_traffic(Traffic())

    def set_traffic(self, traffic: Traffic) -> None:
        """Show other figures."""
        trip = traffic.round_trip_ns
        self._say("to_server", f"{_rate(traffic.to_server)} /s")
        self._say("from_server", f"{_rate(traffic.from_server)} /s")
        self._say("traffic", f"{size_text(traffic.bytes_per_second)}/s")
        self._say("round_trip", "—" if trip is None else duration_text(trip))
        self.line.set_bins(traffic.sent, traffic.received)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.line.setVisible(self.width() >= self._themes.theme.px(_ROOM_FOR_LINE))

    def _say(self, key: str, text: str) -> None:
        label = self._values[key]
        if label.text() != text:
            label.setText(text)
            label.setAccessibleName(f"{_FIGURES[key][0]} {text}")

    def _figure(self, key: str, title: str, token: str) -> QVBoxLayout:
        caption = QLabel(title)
        caption.setProperty("role", "caption")
        value = self._values[key] = QLabel()
        value.setObjectName(names.SOCKETS_FIGURE.format(key=key))
        value.setProperty("role", "figure")
        set_property(value, "tone", token)
        column = QVBoxLayout()
        column.addWidget(caption)
        column.addWidget(value)
        self._themes.metrics.set(column, spacing=1)
        return column


def _rate(per_second: float) -> str:
    return f"{per_second:.1f}" if 0 < per_second < 100 else f"{per_second:,.0f}"
