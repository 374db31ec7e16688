"""A trace as a journey: through the layers to the route, and back out with the response.

Pure, and told in recorded order: a stop appears because an event says that it happened. What a stop is called, and in
which colour, is for whoever shows it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from .answers import answer_of, body_count, body_size, changes_of, last_body, status_of
from .conversation import CONNECTION_NAME, conversation
from .events import (
    CLIENT,
    CLIENT_CONNECT,
    CLIENT_DNS,
    CLIENT_RECEIVE,
    CLIENT_SEND,
    CLIENT_WAIT,
    FAILED,
    MATCHED,
    MIDDLEWARE,
    ROUTING,
)
from .model import Note, Span, Trace
from .statements import StatementGroup, statement_groups

IN = "in"  # the request goes in
OUT = "out"  # the response goes out
TALK = "talk"  # a WebSocket is open, and both sides speak
AFTER = "after"  # the client has its response and no longer waits, or the WebSocket is closed

CLIENT_SENDS = "client_sends"
SOCKET = "socket"
LAYER_IN = "layer_in"
ROUTER = "router"
ROUTE = "route"
LAYER_OUT = "layer_out"
RESPONSE_SENT = "response_sent"
CLIENT_RECEIVES = "client_receives"
CONVERSATION = "conversation"
CLOSED = "closed"
WRAP_UP = "wrap_up"
STATEMENT = "statement"  # of SQL, or several equal ones in a row

_LATER = (TALK, AFTER)  # these come after the rest, whatever the clocks of both sides say
_RECEIVED = ("status", "size", "wire_size", "error", "message")  # what the client tells of an answer, or of its end


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop of the journey.

    Attributes:
        kind: one of the constants above, from CLIENT_SENDS to STATEMENT.
        way: IN, OUT, TALK or AFTER.
        span: the span it tells of.
        depth: how far inside: 0 outside the app, 1 in its outermost layer, and so on.
        starts_ns: when its own time began.
        ends_ns: when its own time ended; None while it lasts.
        failed: whether an exception left it, or nothing fitted.
        facts: what is known beyond the span's own data; see the functions that make them. Those of a WebSocket have
            ``websocket``.

    """

    kind: str
    way: str
    span: Span
    depth: int
    starts_ns: int
    ends_ns: int | None
    failed: bool = False
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """What stays the same while the journey grows."""
        return f"{self.span.span_id}:{self.kind}"

    @property
    def own_ns(self) -> int | None:
        """Its own time; None while it lasts."""
        return None if self.ends_ns is None else max(0, self.ends_ns - self.starts_ns)


@dataclass(frozen=True, slots=True)
class Journey:
    """All stops in recorded order, on one axis.

    Attributes:
        trace: what it was made from.
        stops: in the order in which they began.
        starts_ns: zero of the axis: the first thing known.
        ends_ns: end of the axis: the client has the response, or (another's client) it was sent; None before that. A
            conversation goes on after it.
        done: whether nothing is under way any more.

    """

    trace: Trace
    stops: tuple[Stop, ...]
    starts_ns: int
    ends_ns: int | None
    done: bool

    @property
    def failed_stop(self) -> Stop | None:
        """The first stop that failed, or None; a statement alone stops nothing, for the app may go on."""
        return next((stop for stop in self.way_stops if stop.failed), None)

    @property
    def way_stops(self) -> tuple[Stop, ...]:
        """The stops without the SQL between them."""
        return tuple(stop for stop in self.stops if stop.kind != STATEMENT)

    @property
    def status(self) -> int | None:
        """The response's status code, from whichever side knows it."""
        for stop in self.stops:
            if stop.kind in (RESPONSE_SENT, CLIENT_RECEIVES) and "status" in stop.facts:
                return int(stop.facts["status"])
        return None


def journey(trace: Trace) -> Journey:
    """Tell a trace as a journey."""
    ends_ns = _response_complete(trace)
    stops = [*_client_stops(trace), *_server_stops(trace)]
    connection = trace.connection
    if connection is None or connection.name != CONNECTION_NAME:
        stops += _wrap_up(trace, ends_ns)
    else:
        stops = [replace(stop, facts={**stop.facts, "websocket": True}) for stop in (*stops, *_conversation(trace))]
    in_order = sorted(stops, key=lambda stop: (_LATER.index(stop.way) if stop.way in _LATER else -1, stop.starts_ns))
    return Journey(
        trace=trace,
        stops=tuple(_with_statements(in_order, trace)),
        starts_ns=min((span.started_ns for span in trace.roots), default=0),
        ends_ns=ends_ns,
        done=trace.done,
    )


def _wrap_up(trace: Trace, ends_ns: int | None) -> Iterator[Stop]:
    """Tell what a route still does when the client has its response: background tasks, clean-up after ``yield``."""
    routing = trace.find(ROUTING)
    if routing is None or ends_ns is None:
        return
    if routing.ended_ns is not None and routing.ended_ns <= ends_ns:
        return
    matched = routing.first_note(MATCHED)
    if matched is None or last_body(routing) is None:
        return
    failed = routing.outcome == FAILED
    facts = {**_choice(routing), **routing.data}
    yield Stop(WRAP_UP, AFTER, routing, 1, ends_ns, routing.ended_ns, failed=failed, facts=facts)


def _response_complete(trace: Trace) -> int | None:
    received = trace.find(CLIENT, CLIENT_RECEIVE)
    if received is not None and received.ended_ns is not None:
        return received.ended_ns
    client = trace.client
    if client is not None:
        return client.ended_ns
    connection = trace.connection
    if connection is None:
        return None
    if connection.name == CONNECTION_NAME:
        answer = answer_of(connection)
        return answer.at_ns if answer is not None else connection.ended_ns
    return last_body(connection)


def _conversation(trace: Trace) -> Iterator[Stop]:
    """Tell what went on after a WebSocket was accepted: the conversation, its end, and what the route did after it."""
    found = conversation(trace)
    if found is None:
        return
    span, routing = found.span, trace.find(ROUTING)
    facts = {**span.data, "received": found.received, "sent": found.sent, "messages": found.messages}
    yield Stop(CONVERSATION, TALK, span, 1, span.started_ns, span.ended_ns, facts=facts)
    if span.ended_ns is None:
        return
    crashed = span.outcome == FAILED
    yield Stop(CLOSED, TALK, span, 0, span.ended_ns, span.ended_ns, failed=crashed, facts=facts)
    if routing is None or crashed or (routing.ended_ns is not None and routing.ended_ns <= span.ended_ns):
        return
    facts = {**_choice(routing), **routing.data}
    failed = routing.outcome == FAILED
    yield Stop(WRAP_UP, AFTER, routing, 1, span.ended_ns, routing.ended_ns, failed=failed, facts=facts)


def _with_statements(stops: list[Stop], trace: Trace) -> Iterator[Stop]:
    """Put each statement of SQL right after the stop during which it began, on the way that this is on."""
    connection = trace.connection
    found = sorted(_statements(connection), key=lambda stop: stop.starts_ns) if connection is not None else []
    after: dict[int, list[Stop]] = {}
    for statement in found:
        begun = [i for i, stop in enumerate(stops) if stop.starts_ns <= statement.starts_ns]
        at = begun[-1] if begun else 0
        after.setdefault(at, []).append(replace(statement, way=stops[at].way))
    for i, stop in enumerate(stops):
        yield stop
        yield from after.get(i, ())


def _statements(connection: Span) -> Iterator[Stop]:
    depth = 0
    for span in connection.walk():
        depth += span.kind == MIDDLEWARE
        inside = depth + (3 if span.kind == ROUTING else 1)
        for group in statement_groups(span.children):
            yield _statement(group, inside)


def _statement(group: StatementGroup, depth: int) -> Stop:
    first, last = group.spans[0], group.spans[-1]
    facts = {
        **first.data,
        "verb": first.name,
        "count": len(group.spans),
        "pattern": group.pattern,
        "rows": group.rows,
        "ns": group.ns,
        "changed": group.changed,
    }
    return Stop(STATEMENT, IN, first, depth, first.started_ns, last.ended_ns, first.outcome == FAILED, facts)


# --- the client's side ------------------------------------------------------------------------------------------------
def _client_stops(trace: Trace) -> Iterator[Stop]:
    client = trace.client
    if client is None:
        return
    phases = {child.name: child for child in client.children if child.kind == CLIENT}
    looked_up = phases.get(CLIENT_DNS)
    connect = phases.get(CLIENT_CONNECT)
    gave_up = client.outcome == FAILED
    sent_ns = _sent_ns(trace)
    sent = sent_ns is not None and phases[CLIENT_SEND].outcome != FAILED
    yield Stop(
        CLIENT_SENDS,
        IN,
        client,
        0,
        client.started_ns,
        sent_ns or (client.ended_ns if gave_up else None),
        failed=gave_up and not sent,
        facts={
            "dns_ns": looked_up.duration_ns if looked_up is not None else None,
            "host": looked_up.data.get("host") if looked_up is not None else None,
            "connect_ns": connect.duration_ns if connect is not None and connect.outcome != FAILED else None,
            **client.data,
        },
    )
    waited, received = phases.get(CLIENT_WAIT), phases.get(CLIENT_RECEIVE)
    begins = received if received is not None else waited if gave_up and sent else None
    if begins is not None:
        head = waited.data if waited is not None else {}
        facts = {key: value for key, value in {**head, **client.data}.items() if key in _RECEIVED}
        yield Stop(CLIENT_RECEIVES, OUT, client, 0, begins.started_ns, begins.ended_ns, gave_up and sent, facts)


def _sent_ns(trace: Trace) -> int | None:
    """Return when the client had sent its request; None while it sends, or when another client did.

    In one process the server may run before the client's thread does again and takes note that it has sent.
    """
    sent = trace.find(CLIENT, CLIENT_SEND)
    if sent is None:
        return None
    connection = trace.connection
    if connection is not None and (sent.ended_ns is None or sent.ended_ns > connection.started_ns):
        return connection.started_ns
    return sent.ended_ns


# --- the server's side ------------------------------------------------------------------------------------------------
def _server_stops(trace: Trace) -> Iterator[Stop]:
    connection = trace.connection
    if connection is None:
        return
    yield _socket(trace, connection)
    depth = 0
    for span in connection.walk():
        if span.kind == MIDDLEWARE:
            depth += 1
            yield from _layer(span, depth)
        elif span.kind == ROUTING:
            yield from _routing(span, depth + 1)
    yield from _response_sent(connection)


def _socket(trace: Trace, connection: Span) -> Stop:
    arrived = connection.started_ns
    return Stop(SOCKET, IN, connection, 0, _sent_ns(trace) or arrived, arrived, facts=connection.data)


def _layer(span: Span, depth: int) -> Iterator[Stop]:
    inner = _next_inside(span)
    out = answer_of(span)
    entered_ns = inner.started_ns if inner is not None else None
    answered_itself = inner is None and out is not None
    leaves = out.at_ns if out is not None else span.ended_ns
    yield Stop(
        LAYER_IN,
        IN,
        span,
        depth,
        span.started_ns,
        entered_ns if entered_ns is not None else leaves,
        facts={"answered_itself": answered_itself, **span.data},
    )
    if out is not None:
        yield _layer_out(span, depth, inner, out)
    elif span.outcome == FAILED and inner is not None:
        begins = inner.ended_ns if inner.ended_ns is not None else span.started_ns
        yield Stop(LAYER_OUT, OUT, span, depth, begins, span.ended_ns, failed=True, facts=span.data)


def _layer_out(span: Span, depth: int, inner: Span | None, out: Note) -> Stop:
    inner_out = answer_of(inner) if inner is not None else None
    caught = inner is not None and inner_out is None and inner.outcome == FAILED
    facts: dict[str, Any] = {**span.data, "status": status_of(out)}
    begins = out.at_ns
    if inner is not None and inner_out is not None:
        begins = inner_out.at_ns
        facts.update(changes_of(inner, inner_out, span, out))
    elif caught and inner is not None and inner.ended_ns is not None:
        begins = min(inner.ended_ns, out.at_ns)
        facts["caught"] = inner.data.get("error")
    return Stop(LAYER_OUT, OUT, span, depth, begins, out.at_ns, facts=facts)


def _routing(span: Span, depth: int) -> Iterator[Stop]:
    matched = span.first_note(MATCHED)
    chosen_ns = matched.at_ns if matched is not None else span.ended_ns
    no_route = matched is None and span.ended_ns is not None
    refused = span.data.get("status") == 405 and span.outcome == FAILED
    yield Stop(ROUTER, IN, span, depth, span.started_ns, chosen_ns, failed=no_route or refused, facts=span.data)
    if matched is None or refused:
        return
    out = answer_of(span)
    answered_ns = out.at_ns if out is not None else span.ended_ns
    crashed = span.outcome == FAILED and out is None
    facts = {**_choice(span), "status": status_of(out) if out is not None else None}
    if crashed:
        facts = {**facts, "error": span.data.get("error"), "message": span.data.get("message")}
    yield Stop(ROUTE, IN, span, depth + 1, matched.at_ns, answered_ns, failed=crashed, facts=facts)


def _choice(routing: Span) -> dict[str, Any]:
    """Return the innermost choice: a mounted application has a router of its own, which chose after the first."""
    choices = [note for note in routing.notes if note.name == MATCHED]
    return {**choices[-1].data, "mounted": len(choices) > 1} if choices else {}


def _response_sent(connection: Span) -> Iterator[Stop]:
    start = answer_of(connection)
    if start is None:
        return
    facts: dict[str, Any] = {"status": status_of(start)}
    if connection.name == CONNECTION_NAME:
        facts |= {key: start.data[key] for key in ("subprotocol", "reason") if start.data.get(key)}
        ends_ns: int | None = start.at_ns
    else:
        facts |= {"size": body_size(connection), "messages": body_count(connection)}
        ends_ns = last_body(connection)
    yield Stop(RESPONSE_SENT, OUT, connection, 0, start.at_ns, ends_ns, facts=facts)


def _next_inside(span: Span) -> Span | None:
    """Return the layer or the router that a layer called."""
    return next((child for child in span.children if child.kind in (MIDDLEWARE, ROUTING)), None)
