"""A journey in the words and shapes of the X-ray panel. No Qt: it is tested, and could be printed, without a window.

Words are for students ("Client sends"); the technical name is in the tool tip.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any

from explorer.trace.journey import (
    AFTER,
    CLIENT_RECEIVES,
    CLIENT_SENDS,
    CLOSED,
    CONVERSATION,
    IN,
    LAYER_IN,
    LAYER_OUT,
    OUT,
    ROUTE,
    ROUTER,
    STATEMENT,
    TALK,
    WRAP_UP,
    Journey,
    Stop,
)
from explorer.ui.models.xray_messages import message_texts
from explorer.ui.models.xray_sql import place_of, statement_lines, statements_text
from explorer.ui.models.xray_words import (
    candidates_of,
    chosen_of,
    format_ms,
    is_handler_sure,
    is_stopped,
    note_of,
    tip_of,
    title_of,
)


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
        box: the colour token of the edge of the box that SQL stands in; empty for what is no SQL.
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
    box: str = ""

    @property
    def spoken(self) -> str:
        """The row as one sentence, for a screen reader and for the clipboard."""
        unit = " ms" if self.ms[-1:].isdigit() else ""
        words = (f"{self.title} {self.note}".strip(),) if self.box else (self.title, self.note)
        parts = [*words, self.right, f"{self.ms}{unit}" if self.ms != "—" else ""]
        return ", ".join(part for part in parts if part) + (", failed" if self.failed else "")


_LABELS = {IN: "REQUEST GOES IN", OUT: "RESPONSE GOES OUT", AFTER: "AFTER THE RESPONSE — the client no longer waits"}
_LABELS_OF_SOCKET = {
    IN: "HANDSHAKE GOES IN",
    OUT: "ANSWER GOES OUT",
    TALK: "THE CONVERSATION",
    AFTER: "AFTER THE END",
}
_SHOWN_TRIES = 3
_KINDS = {"websocket": "WS", "mount": "MOUNT", "host": "HOST", "route": "ROUTE"}  # of a route without methods


def rows(journey: Journey, *, compact: bool = False) -> tuple[Row, ...]:
    """Return the panel's rows for a journey; `compact` leaves the details out."""
    return tuple(_rows(journey, compact=compact))


def summary(journey: Journey) -> tuple[str, bool]:
    """Return the line above the rows, and whether it tells of a failure."""
    stops = journey.way_stops
    failed = journey.failed_stop
    if failed is not None:
        return f"Stopped at stop {stops.index(failed) + 1} of {len(stops)}: {title_of(failed)}", True
    statements = statements_text(journey)
    said = f"{len(stops)} stops, {statements}" if statements else f"{len(stops)} stops"
    return f"{said}, no errors" if journey.done else f"{said} so far", False


def axis_ms(journey: Journey) -> float | None:
    """Return the length of the axis in milliseconds, or None while the end is unknown."""
    if journey.ends_ns is None:
        return None
    return (journey.ends_ns - journey.starts_ns) / 1e6


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
            yield Row(kind=RowKind.LABEL, key=f"label:{way}", title=_label(stop), token="t3")
        layer = stop.kind in (LAYER_IN, LAYER_OUT)
        yield Row(
            kind=RowKind.STOP,
            key=stop.key,
            title=title_of(stop),
            note=note_of(stop),
            token=_token(stop),
            node=_node(stop),
            depth=stop.depth,
            lane=stop.span.span_id if layer else None,
            dimmed=stop.facts.get("role") == "framework",
            failed=stop.failed,
            own=share(stop.starts_ns, stop.ends_ns),
            whole=share(stop.span.started_ns, stop.span.ended_ns) if stop.kind == LAYER_IN else None,
            ms=_time(stop),
            tip=tip_of(stop),
        )
        if not compact:
            yield from _details(stop)


def _label(stop: Stop) -> str:
    return (_LABELS_OF_SOCKET if stop.facts.get("websocket") else _LABELS)[stop.way]


def _time(stop: Stop) -> str:
    """Return a stop's own time; the end of a conversation takes none."""
    if stop.kind == STATEMENT:
        return format_ms(stop.facts["ns"])
    is_moment = stop.own_ns == 0 and "websocket" in stop.facts and stop.way != IN
    return "" if is_moment else format_ms(stop.own_ns)


def _details(stop: Stop) -> Iterator[Row]:
    if stop.kind == CLIENT_SENDS:
        yield from _connect_details(stop)
    if stop.kind in (CLIENT_SENDS, CLIENT_RECEIVES) and stop.failed and not is_stopped(stop):
        yield Row(
            kind=RowKind.DETAIL, key=f"{stop.key}:error", title=str(stop.facts["error"]), token="err",
            note=str(stop.facts.get("message", "")), failed=True,
        )  # fmt: skip
    if stop.kind == ROUTER:
        yield from _tries(stop)
    if stop.kind == ROUTE and stop.facts.get("file"):
        where = PurePath(str(stop.facts["file"]))
        place = f"{where.parent.name}/{where.name}:{stop.facts.get('line', '')}"
        how = "async, event loop" if stop.facts.get("async") else "def, thread pool"
        yield Row(kind=RowKind.DETAIL, key=f"{stop.key}:file", title=place, note=how, token="acc", mono=True)
    if stop.kind == CONVERSATION:
        yield from _messages(stop)
    if stop.kind == STATEMENT:
        yield from _statement(stop)
    if stop.kind == CLOSED and stop.failed:
        yield Row(
            kind=RowKind.DETAIL, key=f"{stop.key}:error", title=str(stop.facts.get("error", "")), token="err",
            note=str(stop.facts.get("message", "")), failed=True,
        )  # fmt: skip


def _statement(stop: Stop) -> Iterator[Row]:
    statement, values = statement_lines(stop)
    if statement:
        line = Row(kind=RowKind.DETAIL, key="", title="", mono=True, right_token="acc", tip=tip_of(stop), box="s_sql")
        place = place_of(stop)
        yield replace(line, key=f"{stop.key}:sql", title=statement, right="" if values else place)
        if values:
            yield replace(line, key=f"{stop.key}:values", title="with", note=values, token="t3", right=place)
    if stop.failed:
        yield Row(
            kind=RowKind.DETAIL, key=f"{stop.key}:error", title=str(stop.facts.get("message", "")), token="err",
            failed=True,
        )  # fmt: skip


def _messages(stop: Stop) -> Iterator[Row]:
    for number, words, right in message_texts(stop.facts["messages"], stop.starts_ns):
        key = f"{stop.key}:message{number}"
        yield Row(
            kind=RowKind.DETAIL,
            key=key,
            title=number or words,
            note=words if number else "",
            right=right,
            mono=bool(number),
        )


def _connect_details(stop: Stop) -> Iterator[Row]:
    if stop.facts.get("dns_ns") is not None:
        yield Row(
            kind=RowKind.DETAIL,
            key=f"{stop.key}:dns",
            title=f"looks up {stop.facts.get('host')}",
            token="t3",
            right=f"{format_ms(stop.facts['dns_ns'])} ms",
        )
    if stop.facts.get("connect_ns") is not None:
        yield Row(
            kind=RowKind.DETAIL,
            key=f"{stop.key}:connect",
            title="opens a connection",
            token="t3",
            right=f"{format_ms(stop.facts['connect_ns'])} ms",
        )


def _tries(stop: Stop) -> Iterator[Row]:
    """Show the last routes that were tried, up to the chosen one, and any that it shadows."""
    candidates = candidates_of(stop)
    if not candidates:
        return
    chosen = chosen_of(candidates)
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
    methods = "/".join(m for m in candidate["methods"] if m != "HEAD") or _KINDS.get(str(candidate["kind"]), "")
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


def _node(stop: Stop) -> Node:
    if stop.failed:
        return Node.FAILED
    if stop.ends_ns is None:
        return Node.RUNNING
    if stop.kind in (LAYER_IN, LAYER_OUT, WRAP_UP):
        return Node.RING
    return Node.ROUTE if stop.kind == ROUTE and is_handler_sure(stop) else Node.DOT


def _token(stop: Stop) -> str:
    if stop.failed:
        return "s_err"
    if stop.kind == ROUTE and not is_handler_sure(stop):
        return "s_route"
    tokens = {
        LAYER_IN: "s_mw",
        LAYER_OUT: "s_mw",
        CONVERSATION: "s_hand",
        ROUTER: "s_route",
        ROUTE: "s_hand",
        WRAP_UP: "s_bg",
        STATEMENT: "s_sql",
    }
    return tokens.get(stop.kind, "s_net")
