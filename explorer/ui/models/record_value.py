"""A value of a database, as the views of a text and of bytes take it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from explorer.client.body import Body
from explorer.client.viewers.content import BodyContent, ContentKind, present_body
from explorer.database.changes import Value

_FORBIDDEN = re.compile(r"[^\w.-]+")
_PICTURES = {b"\x89PNG": ".png", b"\xff\xd8\xff": ".jpg", b"GIF8": ".gif", b"%PDF": ".pdf", b"PK\x03\x04": ".zip"}


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordValue:
    """One value, whole.

    Attributes:
        content: what the views show.
        binary: whether it is shown byte by byte.
        size: how long it is, in words: characters of a text, bytes of a blob; empty for a number.
        suffix: of a file that it is saved to.
    """

    content: BodyContent
    binary: bool
    size: str
    suffix: str


def record_value(value: Value) -> RecordValue | None:
    """Make a value ready to be shown; None for NULL. A long one is put into a file, which takes some milliseconds.

    Raises:
        OSError: the file could not be written.
    """
    match value:
        case None:
            return None
        case bytes():
            content = present_body(Body(value), "application/octet-stream")
            suffix = next((end for start, end in _PICTURES.items() if value.startswith(start)), ".bin")
            return RecordValue(content=content, binary=True, size=f"{len(value):,} bytes", suffix=suffix)
        case str():
            content = present_body(Body(value.encode("utf-8", "surrogateescape")), "text/plain", "utf-8")
            suffix = ".json" if content.kind is ContentKind.JSON else ".txt"
            return RecordValue(content=content, binary=False, size=f"{len(value):,} characters", suffix=suffix)
    content = present_body(Body(str(value).encode()), "text/plain", "utf-8")
    return RecordValue(content=content, binary=False, size="", suffix=".txt")


def file_name(table: str, key: str, column: str, suffix: str) -> str:
    """Return a name for a file that a value is saved to, without anything a file system would mind."""
    parts = (_FORBIDDEN.sub("_", part).strip("._") for part in (table, key, column))
    return "-".join(part for part in parts if part)[:100] + suffix
