"""What the benchmark of large documents orders the real window to do.

Orders: ``catalogue FILE`` hands in a document as if the app had just told it, and answers `milliseconds` until its
operations are painted; ``filter TEXT`` types into the filter, and answers `milliseconds`, each from a key until the
tree is painted again; ``open N`` chooses N operations all over the tree, and answers `milliseconds`, each until the
request is painted.
"""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QLineEdit, QTreeView, QWidget
from typing_extensions import override

from explorer.bootstrap.program import Program
from explorer.server.interface import AppDescription
from explorer.ui import names

_PATIENCE_SECONDS = 30
_WINDOW = 1440, 900
ORDERS = ("catalogue", "filter", "open")


class TreeHands(QObject):
    """Uses the tree of operations, and sees when what came of it is painted."""

    def __init__(self, program: Program) -> None:
        super().__init__(program.window)
        assert program.rooms is not None  # noqa: S101 - `live` made them before
        self._rooms = program.rooms
        window = program.window
        window.resize(*_WINDOW)  # wide enough for the tree to stand beside the request
        tree = window.findChild(QTreeView, names.OPERATIONS_TREE)
        line = window.findChild(QLineEdit, names.OPERATIONS_FILTER)
        request = window.findChild(QWidget, names.REQUEST_PANEL)
        assert tree is not None and line is not None and request is not None  # noqa: S101, PT018 - the window has them
        self._tree, self._line, self._request = tree, line, request
        self._painted: asyncio.Future[None] | None = None

    async def obey(self, what: str, argument: str) -> list[float]:
        """Do one of `ORDERS`; return the milliseconds that each step took."""
        doing = {"catalogue": self._catalogue, "filter": self._filter, "open": self._open}[what]
        return await asyncio.wait_for(doing(argument), _PATIENCE_SECONDS)

    async def _catalogue(self, path: str) -> list[float]:
        openapi = await asyncio.to_thread(Path(path).read_bytes)
        description = AppDescription(
            name="large", openapi=openapi, problem=None, docs_url=None, route_count=0, framework="", python=""
        )
        changed = asyncio.Event()
        self._tree.model().modelReset.connect(changed.set)
        began = time.perf_counter_ns()
        self._rooms.server_controller.described.emit(description)
        await changed.wait()
        await self._until_painted(self._tree.viewport())
        return [_since(began)]

    async def _filter(self, text: str) -> list[float]:
        took: list[float] = []
        for length in range(1, len(text) + 1):
            began = time.perf_counter_ns()
            self._line.setText(text[:length])
            await self._until_painted(self._tree.viewport())
            took.append(_since(began))
        self._line.clear()
        await self._until_painted(self._tree.viewport())
        return took

    async def _open(self, count: str) -> list[float]:
        model, took = self._tree.model(), []
        for number in range(int(count)):
            group = model.index(number * 7 % model.rowCount(), 0)
            self._tree.expand(group)
            row = model.index(number % model.rowCount(group), 0, group)
            began = time.perf_counter_ns()
            self._tree.setCurrentIndex(row)
            await self._until_painted(self._request)
            took.append(_since(began))
        return took

    async def _until_painted(self, widget: QWidget) -> None:
        """Wait for the next painting of a widget, and for the rest of that round."""
        self._painted = asyncio.get_running_loop().create_future()
        widget.installEventFilter(self)
        widget.update()
        await self._painted
        widget.removeEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self._painted is not None and not self._painted.done():
            self._painted.set_result(None)  # whoever waits goes on after this round of painting
        return super().eventFilter(watched, event)


def _since(began_ns: int) -> float:
    return (time.perf_counter_ns() - began_ns) / 1e6
