"""Says above the pages what of ours writes the database, how far it is, and lets a person stop it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from explorer.ui.controllers.rewriting import Rewriting
from explorer.ui.widgets.running_strip import RunningStrip

_SOON_MS = 300  # what is over by then is not worth a word


class BusyController(QObject):
    """Joins a strip with what writes."""

    def __init__(
        self,
        strip: RunningStrip,
        rewriting: Rewriting,
        parent: QObject | None = None,
        *,
        told_elsewhere: Callable[[], bool] = lambda: False,
    ) -> None:
        """`told_elsewhere` says whether another panel tells of what runs now, such as a step of a migration."""
        super().__init__(parent)
        self._strip = strip
        self._rewriting = rewriting
        self._told_elsewhere = told_elsewhere
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
        self._soon.timeout.connect(self.on_soon_timeout)
        rewriting.begun.connect(lambda _label: self._soon.start())
        rewriting.progressed.connect(self.on_rewriting_progressed)
        rewriting.ended.connect(self.on_rewriting_ended)
        strip.cancel_requested.connect(rewriting.stop)

    def on_soon_timeout(self) -> None:
        """Say what runs."""
        self._show(None)

    def on_rewriting_progressed(self, done: int, total: int) -> None:
        """Say how far it is."""
        if total and self._strip.running:
            self._show(done / total)

    def on_rewriting_ended(self) -> None:
        """Say nothing more."""
        self._soon.stop()
        self._strip.set_running("")

    def _show(self, share: float | None) -> None:
        doing = self._rewriting.doing
        if doing is not None and not self._told_elsewhere():
            self._strip.set_running(f"Under way: {doing}", share)
