"""Which kinds of body a person can choose for a request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from explorer.client.body_kinds import kind_of_body
from explorer.client.draft import BodyKind
from explorer.openapi.media_types import JSON, MULTIPART, OCTET_STREAM, URLENCODED
from explorer.openapi.operations import Body, Operation


@dataclass(frozen=True, slots=True)
class MediaChoice:
    """One entry of the list.

    Attributes:
        media_type: empty for no body.
        kind: which of a draft's bodies it is.
        label: what a person reads.
        body: the operation's own description of it; None when the operation says nothing about it.
    """

    media_type: str
    kind: BodyKind
    label: str
    body: Body | None = None


_ALWAYS = (
    MediaChoice(JSON, BodyKind.TEXT, "JSON"),
    MediaChoice("text/plain", BodyKind.TEXT, "Plain text"),
    MediaChoice("application/xml", BodyKind.TEXT, "XML"),
    MediaChoice("text/html", BodyKind.TEXT, "HTML"),
    MediaChoice(URLENCODED, BodyKind.URLENCODED, "Form (urlencoded)"),
    MediaChoice(MULTIPART, BodyKind.MULTIPART, "Form with files (multipart)"),
    MediaChoice(OCTET_STREAM, BodyKind.FILE, "A file as it is"),
    MediaChoice("", BodyKind.NONE, "No body"),
)


def media_choices(operation: Operation | None, document: Mapping[str, Any]) -> tuple[MediaChoice, ...]:
    """Return the operation's own media types first, then those that any request can have.

    Args:
        operation: whose they are; None for a request that belongs to none.
        document: the OpenAPI document, for references.
    """
    bodies = operation.bodies if operation is not None else ()
    own = [MediaChoice(body.media_type, kind_of_body(body, document), "", body) for body in bodies]
    have = {choice.media_type for choice in own}
    return (*own, *(choice for choice in _ALWAYS if choice.media_type not in have))
