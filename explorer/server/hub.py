"""One stream of events, many listeners."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from explorer.server.interface import ServerEvent, Subscriber

_log = logging.getLogger("explorer.server")


class EventHub:
    """Hands each event to every subscriber, on the thread that publishes it."""

    def __init__(self) -> None:
        self._subscribers: tuple[Subscriber, ...] = ()
        self._lock = threading.Lock()

    def subscribe(self, subscriber: Subscriber) -> Callable[[], None]:
        """Call `subscriber` with each event from now on. Returns a function that ends it, safe to call twice."""
        with self._lock:
            self._subscribers = (*self._subscribers, subscriber)

        def unsubscribe() -> None:
            with self._lock:
                self._subscribers = tuple(s for s in self._subscribers if s is not subscriber)

        return unsubscribe

    def publish(self, event: ServerEvent) -> None:
        """Hand on one event. A subscriber that fails is logged and harms neither the server nor the others."""
        for subscriber in self._subscribers:
            try:
                subscriber(event)
            except Exception:  # noqa: BLE001 - whatever a listener does wrong, a request must not break for it
                _log.exception("A listener of the server's events failed.")
