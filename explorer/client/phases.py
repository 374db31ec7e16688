"""The client's own steps as events: connect, TLS, send, wait, receive, inside one span for the whole request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from explorer.trace.events import (
    CLIENT,
    CLIENT_CONNECT,
    CLIENT_RECEIVE,
    CLIENT_REQUEST,
    CLIENT_SEND,
    CLIENT_TLS,
    CLIENT_WAIT,
    FAILED,
    FINISHED,
    NO_PARENT,
    STARTED,
    Source,
)

# httpcore's step → ours. Sending is two steps of httpcore and one of ours: head and body belong together.
_BEGINS = {
    "connection.connect_tcp.started": CLIENT_CONNECT,
    "connection.start_tls.started": CLIENT_TLS,
    "http11.send_request_headers.started": CLIENT_SEND,
    "http11.receive_response_headers.started": CLIENT_WAIT,
    "http11.receive_response_body.started": CLIENT_RECEIVE,
}
_ENDS = {
    "connection.connect_tcp.complete": CLIENT_CONNECT,
    "connection.start_tls.complete": CLIENT_TLS,
    "http11.send_request_body.complete": CLIENT_SEND,
    "http11.receive_response_headers.complete": CLIENT_WAIT,
    "http11.receive_response_body.complete": CLIENT_RECEIVE,
}
_FAILS = {
    "connection.connect_tcp.failed": CLIENT_CONNECT,
    "connection.start_tls.failed": CLIENT_TLS,
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

    def __init__(self, source: Source, trace_id: str) -> None:
        self.trace_id = trace_id
        self.span_id = source.new_span_id()
        self.stage = CLIENT_REQUEST
        self.connected = False
        self._source = source
        self._open: dict[str, int] = {}
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
            self._start(name, _connect_data(info) if name == CLIENT_CONNECT else {})
        elif name := _ENDS.get(step):
            self._end(name, FINISHED, self._result(name, info))
        elif name := _FAILS.get(step):
            error = info["exception"]
            self._end(name, FAILED, _failure(error, str(error)))

    def finish(self, *, status: int, wire_size: int, size: int) -> None:
        """End the request's span; sizes are of the body in bytes, on the wire and decoded."""
        data = {"status": status, "wire_size": wire_size, "size": size, "reused": not self.connected}
        self._record(CLIENT_REQUEST, FINISHED, data)

    def fail(self, error: BaseException, sentence: str) -> None:
        """End what is still open, the request's span last; does nothing for a request that never began."""
        if not self._head_size:
            return
        data = _failure(error, sentence)
        for name in reversed(tuple(self._open)):
            self._end(name, FAILED, data)
        self._record(CLIENT_REQUEST, FAILED, {**data, "reused": not self.connected})

    def _result(self, name: str, info: Mapping[str, Any]) -> dict[str, Any]:
        if name == CLIENT_SEND:
            return {"bytes": self._head_size + self._body_size}
        if name == CLIENT_WAIT:
            return {"status": info["return_value"][1]}
        return {}

    def _start(self, name: str, data: dict[str, Any]) -> None:
        self.stage = name
        self.connected = self.connected or name == CLIENT_CONNECT
        self._open[name] = self._source.new_span_id()
        self._source.record(self.trace_id, CLIENT, STARTED, self._open[name], self.span_id, name, data)

    def _end(self, name: str, phase: str, data: dict[str, Any]) -> None:
        span_id = self._open.pop(name, None)
        if span_id is not None:
            self._source.record(self.trace_id, CLIENT, phase, span_id, self.span_id, name, data)

    def _record(self, name: str, phase: str, data: dict[str, Any]) -> None:
        self._source.record(self.trace_id, CLIENT, phase, self.span_id, NO_PARENT, name, data)


def _connect_data(info: Mapping[str, Any]) -> dict[str, Any]:
    return {"host": info["host"], "port": info["port"]}


def _failure(error: BaseException, message: str) -> dict[str, Any]:
    return {"error": type(error).__name__, "message": message}
