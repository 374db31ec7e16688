"""One vocabulary for both sides of the socket.

An event is a plain tuple where it is made, because making one costs a tenth of making an object, and it becomes an
`Event` where somebody reads it::

    (trace_id, seq, at_ns, kind, phase, span_id, parent_id, name, data)

==========  ===========================================================================================
field       meaning
==========  ===========================================================================================
trace_id    32 lower-case hex digits, the trace-id of W3C Trace Context
seq         a number that grows with every event of one source; breaks ties of `at_ns`
at_ns       `time.perf_counter_ns()`: nanoseconds on a clock that client and server share
kind        one of the constants below
phase       ``started``, ``finished`` or ``failed`` for a span; ``noted`` for a fact inside one
span_id     positive on the server, negative on the client, so that two sources never collide
parent_id   the span that this one is part of; 0 for none
name        of the span (a class, a function), or of the note (see `NOTES`)
data        a dict of plain values; it must not change after the event was emitted
==========  ===========================================================================================
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable
from typing import Any, NamedTuple

RawEvent = tuple[str, int, int, str, str, int, int, str, dict[str, Any]]
Emit = Callable[[RawEvent], object]

# --- phases -----------------------------------------------------------------------------------------------------------
STARTED = "started"
FINISHED = "finished"
FAILED = "failed"
NOTED = "noted"

# --- kinds of span ----------------------------------------------------------------------------------------------------
CLIENT = "client"  # what our own client did: names CLIENT_REQUEST … CLIENT_RECEIVE below
CONNECTION = "connection"  # a request or a WebSocket in the server, from the first byte to the last
MIDDLEWARE = "middleware"
ROUTING = "routing"
SQL = "sql"  # one statement, or the end of a transaction (names COMMIT and ROLLBACK), below the step that caused it
WEBSOCKET = "websocket"  # the conversation of a WebSocket, from its acceptance to its end, below its connection

# --- names of the client's spans --------------------------------------------------------------------------------------
CLIENT_REQUEST = "request"
CLIENT_DNS = "dns"  # from a name to addresses; a numeric address needs none
CLIENT_CONNECT = "connect"
CLIENT_TLS = "tls"
CLIENT_SEND = "send"
CLIENT_WAIT = "wait"
CLIENT_RECEIVE = "receive"

# --- names of notes ---------------------------------------------------------------------------------------------------
RECEIVE = "receive"  # an ASGI message on its way in, as it crosses the span's outer edge
SEND = "send"  # an ASGI message on its way out
MATCHED = "matched"  # the router chose a route
CANDIDATES = "candidates"  # what the router looked at, worked out afterwards
FETCHED = "fetched"  # how many rows a statement gave in the end: ``rows``, and in what time: ``ns``
CHANGED_ROWS = "changed_rows"  # on the span of a COMMIT, or of a statement that needs none: see `CHANGE`

# --- what messages carry ----------------------------------------------------------------------------------------------
# RECEIVE and SEND notes of requests: ``type``; ``status`` and ``headers`` of the start of a response; of bodies
#   ``size`` in bytes and ``more``, and on the span of a CONNECTION ``payload``, their first bytes: shorter than
#   ``size`` when there was too much.

# --- what the newer kinds carry ---------------------------------------------------------------------------------------
# SQL, STARTED: ``statement``; ``parameters``: a tuple (or dict, or tuple of either for many) of described values, cut
#   when long; ``many``: how often it is executed; ``database``: the file or address, without a password;
#   ``connection``: a number for each connection; ``file``, ``line``, ``function`` of the app's own code that caused it.
# SQL, FINISHED: ``rows``: changed by it, None when that is not known; ``in_transaction``: whether the connection has
#   one open now, left out when that is not known; FAILED as everywhere: ``error``, ``message``.
# CHANGED_ROWS: ``database``; ``columns``: {table: names}; ``keys``: {table: names of the key's columns, empty for the
#   rowid}; ``changes``: a tuple of tuples as CHANGE says; ``total``: how many there were, more than ``changes`` holds
#   when there were too many; ``counts``: {table: (inserted, updated, deleted)}.
# WEBSOCKET, STARTED: ``subprotocol``: the one the app chose, or None.
# WEBSOCKET, RECEIVE and SEND notes of messages: ``type``, ``size`` in bytes, ``text``: whether it is text, ``payload``:
#   its first bytes, ``number``: from 0 in its direction. The spans of the layers have notes of the handshake and of the
#   end only: ``websocket.connect``, ``websocket.accept``, ``websocket.close``, ``websocket.http.response.start`` and
#   ``.body``, ``websocket.disconnect``.
# WEBSOCKET, FINISHED: ``code`` (1005 for a close without one, 1006 for an end without a close), ``reason``,
#   ``closed_by`` (``client``, ``server`` or ``lost``), ``received``, ``sent``; FAILED, when the app raised: these, and
#   ``error``, ``message``.

CHANGE = ("table", "kind", "key", "before", "after", "span_id")
"""The parts of one changed row: ``kind`` is ``insert``, ``update`` or ``delete``; ``key`` a tuple; ``before`` and
``after`` tuples of values in the order of ``columns``, or None; ``span_id`` of the statement that did it, 0 when that
is not known. Values are SQLite's own: int, float, str, bytes, None."""

NO_PARENT = 0


class Event(NamedTuple):
    """A raw event with names; ``Event(*raw)`` types what somebody wants to read."""

    trace_id: str
    seq: int
    at_ns: int
    kind: str
    phase: str
    span_id: int
    parent_id: int
    name: str
    data: dict[str, Any]


_now = time.perf_counter_ns


class Source:
    """Numbers the events and spans of one side, and hands them to `emit`.

    Attributes:
        emit: takes each raw event; called on whatever thread the event happened on, so it must not block.

    """

    def __init__(self, emit: Emit, *, side: int) -> None:
        """`side` is 1 for the server and -1 for the client: the sign of the span ids."""
        self.emit = emit
        self._side = side
        self._next_seq = itertools.count(1).__next__
        self._span = itertools.count(1)

    def new_span_id(self) -> int:
        """Return an id that no other span of either side has."""
        return self._side * next(self._span)

    def record(
        self, trace_id: str, kind: str, phase: str, span_id: int, parent_id: int, name: str, data: dict[str, Any]
    ) -> None:
        """Emit one event, timed now."""
        self.emit((trace_id, self._next_seq(), _now(), kind, phase, span_id, parent_id, name, data))
