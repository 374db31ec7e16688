"""The end of a text that is still arriving."""

from __future__ import annotations

import codecs

from explorer.client.exchange import Response
from explorer.openapi.media_types import essence

LONGEST = 8_000  # characters that are kept
_LONGEST_CHUNK = 64_000  # bytes of one piece that are looked at


class TextTail:
    """Keeps the last characters, however the bytes were cut."""

    def __init__(self, charset: str) -> None:
        self._decode = codecs.getincrementaldecoder(charset)(errors="replace").decode
        self._text = ""

    @property
    def text(self) -> str:
        """What is kept."""
        return self._text

    def feed(self, chunk: bytes) -> None:
        """Take some more bytes."""
        self._text = (self._text + self._decode(chunk[-_LONGEST_CHUNK:]))[-LONGEST:]


def tail_for(response: Response) -> TextTail | None:
    """Return what follows a response of plain text whose length nobody knows; None for every other."""
    media_type = essence(response.header("content-type"))
    if response.header("content-length") is not None or not media_type.startswith("text/"):
        return None
    return TextTail(charset_of(response))


def charset_of(response: Response) -> str:
    """Return the charset that the Content-Type header names, if Python knows it as one of text; else UTF-8."""
    said = (response.header("content-type") or "").lower()
    named = said.partition("charset=")[2].partition(";")[0].strip(" \"'")
    try:
        "".encode(named or "utf-8")
    except (LookupError, ValueError):
        return "utf-8"
    return named or "utf-8"
