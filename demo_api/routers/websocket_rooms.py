"""Chapter 20, second half: rooms in which all hear each other, and private connections."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, WebSocket, WebSocketDisconnect, WebSocketException, status

from demo_api.dependencies import CurrentUserDep, MemoryDep
from demo_api.errors import MALFORMED_BODY, NOT_FOUND, UNAVAILABLE
from demo_api.models.chat import (
    MOST_BYTES,
    MOST_CHARACTERS,
    Announcement,
    ChatMessage,
    Delivered,
    RoomState,
    TicketPublic,
)
from demo_api.services.rooms import Member, Room
from demo_api.services.tickets import LIFETIME
from demo_api.sockets import hang_up, receive_either, until_first

router = APIRouter()

RoomName = Annotated[str, Path(pattern="^[a-z0-9-]{1,30}$", description="Lower case letters, digits and hyphens.")]
VisitorName = Annotated[str, Query(min_length=1, max_length=40, description="How you want to be called.")]

SUBPROTOCOL = "ticket"


@router.websocket("/rooms/{room_name}")
async def chat(websocket: WebSocket, room_name: RoomName, memory: MemoryDep, name: VisitorName = "Ada") -> None:
    """Join a room. Whatever anybody says goes to everyone in it, until they leave, in whichever way.

    A text comes back as JSON, with the name of who said it. Bytes, such as a picture, come back as they are.

    **Often wrong:** `for member in members: await member.send_text(…)`. One slow member, and the whole room waits.
    """
    with memory.rooms.join(room_name, name) as (room, member):
        await websocket.accept()
        await until_first(listen(websocket, room, member), speak(websocket, member), member.too_slow.wait())
    if member.too_slow.is_set():
        await hang_up(websocket, status.WS_1013_TRY_AGAIN_LATER, "You read too slowly.")


async def listen(websocket: WebSocket, room: Room, member: Member) -> None:
    """Pass on what a member says, until they go."""
    try:
        while True:
            said = await receive_either(websocket, MOST_CHARACTERS, MOST_BYTES)
            if isinstance(said, bytes):
                room.show(member.name, said)
            else:
                room.say(ChatMessage(kind="said", name=member.name, text=said))
    except WebSocketDisconnect:
        return


async def speak(websocket: WebSocket, member: Member) -> None:
    """Send a member what is in their outbox, at their own pace."""
    try:
        while True:
            message = await member.outbox.get()
            if isinstance(message, bytes):
                await websocket.send_bytes(message)
            else:
                await websocket.send_text(message.model_dump_json())
    except WebSocketDisconnect:
        return


@router.get("/rooms", summary="Look into the rooms")
async def read_rooms(memory: MemoryDep) -> list[RoomState]:
    """Look into the same rooms from an ordinary route: who is in them, and what was said last.

    **Often wrong:** starting four workers. Each has rooms of its own, and half of the people seem to be missing.
    """
    return memory.rooms.state()


@router.post("/rooms/{room_name}/messages", summary="Announce something", responses=MALFORMED_BODY | NOT_FOUND)
async def announce(room_name: RoomName, announcement: Announcement, memory: MemoryDep) -> Delivered:
    """Speak to open WebSockets from an ordinary route: both have the same rooms.

    **Often wrong:** a plain `def` here. It runs in a thread, and an asyncio queue must not be touched from there.
    """
    room = memory.rooms.find(room_name)
    return Delivered(members=room.say(ChatMessage(kind="announced", name="The shop", text=announcement.text)))


@router.post(
    "/tickets",
    summary="Get a ticket",
    status_code=status.HTTP_201_CREATED,
    responses=NOT_FOUND | UNAVAILABLE,
)
async def create_ticket(user: CurrentUserDep, memory: MemoryDep) -> TicketPublic:
    """Get a ticket the usual way, and show it when you connect: a browser cannot add a header to a WebSocket.

    **Often wrong:** the password in the address. Addresses are written into logs; this ticket is worthless after use.
    """
    return TicketPublic(ticket=memory.tickets.hand_out(user.id or 0), seconds=LIFETIME)


async def check_ticket(
    websocket: WebSocket, memory: MemoryDep, ticket: Annotated[str | None, Query(max_length=100)] = None
) -> int:
    """Return the number of the user whose ticket this is. It is in the query, or behind the word in the subprotocols.

    Raises:
        WebSocketException: there is no valid ticket; before `accept()` that becomes 403.
    """
    offered: list[str] = websocket.scope.get("subprotocols", [])
    if ticket is None and len(offered) == 2 and offered[0] == SUBPROTOCOL:
        ticket = offered[1]
    user_id = memory.tickets.redeem(ticket or "")
    if user_id is None:
        raise WebSocketException(status.WS_1008_POLICY_VIOLATION, "Get a ticket from POST /ws/tickets first.")
    return user_id


@router.websocket("/private")
async def open_private(websocket: WebSocket, user_id: Annotated[int, Depends(check_ticket)]) -> None:
    """Let in only who has a ticket: `?ticket=…`, or the subprotocols `ticket` and the ticket itself.

    **Often wrong:** relying on CORS. Browsers do not ask for it here: any web page may open a WebSocket to anywhere.
    """
    by_subprotocol = SUBPROTOCOL in websocket.scope.get("subprotocols", [])
    await websocket.accept(subprotocol=SUBPROTOCOL if by_subprotocol else None)
    await websocket.send_json({"user_id": user_id})
    await websocket.close()
