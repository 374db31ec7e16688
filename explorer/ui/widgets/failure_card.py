"""What is shown when a request brought no response: where its journey ended, and what to do."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from explorer.client.exchange import Failure
from explorer.trace import events
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes

_STOPS = (
    (events.CLIENT_REQUEST, "Prepare"),
    (events.CLIENT_CONNECT, "Connect"),
    (events.CLIENT_SEND, "Send"),
    (events.CLIENT_WAIT, "Wait"),
    (events.CLIENT_RECEIVE, "Receive"),
)
_HEIGHT = 46
_NODE = 10


class FailureCard(QWidget):
    """The stops of the journey on a line, the one that failed with a cross, and a sentence."""

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = _JourneyLine(themes)
        self._sentence = _label("text")
        self._details = _label("code_caption")
        layout = QVBoxLayout(self)
        layout.addWidget(self._line)
        layout.addWidget(self._sentence)
        layout.addWidget(self._details)
        layout.addStretch(1)
        themes.metrics.set(layout, margins=(16, 16, 16, 16), spacing=10)

    @property
    def sentence(self) -> str:
        """What it says."""
        return self._sentence.text()

    def set_failure(self, failure: Failure) -> None:
        """Show another failure."""
        self._line.set_failed(failure.stage)
        self._sentence.setText(failure.sentence)
        self._details.setText(failure.details)
        self._details.setVisible(bool(failure.details))
        self.setAccessibleName(failure.sentence)


def _label(role: str) -> QLabel:
    label = QLabel()
    label.setProperty("role", role)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


class _JourneyLine(QWidget):
    accessible_role = QAccessible.Role.Graphic

    def __init__(self, themes: Themes) -> None:
        super().__init__()
        self._themes = themes
        self._failed = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        themes.metrics.set(self, height=_HEIGHT, max_width=460)
        themes.changed.connect(self.update)

    def set_failed(self, stage: str) -> None:
        """Mark where the journey ended. Looking up the name and agreeing on encryption are parts of connecting."""
        stage = events.CLIENT_CONNECT if stage in (events.CLIENT_DNS, events.CLIENT_TLS) else stage
        self._failed = next((i for i, (key, _) in enumerate(_STOPS) if key == stage), 0)
        label = _STOPS[self._failed][1]
        self.setAccessibleName(f"The journey ended at stop {self._failed + 1} of {len(_STOPS)}: {label}")
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("caption"))
        step = self.width() // len(_STOPS)
        radius = theme.px(_NODE) // 2
        y = radius + theme.px(4)
        for i, (_, label) in enumerate(_STOPS):
            x = step * i + radius + 1
            token = "ok" if i < self._failed else "err" if i == self._failed else "dis"
            style = Qt.PenStyle.SolidLine if i < self._failed else Qt.PenStyle.DotLine
            if i + 1 < len(_STOPS):
                painter.setPen(QPen(theme.color("ok" if i < self._failed else "dis"), 1.4, style))
                painter.drawLine(QPoint(x + radius + 3, y), QPoint(x + step - radius - 3, y))
            painter.setPen(
                QPen(theme.color(token), 1.4, Qt.PenStyle.DashLine if token == "dis" else Qt.PenStyle.SolidLine)
            )
            painter.setBrush(
                theme.color(token) if token == "ok" else theme.tint("err") if token == "err" else theme.color("bg1")
            )
            painter.drawEllipse(QPoint(x, y), radius, radius)
            if token == "err":
                arm = radius // 2
                painter.drawLine(x - arm, y - arm, x + arm, y + arm)
                painter.drawLine(x - arm, y + arm, x + arm, y - arm)
            painter.setPen(theme.color("err" if token == "err" else "t3"))
            top = y + radius + theme.px(4)
            painter.drawText(QRect(x - radius, top, step - 4, theme.px(18)), Qt.AlignmentFlag.AlignLeft, label)
