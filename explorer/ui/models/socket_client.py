"""A client of a WebSocket as the Sockets room shows it, and the words and colours for how it stands."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.client.sockets.record import ClosedBy, Handshake, SocketDraft, SocketState, SocketStatus
from explorer.client.sockets.sentences import quoted

LIVE = frozenset({SocketState.CONNECTING, SocketState.OPEN, SocketState.CLOSING})

_TOKENS = {
    SocketState.IDLE: "t3",
    SocketState.CONNECTING: "info",
    SocketState.OPEN: "ok",
    SocketState.CLOSING: "warn",
    SocketState.CLOSED: "t3",
    SocketState.REFUSED: "warn",
    SocketState.FAILED: "err",
}
_WHO = {
    ClosedBy.CLIENT: "Closed by this client",
    ClosedBy.SERVER: "Closed by the server",
    ClosedBy.NOBODY: "The connection was lost",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientView:
    """One column of the room.

    Attributes:
        id: unique among the columns.
        name: what a person calls it; for a connection from elsewhere where it comes from, such as ``127.0.0.1:53211``.
        target: where it leads, such as ``ws/lobby?name=ana``.
        status: how it stands.
        draft: how a person set it up; None for a connection from elsewhere.
        endpoint: the path of the endpoint that it belongs to, such as ``/ws/{room}``; empty when that is not known.
        handshake: how the server answered; None before that.
        recorded: how many entries its log has.
        repeating: whether a message is being sent again and again.
    """

    id: str
    name: str
    target: str
    status: SocketStatus
    draft: SocketDraft | None = None
    endpoint: str = ""
    handshake: Handshake | None = None
    recorded: int = 0
    repeating: bool = False

    @property
    def foreign(self) -> bool:
        """Whether it is a connection from elsewhere, such as a browser's."""
        return self.draft is None

    @property
    def live(self) -> bool:
        """Whether it is connected, or about to be."""
        return self.status.state in LIVE

    @property
    def token(self) -> str:
        """The colour for how it stands."""
        return _TOKENS[self.status.state]


def state_word(status: SocketStatus) -> str:
    """Return how a client stands in a word or two, such as ``open`` or ``closed 1001``."""
    match status.state:
        case SocketState.IDLE:
            return "not connected"
        case SocketState.CLOSED if status.code is not None:
            return f"closed {status.code}"
        case state:
            return state.value


def time_open(status: SocketStatus, now_ns: int) -> str:
    """Return for how long a client has been open, such as ``00:03:12``; its state in words when it is not open."""
    if status.state is not SocketState.OPEN or not status.since_ns:
        return state_word(status)
    seconds = max(0, now_ns - status.since_ns) // 1_000_000_000
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def end_sentence(status: SocketStatus, meaning: str = "") -> str:
    """Return who ended a connection, how, and what that means; `meaning` explains the code where nothing else does."""
    if status.state is not SocketState.CLOSED:
        return status.sentence
    who = _WHO[status.closed_by] if status.closed_by is not None else "Closed"
    if status.sentence:
        return f"{who}. {status.sentence}"
    said = f"{who}: {status.code}" if status.code is not None else who
    said = f"{said}, {quoted(status.reason)}" if status.reason else said
    return f"{said}. {meaning}" if meaning else f"{said}."
