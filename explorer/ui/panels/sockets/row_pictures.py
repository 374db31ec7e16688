"""Pictures of the ladder's rows: a row that stands never changes, so it is painted once, before it comes into sight.

Painting a row takes half a millisecond. Where hundreds come between two looks, all that are in sight are new, and
painting them in one go would keep the window from everything else: they are painted a few at a time.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QPixmap

SLICE_NS = 2_000_000  # how long pictures are made in one go
_SPARE = 8  # pictures that are kept besides those that are asked for together

_Key = tuple[int, int | None]


class RowPictures(QObject):
    """Keeps the pictures of the rows in sight.

    Signals:
        prepared: all rows that `prepare` was called with have a picture.
    """

    prepared = Signal()

    def __init__(
        self,
        count: Callable[[], int],
        key_of: Callable[[int], _Key],
        make: Callable[[int], QPixmap],
        parent: QObject | None = None,
    ) -> None:
        """`count` says how many rows there are, `key_of` what tells the one at a position, and `make` paints it."""
        super().__init__(parent)
        self._count = count
        self._key_of = key_of
        self._make = make
        self._pictures: OrderedDict[_Key, QPixmap] = OrderedDict()
        self._most = _SPARE
        self._ahead: list[int] = []
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._on_timer_timeout)

    @property
    def preparing(self) -> bool:
        """Whether `prepared` is still to come."""
        return self._timer.isActive()

    def clear(self) -> None:
        """Forget all: the rows look otherwise now."""
        self._pictures.clear()

    def get(self, position: int) -> QPixmap:
        """Return the picture of a row, made now if there is none."""
        key = self._key_of(position)
        picture = self._pictures.get(key)
        if picture is None:
            picture = self._pictures[key] = self._make(position)
            while len(self._pictures) > self._most:
                self._pictures.popitem(last=False)
        else:
            self._pictures.move_to_end(key)
        return picture

    def missing(self, positions: Sequence[int]) -> list[int]:
        """Return those of the rows that have no picture; as many as are asked for are kept from now on."""
        self._most = 2 * len(positions) + _SPARE
        return [position for position in positions if self._key_of(position) not in self._pictures]

    def prepare(self, positions: Sequence[int]) -> None:
        """Make pictures of these rows, a few at a time; what was asked for before counts no more."""
        self._ahead = list(reversed(positions))
        self._timer.start()

    def stop(self) -> None:
        """Prepare no more."""
        self._ahead.clear()
        self._timer.stop()

    def _on_timer_timeout(self) -> None:
        until = time.perf_counter_ns() + SLICE_NS
        while self._ahead and time.perf_counter_ns() < until:
            position = self._ahead.pop()
            if position < self._count():  # else a filter took rows away
                self.get(position)
        if not self._ahead:
            self._timer.stop()
            self.prepared.emit()
