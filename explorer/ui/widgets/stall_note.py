"""Says in the status bar which request held up the window."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from explorer.trace.summary import Summary
from explorer.ui import names
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.elided_label import ElidedLabel
from explorer.ui.wording import duration_text

SHOWN_MS = 30_000
_WHY = (
    "Its handler called something that nothing else in this process can run beside, such as a long regular expression: "
    "Python lets one thread run at a time. Other requests waited as well."
)


class StallNote(QWidget):
    """A sentence and a button; hidden while there is nothing to say.

    Signals:
        trace_wanted: the person wants to see the request; its trace id.
        shown: there is something to say (True), or nothing any more.
    """

    trace_wanted = Signal(str)
    shown = Signal(bool)

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._trace_id = ""
        self._label = ElidedLabel(role="warning", parent=self)
        self._label.setObjectName(names.STATUS_STALL)
        self._button = QPushButton("Show", self)
        self._button.setObjectName(names.STATUS_STALL_SHOW)
        self._button.setProperty("variant", "accent_link")
        self._button.setToolTip(_WHY)
        self._button.clicked.connect(lambda: self.trace_wanted.emit(self._trace_id))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.addWidget(self._label)
        layout.addWidget(self._button)
        themes.metrics.set(layout, margins=(0, 0, 0, 0), spacing=6)
        self.hide()

    @override
    def setVisible(self, visible: bool) -> None:
        super().setVisible(visible)
        self.shown.emit(visible)

    def tell(self, request: Summary, nanoseconds: int) -> None:
        """Name the request, and how long the window stood still for it."""
        self._trace_id = request.trace_id
        what = f"{request.method} {request.path.partition('?')[0]}"
        self._label.set_text(f"The window stood still for {duration_text(nanoseconds)} while {what} ran.")
        self._button.setAccessibleName(f"Show the request {what}")
        self._button.setAccessibleDescription(_WHY)
        self.show()
        self._timer.start()
