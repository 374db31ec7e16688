"""WebSockets: small helpers, for what every socket of the shop needs."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from fastapi import WebSocket, WebSocketDisconnect, WebSocketException, status

MOST = 10_000
"""How long one message may be, if nothing else is said. The server's own limit is 16 MB, for each of them."""


async def receive_text(websocket: WebSocket, most: int = MOST) -> str:
    """Wait for a text of decent length.

    Starlette's own `receive_text` takes for granted that it is text, and ends in a KeyError when it is not.

    Raises:
        WebSocketDisconnect: the client has gone.
        WebSocketException: it sent something else; FastAPI closes the connection with the code for that.
    """
    text = (await receive(websocket)).get("text")
    if text is None:
        raise WebSocketException(status.WS_1003_UNSUPPORTED_DATA, "This socket speaks text only.")
    if len(text) > most:
        raise WebSocketException(status.WS_1009_MESSAGE_TOO_BIG, f"At most {most} characters, please.")
    return str(text)


async def receive_bytes(websocket: WebSocket, most: int = MOST) -> bytes:
    """Wait for bytes; otherwise as `receive_text`."""
    data = (await receive(websocket)).get("bytes")
    if data is None:
        raise WebSocketException(status.WS_1003_UNSUPPORTED_DATA, "This socket speaks bytes only.")
    if len(data) > most:
        raise WebSocketException(status.WS_1009_MESSAGE_TOO_BIG, f"At most {most} bytes, please.")
    return bytes(data)


async def receive_either(websocket: WebSocket, most_characters: int = MOST, most_bytes: int = MOST) -> str | bytes:
    """Wait for a text or for bytes; otherwise as `receive_text`."""
    message = await receive(websocket)
    found: str | bytes | None = message.get("bytes")
    if found is None:
        found = str(message.get("text") or "")
    most, unit = (most_characters, "characters") if isinstance(found, str) else (most_bytes, "bytes")
    if len(found) > most:
        raise WebSocketException(status.WS_1009_MESSAGE_TOO_BIG, f"At most {most} {unit}, please.")
    return found


async def receive(websocket: WebSocket) -> dict[str, Any]:
    """Wait for a message of any kind."""
    message = dict(await websocket.receive())
    if message["type"] == "websocket.disconnect":
        raise WebSocketDisconnect(message.get("code") or status.WS_1005_NO_STATUS_RCVD, message.get("reason"))
    return message


async def until_first(*works: Coroutine[Any, Any, Any]) -> None:
    """Do several things at once until one of them ends, then stop the others. If it ended with an error, raise it."""
    tasks = [asyncio.create_task(work) for work in works]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)
    for task in done:
        task.result()


async def hang_up(websocket: WebSocket, code: int, reason: str) -> None:
    """Close a connection whose client may not listen any more, and do not wait long for it."""
    try:
        async with asyncio.timeout(1):
            await websocket.close(code, reason)
    except TimeoutError:
        pass  # the server gives the connection up by itself
    except WebSocketDisconnect:
        pass  # it has gone already
