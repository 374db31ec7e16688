"""Connections that are not of this window: which of them get a column, and what is said of the others."""

from __future__ import annotations

from collections.abc import Sequence

from explorer.client.sockets.callers import caller_name
from explorer.client.sockets.gathering import target_of
from explorer.client.sockets.record import ClosedBy, SocketState, SocketStatus
from explorer.client.sockets.server_view import SeenConnection
from explorer.ui.models.socket_client import ClientView
from explorer.ui.wording import count_text

MOST_FOREIGN = 6  # columns
_CLOSED_BY = {"client": ClosedBy.CLIENT, "server": ClosedBy.SERVER}


def with_columns(known: Sequence[SeenConnection]) -> list[SeenConnection]:
    """Return those that get a column, in their order: the newest, those that are open before all others."""
    wanted = sorted(known, key=lambda seen: (not seen.over, seen.since_ns))[-MOST_FOREIGN:]
    return [seen for seen in known if seen in wanted]


def left_out(known: Sequence[SeenConnection]) -> str:
    """Return a sentence about those that get no column; empty when all do."""
    shown = with_columns(known)
    others = [seen for seen in known if seen not in shown]
    if not others:
        return ""
    still_open = sum(not seen.over for seen in others)
    return (
        f"{count_text(len(others), 'more connection')} from elsewhere ({still_open} open): "
        "hide one of those above to see the next."
    )


def foreign_view(seen: SeenConnection, recorded: int) -> ClientView:
    """Return a connection as the room shows it; `recorded` is how many entries its log has."""
    status = SocketStatus(
        state=SocketState.CLOSED if seen.over else SocketState.OPEN,
        since_ns=seen.since_ns,
        code=seen.code,
        reason=seen.reason,
        closed_by=_CLOSED_BY.get(seen.closed_by, ClosedBy.NOBODY) if seen.over else None,
        trace_id=seen.trace_id,
    )
    return ClientView(
        id=seen.trace_id,
        name=caller_name(seen),
        target=target_of(seen).lstrip("/"),
        status=status,
        recorded=recorded,
    )
