"""What a message carries, as a person reads it: text, laid out when it is JSON, else bytes. No Qt."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.client.exchange import Headers
from explorer.client.presentation import laid_out
from explorer.client.viewers.charset import choose_charset, is_text
from explorer.openapi.media_types import essence
from explorer.trace.answers import answer_of
from explorer.trace.model import Span
from explorer.ui.models.asgi_messages import AsgiMessage, headers_of
from explorer.ui.wording import size_text

_MOST = 100_000  # characters; more than is kept of any message
_REQUEST_BODY, _RESPONSE_BODY = "http.request", "http.response.body"
_NOT_PACKED = ("", "identity")


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageContent:
    """What is shown of one message.

    Attributes:
        text: to read; empty when there is none.
        is_json: whether it is laid out.
        data: bytes that are no text; empty when there are none.
        notice: what a person should know about it.
        sentence: what is said in place of a content; empty when there is one.

    """

    text: str = ""
    is_json: bool = False
    data: bytes = b""
    notice: str = ""
    sentence: str = ""


def content_of(message: AsgiMessage, connection: Span) -> MessageContent:
    """Return what a message at the edge of the app carries; `connection` is the span whose edge that is."""
    if message.headers:
        return MessageContent(text="\n".join(f"{name}: {value}" for name, value in message.headers))
    if message.size is None:
        return MessageContent(sentence="This message carries nothing but its type.")
    if not message.size:
        return MessageContent(sentence="This message is empty.")
    if not message.payload:
        kept = "Nothing of it was kept: of a body, the first 16 KB are."
        return MessageContent(sentence=kept)
    headers = dict(_headers_around(message, connection))
    notices = [_cut(message), _packed(headers)]
    notice = " ".join(said for said in notices if said)
    whole = len(message.payload) >= message.size
    charset = _charset(message, headers, whole=whole)
    if not charset:
        return MessageContent(data=message.payload, notice=notice)
    text, is_json = laid_out(message.payload.decode(charset, "replace"), _MOST)
    return MessageContent(text=text, is_json=is_json, notice=notice)


def _headers_around(message: AsgiMessage, connection: Span) -> Headers:
    """Return the headers that say what a body is: the request's, or the response's."""
    if message.kind == _REQUEST_BODY:
        return headers_of(connection.data.get("headers", ()))
    start = answer_of(connection) if message.kind == _RESPONSE_BODY else None
    return headers_of(start.data.get("headers", ())) if start is not None else ()


def _charset(message: AsgiMessage, headers: dict[str, str], *, whole: bool) -> str:
    """Return the codec in which a payload is text; empty when it is none."""
    payload = message.payload or b""
    if message.is_text:
        return "utf-8"
    said = headers.get("content-type", "").lower()
    named = said.partition("charset=")[2].partition(";")[0].strip(" \"'")
    charset = choose_charset(named, payload, whole=whole).name
    binary = essence(said).startswith(("image/", "audio/", "video/", "font/")) and not essence(said).endswith("+xml")
    return charset if not binary and is_text(payload, charset, whole=whole) else ""


def _cut(message: AsgiMessage) -> str:
    kept, size = len(message.payload or b""), message.size or 0
    return f"The first {size_text(kept)} of {size_text(size)}; more was not kept." if kept < size else ""


def _packed(headers: dict[str, str]) -> str:
    coding = headers.get("content-encoding", "").strip().lower()
    return f"Packed with {coding}, as it left the app." if coding not in _NOT_PACKED else ""
