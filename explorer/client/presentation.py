"""What of a response's body is shown, and how: worked out away from the window's thread, and bounded.

However large the body is, what comes out is at most about a megabyte of text in lines of bearable length, because a
long single line stops a text widget where many short ones do not.
"""

from __future__ import annotations

import enum
import json
from dataclasses import dataclass

from explorer.client.exchange import Response
from explorer.client.json_layout import JsonLayoutError, lay_out

SHOWN_AT_MOST = 1_000_000  # bytes of the body that are looked at
LONGEST_LINE = 2_000  # characters
_LONGEST_CHARACTER = 4  # bytes

_BINARY_TYPES = ("image/", "audio/", "video/", "font/", "application/zip", "application/pdf", "application/gzip")
_BINARY_TYPE = "application/octet-stream"


class BodyKind(enum.StrEnum):
    """How a body is shown."""

    EMPTY = "empty"
    JSON = "json"
    TEXT = "text"
    BINARY = "binary"


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyView:
    """A body made ready to be shown.

    Attributes:
        kind: which view fits.
        media_type: without parameters, lower case; empty when the server named none.
        pretty: the text laid out for reading; empty for an empty or binary body.
        raw: the text as it came; empty for an empty or binary body.
        size: bytes of the whole body.
        shown: bytes of the body that `raw` stands for; less than `size` when only its beginning is shown.
        lines_broken: whether `raw` has line breaks that the body does not have.
    """

    kind: BodyKind
    media_type: str
    pretty: str
    raw: str
    size: int
    shown: int
    lines_broken: bool = False

    @property
    def truncated(self) -> bool:
        """Whether only the beginning is shown."""
        return self.shown < self.size


def present(response: Response) -> BodyView:
    """Work out how to show a response's body. Takes some tens of milliseconds at most, whatever the body's size."""
    media_type, charset = _content_type(response)
    body = response.body
    if not body:
        return BodyView(kind=BodyKind.EMPTY, media_type=media_type, pretty="", raw="", size=0, shown=0)
    head = body.read(0, SHOWN_AT_MOST)
    text = None if _names_binary(media_type) else _decode(head, charset, whole=len(head) == len(body))
    if text is None:
        return BodyView(kind=BodyKind.BINARY, media_type=media_type, pretty="", raw="", size=len(body), shown=0)
    raw = break_long_lines(text)
    laid_out = _lay_out_json(text, media_type, whole=len(head) == len(body))
    return BodyView(
        kind=BodyKind.TEXT if laid_out is None else BodyKind.JSON,
        media_type=media_type,
        pretty=raw if laid_out is None else break_long_lines(laid_out),
        raw=raw,
        size=len(body),
        shown=len(head),
        lines_broken=raw != text,
    )


def break_long_lines(text: str) -> str:
    """Return `text` with a line break after every `LONGEST_LINE` characters of a line that is longer."""
    if len(text) <= LONGEST_LINE:
        return text
    lines: list[str] = []
    for line in text.split("\n"):
        if len(line) <= LONGEST_LINE:
            lines.append(line)
        else:
            lines += [line[at : at + LONGEST_LINE] for at in range(0, len(line), LONGEST_LINE)]
    return "\n".join(lines)


def _content_type(response: Response) -> tuple[str, str]:
    """Return (media type, charset) of the Content-Type header, lower case; UTF-8 unless it names another."""
    media_type, *parameters = (response.header("content-type") or "").lower().split(";")
    for parameter in parameters:
        name, _, value = parameter.strip().partition("=")
        if name == "charset":
            return media_type.strip(), value.strip("\"' ")
    return media_type.strip(), "utf-8"


def _names_binary(media_type: str) -> bool:
    if media_type.endswith("+xml"):
        return False
    return media_type == _BINARY_TYPE or media_type.startswith(_BINARY_TYPES)


def _decode(head: bytes, charset: str, *, whole: bool) -> str | None:
    """Return the text, or None when the bytes are none: a zero byte, or bytes that their charset does not have."""
    try:
        text = head.decode(charset)
    except LookupError:  # no such charset, or a codec such as "hex" that makes no text
        return None if charset == "utf-8" else _decode(head, "utf-8", whole=whole)
    except UnicodeDecodeError as error:
        cut_by_us = not whole and error.start >= len(head) - _LONGEST_CHARACTER
        return _decode(head[: error.start], charset, whole=True) if cut_by_us else None
    except UnicodeError:
        return None
    if "\0" in text:
        return None
    return text.replace("\r\n", "\n").removeprefix("\ufeff")


def _lay_out_json(text: str, media_type: str, *, whole: bool) -> str | None:
    """Return JSON laid out for reading, or None when the text is no JSON."""
    named = media_type == "application/json" or media_type.endswith("+json")
    if not named and (media_type.startswith("text/") or text.lstrip()[:1] not in ("{", "[")):
        return None
    try:
        if whole:
            json.loads(text)
        return lay_out(text, SHOWN_AT_MOST)
    except (JsonLayoutError, ValueError, RecursionError):
        return None
