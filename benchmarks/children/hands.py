"""What a benchmark orders the real window to do.

Says `ready_ns` and `url` once a request can be sent. Orders: ``send N`` clicks Send so often, with a moment between,
and answers `milliseconds`, each until the response is painted, and `painted_ns`, the moment of the last; ``stream URL``
reads a stream and answers `milliseconds` until its last message is painted, `late` as below, and `count`, how many
messages are shown; ``timer SECONDS`` answers `milliseconds`, each by which a 5 ms timer was late; those of
`tree_hands`, `form_hands` and `day_hands`.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QAbstractButton
from typing_extensions import override

from benchmarks.children import day_hands, form_hands, tree_hands
from benchmarks.children.talk import next_order, say
from explorer.bootstrap.program import Program
from explorer.client.draft import RequestDraft
from explorer.client.exchange import Exchange
from explorer.ui import names
from explorer.ui.panels.response.events_page import EventsPage

TICK_MS = 5
PAUSE_SECONDS = 0.05  # between two clicks: what a click leads to after the painting is not counted to the next one
_PAINTED = QEvent.Type(QEvent.registerEventType())
_PATIENCE_SECONDS = 20
_STREAM_SECONDS = 120
_SETTLE_SECONDS = 0.3


async def obey(program: Program) -> None:
    """Do what is ordered until there are no more orders."""
    hands = Hands(program)
    await asyncio.wait_for(hands.until_ready(), _PATIENCE_SECONDS)
    say(ready_ns=time.perf_counter_ns(), url=hands.url)
    while order := await asyncio.to_thread(next_order):
        what, _, amount = order.partition(" ")
        if what == "send":
            each = [await hands.send_after(PAUSE_SECONDS if number else 0) for number in range(int(amount))]
            say(milliseconds=each, painted_ns=hands.painted_ns)
        elif what == "stream":
            took, late, count = await asyncio.wait_for(hands.stream(amount), _STREAM_SECONDS)
            say(milliseconds=took, late=late, count=count)
        elif what in tree_hands.ORDERS:
            say(milliseconds=await tree_hands.TreeHands(program).obey(what, amount))
        elif what in form_hands.ORDERS:
            say(milliseconds=await form_hands.FormHands(program).obey(what, amount))
        elif what in day_hands.ORDERS:
            say(**await day_hands.DayHands(program).obey(what, amount))
        else:
            say(milliseconds=await lateness(float(amount)))


class Hands(QObject):
    """Clicks Send, and sees when what came of it is painted.

    Attributes:
        painted_ns: the moment at which the last response was painted.
    """

    def __init__(self, program: Program) -> None:
        super().__init__(program.window)
        assert program.rooms is not None  # noqa: S101 - `live` made them before
        self._rooms = program.rooms
        self._window = program.window
        self._body = self._rooms.room.response.pretty.code.viewport()
        self._body.installEventFilter(self)
        self._arrived = False
        self.painted_ns = 0
        self._painted: asyncio.Future[None] | None = None
        self._rooms.sending.exchanged.connect(self.on_sending_exchanged)

    @property
    def url(self) -> str | None:
        """Where the server answers."""
        return self._rooms.server.url

    async def until_ready(self) -> None:
        """Wait until the server runs and the first operation is open."""
        compose, changed = self._rooms.compose, asyncio.Event()
        self._rooms.server_controller.running.connect(changed.set)
        compose.operation_changed.connect(changed.set)
        while not compose.base_url or compose.draft is None:
            changed.clear()
            await changed.wait()

    async def send(self) -> float:
        """Click Send; return the milliseconds until the whole window shows the response."""
        self._arrived, self._painted = False, asyncio.get_running_loop().create_future()
        button = self._window.findChild(QAbstractButton, names.COMPOSE_SEND)
        assert button is not None  # noqa: S101 - a request cannot be sent without it
        began = time.perf_counter_ns()
        button.click()
        await self._painted
        return (self.painted_ns - began) / 1e6

    async def send_after(self, pause: float) -> float:
        """Wait, and then do what `send` does."""
        await asyncio.sleep(pause)
        return await asyncio.wait_for(self.send(), _PATIENCE_SECONDS)

    async def stream(self, url: str) -> tuple[float, list[float], int]:
        """Open an address, click Send; return the milliseconds until the last message is painted, and how it went."""
        self._rooms.compose.open_draft(RequestDraft(method="GET", path="/", url_override=url))
        panel = self._rooms.room.response
        rows = panel.page(EventsPage).table.viewport()
        self._body, before = rows, self._body
        rows.installEventFilter(self)
        watching = asyncio.ensure_future(lateness(None))
        await asyncio.sleep(_SETTLE_SECONDS)  # what opening the address stops is not what is measured
        took = await self.send()
        watching.cancel()
        late = await watching
        self._body = before
        events = panel.state.events
        return took, late, events.rowCount() if events is not None else 0

    def on_sending_exchanged(self, exchange: Exchange) -> None:
        """Look for the next painting: the response is in its place."""
        if exchange.response is None or exchange.response.status != 200:
            raise RuntimeError(f"No good answer: {exchange.failure or exchange.response}")
        self._arrived = True

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        painting = watched is self._body and event.type() == QEvent.Type.Paint
        if painting and self._arrived:
            self._arrived = False
            # Behind this round of painting, and before anything else that is due.
            QCoreApplication.postEvent(self, QEvent(_PAINTED), Qt.EventPriority.LowEventPriority.value - 1)
        return super().eventFilter(watched, event)

    @override
    def customEvent(self, event: QEvent) -> None:
        if event.type() == _PAINTED and self._painted is not None and not self._painted.done():
            self.painted_ns = time.perf_counter_ns()
            self._painted.set_result(None)


async def lateness(seconds: float | None) -> list[float]:
    """Return by how many milliseconds each tick of a precise timer was late; without seconds until it is cancelled."""
    late: list[float] = []
    last = time.perf_counter_ns()

    def on_timer_timeout() -> None:
        nonlocal last
        now = time.perf_counter_ns()
        late.append(max(0.0, (now - last) / 1e6 - TICK_MS))
        last = now

    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(on_timer_timeout)
    timer.start(TICK_MS)
    with suppress(asyncio.CancelledError):
        await (asyncio.sleep(seconds) if seconds is not None else asyncio.Event().wait())
    timer.stop()
    return late
