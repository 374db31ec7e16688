"""Rows of messages: at each layer in real nesting order, and at the edge of the app. No Qt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from explorer.client.redaction import redacted_headers
from explorer.trace.answers import answer_of, header_map
from explorer.trace.journey import LAYER_IN, LAYER_OUT, ROUTER, Journey, Stop
from explorer.trace.model import Span
from explorer.ui.models.asgi_messages import AsgiMessage, edge_messages, messages_of
from explorer.ui.models.ladder_words import delta_words
from explorer.ui.models.onion import Ring, onion
from explorer.ui.models.xray_words import fine_ms, tip_of
from explorer.ui.wording import count_text, size_text

_IN, _OUT = "→", "←"
_AT_EACH_END = 20  # messages of a lane that are shown; of a stream, what is between them is one row until it is opened
AT_ONCE = 50
"""So many of the messages between are shown when a person opens that row."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A word in a row: its text, the token of its colour, and the role of its font."""

    text: str
    token: str = "t1"
    font: str = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class LaneRow:
    """One row.

    Attributes:
        key: what stays the same while there are more of them.
        cells: from left to right.
        span_id: of the layer that it belongs to.
        is_head: whether it begins a layer.
        failed: whether an exception left that layer.
        tip: the technical truth.
        message: what it tells of; None for layers and headers.
        opens: whether it stands for messages that are shown when a person opens it.

    """

    key: str
    cells: tuple[Cell, ...]
    span_id: int = 0
    is_head: bool = False
    failed: bool = False
    tip: str = ""
    message: AsgiMessage | None = None
    opens: bool = False

    @property
    def spoken(self) -> str:
        """The row as one sentence, for a screen reader and for the clipboard."""
        return ", ".join(cell.text for cell in self.cells if cell.text)


def layer_count(journey: Journey) -> int:
    """Return how many layers of middleware were entered."""
    return sum(stop.kind == LAYER_IN for stop in journey.stops)


def message_count(journey: Journey) -> int:
    """Return how many messages crossed the outer edge of the app."""
    return sum(message.count for message in edge_messages(journey))


def layer_rows(journey: Journey, opened: Mapping[int, int] | None = None) -> tuple[LaneRow, ...]:
    """Return each layer with the messages that crossed its outer edge, and what it did to the headers.

    `opened` has, by span, how many of the messages of a long stream between the first and the last are wanted too.
    """
    return tuple(_layer_rows(journey, opened or {}))


def message_rows(journey: Journey) -> tuple[LaneRow, ...]:
    """Return every message that crossed the outer edge of the app, numbered."""
    return tuple(_message_rows(edge_messages(journey), _zero(journey)))


def _layer_rows(journey: Journey, opened: Mapping[int, int]) -> Iterator[LaneRow]:
    entered = [stop for stop in journey.stops if stop.kind in (LAYER_IN, ROUTER)]
    outs = {stop.span.span_id: stop for stop in journey.stops if stop.kind == LAYER_OUT}
    rings = {ring.span_id: ring for ring in reversed(onion(journey).rings)}
    zero = _zero(journey)
    for i, stop in enumerate(entered):
        span = stop.span
        out = outs.get(span.span_id)
        yield _head(stop, rings[span.span_id], out)
        yield from _crossings(span, zero, _AT_EACH_END + opened.get(span.span_id, 0))
        if out is not None and i + 1 < len(entered):
            yield from _header_changes(entered[i + 1].span, span)


def _head(stop: Stop, ring: Ring, out: Stop | None) -> LaneRow:
    note, split = ring.note, _split(out)
    if split:
        note = f"{note}; {split}" if note else split
    token = "t3" if ring.dimmed else ring.token
    times = [Cell(f"{fine_ms(ns)} {way}", "t2", "code_caption") if ns is not None else Cell("") for ns, way in
             ((ring.in_ns, "in"), (ring.out_ns, "out"))]  # fmt: skip
    return LaneRow(
        key=f"{ring.span_id}:layer",
        cells=(Cell(ring.name, token, "control_bold"), Cell(note, token if ring.failed else "t2"), Cell(""), *times),
        span_id=ring.span_id,
        is_head=True,
        failed=ring.failed,
        tip="\n".join(dict.fromkeys((*tip_of(stop).splitlines(), *(tip_of(out).splitlines() if out else ())))),
    )


def _split(out: Stop | None) -> str:
    """Tell of a layer that gives a body out in more, or fewer, messages than it came in."""
    before = out.facts.get("messages_before", 0) if out is not None else 0
    after = out.facts.get("messages_after", 0) if out is not None else 0
    return f"body in {count_text(before, 'message')}, out in {after}" if before and after != before else ""


def _crossings(span: Span, zero: int, begin: int) -> Iterator[LaneRow]:
    """Yield the messages at a layer's edge: of a long stream the first, as many as `begin`, and the last."""
    messages = messages_of(span)
    first, last = messages[:begin], messages[begin:][-_AT_EACH_END:]
    between = messages[len(first) : len(messages) - len(last)]
    before = span.started_ns
    for message in first:
        yield _crossing(message, span, zero, before)
        before = message.at_ns
    if between:
        count = sum(message.count for message in between)
        size = Cell(size_text(sum(message.size or 0 for message in between)), "t1", "code_caption")
        offer = Cell(f"Show {min(AT_ONCE, len(between))} more", "acc")
        words = Cell(f"{count:,} between the first and the last", "t3")
        yield LaneRow(
            key=f"{span.span_id}:between",
            cells=(offer, words, size, Cell(""), Cell("")),
            span_id=span.span_id,
            tip="A click or Enter shows them",
            opens=True,
        )
        before = between[-1].at_ns
    for message in last:
        yield _crossing(message, span, zero, before)
        before = message.at_ns


def _crossing(message: AsgiMessage, span: Span, zero: int, before: int) -> LaneRow:
    arrow = _IN if message.goes_in else _OUT
    token = "info" if message.goes_in else "ok"
    return LaneRow(
        key=message.key,
        cells=(Cell(f"{arrow} {message.kind}", token, "code_caption"), *_facts(message, zero, before)),
        span_id=span.span_id,
        tip=_tip(message),
        message=message,
    )


def _facts(message: AsgiMessage, zero: int, before: int) -> tuple[Cell, ...]:
    return (
        Cell(message.what, "t2"),
        Cell(size_text(message.size) if message.size is not None else "", "t1", "code_caption"),
        Cell(fine_ms(message.at_ns - zero), "t2", "code_caption"),
        Cell(delta_words(max(0, message.at_ns - before)), "t3", "code_caption"),
    )


def _header_changes(inner: Span, span: Span) -> Iterator[LaneRow]:
    came, went = answer_of(inner), answer_of(span)
    if came is None or went is None:
        return
    before, after = header_map(came), header_map(went)
    for name in (*after, *(name for name in before if name not in after)):
        old, new = before.get(name), after.get(name)
        if old == new:
            continue
        sign, token = ("+", "ok") if old is None else ("−", "err") if new is None else ("~", "warn")
        said = " → ".join(_shown(name, values) for values in (old, new) if values is not None)
        cells = (Cell(f"{sign} {name}", token, "code_caption"), Cell(said, "t1", "code_caption"))
        yield LaneRow(
            key=f"{span.span_id}:header:{name}",
            cells=(*cells, Cell(""), Cell(""), Cell("")),
            span_id=span.span_id,
            tip=f"{name}: {said}",
        )


def _shown(name: str, values: tuple[str, ...]) -> str:
    return ", ".join(value for _, value in redacted_headers(tuple((name, value) for value in values)))


def _message_rows(messages: Sequence[AsgiMessage], zero: int) -> Iterator[LaneRow]:
    before, number = zero, 1
    for message in messages:
        last = number + message.count - 1
        numbers = f"{number:,}" if message.count == 1 else f"{number:,}–{last:,}"
        way = ("in", "info") if message.goes_in else ("out", "ok")
        arrow = _IN if message.goes_in else _OUT
        yield LaneRow(
            key=message.key,
            cells=(
                Cell(numbers, "t3", "code_caption"),
                Cell(f"{arrow} {way[0]}", way[1], "code_caption"),
                Cell(message.kind, "t1", "code"),
                *_facts(message, zero, before),
            ),
            tip=_tip(message),
            message=message,
        )
        before, number = message.at_ns, last + 1


def _tip(message: AsgiMessage) -> str:
    return "\n".join((message.kind, *(f"{name}: {value}" for name, value in message.headers)))


def _zero(journey: Journey) -> int:
    connection = journey.trace.connection
    return connection.started_ns if connection is not None else journey.starts_ns
