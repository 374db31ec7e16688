"""What an exchange has to say, read once and away from any widget."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from explorer.client.exchange import Exchange, Response
from explorer.client.json_layout import JsonLayoutError, lay_out
from explorer.client.presentation import break_long_lines
from explorer.client.streams import StreamFormat, stream_format
from explorer.client.validation_errors import ValidationError, read_errors
from explorer.client.viewers.charset import choose_charset, is_text
from explorer.client.viewers.content import content_type
from explorer.openapi.media_types import JSON, OCTET_STREAM, essence, is_json

_SNIFFED = 512  # bytes
_LONGEST_REFUSAL = 100_000  # characters
_JSON_STARTS = (b"{", b"[")
_HTML_STARTS = (b"<!doctype html", b"<html", b"<head", b"<body")
_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
    (b"\x1f\x8b", "application/gzip"),
)
_PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp", "image/svg+xml", "image/bmp", "image/x-icon")
_PICTURE_NAMES = {"image/jpg": "image/jpeg", "image/vnd.microsoft.icon": "image/x-icon", "image/x-ms-bmp": "image/bmp"}


class AnswerKind(enum.StrEnum):
    """Of what sort an answer is: people look at each sort in another way."""

    REFUSED = "refused"  # FastAPI lists what was wrong with the request
    EMPTY = "empty"
    JSON = "json"
    HTML = "html"
    PICTURE = "picture"
    TEXT = "text"
    STREAM = "stream"
    BINARY = "binary"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A response and what follows from it.

    Attributes:
        exchange: what it belongs to.
        response: what came back.
        kind: of what sort it is.
        media_type: as the server named it, lower case, without parameters; empty when it named none.
        sniffed: the media type that the first bytes speak for; empty when they say nothing.
        stream: how its messages are told apart; None when it is one thing.
        errors: what FastAPI says was wrong with the request.
        refusal: the JSON that says so, laid out; empty when there are no errors.
        remark: a sentence when the body is not what its Content-Type says; empty normally.
    """

    exchange: Exchange
    response: Response
    kind: AnswerKind
    media_type: str
    sniffed: str
    stream: StreamFormat | None
    errors: tuple[ValidationError, ...] = ()
    refusal: str = ""
    remark: str = ""

    @property
    def picture(self) -> str:
        """The media type by which the body can be shown as a picture; empty when it cannot."""
        return next((name for name in (self.sniffed, self.media_type) if name in _PICTURES), "")


def read_answer(exchange: Exchange) -> Answer | None:
    """Read what came back; None when nothing did. Looks at a body of at most 1 MB, and that only for its errors."""
    response = exchange.response
    if response is None:
        return None
    media_type = media_type_of(response)
    head = response.body.read(0, _SNIFFED) if response.body else b""
    sniffed = _sniff(head)
    errors = read_errors(exchange)
    stream = stream_format(media_type)
    return Answer(
        exchange=exchange,
        response=response,
        kind=AnswerKind.REFUSED if errors else _kind(response, media_type, sniffed, head, stream),
        media_type=media_type,
        sniffed=sniffed,
        stream=stream,
        errors=errors,
        refusal=_laid_out(response) if errors else "",
        remark=_remark(media_type, sniffed, head),
    )


def media_type_of(response: Response) -> str:
    """Return what the Content-Type header names, lower case and without parameters; empty when it names nothing."""
    name = essence(response.header("content-type"))
    return _PICTURE_NAMES.get(name, name)


def _laid_out(response: Response) -> str:
    try:
        text = lay_out(response.body.read().decode("utf-8", "replace"), _LONGEST_REFUSAL)
    except (JsonLayoutError, OSError, RecursionError):
        return ""
    return break_long_lines(text)


def _kind(response: Response, media_type: str, sniffed: str, head: bytes, stream: StreamFormat | None) -> AnswerKind:
    if not head:
        return AnswerKind.STREAM if stream else AnswerKind.EMPTY
    if stream:
        return AnswerKind.STREAM
    if sniffed in _PICTURES or media_type in _PICTURES:
        return AnswerKind.PICTURE
    if sniffed == "text/html" or media_type in ("text/html", "application/xhtml+xml"):
        return AnswerKind.JSON if sniffed == JSON else AnswerKind.HTML
    if sniffed == JSON or is_json(media_type):
        return AnswerKind.JSON
    return AnswerKind.BINARY if sniffed or _has_zeros(response, head) else AnswerKind.TEXT


def _has_zeros(response: Response, head: bytes) -> bool:
    """Tell whether there are zeros that are no part of a character, as they are in UTF-16."""
    whole = len(head) == response.body.size
    charset = choose_charset(content_type(response)[1], head, whole=whole)
    return b"\0" in head and not is_text(head, charset.name, whole=whole)


def _sniff(head: bytes) -> str:
    for signature, media_type in _SIGNATURES:
        if head.startswith(signature):
            return media_type
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if text.startswith(_HTML_STARTS):
        return "text/html"
    if text.startswith(b"<svg") or (text.startswith(b"<?xml") and b"<svg" in text):
        return "image/svg+xml"
    return JSON if text.startswith(_JSON_STARTS) else ""


def _remark(media_type: str, sniffed: str, head: bytes) -> str:
    """Say what the body looks like when its Content-Type says something else; only where there is no doubt."""
    if not head or not sniffed:
        return "" if media_type or not head else "The response names no Content-Type, so what it is had to be guessed."
    if not media_type:
        return f"The response names no Content-Type; it looks like {_word(sniffed)}."
    if is_json(media_type):
        agrees = sniffed == JSON
    elif sniffed == JSON:
        # Much begins with a bracket; only what is surely wrong is worth a remark.
        agrees = media_type != "text/html" and not media_type.startswith(("image/", "audio/", "video/"))
    elif sniffed in ("text/html", "image/svg+xml"):
        agrees = "xml" in media_type or media_type in ("text/html", "text/plain")
    else:
        agrees = media_type == sniffed or media_type in (OCTET_STREAM, "application/x-gzip")
        agrees = agrees or (sniffed == "application/zip" and media_type.startswith("application/"))
    return "" if agrees else f"The response says {media_type}, but the body looks like {_word(sniffed)}."


def _word(media_type: str) -> str:
    return {
        JSON: "JSON",
        "text/html": "HTML",
        "image/svg+xml": "an SVG picture",
        "image/png": "a PNG picture",
        "image/jpeg": "a JPEG picture",
        "image/gif": "a GIF picture",
        "image/webp": "a WebP picture",
        "application/pdf": "a PDF",
        "application/zip": "a ZIP archive",
        "application/gzip": "gzip",
    }[media_type]
