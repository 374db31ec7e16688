"""Pictures of rows: a row that stands hardly ever changes, so it is painted once, before it comes into sight.

Painting a row takes up to half a millisecond. Where hundreds come between two looks, all that are in sight are new, and
painting them in one go would keep the window from everything else: they are painted a few at a time.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QPixmap

SLICE_NS = 2_000_000  # how long pictures are made in one go
_SPARE = 8  # pictures that are kept besides those that are asked for together

R = TypeVar("R")
"""What says which row is meant: where it is, or what it is called."""


class RowPictures(QObject, Generic[R]):
    """Keeps the pictures of the rows in sight.

    Signals:
        prepared: all rows that `prepare` was called with have a picture.
    """

    prepared = Signal()

    def __init__(
        self,
        is_there: Callable[[R], bool],
        key_of: Callable[[R], Hashable],
        make: Callable[[R], QPixmap],
        parent: QObject | None = None,
    ) -> None:
        """`is_there` tells whether there is such a row, `key_of` what it shows, and `make` paints it."""
        super().__init__(parent)
        self._is_there = is_there
        self._key_of = key_of
        self._make = make
        self._pictures: OrderedDict[Hashable, QPixmap] = OrderedDict()
        self._most = _SPARE
        self._ahead: list[R] = []
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

    def get(self, row: R) -> QPixmap:
        """Return the picture of a row, made now if there is none."""
        key = self._key_of(row)
        picture = self._pictures.get(key)
        if picture is None:
            picture = self._pictures[key] = self._make(row)
            while len(self._pictures) > self._most:
                self._pictures.popitem(last=False)
        else:
            self._pictures.move_to_end(key)
        return picture

    def missing(self, rows: Sequence[R]) -> list[R]:
        """Return those of the rows that have no picture; as many as are asked for are kept from now on."""
        self._most = 2 * len(rows) + _SPARE
        return [row for row in rows if self._key_of(row) not in self._pictures]

    def prepare(self, rows: Sequence[R]) -> None:
        """Make pictures of these rows, a few at a time; what was asked for before counts no more."""
        self._ahead = list(reversed(rows))
        self._timer.start()

    def stop(self) -> None:
        """Prepare no more."""
        self._ahead.clear()
        self._timer.stop()

    def _on_timer_timeout(self) -> None:
        until = time.perf_counter_ns() + SLICE_NS
        while self._ahead and time.perf_counter_ns() < until:
            row = self._ahead.pop()
            if self._is_there(row):  # else a filter took rows away
                self.get(row)
        if not self._ahead:
            self._timer.stop()
            self.prepared.emit()
