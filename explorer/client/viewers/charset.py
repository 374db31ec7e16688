"""In which charset a body is read, and what a person should know about that."""

from __future__ import annotations

import codecs
from typing import NamedTuple

UTF8 = "utf-8"
_MARKS = ((codecs.BOM_UTF8, UTF8), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
          (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))  # fmt: skip
_LONGEST_CHARACTER = 4  # bytes
_LIKE_UTF8 = ("utf-8", "ascii")  # names of codecs whose bytes UTF-8 reads as they do


class Charset(NamedTuple):
    """How bytes become text.

    Attributes:
        name: of Python's codec; ``utf-8`` also where the body is ASCII.
        notice: what a person should know, in one sentence; empty for nothing.
    """

    name: str
    notice: str = ""


def choose_charset(named: str, head: bytes, *, whole: bool) -> Charset:
    """Return the charset to read a body in.

    Args:
        named: what the Content-Type header names; empty for nothing.
        head: the beginning of the body.
        whole: whether that is all of it.
    """
    if named:
        name = _codec(named)
        if name in _LIKE_UTF8:
            return Charset(UTF8)
        if name:
            return Charset(name)
        if _reads(head, UTF8, whole=whole):
            return Charset(UTF8, f"The server names the charset “{named}”, which does not exist. Read as UTF-8.")
        return Charset(
            "latin-1", f"The server names the charset “{named}”, which does not exist. Read as Latin-1, byte by byte."
        )
    return Charset(next((name for mark, name in _MARKS if head.startswith(mark)), UTF8))


def is_text(head: bytes, charset: str, *, whole: bool) -> bool:
    """Return whether bytes are text in a charset, as far as can be seen: none is a zero, none unknown."""
    if not _reads(head, charset, whole=whole):
        return False
    return "\0" not in head.decode(charset, "replace")


class Decoder:
    """Turns bytes in a charset into text, chunk by chunk; what is none becomes U+FFFD.

    Attributes:
        bad: position of the first byte that was none; -1 for none.
    """

    def __init__(self, charset: str) -> None:
        self.bad = -1
        self._strict = codecs.getincrementaldecoder(charset)("strict")
        self._lenient = codecs.getincrementaldecoder(charset)("replace")
        self._position = 0

    def decode(self, chunk: bytes, *, final: bool) -> str:
        """Return the text of the next bytes."""
        if self.bad < 0:
            held = len(self._strict.getstate()[0])
            try:
                self._strict.decode(chunk, final)
            except UnicodeDecodeError as error:
                self.bad = max(0, self._position - held) + error.start
            self._position += len(chunk)
        return self._lenient.decode(chunk, final)


def wrong_byte_sentence(charset: str, position: int) -> str:
    """Return what a person should know of a byte that is no text."""
    spoken = charset.upper() if charset.startswith("utf") else charset
    return (
        f"Not all of it is valid {spoken}: the first wrong byte is byte {position:,}. Wrong bytes are shown as \ufffd."
    )


def _codec(name: str) -> str:
    """Return Python's name of a charset; empty when there is none, or when it makes no text."""
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError):
        return ""
    is_text_encoding: bool = getattr(info, "_is_text_encoding", True)  # "hex" and "zip" are codecs too
    return info.name if is_text_encoding and info.name not in ("idna", "punycode", "undefined") else ""


def _reads(head: bytes, charset: str, *, whole: bool) -> bool:
    try:
        head.decode(charset)
    except UnicodeDecodeError as error:
        return not whole and error.start >= len(head) - _LONGEST_CHARACTER  # the cut went through a character
    except UnicodeError:
        return False
    return True
