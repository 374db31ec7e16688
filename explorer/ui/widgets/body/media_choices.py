"""Which kinds of body a person can choose for a request."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.client.draft import BodyKind, RequestDraft
from explorer.openapi.operations import Body, Operation

URLENCODED = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"
BINARY = "application/octet-stream"
JSON = "application/json"

_FORMS = {BodyKind.URLENCODED: URLENCODED, BodyKind.MULTIPART: MULTIPART}


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
    MediaChoice(BINARY, BodyKind.FILE, "A file as it is"),
    MediaChoice("", BodyKind.NONE, "No body"),
)


def media_choices(operation: Operation | None) -> tuple[MediaChoice, ...]:
    """Return the operation's own media types first, then those that any request can have."""
    own = [MediaChoice(body.media_type, kind_for(body), "", body) for body in bodies_of(operation)]
    have = {choice.media_type for choice in own}
    return (*own, *(choice for choice in _ALWAYS if choice.media_type not in have))


def bodies_of(operation: Operation | None) -> tuple[Body, ...]:
    """Return all bodies that an operation declares."""
    if operation is None or operation.body is None:
        return ()
    return (operation.body, *operation.other_bodies)


def kind_for(body: Body) -> BodyKind:
    """Return which of a draft's bodies fits a declared one."""
    kind = kind_of(body.media_type)
    is_file = "contentMediaType" in body.schema or body.schema.get("format") == "binary"
    return BodyKind.FILE if is_file and kind is BodyKind.TEXT else kind


def kind_of(media_type: str) -> BodyKind:
    """Return which of a draft's bodies goes with a media type that was typed by hand."""
    essence = media_type.partition(";")[0].strip().lower()
    if not essence:
        return BodyKind.NONE
    for kind, own in _FORMS.items():
        if essence == own:
            return kind
    binary = essence == BINARY or essence.partition("/")[0] in ("image", "audio", "video", "font")
    return BodyKind.FILE if binary else BodyKind.TEXT


def is_json(media_type: str) -> bool:
    """Tell whether a media type is JSON."""
    essence = media_type.partition(";")[0].strip().lower()
    return essence == JSON or essence.endswith("+json")


def media_type_of(draft: RequestDraft) -> str:
    """Return the media type that a draft's body travels as; empty for no body."""
    if draft.body_kind is BodyKind.NONE:
        return ""
    return _FORMS.get(draft.body_kind, draft.media_type)


def body_of(operation: Operation | None, draft: RequestDraft) -> Body | None:
    """Return what the operation says of a draft's body; None when it says nothing of this media type."""
    media_type = media_type_of(draft)
    for body in bodies_of(operation):
        if body.media_type == media_type or (is_json(body.media_type) and is_json(media_type)):
            return body
    return None
