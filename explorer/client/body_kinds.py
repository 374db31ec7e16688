"""Which kind of body goes with a media type, and for which body of its operation a draft is composed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from explorer.client.draft import BodyKind, RequestDraft
from explorer.openapi.fields import FieldKind, field_spec
from explorer.openapi.media_types import MULTIPART, OCTET_STREAM, URLENCODED, essence, is_json
from explorer.openapi.operations import Body, Operation

_FORMS = {BodyKind.URLENCODED: URLENCODED, BodyKind.MULTIPART: MULTIPART}
_TEXT_TYPES = ("text/", "application/xml", "application/yaml", "application/x-yaml", "application/graphql")
_BINARY_TYPES = ("image/", "audio/", "video/", "font/", OCTET_STREAM)


def kind_of(media_type: str) -> BodyKind:
    """Return the kind of body that goes with a media type of which nothing else is known."""
    name = essence(media_type)
    if not name:
        return BodyKind.NONE
    form = next((kind for kind, own in _FORMS.items() if own == name), None)
    return form or (BodyKind.FILE if name.startswith(_BINARY_TYPES) else BodyKind.TEXT)


def kind_of_body(body: Body, document: Mapping[str, Any]) -> BodyKind:
    """Return the kind of body that a declared one is composed as; references are looked up in `document`."""
    name = essence(body.media_type)
    if name == URLENCODED:
        return BodyKind.URLENCODED
    if name.startswith("multipart/"):
        return BodyKind.MULTIPART
    if "json" in name or name.endswith("+xml") or name.startswith(_TEXT_TYPES):
        return BodyKind.TEXT
    holds_members = field_spec(body.schema, document).kind in (FieldKind.OBJECT, FieldKind.MAP)
    return BodyKind.TEXT if holds_members else BodyKind.FILE


def media_type_of(draft: RequestDraft) -> str:
    """Return the media type that a draft's body travels as; empty for no body, and for a file's usual one."""
    if draft.body_kind is BodyKind.NONE:
        return ""
    return _FORMS.get(draft.body_kind, draft.media_type)


def body_of(operation: Operation | None, draft: RequestDraft) -> Body | None:
    """Return the body of the operation that a draft is composed for; None when it is none of them.

    JSON by another name is JSON: what is declared as ``application/vnd.api+json`` may be sent as
    ``application/json``.
    """
    bodies = operation.bodies if operation is not None else ()
    sent_as = media_type_of(draft)
    same = next((body for body in bodies if essence(body.media_type) == essence(sent_as)), None)
    if same is not None or not is_json(sent_as):
        return same
    return next((body for body in bodies if is_json(body.media_type)), None)
