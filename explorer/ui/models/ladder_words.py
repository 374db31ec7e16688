"""The words of the ladder's cells."""

from __future__ import annotations

from collections.abc import Mapping

from explorer.client.sockets.ladder_rows import LadderRow
from explorer.client.sockets.record import Direction, Entry, FrameKind
from explorer.ui.widgets.json_syntax import Run, json_runs
from explorer.ui.wording import size_text

_SHOWN = 160  # characters of a payload that are ever laid out in a row
_HEX_SHOWN = 48  # bytes
_QUIET = frozenset({FrameKind.PING, FrameKind.PONG, FrameKind.HANDSHAKE, FrameKind.CLOSE})
SWITCHED, SERVER_ERROR = 101, 500
_BREAKS = str.maketrans({"\n": "↵", "\t": " ", "\r": ""})


def preview(entry: Entry) -> str:
    """Return what a row says of a payload: text as it is on one line, binary as hexadecimal."""
    if entry.kind is FrameKind.BINARY:
        return entry.start[:_HEX_SHOWN].hex(" ")
    if entry.kind is FrameKind.CLOSE:
        return f"{'no code' if entry.code is None else entry.code} {entry.reason}".strip()
    if entry.kind is FrameKind.HANDSHAKE:
        head = entry.start.partition(b"\r\n")[0].decode("latin-1").removesuffix(" HTTP/1.1")
        return head if entry.code is None else f"{head} → {entry.code}"
    if entry.kind is FrameKind.PING and not entry.start:
        return "still there?"
    if entry.kind is FrameKind.PONG and (entry.automatic or not entry.start):
        return "yes (automatic)" if entry.automatic else "yes"
    return _line(entry)


def _line(entry: Entry) -> str:
    text = entry.start[: 4 * _SHOWN].decode("utf-8", "replace")[:_SHOWN]
    return text.translate(_BREAKS)


def runs(entry: Entry, text: str) -> list[Run]:
    """Return which part of a preview has which colour."""
    if entry.problem:
        return [Run(0, len(text), "err")]
    if entry.kind in _QUIET:
        return [Run(0, len(text), "t3")]
    if entry.kind is FrameKind.BINARY:
        return [Run(0, len(text), "c_num")]
    if text[:1] in ("{", "["):
        return json_runs(text)
    return [Run(0, len(text), "t1")]


def chip(entry: Entry) -> tuple[str, str]:
    """Return the word on a cell's chip and its colour; an empty colour for a plain one."""
    if entry.kind is FrameKind.HANDSHAKE:
        if entry.code is None:
            return "http", ""
        return str(entry.code), "ok" if entry.code == SWITCHED else "err" if entry.code >= SERVER_ERROR else "warn"
    if entry.kind is FrameKind.BINARY:
        return "bin", "warn"
    if entry.kind is FrameKind.CLOSE:
        return "close", "" if entry.code in (None, 1000, 1001) else "warn"
    return entry.kind.value, ""


def clock_words(ns: int) -> str:
    """Return a time since the beginning, such as ``02:31.020``; with hours once there are any."""
    milliseconds = max(0, ns) // 1_000_000
    minutes, rest = divmod(milliseconds, 60_000)
    tail = f"{minutes % 60:02d}:{rest // 1000:02d}.{rest % 1000:03d}"
    return f"{minutes // 60}:{tail}" if minutes >= 60 else tail


def delta_words(ns: int | None) -> str:
    """Return a time since the row before, such as ``+1.2 ms``; nothing for the first row."""
    if ns is None:
        return ""
    if ns < 1_000_000:
        return f"+{ns / 1000:.0f} µs"
    if ns < 1_000_000_000:
        return f"+{ns / 1_000_000:.1f} ms"
    return f"+{ns / 1_000_000_000:.1f} s"


def spoken(titles: Mapping[str, str], row: LadderRow, origin_ns: int) -> str:
    """Return a row as a sentence, for assistive tools and the clipboard."""
    parts = []
    for cell in row.cells:
        entry = cell.entry
        verb = "sends" if entry.direction is Direction.SENT else "receives"
        who = titles.get(cell.column, cell.column)
        said = f"{who} {verb} {entry.kind}, {size_text(entry.size)}: {preview(entry)}"
        parts.append(f"{said} ({entry.problem})" if entry.problem else said)
    return f"{clock_words(row.at_ns - origin_ns)} " + "; ".join(parts)
