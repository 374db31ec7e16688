"""The helper process as the window sees it: its replies arrive on the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from explorer.client.viewers.messages import Message
from explorer.client.viewers.process import LOST, Helper

LOST_SENTENCE = (
    "The helper process that reads large bodies ended twice. The window reads this body itself, which takes longer; "
    "searching and the tree of it do not work until the request is sent again."
)


class BodyHelper(QObject):
    """Asks a helper process of its own.

    Signals:
        lost: the process died, was started again, and died again.
    """

    lost = Signal()
    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: dict[int, Callable[[Message], object]] = {}
        self._helper: Helper | None = None
        self._arrived.connect(self._on_arrived, Qt.ConnectionType.QueuedConnection)

    @property
    def pid(self) -> int | None:
        """The number of the process while it runs."""
        return self._helper.pid if self._helper is not None else None

    def ask(self, job: str, on_reply: Callable[[Message], object], **values: Any) -> None:
        """Send a request; `on_reply` takes each reply, of which the last one says ``done``."""
        if self._helper is None:
            helper = self._helper = Helper(lambda message: self._hand_over(helper, message))
            self.destroyed.connect(helper.close)
        self._waiting[self._helper.ask(job, **values)] = on_reply

    def stop(self) -> None:
        """End the process and forget what was asked."""
        self._waiting = {}
        if self._helper is not None:
            self.destroyed.disconnect(self._helper.close)
            self._helper.close()
            self._helper = None

    def _hand_over(self, helper: Helper, message: Message) -> None:
        try:
            self._arrived.emit((helper, message))
        except RuntimeError:  # the view was closed meanwhile
            helper.close()

    def _on_arrived(self, arrived: tuple[Helper, Message]) -> None:
        helper, message = arrived
        if helper is not self._helper:
            return  # about a body that is not shown any more
        if LOST in message:
            self.stop()
            self.lost.emit()
            return
        on_reply = self._waiting.get(message["id"])
        if message.get("done"):
            self._waiting.pop(message["id"], None)
        if on_reply is not None:
            on_reply(message)
