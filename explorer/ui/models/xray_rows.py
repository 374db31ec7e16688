"""A journey in the words and shapes of the X-ray panel. No Qt: it is tested, and could be printed, without a window.

Words are for students ("Client sends"); the technical name is in the tool tip.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from explorer.trace.events import CANDIDATES
from explorer.trace.journey import (
    AFTER,
    CLIENT_RECEIVES,
    CLIENT_SENDS,
    IN,
    LAYER_IN,
    LAYER_OUT,
    OUT,
    RESPONSE_SENT,
    ROUTE,
    ROUTER,
    SOCKET,
    WRAP_UP,
    Journey,
    Stop,
)
from explorer.ui.wording import size_text


class RowKind(enum.Enum):
    """What shape a row has."""

    LABEL = "label"
    STOP = "stop"
    DETAIL = "detail"


class Node(enum.Enum):
    """What is painted on the way at a stop."""

    DOT = "dot"
    RING = "ring"
    ROUTE = "route"
    FAILED = "failed"
    RUNNING = "running"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of the panel.

    Attributes:
        kind: its shape.
        key: what stays the same while the journey grows.
        title: the name of a stop, the text of a label, or the left part of a detail.
        note: what happened there, or the middle part of a detail.
        right: a verdict at the right edge of a detail.
        token: the stage's colour token.
        right_token: the colour token of `right`.
        node: what is painted on the way; None for labels and details.
        depth: how far inside, for the node's place.
        lane: the id of the span whose way in and out are joined by a lane; None for none.
        dimmed: whether it belongs to the framework rather than to the app's author.
        failed: whether the journey was stopped here.
        own: begin and end of its own time, as shares of the axis (may pass 1); None while unknown.
        whole: begin and end of its whole span, as shares of the axis; None when it is its own time.
        ms: its own time as shown; an em dash while it lasts.
        tip: the technical truth.
        mono: whether title and note are code.
    """

    kind: RowKind
    key: str
    title: str
    note: str = ""
    right: str = ""
    token: str = "t2"
    right_token: str = "t3"
    node: Node | None = None
    depth: int = 0
    lane: int | None = None
    dimmed: bool = False
    failed: bool = False
    own: tuple[float, float] | None = None
    whole: tuple[float, float] | None = None
    ms: str = ""
    tip: str = ""
    mono: bool = False

    @property
    def spoken(self) -> str:
        """The row as one sentence, for a screen reader and for the clipboard."""
        parts = [self.title, self.note, self.right, f"{self.ms} ms" if self.ms and self.ms != "—" else ""]
        return ", ".join(part for part in parts if part) + (", failed" if self.failed else "")


_LABELS = {IN: "REQUEST GOES IN", OUT: "RESPONSE GOES OUT", AFTER: "AFTER THE RESPONSE — the client no longer waits"}
_KNOWN_IN = {
    "ServerErrorMiddleware": "catches crashes",
    "ExceptionMiddleware": "catches HTTPException",
    "CORSMiddleware": "checks the Origin",
    "GZipMiddleware": "checks Accept-Encoding",
    "TrustedHostMiddleware": "checks the Host",
    "HTTPSRedirectMiddleware": "checks the scheme",
    "SessionMiddleware": "reads the session cookie",
}
_CATCHERS = ("ServerErrorMiddleware", "ExceptionMiddleware")
_SHOWN_TRIES = 3


def rows(journey: Journey, *, compact: bool = False) -> tuple[Row, ...]:
    """Return the panel's rows for a journey; `compact` leaves the details out."""
    return tuple(_rows(journey, compact=compact))


def summary(journey: Journey) -> tuple[str, bool]:
    """Return the line above the rows, and whether it tells of a failure."""
    total = len(journey.stops)
    failed = journey.failed_stop
    if failed is not None:
        number = journey.stops.index(failed) + 1
        return f"Stopped at stop {number} of {total}: {_title(failed)}", True
    if not journey.done:
        return f"{total} stops so far", False
    return f"{total} stops, no errors", False


def axis_ms(journey: Journey) -> float | None:
    """Return the length of the axis in milliseconds, or None while the end is unknown."""
    if journey.ends_ns is None:
        return None
    return (journey.ends_ns - journey.starts_ns) / 1e6


def format_ms(nanoseconds: int | None) -> str:
    """Return a time as the panel shows it; an em dash for one that is not known."""
    if nanoseconds is None:
        return "—"
    ms = nanoseconds / 1e6
    if ms < 10:
        return f"{ms:.2f}" if ms < 0.1 else f"{ms:.1f}"
    return f"{ms:.0f}" if ms >= 100 else f"{ms:.1f}"


def _rows(journey: Journey, *, compact: bool) -> Iterator[Row]:
    way = None
    start = journey.starts_ns
    latest = max((stop.ends_ns or stop.starts_ns for stop in journey.stops), default=start)
    length = max(1, (journey.ends_ns or latest) - start)

    def share(begin: int, end: int | None) -> tuple[float, float]:
        return (begin - start) / length, ((end if end is not None else latest) - start) / length

    for stop in journey.stops:
        if stop.way != way:
            way = stop.way
            yield Row(kind=RowKind.LABEL, key=f"label:{way}", title=_LABELS[way], token="t3")
        layer = stop.kind in (LAYER_IN, LAYER_OUT)
        yield Row(
            kind=RowKind.STOP,
            key=stop.key,
            title=_title(stop),
            note=_note(stop),
            token=_token(stop),
            node=_node(stop),
            depth=stop.depth,
            lane=stop.span.span_id if layer else None,
            dimmed=stop.facts.get("role") == "framework",
            failed=stop.failed,
            own=share(stop.starts_ns, stop.ends_ns),
            whole=share(stop.span.started_ns, stop.span.ended_ns) if stop.kind == LAYER_IN else None,
            ms=format_ms(stop.own_ns),
            tip=_tip(stop),
        )
        if not compact:
            yield from _details(stop)


def _title(stop: Stop) -> str:
    match stop.kind:
        case "client_sends":
            return "Client sends"
        case "socket":
            return "Socket"
        case "router":
            return "Router"
        case "route":
            return f"{stop.facts.get('function', 'route')}()"
        case "response_sent":
            return "Response sent"
        case "client_receives":
            return "Client receives"
        case "wrap_up":
            return f"{stop.facts.get('function', 'route')}() wraps up"
        case _:
            return stop.span.name.removesuffix("Middleware") or stop.span.name


def _note(stop: Stop) -> str:
    notes = {
        CLIENT_SENDS: _note_client_sends,
        SOCKET: _note_socket,
        LAYER_IN: _note_layer_in,
        LAYER_OUT: _note_layer_out,
        ROUTER: _note_router,
        ROUTE: _note_route,
        RESPONSE_SENT: _note_response,
        CLIENT_RECEIVES: _note_response,
        WRAP_UP: _note_wrap_up,
    }
    return notes[stop.kind](stop)


def _note_client_sends(stop: Stop) -> str:
    if stop.failed:
        return "no connection" if stop.ends_ns is not None else "gave up"
    size = int(stop.facts.get("body_size") or 0)
    method = str(stop.facts.get("method", ""))
    return f"{method}, {size_text(size)}" if size else method


def _note_socket(stop: Stop) -> str:
    count = len(stop.facts.get("headers", ()))
    return f"the server reads {count} headers"


def _note_layer_in(stop: Stop) -> str:
    if stop.facts.get("answered_itself"):
        return "answers itself, goes no further"
    return _KNOWN_IN.get(stop.span.name, "your middleware" if stop.facts.get("role") == "user" else "")


def _note_layer_out(stop: Stop) -> str:
    facts = stop.facts
    if stop.failed:
        return f"{facts.get('error', 'an exception')} passes through"
    if facts.get("caught"):
        return f"{facts['caught']} → {facts.get('status')}"
    said = []
    if facts.get("added"):
        said.append("adds " + _header_names(facts["added"]))
    elif facts.get("changed"):
        said.append("changes " + _header_names(facts["changed"]))
    if facts.get("size_before") != facts.get("size_after"):
        said.append(f"{size_text(facts['size_before'])} → {size_text(facts['size_after'])}")
    if said:
        return ", ".join(said)
    return "nothing to catch" if stop.span.name in _CATCHERS else "passes it on"


def _note_router(stop: Stop) -> str:
    candidates = _candidates(stop)
    chosen = _chosen(candidates)
    if stop.ends_ns is None:
        return "looks for a route"
    if stop.failed:
        if stop.facts.get("status") == 405:
            return "path fits, method does not"
        return f"none of {len(candidates)} routes fits" if candidates else "no route fits"
    if chosen is None:
        return "matched"
    return f"{_ordinal(chosen + 1)} of {len(candidates)} routes matched"


def _note_route(stop: Stop) -> str:
    if stop.failed:
        return f"{stop.facts.get('error', 'an exception')} was raised"
    status = stop.facts.get("status")
    if isinstance(status, int) and status >= 400:
        return f"answers {status}"
    return "your code"


def _note_response(stop: Stop) -> str:
    status = stop.facts.get("status")
    size = stop.facts.get("size")
    if size is None:
        return str(status)
    return f"{status}, {size_text(int(size))}"


def _note_wrap_up(stop: Stop) -> str:
    if stop.failed:
        return f"{stop.facts.get('error', 'an exception')} after the response"
    return "tasks and clean-up"


def _tip(stop: Stop) -> str:
    facts = stop.facts
    lines = [stop.span.name if stop.kind in (LAYER_IN, LAYER_OUT) else _title(stop)]
    if stop.kind in (ROUTE, LAYER_IN, WRAP_UP) and facts.get("file"):
        lines.append(f"{facts.get('module', '')}, {facts['file']}:{facts.get('line', '')}")
    if facts.get("message") and stop.failed:
        lines.append(f"{facts.get('error')}: {facts['message']}")
    if stop.kind == LAYER_OUT:
        news = [what for what in ("added", "changed", "removed") if facts.get(what)]
        lines += [f"Headers {what}: {', '.join(facts[what])}" for what in news]
    if facts.get("messages_after", 0) > facts.get("messages_before", 0) > 0:
        lines.append(
            f"{facts['messages_before']} body message came in, {facts['messages_after']} went out: "
            "BaseHTTPMiddleware streams the body on and closes it with an empty message."
        )
    if stop.kind == ROUTE:
        lines.append("Dependencies, validation, the function itself and the response model.")
    if stop.kind == WRAP_UP:
        lines.append("Background tasks run here, and code after yield in dependencies.")
    return "\n".join(line for line in lines if line)


def _details(stop: Stop) -> Iterator[Row]:
    if stop.kind == CLIENT_SENDS:
        yield from _connect_detail(stop)
    if stop.kind == ROUTER:
        yield from _tries(stop)
    if stop.kind == ROUTE and stop.facts.get("file"):
        where = PurePath(str(stop.facts["file"]))
        place = f"{where.parent.name}/{where.name}:{stop.facts.get('line', '')}"
        how = "async, event loop" if stop.facts.get("async") else "def, thread pool"
        yield Row(kind=RowKind.DETAIL, key=f"{stop.key}:file", title=place, note=how, token="acc", mono=True)


def _connect_detail(stop: Stop) -> Iterator[Row]:
    if stop.facts.get("error"):
        yield Row(
            kind=RowKind.DETAIL, key=f"{stop.key}:error", title=str(stop.facts["error"]), token="err",
            note=str(stop.facts.get("message", "")), failed=True,
        )  # fmt: skip
    elif stop.facts.get("connect_ns") is not None:
        yield Row(
            kind=RowKind.DETAIL,
            key=f"{stop.key}:connect",
            title="opens a connection",
            token="t3",
            right=f"{format_ms(stop.facts['connect_ns'])} ms",
        )


def _tries(stop: Stop) -> Iterator[Row]:
    """Show the last routes that were tried, up to the chosen one, and any that it shadows."""
    candidates = _candidates(stop)
    if not candidates:
        return
    chosen = _chosen(candidates)
    if chosen is None:
        interesting = [i for i, c in enumerate(candidates) if c["verdict"] in ("partial", "failed")][:_SHOWN_TRIES]
    else:
        first = max(0, chosen + 1 - _SHOWN_TRIES)
        partial = [i for i in range(first) if candidates[i]["verdict"] == "partial"]
        interesting = sorted({*partial[-1:], *range(first, chosen + 1)})
    passed = 0
    for i in interesting:
        yield from _skipped(stop, candidates, passed, i)
        yield _try(stop, i, candidates[i])
        passed = i + 1
    if chosen is None:
        yield from _skipped(stop, candidates, passed, len(candidates))
    for i, candidate in enumerate(candidates):
        if candidate.get("shadowed"):
            yield _try(stop, i, candidate)


def _skipped(stop: Stop, candidates: tuple[Mapping[str, Any], ...], first: int, end: int) -> Iterator[Row]:
    if end <= first:
        return
    numbers = f"{first + 1}–{end}" if end - first > 1 else f"{first + 1}"
    paths = candidates[first]["path"]
    if end - first > 1:
        paths = f"{paths} … {candidates[end - 1]['path']}"
    yield Row(
        kind=RowKind.DETAIL, key=f"{stop.key}:skipped{first}", title=numbers, note=paths, right="no match", mono=True
    )


def _try(stop: Stop, i: int, candidate: Mapping[str, Any]) -> Row:
    verdicts = {
        "full": ("match ✓", "ok"),
        "partial": ("path ✓ method ✗", "warn"),
        "none": ("no match", "t3"),
        "failed": ("error", "err"),
    }
    right, token = verdicts[candidate["verdict"]]
    if candidate.get("shadowed"):
        right, token = "fits too, but comes later", "warn"
    methods = "/".join(m for m in candidate["methods"] if m != "HEAD") or str(candidate["kind"]).upper()[:5]
    return Row(
        kind=RowKind.DETAIL,
        key=f"{stop.key}:try{i}",
        title=str(i + 1),
        note=f"{methods:<5} {candidate['path']}",
        right=right,
        token="t1" if candidate["verdict"] == "full" and not candidate.get("shadowed") else "t2",
        right_token=token,
        mono=True,
        tip=f"{candidate['name']}: {right}",
    )


def _candidates(stop: Stop) -> tuple[Mapping[str, Any], ...]:
    note = stop.span.first_note(CANDIDATES)
    return tuple(note.data["candidates"]) if note is not None else ()


def _chosen(candidates: tuple[Mapping[str, Any], ...]) -> int | None:
    return next((i for i, candidate in enumerate(candidates) if candidate["verdict"] == "full"), None)


def _node(stop: Stop) -> Node:
    if stop.failed:
        return Node.FAILED
    if stop.ends_ns is None:
        return Node.RUNNING
    if stop.kind in (LAYER_IN, LAYER_OUT, WRAP_UP):
        return Node.RING
    return Node.ROUTE if stop.kind == ROUTE else Node.DOT


def _token(stop: Stop) -> str:
    if stop.failed:
        return "s_err"
    tokens = {LAYER_IN: "s_mw", LAYER_OUT: "s_mw", ROUTER: "s_route", ROUTE: "s_hand", WRAP_UP: "s_bg"}
    return tokens.get(stop.kind, "s_net")


def _header_names(names: tuple[str, ...]) -> str:
    shown = "-".join(part.capitalize() for part in names[0].split("-"))
    return shown if len(names) == 1 else f"{shown} and {len(names) - 1} more"


def _ordinal(number: int) -> str:
    suffix = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"
