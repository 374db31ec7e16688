"""What the benchmark of long forms orders the real window to do; all times are those of the window's own thread.

Orders: ``type address|parameter|field|text`` opens what it takes and answers `milliseconds`, each from a key until it
is painted; ``bare address|text`` does the same in a bare widget of Qt; ``reopen N OPERATION OPERATION`` opens one of
two operations after the other, ``switch N OPERATION OPERATION`` goes from one open request to another; ``colours N``
goes from dark to light and back.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QCoreApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget

from explorer.bootstrap.program import Program
from explorer.ui import names

ORDERS = ("type", "bare", "reopen", "switch", "colours")
_KEYS = "Desk lamp 42"
_BETWEEN_KEYS_SECONDS = 0.1  # what follows a key, such as checking, is not counted to the next one
_SETTLE_SECONDS = 0.6
_TEXT = json.dumps([{"id": n, "name": f"Desk lamp {n}"} for n in range(4_800)], indent=1)  # 200 KB
_OPENED = {
    "address": "GET /parameters",
    "parameter": "GET /parameters",
    "field": "POST /fields",
    "text": "POST /text",
}
_NAMES = {
    "address": names.REQUEST_URL,
    "parameter": names.PARAMETER_VALUE.format(location="query", name="p12"),
    "field": names.BODY_VALUE.format(path="f0"),
    "text": names.REQUEST_BODY,
}


class FormHands:
    """Types, and opens requests."""

    def __init__(self, program: Program) -> None:
        assert program.rooms is not None  # noqa: S101 - `live` made them before
        self._window = program.window
        self._themes = program.themes
        self._compose = program.rooms.compose
        self._request = program.rooms.room.request

    async def obey(self, what: str, argument: str) -> list[float]:
        """Do one of `ORDERS`; return the milliseconds that each step took."""
        if what == "type":
            return await self._type(argument)
        if what == "bare":
            return await self._type_bare(argument)
        count, *words = argument.split()
        operations = [f"{method} {path}" for method, path in zip(words[::2], words[1::2], strict=True)]
        if what == "colours":
            turns: list[Callable[[], object]] = [
                lambda: self._themes.set_mode("light"),
                lambda: self._themes.set_mode("dark"),
            ]
        elif what == "reopen":
            turns = [lambda key=key: self._open(key) for key in operations]  # type: ignore[misc]
        else:
            kept = [await self._keep(key) for key in operations]
            turns = [lambda id_=id_: self._compose.open_requests.show(id_) for id_ in kept]  # type: ignore[misc]
        took = []
        for number in range(int(count)):
            took.append(_timed(turns[number % len(turns)]))
            await asyncio.sleep(_SETTLE_SECONDS)
        return took

    async def _type(self, where: str) -> list[float]:
        self._request.body.restore({"form": where == "field"})
        self._open(_OPENED[where])
        if where == "text" and self._compose.draft is not None:
            self._compose.on_request_draft_edited(replace(self._compose.draft, body=_TEXT))
        await asyncio.sleep(2 * _SETTLE_SECONDS)
        found = [each for each in self._request.findChildren(QWidget, _NAMES[where]) if each.isVisible()]
        line = found[0].lineEdit() if isinstance(found[0], QComboBox) else found[0]
        assert line is not None  # noqa: S101 - such a box can be typed into
        return await _keys_in(line)

    async def _type_bare(self, what: str) -> list[float]:
        widget: QLineEdit | QPlainTextEdit
        if what == "text":
            widget = QPlainTextEdit()
            widget.setPlainText(_TEXT)
        else:
            widget = QLineEdit()
        widget.resize(700, 400)
        widget.show()
        await asyncio.sleep(_SETTLE_SECONDS)
        took = await _keys_in(widget)
        widget.close()
        return took

    def _open(self, key: str) -> None:
        catalogue = self._compose.catalogue
        operation = catalogue.find(key) if catalogue is not None else None
        assert operation is not None  # noqa: S101 - the benchmark asks for what is in its document
        self._compose.open_operation(operation)

    async def _keep(self, key: str) -> str:
        """Open a request that stays open, and return its id."""
        self._open(key)
        if self._compose.draft is not None:
            self._compose.open_requests.change(self._compose.draft)
        await asyncio.sleep(_SETTLE_SECONDS)
        return self._compose.open_requests.requests.current


async def _keys_in(widget: QWidget) -> list[float]:
    widget.setFocus()
    took = []
    for key in _KEYS:
        took.append(_timed(lambda key=key: QTest.keyClicks(widget, key)))  # type: ignore[misc]
        await asyncio.sleep(_BETWEEN_KEYS_SECONDS)
    return took


def _timed(act: Callable[[], object]) -> float:
    """Return for how many milliseconds the window is at work until what came of it is painted."""
    began = time.perf_counter_ns()
    act()
    QCoreApplication.sendPostedEvents()  # painting is one of them
    return (time.perf_counter_ns() - began) / 1e6
