"""The line above a trace: which request it was, what came of it, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from explorer.client.status import meaning
from explorer.trace.events import MATCHED
from explorer.trace.model import Trace
from explorer.trace.summary import Summary
from explorer.ui import names
from explorer.ui.models.xray_words import ms_text
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.tool_tip import as_written
from explorer.ui.widgets.badge import Badge, method_token, short_method
from explorer.ui.widgets.path_label import PathLabel
from explorer.ui.widgets.status_pill import StatusPill

_AGAIN, _OPEN = "Send again", "Open in Compose"
_AGAIN_TIP = "Send this request again, as it was, and show what comes of it"
_OPEN_TIP = "Make a request of it in Compose, to change and to send"
_LEAST, _HEIGHT = 260, 44


class TraceHead(QFrame):
    """Facts at the left, buttons at the right; where there is little room, some of it is left out.

    Signals:
        send_again_requested: the request is to be sent again.
        open_requested: the request is wanted in Compose.
    """

    send_again_requested = Signal()
    open_requested = Signal()

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._status: int | None = None
        self.setProperty("edge", "bottom")
        self.badge = Badge(themes, "", "opt", least=(56, 22))
        self.path = PathLabel(themes)
        self.path.setObjectName(names.TRACE_PATH)
        self.pill = StatusPill(themes)
        self.pill.setObjectName(names.TRACE_STATUS)
        self.elapsed = QLabel()
        self.elapsed.setObjectName(names.TRACE_ELAPSED)
        self.elapsed.setProperty("role", "code")
        self.elapsed.setToolTip("How long the server had it")
        self.id = QLabel()
        self.id.setObjectName(names.TRACE_ID)
        self.id.setProperty("role", "code_caption")
        self.again = self._button(names.TRACE_SEND_AGAIN, "refresh", "ghost")
        self.again.clicked.connect(self.send_again_requested)
        self.open = self._button(names.TRACE_OPEN, "send", "")
        self.open.clicked.connect(self.open_requested)
        self._row = QHBoxLayout(self)
        for widget in (self.badge, self.path, self.pill, self.elapsed, self.id):
            self._row.addWidget(widget)
        self._row.addStretch(1)
        self._row.addWidget(self.again)
        self._row.addWidget(self.open)
        themes.metrics.set(self._row, margins=(16, 0, 12, 0), spacing=10)
        themes.metrics.set(self, height=_HEIGHT)
        self.set_resend("")

    def set_trace(self, trace: Trace, summary: Summary) -> None:
        """Tell of another request, or of the same one when more of it is known."""
        self.badge.set_badge(short_method(summary.method), method_token(summary.method))
        self.path.set_path(summary.path, _parameters(trace))
        self._status = summary.status
        self.pill.setVisible(summary.status is not None)
        self.elapsed.setText("under way" if summary.ns is None else ms_text(summary.ns))
        self.id.setText(f"trace {summary.trace_id[:6]}")
        self.id.setToolTip(f"traceparent: trace-id {summary.trace_id}")
        self._fit()

    def set_resend(self, sentence: str) -> None:
        """Say why the request cannot be sent again; empty when it can be."""
        for button, tip in ((self.again, _AGAIN_TIP), (self.open, _OPEN_TIP)):
            button.setEnabled(not sentence)
            button.setToolTip(as_written(sentence) or tip)
            button.setAccessibleDescription(sentence or tip)

    def focus_chain(self) -> list[QWidget]:
        """Return the controls in the order of the Tab key."""
        return [self.again, self.open]

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._themes.theme.px(_LEAST), self._themes.theme.px(_HEIGHT))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _button(self, name: str, icon: str, variant: str) -> QPushButton:
        button = QPushButton()
        button.setObjectName(name)
        button.setProperty("variant", variant)
        self._themes.bind_icon(button, icon, "t2", 13)
        return button

    def _fit(self) -> None:
        """Show everything, and then less and less of what can be missed until it fits."""
        for words, facts in ((True, 2), (False, 2), (False, 1), (False, 0)):
            for button, text in ((self.again, _AGAIN), (self.open, _OPEN)):
                button.setText(text if words else "")
                button.setAccessibleName(text)
                self._themes.fit_icon(button)
            self._show_status(with_phrase=words or facts > 1)
            self.id.setVisible(facts > 1)
            self.elapsed.setVisible(facts > 0)
            self._row.invalidate()
            if self._wanted() <= self.width():
                return

    def _show_status(self, *, with_phrase: bool) -> None:
        if self._status is not None:
            phrase, sentence = meaning(self._status)
            self.pill.set_status(self._status, phrase if with_phrase else "", f"{self._status} {phrase}: {sentence}")

    def _wanted(self) -> int:
        """Return the room that all of it takes, the path cut to half of what it would like at most."""
        path = self.path.sizeHint().width()
        give = max(0, min(path // 2, path - self.path.minimumSizeHint().width()))
        return self._row.sizeHint().width() - give


def _parameters(trace: Trace) -> dict[str, str]:
    """Return the parameters of the path as the router read them."""
    notes = [note for span in trace.walk() for note in span.notes if note.name == MATCHED]
    return {name: str(value) for note in notes for name, value in note.data.get("path_params", {}).items()}
