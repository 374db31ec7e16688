"""A response's body made ready for the views: what it is, in which charset it is read, and what is odd about it."""

from __future__ import annotations

import codecs
import enum
import json
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from explorer.client.body import IN_MEMORY_AT_MOST, Body
from explorer.client.exchange import Response
from explorer.client.viewers.charset import UTF8, Charset, Decoder, choose_charset, is_text, wrong_byte_sentence
from explorer.openapi.media_types import OCTET_STREAM, is_json

_LOOKED_AT = 64 * 1024  # bytes at the beginning by which a large body is judged
_CONVERTED_AT_ONCE = 256 * 1024
_BINARY_TYPES = ("image/", "audio/", "video/", "font/", "application/zip", "application/pdf", "application/gzip")
_JSON_STARTS = ("{", "[")
_MANY_JSON = ("ndjson", "jsonl", "json-seq", "jsonlines")  # a value a line, which is no JSON as a whole
_TEXT_TYPES = ("text/", "application/json", "application/xml", "application/javascript", "application/x-www-form")


class ContentKind(enum.StrEnum):
    """What the bytes of a body are, as far as views differ by it."""

    EMPTY = "empty"
    JSON = "json"
    TEXT = "text"
    BINARY = "binary"


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyContent:
    """A body as the views take it.

    Attributes:
        body: as it came.
        kind: which view fits best.
        media_type: without parameters, lower case; empty when the server named none.
        charset: the codec in which the body is text; ``utf-8`` for one that is none.
        text: the same in UTF-8, which is `body` itself where that is UTF-8; None when it must be converted first.
        notices: what a person should know, in whole sentences.
    """

    body: Body
    kind: ContentKind
    media_type: str
    charset: str = UTF8
    text: Body | None = None
    notices: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """Bytes of the whole body."""
        return self.body.size

    @property
    def small(self) -> bool:
        """Whether the body is so small that it is looked at in the window's own process."""
        return self.body.size <= IN_MEMORY_AT_MOST


def present(response: Response) -> BodyContent:
    """Make a response's body ready for the views. Takes some tens of milliseconds at most, whatever the body's size.

    Raises:
        OSError: the body was taken away, or a large one that is in memory cannot be put into a file.
    """
    media_type, named = content_type(response)
    return present_body(response.body, media_type, named)


def present_body(body: Body, media_type: str, named_charset: str = "") -> BodyContent:
    """Make any bytes ready for the views; see `present`."""
    if not body:
        return BodyContent(body=body, kind=ContentKind.EMPTY, media_type=media_type, text=body)
    if body.path is None and body.size > IN_MEMORY_AT_MOST:
        body = _in_a_file(body)
    whole = body.size <= IN_MEMORY_AT_MOST
    head = body.read(0, IN_MEMORY_AT_MOST if whole else _LOOKED_AT)
    charset = choose_charset(named_charset, head, whole=whole)
    content = BodyContent(
        body=body,
        kind=ContentKind.TEXT,
        media_type=media_type,
        charset=charset.name,
        text=body if charset.name == UTF8 else None,
        notices=(charset.notice,) if charset.notice else (),
    )
    if _is_binary(head, media_type, charset, whole=whole):
        return replace(content, kind=ContentKind.BINARY)
    if not whole:
        return replace(
            content, kind=ContentKind.JSON if _looks_like_json(head, charset, media_type) else ContentKind.TEXT
        )
    return _small(content, head)


def revealed(content: BodyContent) -> BodyContent:
    """Return a binary body as text, which a person asked for: what is no text shows as U+FFFD."""
    if content.kind is not ContentKind.BINARY:
        return content
    shown = replace(content, kind=ContentKind.TEXT)
    return _small(shown, content.body.read()) if content.small else shown


def converted(content: BodyContent, text: Body) -> BodyContent:
    """Return a body whose text is known in UTF-8 now."""
    return replace(content, text=text)


def _small(content: BodyContent, data: bytes) -> BodyContent:
    """Look at the whole of a small body: convert it, and see whether what claims to be JSON is JSON."""
    decoder = Decoder(content.charset)
    text = decoder.decode(data, final=True).removeprefix("\ufeff")
    if content.text is None:
        content = replace(content, text=Body(text.encode("utf-8", "replace")))
        if decoder.bad >= 0:  # of UTF-8 whoever goes through the text says it
            content = replace(content, notices=(*content.notices, wrong_byte_sentence(content.charset, decoder.bad)))
    named, first = is_json(content.media_type), text.lstrip()[:1]
    if _is_many_json(content.media_type) or not (named or first in _JSON_STARTS):
        return content
    wrong = _why_no_json(text)
    if not wrong:
        return replace(content, kind=ContentKind.JSON)
    if named and first != "<":  # of a page, it is said that it is one
        content = replace(content, notices=(*content.notices, f"This is no valid JSON ({wrong})."))
    return content


def _in_a_file(body: Body) -> Body:
    """Put a large body that is in memory into a file, where another process can read it."""
    with tempfile.NamedTemporaryFile(prefix="body-", delete=False) as file:
        for start in range(0, body.size, _CONVERTED_AT_ONCE):
            file.write(body.read(start, _CONVERTED_AT_ONCE))
    return Body(path=Path(file.name))


def content_type(response: Response) -> tuple[str, str]:
    """Return (media type, charset) of the Content-Type header, lower case; the charset is empty when none is named."""
    media_type, *parameters = (response.header("content-type") or "").lower().split(";")
    for parameter in parameters:
        name, _, value = parameter.strip().partition("=")
        if name == "charset":
            return media_type.strip(), value.strip("\"' ")
    return media_type.strip(), ""


def _is_binary(head: bytes, media_type: str, charset: Charset, *, whole: bool) -> bool:
    if not media_type.endswith("+xml") and (media_type == OCTET_STREAM or media_type.startswith(_BINARY_TYPES)):
        return True
    if is_text(head, charset.name, whole=whole):
        return False
    if media_type.startswith(_TEXT_TYPES) or media_type.endswith(("+json", "+xml")):
        return charset.name == UTF8 and b"\0" in head  # else it is text with some bytes that are wrong
    return True


def _looks_like_json(head: bytes, charset: Charset, media_type: str) -> bool:
    decoder = codecs.getincrementaldecoder(charset.name)("replace")
    return _claims_json(media_type, decoder.decode(head).lstrip("\ufeff \t\r\n")[:1])


def _claims_json(media_type: str, first: str) -> bool:
    """Tell whether a body of which only the beginning is known should be JSON: a log may begin with a bracket."""
    if _is_many_json(media_type):
        return False
    return is_json(media_type) or (not media_type.startswith("text/") and first in _JSON_STARTS)


def _is_many_json(media_type: str) -> bool:
    return any(word in media_type for word in _MANY_JSON)


def _why_no_json(text: str) -> str:
    """Say what is wrong with a JSON text, and where; nothing when all is well."""
    try:
        json.loads(text, parse_int=str)  # Python reads no more than some thousand digits
    except RecursionError:
        return ""  # nested deeper than Python reads; the layout does not mind
    except json.JSONDecodeError as error:
        said = error.msg.removesuffix(" at").removesuffix(" starting")
        return f"line {error.lineno:,}, column {error.colno:,}: {said[0].lower()}{said[1:]}"
    return ""
