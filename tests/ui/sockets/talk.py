"""A conversation and its clients, to be shown in the Sockets room."""

from __future__ import annotations

from explorer.client.draft import RequestDraft, Value
from explorer.client.sockets.ladder_rows import Cell, LadderRow, ServerMark
from explorer.client.sockets.record import (
    Direction,
    Entry,
    FrameKind,
    Handshake,
    SocketDraft,
    SocketState,
    SocketStatus,
)
from explorer.openapi.operations import Location, Operation, Parameter, Presence
from explorer.ui.models.socket_client import ClientView

ROOM = Operation(
    method="WS",
    path="/ws/{room}",
    presence=Presence.HIDDEN,
    parameters=(
        Parameter(name="room", location=Location.PATH, required=True, schema={"type": "string"}, type_label="str"),
        Parameter(name="name", location=Location.QUERY, required=False, schema={"type": "string"}, type_label="str"),
    ),
)
ECHO = Operation(method="WS", path="/ws/echo", presence=Presence.HIDDEN, security=("bearer",))
OPEN = SocketStatus(state=SocketState.OPEN, since_ns=1)


class Conversation:
    """Rows in memory."""

    def __init__(self) -> None:
        self.rows: list[LadderRow] = []

    @property
    def count(self) -> int:
        return len(self.rows)

    @property
    def total(self) -> int:
        return len(self.rows)

    def row(self, position: int) -> LadderRow:
        return self.rows[position]

    def number(self, position: int) -> int:
        return position

    def position_of(self, number: int) -> int:
        return number

    def say(self, text: bytes, kind: FrameKind = FrameKind.TEXT, **who: Direction) -> None:
        """Add a row in which each client of `who` sends or receives."""
        number = len(self.rows)
        at_ns = number * 1_000_000
        cells = tuple(
            Cell(
                column=client,
                entry=Entry(number=number, at_ns=at_ns, direction=way, kind=kind, size=len(text), start=text),
            )
            for client, way in who.items()
        )
        way = cells[0].entry.direction
        mark = ServerMark(
            at_ns=at_ns, direction=way, columns=tuple(who), text=kind is FrameKind.TEXT, size=len(text), start=text
        )
        self.rows.append(LadderRow(number=number, at_ns=at_ns, delta_ns=None, cells=cells, server=mark))


def client_of(
    client: str, name: str, status: SocketStatus = OPEN, *, recorded: int = 0, handshake: Handshake | None = None
) -> ClientView:
    """Return a client of the endpoint `ROOM`."""
    values = (
        Value(location=Location.PATH, name="room", text="lobby"),
        Value(location=Location.QUERY, name="name", text=name.lower()),
    )
    request = RequestDraft(method="WS", path=ROOM.path, values=values)
    return ClientView(
        id=client,
        name=name,
        target=f"ws/lobby?name={name.lower()}",
        status=status,
        draft=SocketDraft(id=client, name=name, request=request),
        endpoint=ROOM.path,
        handshake=handshake,
        recorded=recorded,
    )
