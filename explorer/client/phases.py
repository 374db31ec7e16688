"""The client's own steps as events: DNS, connect, TLS, send, wait, receive, inside one span for the whole request."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from explorer.client.exchange import Phase
from explorer.trace.events import (
    CLIENT,
    CLIENT_CONNECT,
    CLIENT_RECEIVE,
    CLIENT_REQUEST,
    CLIENT_SEND,
    CLIENT_WAIT,
    FAILED,
    FINISHED,
    NO_PARENT,
    STARTED,
    Source,
)

# httpcore's step → ours. Sending is two steps of httpcore and one of ours: head and body belong together. What comes
# before it is told by our own network, which sees more of it.
_BEGINS = {
    "http11.send_request_headers.started": CLIENT_SEND,
    "http11.receive_response_headers.started": CLIENT_WAIT,
    "http11.receive_response_body.started": CLIENT_RECEIVE,
}
_ENDS = {
    "http11.send_request_body.complete": CLIENT_SEND,
    "http11.receive_response_headers.complete": CLIENT_WAIT,
    "http11.receive_response_body.complete": CLIENT_RECEIVE,
}
_FAILS = {
    "http11.send_request_headers.failed": CLIENT_SEND,
    "http11.send_request_body.failed": CLIENT_SEND,
    "http11.receive_response_headers.failed": CLIENT_WAIT,
    "http11.receive_response_body.failed": CLIENT_RECEIVE,
}


class Phases:
    """Records one send. Every span that it starts ends once, whatever happens.

    Attributes:
        trace_id: of the request.
        span_id: of the whole request; the one that ``traceparent`` names.
        stage: the step that is under way or was the last, a ``CLIENT_…`` name.
        connected: whether this send opened a connection of its own.
    """

    def __init__(self, source: Source, trace_id: str, called_ns: int) -> None:
        """`called_ns` is when the call began, which for the second hop of a redirect is earlier than now."""
        self.trace_id = trace_id
        self.span_id = source.new_span_id()
        self.stage = CLIENT_REQUEST
        self.connected = False
        self._source = source
        self._called_ns = called_ns
        self._open: dict[str, tuple[int, int]] = {}  # step → its span, and when it began
        self._past: list[Phase] = []
        self._over = False
        self._head_size = 0
        self._body_size = 0

    def begin(self, *, method: str, url: str, target: str, headers: tuple[tuple[bytes, bytes], ...], body: int) -> None:
        """Start the request's span; `body` is the body's size in bytes."""
        line = f"{method} {target} HTTP/1.1\r\n\r\n"
        self._head_size = len(line) + sum(len(name) + len(value) + 4 for name, value in headers)
        self._body_size = body
        self._record(CLIENT_REQUEST, STARTED, {"method": method, "url": url, "headers": headers, "body_size": body})

    async def on_step(self, step: str, info: Mapping[str, Any]) -> None:
        """Take one step of httpcore; give this method to httpx as the extension ``trace``."""
        if name := _BEGINS.get(step):
            self._start(name, {})
        elif name := _ENDS.get(step):
            self._end(name, FINISHED, self._result(name, info))
        elif name := _FAILS.get(step):
            error = info["exception"]
            self._end(name, FAILED, _failure(error, str(error)))

    @contextmanager
    def step(self, name: str, data: dict[str, Any] | None = None) -> Iterator[dict[str, Any]]:
        """Record a step of our own, from here to the end of the block; gives the place for what is known then."""
        self._start(name, data or {})
        result: dict[str, Any] = {}
        try:
            yield result
        except BaseException as error:
            self._end(name, FAILED, _failure(error, str(error)))
            raise
        self._end(name, FINISHED, result)

    def finish(self, *, status: int, wire_size: int, size: int) -> None:
        """End the request's span; sizes are of the body in bytes, on the wire and decoded."""
        self._over = True
        data = {"status": status, "wire_size": wire_size, "size": size, "reused": not self.connected}
        self._end_all(FINISHED, {})
        self._record(CLIENT_REQUEST, FINISHED, data)

    def fail(self, error: BaseException, sentence: str) -> None:
        """End what is still open, the request's span last; does nothing for a request that never began, or is over."""
        if not self._head_size or self._over:
            return
        self._over = True
        data = _failure(error, sentence)
        self._end_all(FAILED, data)
        self._record(CLIENT_REQUEST, FAILED, {**data, "reused": not self.connected})

    @property
    def sent(self) -> bool:
        """Whether anything of the request may have gone out."""
        return self.stage in (CLIENT_SEND, CLIENT_WAIT, CLIENT_RECEIVE)

    @property
    def request_size(self) -> int:
        """Bytes of the whole request, head and body."""
        return self._head_size + self._body_size

    def past(self) -> tuple[Phase, ...]:
        """Return the steps that took place, in order, those that failed included."""
        return tuple(self._past)

    def _result(self, name: str, info: Mapping[str, Any]) -> dict[str, Any]:
        if name == CLIENT_SEND:
            return {"bytes": self.request_size}
        if name == CLIENT_WAIT:
            return {"status": info["return_value"][1]}
        return {}

    def _start(self, name: str, data: dict[str, Any]) -> None:
        self.stage = name
        self.connected = self.connected or name == CLIENT_CONNECT
        self._open[name] = self._source.new_span_id(), time.perf_counter_ns()
        self._source.record(self.trace_id, CLIENT, STARTED, self._open[name][0], self.span_id, name, data)

    def _end(self, name: str, phase: str, data: dict[str, Any]) -> None:
        if name not in self._open:
            return
        span_id, began_ns = self._open.pop(name)
        self._source.record(self.trace_id, CLIENT, phase, span_id, self.span_id, name, data)
        duration_ns = time.perf_counter_ns() - began_ns
        self._past.append(Phase(name=name, start_ns=began_ns - self._called_ns, duration_ns=duration_ns))

    def _end_all(self, phase: str, data: dict[str, Any]) -> None:
        for name in reversed(tuple(self._open)):
            self._end(name, phase, data)

    def _record(self, name: str, phase: str, data: dict[str, Any]) -> None:
        self._source.record(self.trace_id, CLIENT, phase, self.span_id, NO_PARENT, name, data)


def _failure(error: BaseException, message: str) -> dict[str, Any]:
    return {"error": type(error).__name__, "message": message}
