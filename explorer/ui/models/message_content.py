"""What a message carries, as a person reads it: text, laid out when it is JSON, else bytes. No Qt."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.client.decoding import Decoder
from explorer.client.exchange import Headers
from explorer.client.presentation import laid_out
from explorer.client.viewers.charset import choose_charset, is_text
from explorer.openapi.media_types import essence
from explorer.trace.answers import answer_of
from explorer.trace.model import Span
from explorer.ui.models.asgi_messages import AsgiMessage, headers_of, messages_of
from explorer.ui.wording import size_text

_MOST = 100_000  # bytes and characters that are shown; more than is kept of any message, but not once it is unpacked
_MOST_UNPACKED = 1_000_000  # bytes of a whole body; what is kept of one could ask for seventeen times that
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
    payload, whole, packing = _unpacked(message, connection, headers)
    notice = " ".join(said for said in (_cut(message), packing) if said)
    charset = "utf-8" if message.is_text else _charset(payload, headers, whole=whole)
    if not charset:
        return MessageContent(data=payload, notice=notice)
    text, is_json = laid_out(payload.decode(charset, "replace"), _MOST)
    return MessageContent(text=text, is_json=is_json, notice=notice)


def _headers_around(message: AsgiMessage, connection: Span) -> Headers:
    """Return the headers that say what a body is: the request's, or the response's."""
    if message.kind == _REQUEST_BODY:
        return headers_of(connection.data.get("headers", ()))
    start = answer_of(connection) if message.kind == _RESPONSE_BODY else None
    return headers_of(start.data.get("headers", ())) if start is not None else ()


def _unpacked(message: AsgiMessage, connection: Span, headers: dict[str, str]) -> tuple[bytes, bool, str]:
    """Return what a message adds to its body, unpacked if it is packed; whether that is all of it; and what to say.

    A body is packed as one, whatever messages it comes in: those before this one are read too. What unpacks to nothing
    is returned as it is.
    """
    packed = message.payload or b""
    whole = len(packed) >= (message.size or 0)
    coding = headers.get("content-encoding", "").strip().lower()
    if coding in _NOT_PACKED:
        return packed, whole, ""
    decoder = Decoder(coding, most=_MOST_UNPACKED)
    for earlier in messages_of(connection):
        if earlier.key == message.key:
            break
        if earlier.kind == message.kind:
            for _ in decoder.feed(earlier.payload or b""):
                pass  # only what comes after it is shown
    pieces = list(decoder.feed(packed))
    if whole and not message.more:
        pieces += decoder.finish()
    unpacked = b"".join(pieces)
    shown, whole = unpacked[:_MOST], whole and not message.more and len(unpacked) <= _MOST
    if decoder.full:
        said = f"The body unpacks to more than {size_text(_MOST_UNPACKED)}: the rest is not unpacked here."
    elif decoder.problem:
        said = decoder.problem
    elif not unpacked:
        said = f"Packed with {coding}; nothing in this part can be read by itself."
    else:
        said = f"Unpacked: it left the app as {size_text(len(packed))} of {coding}."
    if len(unpacked) > _MOST:
        said += f" The first {size_text(_MOST)} are shown."
    return shown or packed, whole, said


def _charset(payload: bytes, headers: dict[str, str], *, whole: bool) -> str:
    """Return the codec in which a payload is text; empty when it is none."""
    said = headers.get("content-type", "").lower()
    named = said.partition("charset=")[2].partition(";")[0].strip(" \"'")
    charset = choose_charset(named, payload, whole=whole).name
    binary = essence(said).startswith(("image/", "audio/", "video/", "font/")) and not essence(said).endswith("+xml")
    return charset if not binary and is_text(payload, charset, whole=whole) else ""


def _cut(message: AsgiMessage) -> str:
    kept, size = len(message.payload or b""), message.size or 0
    return f"The first {size_text(kept)} of {size_text(size)}; more was not kept." if kept < size else ""
