"""Chapter 20, WebSockets: connections that stay open, on which both sides speak when they like.

Rooms and private connections are in `websocket_rooms.py`. The documentation lists no WebSockets: OpenAPI has no words
for them.
"""

import logging
from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Cookie, Header, HTTPException, Path, Query, WebSocket, WebSocketDisconnect, status
from pydantic import ValidationError

from demo_api.dependencies import CurrentUserDep
from demo_api.models.chat import Handshake, Wish, WishReply
from demo_api.routers import websocket_rooms
from demo_api.sockets import receive_bytes, receive_text

TAG = "WebSockets"
DESCRIPTION = "Connections that stay open. These are the ordinary routes beside them; the sockets are below `/ws`."

router = APIRouter(prefix="/ws", tags=[TAG])
router.include_router(websocket_rooms.router)

logger = logging.getLogger(__name__)


@router.websocket("/echo")
async def echo(websocket: WebSocket) -> None:
    """Accept, then receive and send until the client goes: that ends the waiting with WebSocketDisconnect.

    **Often wrong:** leaving out `accept()`. Whatever comes first then fails, and the client sees a 500.
    """
    await websocket.accept()
    try:
        while True:
            text = await receive_text(websocket)
            await websocket.send_text(f"You said: {text}")
    except WebSocketDisconnect as gone:
        logger.info("The client of the echo has gone, code %s", gone.code)


@router.websocket("/json")
async def take_wishes(websocket: WebSocket) -> None:
    """Send JSON both ways. After the opening nobody validates for us: a model does, and we answer with its mistakes.

    **Often wrong:** `receive_json()` without more. A single wrong comma ends the connection with an error.
    """
    await websocket.accept()
    try:
        while True:
            text = await receive_text(websocket)
            await websocket.send_json(answer_wish(text).model_dump())
    except WebSocketDisconnect:
        return


def answer_wish(text: str) -> WishReply:
    """Return what the shop says to a wish, right or wrong."""
    try:
        wish = Wish.model_validate_json(text)
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
        return WishReply(mistakes=[f"{'.'.join(map(str, one['loc'])) or 'message'}: {one['msg']}" for one in found])
    return WishReply(text=f"{wish.quantity} × {wish.name}, noted.")


@router.websocket("/bytes")
async def turn_bytes(websocket: WebSocket) -> None:
    """Receive bytes and send them back, the last one first.

    **Often wrong:** sending text to it. A frame is marked as text or as bytes; here text is closed with 1003.
    """
    await websocket.accept()
    try:
        while True:
            data = await receive_bytes(websocket)
            await websocket.send_bytes(data[::-1])
    except WebSocketDisconnect:
        return


@router.websocket("/handshake")
async def show_handshake(
    websocket: WebSocket,
    user: CurrentUserDep,
    lang: Annotated[str | None, Query(max_length=10)] = None,
    visitor: Annotated[str | None, Cookie(max_length=40)] = None,
    user_agent: Annotated[str | None, Header(max_length=500)] = None,
) -> None:
    """Read the opening, an ordinary GET: query, cookies, headers and dependencies work as in any route.

    **Often wrong:** a database session by dependency in a socket that stays open. It stays open just as long.
    """
    await websocket.accept(headers=[(b"x-handshake", b"read")])
    await websocket.send_json(Handshake(lang=lang, visitor=visitor, user_agent=user_agent, user=user.name).model_dump())
    await websocket.close()


@router.websocket("/close/{code}")
async def close_with(websocket: WebSocket, code: Annotated[int, Path(ge=1000, le=4999)]) -> None:
    """Close with a code that says why: 1000 all done, 1001 going away, 1008 not allowed, 4000–4999 your own meaning.

    **Often wrong:** sending 1005 or 1006. They mean "no code came", so nobody may send them: refused here.
    """
    if not (code in {1000, 1001, 1002, 1003} or 1007 <= code <= 1014 or code >= 3000):
        raise HTTPException(status.HTTP_400_BAD_REQUEST, f"Nobody may send the close code {code}.")
    await websocket.accept()
    await websocket.close(code, f"You asked for {code}.")


class Refusal(StrEnum):
    """How to say no before the connection is open."""

    CLOSE = "close"
    ANSWER = "answer"
    BUG = "bug"


@router.websocket("/refused/{how}")
async def refuse(websocket: WebSocket, how: Refusal) -> None:
    """Say no before `accept()`: there is no socket yet, so the client gets an ordinary HTTP answer.

    `close` becomes 403. `answer` is an HTTPException with a status code and a body of its own. `bug` is any other
    error: 500.

    **Often wrong:** waiting for a close code. Before `accept()` there is none on the wire, only the status code.
    """
    match how:
        case Refusal.CLOSE:
            await websocket.close(status.WS_1008_POLICY_VIOLATION, "Not today.")
        case Refusal.ANSWER:
            raise HTTPException(status.HTTP_401_UNAUTHORIZED, "Who are you?", {"WWW-Authenticate": "Bearer"})
        case Refusal.BUG:
            raise RuntimeError("Something went wrong before the socket was open.")
