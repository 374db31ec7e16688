"""SVG pictures without a way out: nothing in them leads to a file or to the network."""

from __future__ import annotations

import base64
import binascii
import re

_REFERENCE = re.compile(r"""([\w:.-]*href)\s*=\s*("[^"]*"|'[^']*')""", re.IGNORECASE)
_DECLARATION = re.compile(r"<\?xml[^>]*\?>|<!DOCTYPE(?:[^\[>]|\[.*?\])*>", re.DOTALL | re.IGNORECASE)
_CARRIED = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,", re.IGNORECASE)
_SIGNATURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF")
_LOOKED_AT = 16  # characters of base64
_NOTHING = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAAC0lEQVR42mNgAAIAAAUAAen63NgAAAAASUVORK5CYII="
)


def without_references(data: bytes) -> bytes | None:
    """Return the picture with nothing in place of every reference to something outside of it; None if it is no UTF-8.

    What the document says of its encoding and its own entities is left out, since it could be used to hide one.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    text = _DECLARATION.sub("", text)
    return _REFERENCE.sub(_checked, text).encode()


def _checked(found: re.Match[str]) -> str:
    target = found[2][1:-1].strip()
    if target.startswith("#") or _carries_a_picture(target):
        return found[0]
    return f'{found[1]}="{_NOTHING}"'


def _carries_a_picture(target: str) -> bool:
    """Whether a reference is a picture made of points: a drawing inside could have references of its own."""
    head = _CARRIED.match(target)
    if head is None:
        return False
    try:
        begin = base64.b64decode(target[head.end() :].lstrip()[:_LOOKED_AT])
    except (binascii.Error, ValueError):
        return False
    return begin.startswith(_SIGNATURES)
