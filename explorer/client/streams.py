"""Bodies that are many messages one after the other, read while they arrive: server-sent events and JSON Lines."""

from __future__ import annotations

import codecs
import enum
import json
from dataclasses import dataclass
from typing import Protocol

from explorer.openapi.media_types import essence

LONGEST_LINE = 10_000_000  # characters of one line that are kept

_JSON_LINES_TYPES = frozenset(
    {
        "application/jsonl",
        "application/json-lines",
        "application/jsonlines",
        "application/x-jsonlines",
        "application/x-json-lines",
        "application/x-jsonl",
        "application/ndjson",
        "application/x-ndjson",
        "application/json-seq",
        "text/jsonl",
        "text/x-jsonl",
        "text/x-ndjson",
    }
)
_UNFINISHED = "The stream ended in the middle of this event, so a browser would drop it."
_SILENT = "Without data, so a browser would not tell the page of it."
_TOO_LONG = f"Longer than {LONGEST_LINE:,} characters; the rest of the line is left out here."
_AROUND_JSON = "\r \t\x1e"  # the last one stands before each record of RFC 7464


class StreamFormat(enum.StrEnum):
    """How the messages are told apart."""

    EVENTS = "events"  # text/event-stream
    JSON_LINES = "json_lines"


class MessageKind(enum.StrEnum):
    """What a message is to whoever listens."""

    EVENT = "event"
    COMMENT = "comment"  # of server-sent events; keeps the connection open and says nothing
    SILENT = "silent"  # fields without data: they count, but no event comes of them


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a stream.

    Attributes:
        data: its text.
        event: the name of a server-sent event, ``message`` when it has none; empty in JSON Lines.
        id: the last event id that the server sent, here or before; empty for none.
        retry: after how many milliseconds to connect again, if the server says so here.
        kind: what it is to whoever listens.
        problem: what is wrong with it, in one sentence; empty when all is well.
    """

    data: str
    event: str = ""
    id: str = ""
    retry: int | None = None
    kind: MessageKind = MessageKind.EVENT
    problem: str = ""


class StreamParser(Protocol):
    """Takes bytes however they were cut, and gives messages as soon as they are whole."""

    def feed(self, chunk: bytes) -> list[Message]:
        """Take some more bytes; return the messages that they complete."""
        ...

    def finish(self) -> list[Message]:
        """Take the end of the stream; return what was left over."""
        ...


def stream_format(content_type: str | None) -> StreamFormat | None:
    """Return the format that a Content-Type header names; None for a body that is one thing."""
    media_type = essence(content_type)
    if media_type == "text/event-stream":
        return StreamFormat.EVENTS
    return StreamFormat.JSON_LINES if media_type in _JSON_LINES_TYPES else None


def new_parser(stream: StreamFormat) -> StreamParser:
    """Return a parser at the beginning of a stream."""
    return EventParser() if stream is StreamFormat.EVENTS else JsonLinesParser()


class _Lines:
    """Cuts bytes into lines of text, whatever the pieces they come in.

    A line that is too long keeps one character more than `LONGEST_LINE`, by which it can be told.
    """

    def __init__(self, *, carriage_return_ends: bool) -> None:
        """`carriage_return_ends` says whether a carriage return by itself ends a line."""
        self._decode = codecs.getincrementaldecoder("utf-8")(errors="replace").decode
        self._carriage_return_ends = carriage_return_ends
        self._began = False
        self._after_return = False
        self._pieces: list[str] = []
        self._length = 0

    @property
    def rest(self) -> str:
        """The beginning of the line that has no end yet."""
        return "".join(self._pieces)

    def feed(self, chunk: bytes, *, final: bool = False) -> list[str]:
        """Return the lines that are whole now."""
        text = self._decode(chunk, final)
        if text and not self._began:
            self._began = True
            text = text.removeprefix("\ufeff")
        if self._carriage_return_ends:
            text = self._normalised(text)
        if not text:
            return []
        lines = text.split("\n")
        self._add(lines[0])
        if len(lines) == 1:
            return []
        last = lines.pop()
        lines[0] = self.rest
        self._pieces, self._length = [], 0
        self._add(last)
        if len(text) > LONGEST_LINE:  # else no line within it can be
            lines = [line[: LONGEST_LINE + 1] for line in lines]
        return lines

    def _normalised(self, text: str) -> str:
        """Return `text` with a line feed for each kind of line end; a pair may be cut in the middle."""
        if self._after_return and text:
            text = text.removeprefix("\n")
            self._after_return = False
        if "\r" not in text:
            return text
        self._after_return = text.endswith("\r")
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def _add(self, piece: str) -> None:
        piece = piece[: LONGEST_LINE + 1 - self._length]
        if piece:
            self._pieces.append(piece)
            self._length += len(piece)


class EventParser:
    """Server-sent events, by the rules of the HTML standard, with what a page would never hear of marked as such."""

    def __init__(self) -> None:
        self._lines = _Lines(carriage_return_ends=True)
        self._last_id = ""
        self._clear()

    def feed(self, chunk: bytes) -> list[Message]:
        """Take some more bytes; return the events and comments that they complete."""
        return self._take(self._lines.feed(chunk))

    def finish(self) -> list[Message]:
        """Return the event that lacks the empty line after it, if there is one."""
        found = self._take(self._lines.feed(b"", final=True))
        if rest := self._lines.rest:
            found += self._take([rest])
        if self._any:
            found.append(self._message(MessageKind.SILENT, _UNFINISHED))
        self._clear()
        return found

    def _clear(self) -> None:
        self._event = ""
        self._data: list[str] = []
        self._retry: int | None = None
        self._any = False
        self._problem = ""

    def _take(self, lines: list[str]) -> list[Message]:
        """Read whole lines. Written for streams of thousands of events a second."""
        found: list[Message] = []
        for line in lines:
            if not line:
                if self._any:
                    kind = MessageKind.EVENT if self._data else MessageKind.SILENT
                    found.append(self._message(kind, self._problem))
                    self._clear()
                continue
            if len(line) > LONGEST_LINE:
                line, self._problem = line[:LONGEST_LINE], _TOO_LONG  # noqa: PLW2901 - the rest of it is gone
            name, _, value = line.partition(":")
            if value[:1] == " ":
                value = value[1:]
            if name == "data":
                self._data.append(value)
                self._any = True
            elif name:
                self._take_field(name, value)
            else:
                found.append(Message(value, kind=MessageKind.COMMENT, id=self._last_id))
        return found

    def _take_field(self, name: str, value: str) -> None:
        if name == "event":
            self._event = value
        elif name == "id" and "\0" not in value:
            self._last_id = value
        elif name == "retry" and value.isascii() and value.isdigit():
            self._retry = int(value[:18])
        else:
            return  # a field that the standard does not know is ignored
        self._any = True

    def _message(self, kind: MessageKind, problem: str) -> Message:
        if kind is MessageKind.SILENT and not problem:
            problem = _SILENT
        return Message("\n".join(self._data), self._event or "message", self._last_id, self._retry, kind, problem)


class JsonLinesParser:
    """One JSON value on each line; a record separator before it, as in JSON text sequences, is passed over."""

    def __init__(self) -> None:
        self._lines = _Lines(carriage_return_ends=False)

    def feed(self, chunk: bytes) -> list[Message]:
        """Take some more bytes; return the lines that they complete."""
        return [found for line in self._lines.feed(chunk) if (found := _json_line(line))]

    def finish(self) -> list[Message]:
        """Return the last line, when no line end follows it."""
        lines = [*self._lines.feed(b"", final=True), self._lines.rest]
        return [found for line in lines if (found := _json_line(line))]


def _json_line(line: str) -> Message | None:
    text = line[:LONGEST_LINE].strip(_AROUND_JSON)
    if not text:
        return None
    if len(line) > LONGEST_LINE:
        return Message(text, problem=_TOO_LONG)
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        return Message(text, problem=f"This line is no JSON: {error.msg} at character {error.pos + 1}.")
    except (RecursionError, ValueError):  # nested too deep, or a number of too many digits
        return Message(text, problem="This line is JSON of a kind that cannot be read here.")
    return Message(text)
