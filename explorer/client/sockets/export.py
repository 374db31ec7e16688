"""A log as a file: JSON Lines, text or CSV, of one client or of the whole ladder."""

from __future__ import annotations

import base64
import csv
import enum
import io
import json
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from explorer.client.known_secrets import hide_bytes
from explorer.client.redaction import redact_body, redacted_headers, redacted_url
from explorer.client.sockets.ladder import Ladder
from explorer.client.sockets.log import SocketLog
from explorer.client.sockets.record import Direction, Entry, FrameKind
from explorer.storage.atomic_stream import stream_atomically

MASK = "•••"
_BATCH = 200
_COLUMNS = ("time", "since_previous_ms", "client", "direction", "kind", "size", "code", "reason", "text", "base64")


class LogFormat(enum.StrEnum):
    """How a log is written; the value is the ending of the file's name."""

    JSON_LINES = "jsonl"
    TEXT = "txt"
    CSV = "csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportOptions:
    """What is written.

    Attributes:
        format: how.
        secrets: what is known to let somebody in, from `Opening.secrets`.
        redact: whether secrets are masked; without it all is written as it was.
    """

    format: LogFormat
    secrets: frozenset[str] = frozenset()
    redact: bool = True


Line = tuple[str, Entry, bytes]
"""The client's name, the entry, and its whole payload."""


def lines_of_ladder(ladder: Ladder, rows: Iterable[int], names: dict[str, str]) -> Iterator[Line]:
    """Yield what stands in rows of a ladder; `names` are from column to what the client is called."""
    for row in rows:
        for log, number, column in ladder.parts(row):
            yield names.get(column, column), log.entry(number), log.payload(number)


def lines_of_log(log: SocketLog, name: str) -> Iterator[Line]:
    """Yield what stands in a log."""
    for number in range(log.count):
        yield name, log.entry(number), log.payload(number)


def export(
    path: Path, lines: Iterable[Line], options: ExportOptions, go_on: Callable[[int], bool] | None = None
) -> None:
    """Write lines to a file, all or nothing; for a thread of its own.

    Raises:
        OSError: it could not be written.
        WritingStoppedError: `go_on`, which takes the bytes that are written, said no.
    """
    stream_atomically(path, _chunks(lines, options), go_on)


def _chunks(lines: Iterable[Line], options: ExportOptions) -> Iterator[bytes]:
    offset_ns = time.time_ns() - time.perf_counter_ns()
    write = {
        LogFormat.JSON_LINES: _json_line,
        LogFormat.TEXT: _text_line,
        LogFormat.CSV: _csv_line,
    }[options.format]
    waiting = [_csv(_COLUMNS)] if options.format is LogFormat.CSV else []
    before: int | None = None
    for name, entry, payload in lines:
        shown = _redacted(entry, payload, options) if options.redact else payload
        at = datetime.fromtimestamp((entry.at_ns + offset_ns) / 1e9, tz=UTC).astimezone()
        delta = None if before is None else (entry.at_ns - before) / 1e6
        waiting.append(write(_fields(name, entry, shown, at, delta)))
        before = entry.at_ns
        if len(waiting) >= _BATCH:
            yield "".join(waiting).encode(errors="surrogatepass")
            waiting.clear()
    yield "".join(waiting).encode(errors="surrogatepass")


def _redacted(entry: Entry, payload: bytes, options: ExportOptions) -> bytes:
    payload = hide_bytes(payload, options.secrets, MASK)
    if entry.kind is FrameKind.HANDSHAKE:
        return b"\r\n".join(map(_redacted_line, payload.split(b"\r\n")))
    return redact_body("", payload, url_is_token_url=False) if entry.kind is FrameKind.TEXT else payload


def _redacted_line(line: bytes) -> bytes:
    """Mask a line of a handshake: the value of a header that lets somebody in, or what is in the query."""
    if line.startswith(b"GET "):
        _, target, version = (line.decode("latin-1") + "  ").split(" ", 2)
        return f"GET {redacted_url(target)} {version.strip()}".encode("latin-1", errors="replace")
    name, colon, text = line.decode("latin-1").partition(":")
    if not colon:
        return line
    ((_, safe),) = redacted_headers(((name, text.strip()),))
    return f"{name}: {safe}".encode()


def _fields(name: str, entry: Entry, payload: bytes, at: datetime, delta: float | None) -> dict[str, object]:
    fields: dict[str, object] = {
        "time": at.isoformat(timespec="microseconds"),
        "since_previous_ms": None if delta is None else round(delta, 3),
        "client": name,
        "direction": "to server" if entry.direction is Direction.SENT else "from server",
        "kind": entry.kind.value,
        "size": entry.size,
        "code": entry.code,
        "reason": entry.reason or None,
        "text": None,
        "base64": None,
    }
    try:
        if entry.kind is not FrameKind.BINARY and entry.kind is not FrameKind.CLOSE:
            fields["text"] = payload.decode()
        elif entry.kind is FrameKind.BINARY:
            fields["base64"] = base64.b64encode(payload).decode()
    except UnicodeDecodeError:
        fields["base64"] = base64.b64encode(payload).decode()
    return fields


def _json_line(fields: dict[str, object]) -> str:
    return json.dumps({name: value for name, value in fields.items() if value is not None}, ensure_ascii=False) + "\n"


def _csv_line(fields: dict[str, object]) -> str:
    return _csv(fields[name] for name in _COLUMNS)


def _csv(values: Iterable[object]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(["" if value is None else _harmless(value) for value in values])
    return line.getvalue()


def _harmless(value: object) -> object:
    """Keep a spreadsheet from running what somebody else has sent."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


def _text_line(fields: dict[str, object]) -> str:
    arrow = "→" if fields["direction"] == "to server" else "←"
    said = fields["text"] if fields["text"] is not None else fields["base64"]
    if fields["kind"] == FrameKind.CLOSE.value:
        said = " ".join(str(part) for part in (fields["code"], fields["reason"]) if part is not None)
    return f"{fields['time']}  {fields['client']} {arrow} {fields['kind']} {fields['size']} B  {said or ''}\n"
