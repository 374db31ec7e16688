"""A journey as an onion: each layer around the next, the route inside. Only what was recorded is told.

No Qt: it is tested without a window.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePath

from explorer.trace.answers import answer_of, body_size
from explorer.trace.events import FAILED, RECEIVE
from explorer.trace.journey import (
    CONVERSATION,
    LAYER_IN,
    LAYER_OUT,
    ROUTE,
    ROUTER,
    STATEMENT,
    WRAP_UP,
    Journey,
    Stop,
)
from explorer.trace.model import Span
from explorer.ui.models.xray_words import fine_ms, is_handler_sure, note_of, tip_of
from explorer.ui.wording import count_text, size_text

_BODY = "http.request"
_WEBSOCKET = "WS"
_FRAMEWORK = "framework"
_LASTS = "under way"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One thing that took time in the innermost ring.

    Attributes:
        title: what it was.
        token: the colour of its stage.
        time: how long it took, in words.

    """

    title: str
    token: str
    time: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ring:
    """A layer of middleware, the router, or the route.

    Attributes:
        key: what stays the same while the journey grows.
        span_id: of the span it tells of; router and route share one.
        name: of the class or function.
        note: what it does, and what it did.
        token: the colour of its stage.
        place: file and line of the route.
        in_ns: its own time on the way in; None while it lasts.
        out_ns: its own time on the way out; None where there is none to tell.
        is_out: whether the response, or an exception, has left it.
        marks: what it changed about the response, in a word each.
        dimmed: whether it belongs to the framework.
        failed: whether an exception left it.
        tip: the technical truth, in lines.
        stages: what took time in it; of the innermost alone.

    """

    key: str
    span_id: int
    name: str
    note: str
    token: str
    place: str = ""
    in_ns: int | None = None
    out_ns: int | None = None
    is_out: bool = False
    marks: tuple[str, ...] = ()
    dimmed: bool = False
    failed: bool = False
    tip: str = ""
    stages: tuple[Stage, ...] = ()

    @property
    def spoken(self) -> str:
        """The ring as one sentence, for a screen reader and for the clipboard."""
        parts = [self.name, self.note, self.place]
        if self.stages:
            parts += [f"{stage.title} {stage.time}".strip() for stage in self.stages]
        else:
            parts.append(f"{_ms(self.in_ns)} in" if self.in_ns is not None else _LASTS)
        parts.append(f"{_ms(self.out_ns)} out" if self.out_ns is not None else "")
        parts += [*self.marks, "failed" if self.failed else ""]
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Onion:
    """All rings from the outermost to the innermost, and what stands at both ends of the way.

    Attributes:
        rings: outermost first.
        method: at the beginning of the way.
        status: at its end; empty while there is none.
        size_in: what the app was given, in words.
        size_out: what it gave, in words; empty before the response.
        is_socket: whether it is a WebSocket's handshake.

    """

    rings: tuple[Ring, ...] = ()
    method: str = ""
    status: str = ""
    size_in: str = ""
    size_out: str = ""
    is_socket: bool = False


def onion(journey: Journey) -> Onion:
    """Tell a journey as an onion; one without rings while the server knows nothing of it."""
    connection = journey.trace.connection
    if connection is None:
        return Onion()
    rings = list(_rings(journey))
    if rings:
        innermost = rings[-1]
        rings[-1] = replace(innermost, stages=tuple(_stages(journey, innermost)))
    method = str(connection.data.get("method", ""))
    is_socket = method == _WEBSOCKET
    status = journey.status
    return Onion(
        rings=tuple(rings),
        method=method,
        status="" if status is None else str(status),
        size_in="" if is_socket else _size_in(connection),
        size_out="" if is_socket or answer_of(connection) is None else size_text(body_size(connection)),
        is_socket=is_socket,
    )


def _rings(journey: Journey) -> Iterator[Ring]:
    outs = {stop.span.span_id: stop for stop in journey.stops if stop.kind == LAYER_OUT}
    route = next((stop for stop in journey.stops if stop.kind == ROUTE), None)
    for stop in journey.stops:
        if stop.kind == LAYER_IN:
            yield _layer(stop, outs.get(stop.span.span_id))
        elif stop.kind == ROUTER:
            yield _router(stop, route)
        elif stop.kind == ROUTE:
            yield _route(stop)


def _layer(stop: Stop, out: Stop | None) -> Ring:
    failed = stop.span.outcome == FAILED and answer_of(stop.span) is None
    note = note_of(stop)
    if out is None and failed:
        note = f"{stop.span.data.get('error', 'an exception')} was raised"
    elif out is not None and _is_told(out):
        did = note_of(out)
        note = did if stop.facts.get("role") != _FRAMEWORK and _says_nothing(note) else f"{note}, {did}"
    itself = bool(stop.facts.get("answered_itself"))
    return Ring(
        key=stop.key,
        span_id=stop.span.span_id,
        name=stop.span.name,
        note=note,
        token="s_err" if failed else "s_mw",
        in_ns=stop.own_ns,
        out_ns=out.own_ns if out is not None and not itself else None,
        is_out=out is not None or (failed and stop.ends_ns is not None),
        marks=_marks(out) if out is not None else (),
        dimmed=stop.facts.get("role") == _FRAMEWORK and not failed,
        failed=failed,
        tip=tip_of(stop),
    )


def _router(stop: Stop, route: Stop | None) -> Ring:
    inner = route if route is not None else stop
    return Ring(
        key=stop.key,
        span_id=stop.span.span_id,
        name="Router",
        note=note_of(stop),
        token="s_err" if stop.failed else "s_route",
        in_ns=stop.own_ns,
        is_out=inner.ends_ns is not None,
        failed=inner.failed,
        tip=tip_of(stop),
    )


def _route(stop: Stop) -> Ring:
    facts = stop.facts
    place = ""
    if facts.get("file"):
        where = PurePath(str(facts["file"]))
        place = f"{where.parent.name}/{where.name}:{facts.get('line', '')}"
    return Ring(
        key=stop.key,
        span_id=stop.span.span_id,
        name=f"Route {facts.get('function', '')}".strip(),
        note=note_of(stop) if stop.failed or not place else "",
        token="s_err" if stop.failed else "s_hand" if is_handler_sure(stop) else "s_route",
        place=place,
        in_ns=stop.own_ns,
        is_out=stop.ends_ns is not None,
        failed=stop.failed,
        tip=tip_of(stop),
    )


def _stages(journey: Journey, innermost: Ring) -> Iterator[Stage]:
    """Tell what took time in the innermost ring; what runs inside the function is not recorded, except for SQL."""
    own = next(stop for stop in journey.stops if stop.key == innermost.key)
    is_socket = bool(own.facts.get("websocket"))
    yield Stage(title=_own_title(own, innermost), token=innermost.token, time=_ms(own.own_ns))
    if own.kind == ROUTE:
        yield from _sql(journey, own)
    message = own.span.data.get("message")
    if innermost.failed and message:
        yield Stage(title=f"{own.span.data.get('error')}: {message}", token="s_err")
    for stop in journey.stops:
        if stop.kind == CONVERSATION:
            yield Stage(title=f"Conversation: {note_of(stop)}", token="s_net", time=_ms(stop.own_ns))
        elif stop.kind == WRAP_UP:
            title = "After the end" if is_socket else "Afterwards"
            yield Stage(title=f"{title}: {note_of(stop)}", token="s_bg", time=_ms(stop.own_ns))


def _own_title(own: Stop, innermost: Ring) -> str:
    if own.kind == ROUTE:
        return "Handshake" if own.facts.get("websocket") else "Dependencies, validation, handler"
    if own.kind == ROUTER:
        return "Looks for a route"
    return "Raises" if innermost.failed else "Answers" if innermost.is_out else "Works"


def _sql(journey: Journey, route: Stop) -> Iterator[Stage]:
    """Tell of the statements that began before the route had answered, as one."""
    stops = [
        stop
        for stop in journey.stops
        if stop.kind == STATEMENT
        and stop.starts_ns >= route.starts_ns
        and (route.ends_ns is None or stop.starts_ns < route.ends_ns)
    ]
    if not stops:
        return
    # The ends of transactions take time, and are no statements: the list of requests does not count them either.
    count = sum(int(stop.facts["count"]) for stop in stops if stop.facts.get("statement"))
    known = [stop.facts["ns"] for stop in stops]
    ns = None if None in known else sum(known)
    yield Stage(title=f"of it SQL, {count_text(count, 'statement')}", token="s_sql", time=_ms(ns))


def _is_told(out: Stop) -> bool:
    """Whether a layer did something to the response that is worth a word."""
    facts = out.facts
    changed = any(facts.get(what) for what in ("added", "changed", "removed", "caught"))
    return out.failed or changed or facts.get("size_before") != facts.get("size_after")


def _says_nothing(note: str) -> bool:
    return note in ("", "your middleware")


def _marks(out: Stop) -> tuple[str, ...]:
    facts = out.facts
    marks = []
    for sign, what in (("+", "added"), ("~", "changed"), ("−", "removed")):
        count = len(facts.get(what, ()))
        if count:
            marks.append(f"{sign}{count_text(count, 'header')}")
            break  # the table below has them all
    if facts.get("size_before") != facts.get("size_after"):
        marks.append(f"→ {size_text(facts['size_after'])}")
    return tuple(marks)


def _size_in(connection: Span) -> str:
    messages = [note for note in connection.notes if note.name == RECEIVE and note.data.get("type") == _BODY]
    size = sum(int(note.data.get("size", 0)) for note in messages)
    if size:
        return size_text(size)
    announced = next((value for name, value in connection.data.get("headers", ()) if name == b"content-length"), b"0")
    if announced.isdigit() and int(announced):
        return f"{size_text(int(announced))} unread"
    return "no body"


def _ms(nanoseconds: int | None) -> str:
    said = fine_ms(nanoseconds) if nanoseconds is not None else _LASTS
    return f"{said} ms" if said[-1:].isdigit() else said
