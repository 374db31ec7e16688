"""Clients of WebSockets as plain JSON, without what lets somebody in."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import msgspec

from explorer.client.secret_names import is_secret_value
from explorer.client.secret_texts import replace_in_text
from explorer.client.secrets import without_secrets
from explorer.client.sockets.record import Composed, MessageKind, SocketDraft

MOST_SENT = 50  # messages that are kept for recalling
LONGEST = 20_000  # characters of a message that are kept on the disk

_log = logging.getLogger("explorer.client")


def to_plain(draft: SocketDraft) -> dict[str, Any]:
    """Return a client for the disk. Secrets are left out of its handshake and its messages."""
    safe = replace(
        draft,
        request=without_secrets(draft.request),
        subprotocols=tuple(name for name in draft.subprotocols if not is_secret_value(name)),
        composed=tuple(map(_safe, draft.composed)),
        sent=tuple(map(_safe, draft.sent[-MOST_SENT:])),
    )
    plain: dict[str, Any] = msgspec.to_builtins(safe)
    return plain


def read_all(saved: Iterable[Mapping[str, Any]]) -> tuple[tuple[SocketDraft, ...], tuple[Mapping[str, Any], ...]]:
    """Return the clients that can be read, and as they are those that cannot: another version may be able to."""
    found, unreadable = [], []
    for plain in saved:
        try:
            found.append(msgspec.convert(plain, SocketDraft))
        except msgspec.ValidationError:
            _log.warning("A saved client of a WebSocket could not be read")
            unreadable.append(plain)
    return tuple(found), tuple(unreadable)


def remember(draft: SocketDraft, sent: Composed) -> SocketDraft:
    """Return the client after something was sent: it can be recalled, once, as the newest."""
    once = replace(sent, repeat_seconds=None)
    return replace(draft, sent=(*(each for each in draft.sent if each != once), once)[-MOST_SENT:])


def _safe(composed: Composed) -> Composed:
    if composed.kind in (MessageKind.FILE, MessageKind.HEX):
        return replace(composed, text=composed.text[:LONGEST])
    if is_secret_value(composed.text):
        return replace(composed, text="")
    media_type = "application/json" if composed.kind is MessageKind.JSON else ""
    return replace(composed, text=replace_in_text(composed.text[:LONGEST], media_type, lambda _: ""))
