"""Everything that the response pane shows of one open request, also while the response arrives.

Each open request has one `ResponseState`; the pane is switched with `ResponsePanel.show_state(state)`. Whoever sends::

    state.begin()                                       # the request is on its way
    exchange = await client.send(request, emit=…, arrival=state)   # a state is an `Arrival`
    state.finish(exchange, content)                     # content: what `present(response)` made; None without response
    state.set_verdict(verdict)                          # optional, later: what the schema says of the body

All of it happens on the window's thread. A state may be fed while the pane shows another one.
"""

from __future__ import annotations

import enum
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from explorer.client.answer import Answer, read_answer
from explorer.client.exchange import Exchange, Hop, Response
from explorer.client.streams import Message, StreamFormat, StreamParser, new_parser, stream_format
from explorer.client.text_tail import TextTail, tail_for
from explorer.ui.models.events_model import EventsModel

if TYPE_CHECKING:
    from explorer.client.viewers.content import BodyContent
    from explorer.openapi.response_check import ResponseVerdict

BATCH_MS = 30
SLOW_AFTER_MS = 150  # what takes longer shows how far it has come
_TOGETHER_NS = 1_000_000
_STEP = 256 * 1024  # bytes of a stream nobody watched, read between two turns of the event loop


class Stage(enum.Enum):
    """How far a request has come."""

    NOTHING = enum.auto()  # nothing was sent yet
    SENDING = enum.auto()  # no answer yet
    ARRIVING = enum.auto()  # status and headers are here
    DONE = enum.auto()


class ResponseState(QObject):
    """One request's response: on its way, or as it came.

    Signals:
        changed: show everything anew.
        progressed: more of the body is here; at most every `BATCH_MS`.
        judged: the verdict of the schema is here.
    """

    changed = Signal()
    progressed = Signal()
    judged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stage = Stage.NOTHING
        self._exchange: Exchange | None = None
        self._answer: Answer | None = None
        self._content: BodyContent | None = None
        self._arriving: Response | None = None
        self._events: EventsModel | None = None
        self._parser: StreamParser | None = None
        self._chunks: list[tuple[int, bytes]] = []  # with the time at which each came
        self._batch: list[tuple[int, Message]] = []
        self._began_ns = 0
        self._arrived = 0
        self._slow = False
        self._tail: TextTail | None = None
        self._verdict: ResponseVerdict | None = None
        self._unread: Iterator[bytes] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(BATCH_MS)
        self._timer.timeout.connect(self._on_timer_timeout)
        self._slow_timer = QTimer(self)
        self._slow_timer.setSingleShot(True)
        self._slow_timer.setInterval(SLOW_AFTER_MS)
        self._slow_timer.timeout.connect(self._on_slow_timer_timeout)
        self._reader = QTimer(self)
        self._reader.setInterval(0)
        self._reader.timeout.connect(self._on_reader_timeout)

    # --- what is known ------------------------------------------------------------------------------------------------
    @property
    def stage(self) -> Stage:
        """How far the request has come."""
        return self._stage

    @property
    def exchange(self) -> Exchange | None:
        """What came of the last request; while the next one is under way it is still the one before."""
        return self._exchange

    @property
    def answer(self) -> Answer | None:
        """What the response has to say; None when there is none."""
        return self._answer

    @property
    def content(self) -> BodyContent | None:
        """The response's body, made ready to be shown."""
        return self._content

    @property
    def arriving(self) -> Response | None:
        """Status and headers of the response that is arriving; its body is empty."""
        return self._arriving

    @property
    def events(self) -> EventsModel | None:
        """The messages of the stream that is arriving or was the last; None when the response is no stream."""
        return self._events

    @property
    def arrived(self) -> int:
        """How many bytes of the body are here, decoded."""
        return self._arrived

    @property
    def expected(self) -> int | None:
        """How many bytes of the body there will be; None when the server does not say, or says it of packed bytes."""
        response = self._arriving
        if response is None or (response.header("content-encoding") or "identity").lower() != "identity":
            return None
        length = response.header("content-length") or ""
        return int(length) if length.isascii() and length.isdigit() and len(length) < 19 else None

    @property
    def tail(self) -> str | None:
        """The end of a plain text that is arriving without anybody knowing its length; None for all else."""
        return self._tail.text if self._tail is not None else None

    @property
    def slow(self) -> bool:
        """Whether the request has been under way for long enough to show how far it has come."""
        return self._slow

    @property
    def live(self) -> bool:
        """Whether a stream is arriving, whose messages are shown as they come."""
        return self._stage is Stage.ARRIVING and self._parser is not None

    @property
    def verdict(self) -> ResponseVerdict | None:
        """What the schema says of the body; None while it says nothing."""
        return self._verdict

    # --- what happens -------------------------------------------------------------------------------------------------
    def begin(self) -> None:
        """Take note that a request is on its way."""
        self._stop_reading()
        self._stage = Stage.SENDING
        self._arriving = None
        self._arrived = 0
        self._slow = False
        self._began_ns = time.perf_counter_ns()
        self._slow_timer.start()
        self.changed.emit()

    def finish(self, exchange: Exchange, content: BodyContent | None) -> None:
        """Show what came of the request; `content` is None when there is no response."""
        watched = self._stage is Stage.ARRIVING and self._parser is not None
        if watched and self._parser is not None:
            self._parse()
            self._take(self._parser.finish(), time.perf_counter_ns())
        self._stop_reading()
        self._deliver()
        self._stage = Stage.DONE
        self._exchange, self._content = exchange, content
        self._answer = read_answer(exchange)
        self._arriving = None
        self._verdict = None
        if not watched:
            self._drop_events()
            self._read_unwatched()
        self.changed.emit()

    def abandon(self) -> None:
        """Take note that nothing comes of the request that is on its way; what came before stays."""
        self._stop_reading()
        self._stage = Stage.NOTHING if self._exchange is None else Stage.DONE
        self._arriving = None
        self.changed.emit()

    def clear(self) -> None:
        """Forget everything, as if nothing had been sent."""
        self._stop_reading()
        self._stage = Stage.NOTHING
        self._exchange = self._answer = self._content = self._arriving = self._verdict = None
        self._drop_events()
        self.changed.emit()

    def set_verdict(self, verdict: ResponseVerdict | None) -> None:
        """Take what the schema says of the body."""
        self._verdict = verdict
        self.judged.emit()

    # --- Arrival ------------------------------------------------------------------------------------------------------
    def on_hop(self, hop: Hop) -> None:
        """Take a redirect that is being followed; it is shown with the rest once all is here."""

    def on_response(self, response: Response) -> None:
        """Take status and headers."""
        self._stage = Stage.ARRIVING
        self._arriving = response
        self._arrived = 0
        stream = stream_format(response.header("content-type"))
        self._tail = tail_for(response) if stream is None else None
        if stream is None:
            return  # most responses are complete at once: what was there before stays in sight until then
        self._slow_timer.stop()
        self._listen(stream)
        self.changed.emit()

    def on_data(self, chunk: bytes) -> None:
        """Take some more of the body."""
        self._arrived += len(chunk)
        if self._parser is not None and self._stage is Stage.ARRIVING:
            self._chunks.append((time.perf_counter_ns(), chunk))
        elif self._tail is not None:
            self._tail.feed(chunk)
        if not self._timer.isActive():
            self._timer.start()

    # --- streams ------------------------------------------------------------------------------------------------------
    def _listen(self, stream: StreamFormat) -> None:
        self._drop_events()
        self._parser = new_parser(stream)
        self._events = EventsModel(stream, self)

    def _drop_events(self) -> None:
        if self._events is not None:
            self._events.deleteLater()
        self._events, self._batch, self._chunks = None, [], []

    def _parse(self) -> None:
        """Read what has arrived. What came within a millisecond is read at once: that is many times quicker."""
        chunks, self._chunks = self._chunks, []
        if self._parser is None or not chunks:
            return
        together: list[bytes] = []
        first_ns = chunks[0][0]
        for at_ns, chunk in chunks:
            if at_ns - first_ns >= _TOGETHER_NS:
                self._take(self._parser.feed(b"".join(together)), first_ns)
                together, first_ns = [], at_ns
            together.append(chunk)
        self._take(self._parser.feed(b"".join(together)), first_ns)

    def _take(self, messages: list[Message], at_ns: int) -> None:
        since_ns = at_ns - self._began_ns
        self._batch += [(since_ns, message) for message in messages]

    def _deliver(self) -> None:
        self._timer.stop()
        self._parse()
        batch, self._batch = self._batch, []
        if batch and self._events is not None:
            self._events.append(batch)

    def _read_unwatched(self) -> None:
        """Read the messages of a body that came from elsewhere, a piece at a time."""
        answer = self._answer
        if answer is None or answer.stream is None or not answer.response.body:
            return
        self._listen(answer.stream)
        body = answer.response.body
        self._unread = (body.read(start, _STEP) for start in range(0, body.size, _STEP))
        self._reader.start()

    def _stop_reading(self) -> None:
        self._reader.stop()
        self._slow_timer.stop()
        self._unread = self._parser = self._tail = None

    # --- reactions ----------------------------------------------------------------------------------------------------
    def _on_timer_timeout(self) -> None:
        self._deliver()
        self.progressed.emit()

    def _on_slow_timer_timeout(self) -> None:
        self._slow = True
        self.changed.emit()

    def _on_reader_timeout(self) -> None:
        if self._unread is None or self._parser is None or self._events is None:
            return
        try:
            chunk = next(self._unread, None)
        except OSError:
            chunk = None
        messages = self._parser.finish() if chunk is None else self._parser.feed(chunk)
        self._events.append([(-1, message) for message in messages])
        if chunk is None:
            self._stop_reading()
        self.progressed.emit()
