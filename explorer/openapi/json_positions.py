"""Where the parts of a JSON text stand, also while the text is not yet valid."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from dataclasses import dataclass, field

Pointer = tuple[str | int, ...]

_TOKEN = re.compile(r'"(?:[^"\\\n]|\\.)*"?|[{}\[\],:]|\n|[^\s{}\[\],:"]+')
# Pointers of a text that is nothing but brackets would grow with the square of its length.
_MAX_DEPTH = 100


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of one line: 0-based `line` and `column`, and how many characters it takes there."""

    line: int
    column: int
    length: int


@dataclass(slots=True)
class Positions:
    """What was found, in the order of the text; an object or list counts from its bracket to the end on that line."""

    keys: dict[Pointer, Span] = field(default_factory=dict)
    values: dict[Pointer, Span] = field(default_factory=dict)


@dataclass(slots=True)
class _Frame:
    pointer: Pointer
    is_object: bool
    line: int
    column: int
    key: str | int | None


def find_positions(text: str) -> Positions:
    """Scan a text once; what does not belong in JSON is passed over."""
    scanner = _Scanner()
    for match in _TOKEN.finditer(text):
        piece = match[0]
        if piece == "\n":
            scanner.new_line(match.end())
        elif not scanner.take(piece, match.start()):
            break
    scanner.close_all()
    return scanner.positions


class _Scanner:
    def __init__(self) -> None:
        self.positions = Positions()
        self._stack: list[_Frame] = []
        self._line = 0
        self._line_start = 0
        self._last_end = 0
        self._line_ends: dict[int, int] = {}

    def new_line(self, start: int) -> None:
        self._line_ends[self._line] = self._last_end
        self._line += 1
        self._line_start = start
        self._last_end = 0

    def take(self, piece: str, start: int) -> bool:
        """Take one token; False when the text is nested too deep to go on."""
        column = start - self._line_start
        self._last_end = column + len(piece)
        frame = self._stack[-1] if self._stack else None
        if piece in "{[":
            self._stack.append(_Frame(_pointer(frame), piece == "{", self._line, column, None if piece == "{" else 0))
            return len(self._stack) <= _MAX_DEPTH
        if piece in "}]":
            if frame is not None:
                self._close(self._stack.pop(), self._last_end)
        elif piece == ",":
            if frame is not None:
                frame.key = None if frame.is_object else _next(frame.key)
        elif piece != ":":
            self._scalar(frame, piece, Span(self._line, column, len(piece)))
        return True

    def close_all(self) -> None:
        self._line_ends[self._line] = self._last_end
        while self._stack:
            self._close(self._stack.pop(), self._last_end)

    def _scalar(self, frame: _Frame | None, piece: str, span: Span) -> None:
        values = self.positions.values
        if frame is not None and frame.is_object and (frame.key is None or _pointer(frame) in values):
            # The field before is complete: a name follows, even where the comma between them is still missing.
            if piece.startswith('"'):
                frame.key = _unquote(piece)
                self.positions.keys[_pointer(frame)] = span
                values.pop(_pointer(frame), None)  # of a name that occurs twice the last one counts
        else:
            values.setdefault(_pointer(frame), span)

    def _close(self, frame: _Frame, end: int) -> None:
        if frame.line != self._line:
            end = self._line_ends[frame.line]
        self.positions.values[frame.pointer] = Span(frame.line, frame.column, end - frame.column)


def _pointer(frame: _Frame | None) -> Pointer:
    if frame is None:
        return ()
    return (*frame.pointer, "" if frame.key is None else frame.key)


def _next(key: str | int | None) -> int:
    return key + 1 if isinstance(key, int) else 0


def _unquote(piece: str) -> str:
    if "\\" in piece:
        with suppress(json.JSONDecodeError):
            return str(json.loads(piece))
    return piece[1:].removesuffix('"')
