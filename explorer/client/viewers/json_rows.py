"""JSON laid out for reading: a member a row, two spaces an indent, short lists of plain values in one row.

The same patterns count rows and make them. A count takes the strings, numbers and short lists away, which leaves the
brackets and commas at which rows begin; that runs at the speed of the `re` module and makes no object for a token.
"""

from __future__ import annotations

import re

from explorer.client.viewers.rows import PIECE, Checkpoint, Counted, LayoutError, Row, last_piece_end, piece_ends

_INDENT = "  "
_DEEPEST = 60  # beyond this depth rows are indented no further
_LONGEST_LITERAL = 1_000  # characters of a number that are shown
_QUOTE = ord('"')
_BREAKERS = b",{["  # a row ends behind these, and before a closing bracket

# In all patterns backslashes and what they escape are already replaced, so a string ends at the next quotation mark.
_STRING = rb'"[^"]*+"'
_LITERAL = rb"[ \t\r\n:0-9+\-.EINaefilnrstuy]++"
_NO_MEMBERS = rb"\{[ \t\r\n]*+\}"
_SHORT = rb'\[(?=[^\[\]{}]{0,70}\])(?:[ \t\r\n0-9+\-.EINaefilnrstuy,]++|"[^"\[\]{}]*+")*+\]'
_INSIDE = b"(?:" + b"|".join((_STRING, _LITERAL, _NO_MEMBERS, _SHORT, rb"[}\]]")) + b")*+"
# Not before it is clear what follows: an object may have no members, a list may be short.
_OPENING = rb"\{(?=[ \t\r\n]*+[^ \t\r\n}])|\[(?=[\s\S]{72})"

_SKIPPED = re.compile(b"|".join((_STRING, _LITERAL, _NO_MEMBERS, _SHORT)))
_UNTIL_INSIDE = re.compile(_INSIDE)
_UNTIL_BREAKER = re.compile(b"(?:" + _INSIDE + b"(?:,|" + _OPENING + b"))*+")
_UNTIL_END = re.compile(b"(?:" + _INSIDE + rb"[,{\[]?+)*+")
_LONG_STRING = re.compile(rb'"[^"]{%d,}+' % (PIECE - 1))
_ANY_STRING = re.compile(_STRING)
_TOKEN = re.compile(
    rb"(?P<string>"
    + _STRING
    + rb")|(?P<whole>"
    + _NO_MEMBERS
    + b"|"
    + _SHORT
    + rb")|(?P<open>[{\[])|(?P<close>[}\]])|(?P<comma>,)|(?P<colon>:)|(?P<literal>[^\s\"\[\]{},:]++)"
)
_IN_LIST = re.compile(rb'"[^"]*+"|[^\s,\[\]"]++')


class JsonLayout:
    """Lays JSON out without reading it whole. The state is twice the depth, plus one inside a string."""

    def cut(self, buffer: bytes, state: int, *, final: bool) -> int:
        """Return how many of these bytes make a chunk: up to the end of a row.

        Raises:
            LayoutError: something that is none of JSON's stands there.
        """
        clean, at = _without_escapes(buffer), 0
        if state & 1:
            at = clean.find(b'"') + 1
            if not at:
                return len(buffer) if final else last_piece_end(buffer, 0, escapes=True)
        if final:
            end = _end(_UNTIL_END.match(clean, at))
            if end < len(clean) and clean[end] != _QUOTE:
                raise LayoutError(end)
            return len(clean)
        end = _end(_UNTIL_BREAKER.match(clean, at))
        if end > at:
            return end
        end = _end(_UNTIL_INSIDE.match(clean, at))
        if end == len(clean) or clean[end] in b"{[":
            return 0
        if clean[end] != _QUOTE:
            raise LayoutError(end)
        return last_piece_end(buffer, end, escapes=True)

    def count(self, chunk: bytes, state: int) -> Counted:
        """Count the rows of a chunk without making them."""
        if not chunk.strip():
            return Counted(0, 0, state)
        clean = _without_escapes(chunk)
        depth, inside = divmod(state, 2)
        head, tail, still_inside = _strings_at_the_ends(clean, inside=bool(inside))
        skeleton = _SKIPPED.sub(b"", clean[head:tail])
        opened = skeleton.count(b"{") + skeleton.count(b"[")
        closed = skeleton.count(b"}") + skeleton.count(b"]")
        lines = skeleton.count(b",") + opened + closed + (not inside)
        if not still_inside and chunk[-1] in _BREAKERS:
            lines -= 1
        rows = lines
        if inside:
            rows += len(piece_ends(chunk, 0, head, escapes=True))
        if _LONG_STRING.search(clean, head, tail):
            for match in _ANY_STRING.finditer(clean, head, tail):
                rows += len(piece_ends(chunk, match.start(), match.end(), escapes=True)) - 1
        if tail < len(chunk):
            rows += len(piece_ends(chunk, tail, len(chunk), escapes=True)) - 1
        return Counted(rows, lines, 2 * max(0, depth + opened - closed) + still_inside)

    def rows(self, chunk: bytes, start: Checkpoint) -> list[Row]:
        """Make the rows of a chunk."""
        if not chunk.strip():
            return []
        clean = _without_escapes(chunk)
        depth, inside = divmod(start.state, 2)
        head, tail, still_inside = _strings_at_the_ends(clean, inside=bool(inside))
        page = _Page(chunk, start, depth, inside=bool(inside))
        if inside:
            page.add_string(0, head)
        for match in _TOKEN.finditer(clean, head, tail):
            page.add_token(match.lastgroup or "", match.start(), match.end())
        if tail < len(chunk):
            page.add_string(tail, len(chunk))
        if still_inside or chunk[-1] not in _BREAKERS:
            page.end_row()
        return page.rows


class _Page:
    """The rows of a chunk while they are made."""

    def __init__(self, chunk: bytes, start: Checkpoint, depth: int, *, inside: bool) -> None:
        self.rows: list[Row] = []
        self._chunk = chunk
        self._position = start.position
        self._depth = depth
        self._line = start.lines
        self._inside = False
        self._parts: list[str] = []
        self._pieces: list[tuple[int, int]] = []
        self._column = 0
        self._begin_row(new_line=not inside)

    def add_token(self, kind: str, start: int, end: int) -> None:
        """Take the next token."""
        if kind == "string":
            self.add_string(start, end)
        elif kind == "whole":
            self._add_whole(start, end)
        elif kind == "literal":
            self._add_literal(start, end)
        elif kind == "colon":
            self._add(": ", start)
        elif kind == "close":
            self.end_row()
            self._depth = max(0, self._depth - 1)
            self._begin_row()
            self._add(chr(self._chunk[start]), start)
        else:
            self._add(chr(self._chunk[start]), start)
            self._depth += kind == "open"
            self.end_row()
            self._begin_row()

    def add_string(self, start: int, end: int) -> None:
        """Take a string, or the part of one that is here; a long one goes over several rows."""
        for number, piece_end in enumerate(piece_ends(self._chunk, start, end, escapes=True)):
            if number:
                self.end_row()
                self._begin_row(new_line=False)
            self._add(self._chunk[start:piece_end].decode("utf-8", "replace"), start)
            start = piece_end

    def end_row(self) -> None:
        """Finish the row that is being made."""
        line = 0 if self._inside else self._line
        self.rows.append(Row(line, "".join(self._parts), tuple(self._pieces), self._inside))

    def _begin_row(self, *, new_line: bool = True) -> None:
        self._inside = not new_line
        self._line += new_line
        self._pieces = []
        self._parts = [_INDENT * min(self._depth, _DEEPEST)] if new_line else []
        self._column = len(self._parts[0]) if new_line else 0

    def _add(self, text: str, start: int) -> None:
        self._pieces.append((self._column, self._position + start))
        self._parts.append(text)
        self._column += len(text)

    def _add_literal(self, start: int, end: int) -> None:
        text = self._chunk[start:end].decode("utf-8", "replace")
        if len(text) > _LONGEST_LITERAL:
            text = f"{text[:_LONGEST_LITERAL]}… ({len(text):,} characters, all of them in Raw)"
        self._add(text, start)

    def _add_whole(self, start: int, end: int) -> None:
        """Take an object without members or a short list, which stays in one row."""
        self._add(chr(self._chunk[start]), start)
        separator = ""
        # No quotation mark is escaped by halves here: a list whose strings hold brackets is none of the short ones.
        for match in _IN_LIST.finditer(_without_escapes(self._chunk[start + 1 : end - 1])):
            if separator:
                self._parts.append(separator)
                self._column += len(separator)
            at = start + 1 + match.start()
            self._add(self._chunk[at : start + 1 + match.end()].decode("utf-8", "replace"), at)
            separator = ", "
        self._add(chr(self._chunk[end - 1]), end - 1)


def _without_escapes(data: bytes) -> bytes:
    """Return bytes of the same length in which each quotation mark begins or ends a string."""
    return data.replace(b"\\\\", b"__").replace(b'\\"', b"__") if b"\\" in data else data


def _strings_at_the_ends(clean: bytes, *, inside: bool) -> tuple[int, int, bool]:
    """Return where the string in which the bytes begin ends, where the one they cut off begins, and if there is one."""
    head = 0
    if inside:
        head = clean.find(b'"') + 1
        if not head:
            return len(clean), len(clean), True
    if clean.count(b'"', head) % 2:
        return head, clean.rfind(b'"'), True
    return head, len(clean), False


def _end(match: re.Match[bytes] | None) -> int:
    return match.end() if match else 0
