"""What the live app has beyond its OpenAPI document, as `explorer.probe.hidden` finds it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from explorer.openapi.operations import Presence
from explorer.openapi.raw import listing, mapping, text

HIDDEN = "x-hidden"  # where the documents of hidden parts are kept inside the catalogue's


@dataclass(frozen=True, slots=True, kw_only=True)
class HiddenPart:
    """One part of the app that has a document of its own.

    Attributes:
        source: that document; its references lead to `HIDDEN` in the catalogue's document.
        prefix: the path under which it is mounted; empty for none.
        parameters: raw, those of the prefix.
        presence: how it is hidden.
    """

    source: Mapping[str, Any]
    prefix: str
    parameters: tuple[Any, ...]
    presence: Presence


def read_hidden(hidden: bytes) -> tuple[HiddenPart, ...]:
    """Read the parts; raises `msgspec.DecodeError` when the bytes are no JSON."""
    import msgspec

    parts: list[HiddenPart] = []
    for number, raw in enumerate(msgspec.json.decode(hidden, type=list[msgspec.Raw])):
        # A reference is a value of its own, and in JSON no quote inside a text stands without a backslash.
        moved = bytes(raw).replace(b':"#/', f':"#/{HIDDEN}/{number}/'.encode())
        entry = mapping(msgspec.json.decode(moved))
        parts.append(
            HiddenPart(
                source=mapping(entry.get("document")),
                prefix=text(entry, "prefix"),
                parameters=tuple(listing(entry.get("parameters"))),
                presence=_presence(entry.get("presence")),
            )
        )
    return tuple(parts)


def _presence(raw: object) -> Presence:
    return next((known for known in (Presence.MOUNT, Presence.WEBSOCKET) if raw == known), Presence.HIDDEN)
