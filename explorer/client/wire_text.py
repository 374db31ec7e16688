"""The bytes of a connection as text in which nothing is hidden."""

from __future__ import annotations

import codecs
import re

from explorer.client.presentation import break_long_lines

SHOWN_AT_MOST = 256_000  # bytes

_NAMES = {
    0x00: "NUL",
    0x08: "BS",
    0x09: "TAB",
    0x0A: "LF",
    0x0B: "VT",
    0x0C: "FF",
    0x0D: "CR",
    0x1B: "ESC",
    0x7F: "DEL",
}
# Characters that take no room, or turn the direction of those that follow: a line could say other than it does.
_UNSEEN = (0xAD, 0x61C, *range(0x200B, 0x2010), *range(0x2028, 0x202F), *range(0x2060, 0x2070), 0xFEFF)
_SIGNS = {code: f"«{_NAMES.get(code, f'x{code:02X}')}»" for code in (*range(32), 0x7F)}
_SIGNS |= {code: f"«U+{code:04X}»" for code in (*range(0x80, 0xA0), *_UNSEEN)}
_SIGNS[0x0A] += "\n"
_MARK = re.compile(r"(?:«(?:[A-Z]{2,3}|x[0-9A-F]{2}|U\+[0-9A-F]{4})»)+")


def wire_text(data: bytes) -> str:
    """Return bytes as text: control characters by name, what is no UTF-8 by number, lines of bearable length.

    A line ends where the bytes have a line feed, whose sign stands at its end.
    """
    return break_long_lines(data[:SHOWN_AT_MOST].decode("utf-8", "explorer.sign").translate(_SIGNS))


def marks(line: str) -> list[tuple[int, int]]:
    """Return where in a line of `wire_text` signs stand for other characters: start and length of each run."""
    return [(found.start(), found.end() - found.start()) for found in _MARK.finditer(line)]


def _sign(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(f"«x{byte:02X}»" for byte in error.object[error.start : error.end]), error.end


codecs.register_error("explorer.sign", _sign)
