"""``multipart/form-data``: written the way browsers write it, which is what python-multipart reads.

Names and file names travel as UTF-8 between double quotes; a quote or a line break in one is percent-encoded, as the
HTML standard says. RFC 7578 rules out the older ``filename*=``.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from explorer.client.payload import Payload

_BOUNDARY = re.compile(r"[0-9A-Za-z'()+_,./:=? -]{0,69}[0-9A-Za-z'()+_,./:=?-]")
_BOUNDARY_PARAMETER = re.compile(r';\s*boundary\s*=\s*(?:"([^"]*)"|([^\s;"]+))', re.IGNORECASE)
_HEADER = re.compile(rb"^([^:\r\n]+):[ \t]*([^\r\n]*)\r?$", re.MULTILINE)
_PARAMETER = re.compile(rb';\s*(filename|name)="([^"]*)"')
_ESCAPES = (('"', "%22"), ("\r", "%0D"), ("\n", "%0A"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a form.

    Attributes:
        name: of the field.
        content: the bytes, or the file that holds them.
        file_name: what the server is told; None for a part that is no file.
        content_type: empty when the part goes without one.
    """

    name: str
    content: bytes | Path
    file_name: str | None = None
    content_type: str = ""


def new_boundary(parts: Iterable[Part]) -> str:
    """Return a boundary that no text of the parts contains.

    Files are not read for it: 128 random bits do not occur in one by chance.
    """
    parts = tuple(parts)
    while True:
        boundary = f"explorer-{os.urandom(16).hex()}"
        if is_free(boundary, parts):
            return boundary


def is_free(boundary: str, parts: Iterable[Part]) -> bool:
    """Tell whether no text of the parts contains a boundary."""
    delimiter = b"--" + boundary.encode()
    return not any(isinstance(part.content, bytes) and delimiter in part.content for part in parts)


def is_boundary(text: str) -> bool:
    """Tell whether a text may be a boundary."""
    return _BOUNDARY.fullmatch(text) is not None


def boundary_of(content_type: str) -> str | None:
    """Return the boundary that a Content-Type names; None when it names none."""
    match = _BOUNDARY_PARAMETER.search(content_type)
    return None if match is None else match[1] if match[1] is not None else match[2]


def without_boundary(content_type: str) -> str:
    """Return a Content-Type without the boundary that it names."""
    return _BOUNDARY_PARAMETER.sub("", content_type)


def write_parts(parts: Iterable[Part], boundary: str) -> Payload:
    """Return the body. Files stay files, to be read while they are sent.

    Raises:
        UnicodeEncodeError: a name holds half a character.
    """
    pieces: list[bytes | Path] = []
    waiting = b""  # what comes next and is not a file
    for part in parts:
        waiting += f"--{boundary}\r\n".encode() + _head(part) + b"\r\n"
        if isinstance(part.content, bytes):
            waiting += part.content
        else:
            pieces += [waiting, part.content]
            waiting = b""
        waiting += b"\r\n"
    return Payload((*pieces, waiting + f"--{boundary}--\r\n".encode()))


def read_parts(payload: Payload, boundary: str) -> tuple[Part, ...] | None:
    """Read a body back that `write_parts` may have made; None when it is another."""
    mark = os.urandom(16)  # stands for a file
    files = [piece for piece in payload.pieces if isinstance(piece, Path)]
    content = b"\r\n" + b"".join(piece if isinstance(piece, bytes) else mark for piece in payload.pieces)
    first, *found = content.split(f"\r\n--{boundary}".encode())
    if first or not found or found.pop() != b"--\r\n":
        return None
    parts = []
    for text in found:
        head, separator, body = text.partition(b"\r\n\r\n")
        headers = {name.strip().lower(): value for name, value in _HEADER.findall(head)}
        names = dict(_PARAMETER.findall(headers.get(b"content-disposition", b"")))
        if not separator or b"name" not in names or len(headers) > 2 or (mark in body and body != mark):
            return None
        parts.append(
            Part(
                name=_unescape(names[b"name"]),
                content=files.pop(0) if body == mark else body,
                file_name=_unescape(names[b"filename"]) if b"filename" in names else None,
                content_type=headers.get(b"content-type", b"").decode("latin-1"),
            )
        )
    return tuple(parts)


def _head(part: Part) -> bytes:
    head = b'Content-Disposition: form-data; name="' + _escape(part.name).encode() + b'"'
    if part.file_name is not None:
        # The name of a file on the disk may be no text at all: what it has instead of characters becomes a "?".
        head += b'; filename="' + _escape(part.file_name).encode(errors="replace") + b'"'
    head += b"\r\n"
    if part.content_type:
        head += b"Content-Type: " + part.content_type.encode("latin-1") + b"\r\n"
    return head


def _escape(text: str) -> str:
    for character, escape in _ESCAPES:
        text = text.replace(character, escape)
    return text


def _unescape(raw: bytes) -> str:
    text = raw.decode(errors="replace")
    for character, escape in _ESCAPES:
        text = text.replace(escape, character)
    return text
