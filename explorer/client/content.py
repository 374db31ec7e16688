"""The body of a request, from what the draft holds of each kind, and the Content-Type that goes with it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote_plus

from explorer.client.draft import BodyKind, FormField, RequestDraft
from explorer.client.files import guessed_type, readable_file
from explorer.client.header_rules import checked_value
from explorer.client.multipart import Part, boundary_of, is_boundary, is_free, new_boundary, write_parts
from explorer.client.payload import Payload
from explorer.client.unsendable import UnsendableRequestError
from explorer.openapi.media_types import MULTIPART, URLENCODED


def content_of(draft: RequestDraft, own_type: str | None) -> tuple[Payload, str]:
    """Return the body that the draft's `body_kind` names, and its Content-Type; both empty when there is none.

    Args:
        draft: the draft.
        own_type: the Content-Type that the draft sends as a header of its own. It is kept, and gets a boundary when
            it says multipart and the body is.

    Raises:
        UnsendableRequestError: a file cannot be read, or a text is none that can be encoded.
    """
    payload, media_type = _content(draft, own_type)
    if not payload:
        return payload, ""
    return payload, media_type if own_type is None or _is_multipart(draft, own_type) else own_type


def urlencoded(pairs: Iterable[tuple[str, str]]) -> str:
    """Write pairs as a form does: a space is a plus."""
    return "&".join(
        f"{quote_plus(name, errors='replace')}={quote_plus(text, errors='replace')}" for name, text in pairs
    )


def sent_pairs(fields: Iterable[FormField]) -> tuple[tuple[str, str], ...]:
    """Return the texts of a form that are sent, with their names."""
    return tuple((f.name, f.text) for f in fields if f.enabled and not f.is_file and f.text is not None)


def _content(draft: RequestDraft, own_type: str | None) -> tuple[Payload, str]:
    if draft.body_kind is BodyKind.TEXT:
        return Payload.of(_encoded(draft.body or "", "the body")), checked_value("Content-Type", draft.media_type)
    if draft.body_kind is BodyKind.URLENCODED:
        return Payload.of(urlencoded(sent_pairs(draft.fields)).encode("ascii")), URLENCODED
    if draft.body_kind is BodyKind.MULTIPART:
        return _multipart(draft, own_type)
    if draft.body_kind is BodyKind.FILE and draft.file is not None:
        path = readable_file(draft.file)
        media_type = draft.media_type or guessed_type(path.name)
        # A file without a byte is no body, like a text without a character.
        return Payload((path,) if path.stat().st_size else ()), checked_value("Content-Type", media_type)
    return Payload(), ""


def _multipart(draft: RequestDraft, own_type: str | None) -> tuple[Payload, str]:
    parts = tuple(_part(f) for f in draft.fields if f.enabled and (f.text if not f.is_file else f.file) is not None)
    if not parts:
        return Payload(), ""
    own_type = own_type if own_type is not None and _is_multipart(draft, own_type) else MULTIPART
    boundary = boundary_of(own_type)
    if boundary is None:
        boundary = new_boundary(parts)
        own_type = f"{own_type.rstrip('; ')}; boundary={boundary}"
    elif not is_boundary(boundary) or not is_free(boundary, parts):
        raise UnsendableRequestError(
            f"“{boundary}” cannot be the boundary of this form: remove it from Content-Type, and a fitting one is made."
        )
    return write_parts(parts, boundary), own_type


def _part(field: FormField) -> Part:
    content: bytes | Path
    _encoded(field.name, f"the field name {field.name!r}")
    content_type = checked_value(f"the content type of {field.name}", field.content_type)
    if not field.is_file or field.file is None:
        return Part(
            name=field.name,
            content=_encoded(field.text or "", f"the field {field.name}"),
            content_type=content_type,
        )
    content = readable_file(field.file)
    return Part(
        name=field.name,
        content=content,
        file_name=content.name,
        content_type=content_type or guessed_type(content.name),
    )


def _is_multipart(draft: RequestDraft, content_type: str) -> bool:
    return draft.body_kind is BodyKind.MULTIPART and content_type.lower().startswith("multipart/")


def _encoded(text: str, where: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise UnsendableRequestError(
            f"Character {error.start + 1} of {where} is half of a character and cannot be sent: delete it."
        ) from error
