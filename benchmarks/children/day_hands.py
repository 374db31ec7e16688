"""What the benchmark of a day of use orders the real window to do.

Orders: ``room KEY`` goes to a room, and answers `room`; ``stroll COUNT`` changes what is on the screen so often, and
answers `changes`; ``count`` answers `count`, how many requests the window says there were, and `listed`, how many the
list of traces has.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from itertools import count as numbers
from typing import Any

from PySide6.QtWidgets import QTableView

from explorer.bootstrap.program import Program
from explorer.ui import names
from explorer.ui.widgets.counted_tabs import CountedTabs

ORDERS = ("room", "stroll", "count")
PAUSE_SECONDS = 0.01  # between two changes; the first is painted by then, unless the window is behind
_ROOMS = ("traces", "compose", "traces", "sockets", "traces", "database")
_EVERY_THEME = 250  # changes; other colours now and then


class DayHands:
    """Uses the window without rest."""

    _numbers = numbers()

    def __init__(self, program: Program) -> None:
        assert program.rooms is not None  # noqa: S101 - `live` made them before
        self._window, self._themes, self._rooms = program.window, program.themes, program.rooms

    async def obey(self, what: str, argument: str) -> dict[str, Any]:
        """Do one of `ORDERS`; return what to say."""
        if what == "room":
            self._window.show_room(argument)
            return {"room": self._window.current_room}
        if what == "stroll":
            for _ in range(int(argument)):
                self._change(next(self._numbers))
                await asyncio.sleep(PAUSE_SECONDS)
            return {"changes": int(argument)}
        table = self._window.findChild(QTableView, names.TRACES_LIST)
        listed = table.model().rowCount() if table is not None else 0
        return {"count": self._rooms.traces.count, "listed": listed}

    def _change(self, number: int) -> None:
        if number % _EVERY_THEME == _EVERY_THEME - 1:
            self._themes.set_mode("light" if self._themes.theme.name == "dark" else "dark")
            return
        steps: tuple[Callable[[int], object], ...] = (self._go_to_room, self._choose_trace, self._choose_tab)
        step = steps[number % 10] if number % 10 < len(steps) else self._choose_trace
        step(number // 10)

    def _go_to_room(self, number: int) -> None:
        self._window.show_room(_ROOMS[number % len(_ROOMS)])

    def _choose_trace(self, number: int) -> None:
        table = self._window.findChild(QTableView, names.TRACES_LIST)
        if table is not None and table.model().rowCount():
            row = number * 7 % min(table.model().rowCount(), 40)
            table.setCurrentIndex(table.model().index(row, 0))

    def _choose_tab(self, number: int) -> None:
        tabs = self._window.findChild(CountedTabs, names.TRACE_TABS)
        if tabs is not None:
            tabs.setCurrentIndex(number % tabs.count())
